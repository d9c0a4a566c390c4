"""The deployed stack from outside: what a scheduling system, a carrier and agent tooling see. It
uses AWS clients and the console's API only, nothing of the product's code."""

import json
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import boto3

LINE = "+12065550100"
PATIENCE = 60.0  # seconds; a bound for machines that are busy, not a promise


@dataclass(frozen=True)
class Outside:
    """One stack, by its `.local/stack.json`."""

    told: dict[str, Any]

    @classmethod
    def of(cls, file: Path) -> "Outside":
        return cls(json.loads(file.read_text(encoding="utf-8")))

    def output(self, name: str) -> str:
        return str(self.told["outputs"][name])

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.told["endpoint_url"],
            region_name=self.told["region"],
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    @cached_property
    def _events(self) -> Any:
        return self.client("events")

    @cached_property
    def _sns(self) -> Any:
        return self.client("sns")

    @cached_property
    def _sqs(self) -> Any:
        return self.client("sqs")

    @cached_property
    def _lambda(self) -> Any:
        return self.client("lambda")

    def api(self, path: str, body: Any = None) -> Any:
        """Call the console's API: GET, or POST with a body."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(
            self.told["console_url"] + path, data, {"content-type": "application/json"}
        )
        with urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def now(self) -> datetime:
        return datetime.fromisoformat(self.api("/api/clock")["now"])

    def put(self, name: str, detail: Any) -> None:
        """Put an event on the bus, as a scheduling system does."""
        entry = {
            "EventBusName": self.output("EventBusName"),
            "Source": "ehr",
            "DetailType": name,
            "Detail": json.dumps(detail),
        }
        assert not self._events.put_events(Entries=[entry])["FailedEntryCount"]

    def book(self, phone: str, ahead: timedelta, **changes: Any) -> None:
        visit = {
            "line": LINE,
            "id": f"apt-{phone}",
            "version": 1,
            "contact": {"phone": phone, "language": "en"},
            "patient": {"id": "pat-1", "first_name": "Ana"},
            "start": (self.now() + ahead).isoformat(),
            "provider": "Dr. Lee",
        }
        self.put("appointment.booked", visit | changes)

    def text(self, phone: str, body: str, id_: str = "", times: int = 1) -> None:
        """Text the line, as the carrier delivers it: perhaps more than once."""
        payload = {
            "originationNumber": phone,
            "destinationNumber": LINE,
            "messageKeyword": "KEYWORD_1",
            "messageBody": body,
            "inboundMessageId": id_ or str(uuid.uuid4()),
        }
        for _ in range(times):
            self.publish(json.dumps(payload))

    def publish(self, message: str, topic: str = "InboundTopicArn") -> None:
        self._sns.publish(TopicArn=self.output(topic), Message=message)

    def got(self, phone: str) -> list[str]:
        """What the phone got, oldest first."""
        texts = self.api(f"/api/phones/{quote(phone)}/texts")
        return [text["text"] for text in texts if text["direction"] == "to_phone"]

    def texts(self, phone: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.api(f"/api/phones/{quote(phone)}/texts")
        return found

    def state(self, phone: str) -> dict[str, Any]:
        """What is stored of the phone's conversation."""
        found = self.api(f"/api/phones/{quote(phone)}/conversation?line={quote(LINE)}")
        return (found["state"] or {}).get("state") or {}

    def visit(self, phone: str) -> str:
        """How the phone's one visit stands; "" while it is not known."""
        visits = self.state(phone).get("appointments", [])
        return visits[0].get("status", "booked") if visits else ""

    def act(self, case: dict[str, Any], kind: str, **more: str) -> None:
        """Act on a case, as agent tooling does."""
        action = {
            "version": "1",
            "id": f"act-{uuid.uuid4()}",
            "case": case["case"],
            "line": case["line"],
            "phone": case["contact"]["phone"],
            "agent": "sam",
            "type": kind,
        }
        self._sqs.send_message(
            QueueUrl=self.output("ActionsQueueUrl"),
            MessageGroupId=case["conversation"],
            MessageBody=json.dumps(action | more),
        )

    def fan_out(self) -> None:
        self._lambda.invoke(FunctionName=self.output("FanOutFunctionName"), Payload=b"{}")

    def drain(self, queue_url: str) -> list[dict[str, Any]]:
        """Take all messages that a queue shows now."""
        taken: list[dict[str, Any]] = []
        while found := self._sqs.receive_message(
            QueueUrl=queue_url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages"):
            for message in found:
                self._sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
            taken += found
        return taken

    def listen(self) -> "Listener":
        """Hear everything that Textback puts on the bus from now on."""
        name = f"listener-{uuid.uuid4().hex[:8]}"
        url = self._sqs.create_queue(QueueName=name)["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        bus = self.output("EventBusName")
        pattern = json.dumps({"source": ["textback"]})
        self._events.put_rule(Name=name, EventBusName=bus, EventPattern=pattern)
        target = {"Id": "1", "Arn": attributes["Attributes"]["QueueArn"]}
        self._events.put_targets(Rule=name, EventBusName=bus, Targets=[target])
        return Listener(self, url, [])


@dataclass(frozen=True)
class Listener:
    outside: Outside
    queue_url: str
    heard: list[dict[str, Any]]

    def of(self, phone: str) -> list[str]:
        """The names of the events about this phone, each id once, in their order."""
        self.heard.extend(json.loads(m["Body"]) for m in self.outside.drain(self.queue_url))
        own = {
            event["detail"]["id"]: event["detail-type"]
            for event in self.heard
            if event["detail"]["phone"] == phone
        }
        return list(own.values())


def eventually[T](look: Callable[[], T], patience: float = PATIENCE) -> T:
    """What `look` sees as soon as it is something, or at last."""
    until = time.monotonic() + patience
    while not (seen := look()) and time.monotonic() < until:
        time.sleep(0.1)
    return seen


def side_by_side[A](act: Callable[[A], object], over: list[A]) -> None:
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(act, over))
