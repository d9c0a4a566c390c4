"""The deployed line in process: real handlers over moto, each with the environment that the
template gives it, and End User Messaging as far as the line speaks it."""

import importlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from textback.adapters.dynamodb import items
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.adapters.memory import MemoryClock
from textback.domain.due import instant
from textback.playbooks import load
from textback.settings import Settings
from textback.wiring import Wiring

from tests.support.aws import Answer, answering, new_table
from tests.support.samples import LINE
from tests.template.cloudformation import Template
from tests.template.cloudformation import load as load_template

TEMPLATE = Template(load_template())
SALT = "the salt of the samples"  # as events/README.md says
CARRIER = "pinpoint-sms-voice-v2"
SERVICES = ("dynamodb", "sqs", "events", CARRIER)
FUNCTIONS = {f["CodeUri"].split("/")[1]: f for f in TEMPLATE.functions.values()}


@dataclass
class Deployed:
    """`handle` runs a function as Lambda would; `trouble` is what the next sends are answered."""

    monkeypatch: pytest.MonkeyPatch
    clients: Mapping[str, Any]
    clock: MemoryClock
    texts: list[dict[str, Any]] = field(default_factory=list)
    opted_out: list[str] = field(default_factory=list)
    trouble: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self._hooks: list[tuple[Any, str, Any]] = [
            (self.clients[CARRIER], f"before-call.{CARRIER}.{name}", answering(answer))
            for name, answer in (
                ("SendTextMessage", self._send),
                ("PutOptedOutNumber", self._block),
                ("DeleteOptedOutNumber", self._unblock),
            )
        ]
        self._hooks.append((self.sqs, "provide-client-params.sqs.*", self._note))
        for to, event, hook in self._hooks:
            to.meta.events.register(event, hook)
        self.table = new_table(self.dynamodb)
        self.queues = {name: self._queue(name, q) for name, q in TEMPLATE.queues.items()}
        self.bus = self._bus()
        self.made = {
            **self.queues,
            "Table": self.table,
            "EventBus": self.bus,
            "ConversationSalt": SALT,
            "ConfigurationSet": "textback",
            "OptOutList": "textback",
            "OriginationIdentity": "",
            "LocalClock": "false",
            "RegionOfPhones": "US",
        }
        self.wirings = {name: self._wiring(name) for name in FUNCTIONS}
        DynamoDBLines(self.dynamodb, self.table, self.clock).apply(LINE, load())

    def close(self) -> None:
        for to, event, hook in self._hooks:
            to.meta.events.unregister(event, hook)

    @property
    def dynamodb(self) -> Any:
        return self.clients["dynamodb"]

    @property
    def sqs(self) -> Any:
        return self.clients["sqs"]

    def handle(self, function: str, event: Mapping[str, Any]) -> Any:
        """Run a handler in an execution environment of its own."""
        app = importlib.import_module(f"functions.{function}.app")
        self.monkeypatch.setattr(app, "wiring", lambda: self.wirings[function])
        return app.handler(json.loads(json.dumps(event)), None)

    def dead_letters(self, function: str) -> str:
        return self.wirings[function].settings.dead_letters

    def sent_to(self, queue: str) -> list[dict[str, Any]]:
        """The bodies that were put on a queue, also those that it does not show yet."""
        return [json.loads(entry["MessageBody"]) for there, entry in self.sent if there == queue]

    def buried(self, function: str) -> dict[str, str]:
        """The dead letters of a function: each body with what is wrong with it."""
        letters = self.wirings[function].settings.dead_letters
        return {
            entry["MessageBody"]: entry["MessageAttributes"]["error"]["StringValue"]
            for there, entry in self.sent
            if there == letters
        }

    def messages(self, queue: str) -> list[dict[str, Any]]:
        """Take what a queue shows."""
        found: list[dict[str, Any]] = []
        while some := self.sqs.receive_message(
            QueueUrl=queue, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        ).get("Messages"):
            for message in some:
                self.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            found += some
        return found

    def bodies(self, queue: str) -> list[dict[str, Any]]:
        return [json.loads(message["Body"]) for message in self.messages(queue)]

    def stored(self) -> list[items.Item]:
        """Every item of the table."""
        found: list[items.Item] = self.dynamodb.scan(TableName=self.table)["Items"]
        return found

    def entries(self) -> list[items.Item]:
        """The journal, in order."""
        journal = [i for i in self.stored() if i["sk"]["S"].startswith("turn#")]
        return sorted(journal, key=lambda i: (i["pk"]["S"], int(i["seq"]["N"])))

    def stream(self, *, after: datetime | None = None) -> dict[str, Any]:
        """What the table's stream gives perform: the inserted entries that have effects."""
        since = instant(after) if after else ""
        return {
            "Records": [
                insert(image, n)
                for n, image in enumerate(self.entries())
                if image.get("todo") == {"S": items.TO_DO} and image["at"]["S"] >= since
            ]
        }

    def _note(self, params: dict[str, Any], **_: Any) -> None:
        for entry in params.get("Entries", [params]):
            if "MessageBody" in entry:
                self.sent.append((params["QueueUrl"], entry))

    def _queue(self, name: str, properties: Mapping[str, Any]) -> str:
        fifo = {k: str(v).lower() for k, v in properties.items() if "Fifo" in k or "Dedup" in k}
        ending = ".fifo" if fifo else ""
        made: str = self.sqs.create_queue(
            QueueName=f"{self.table}-{name}{ending}", Attributes=fifo
        )["QueueUrl"]
        return made

    def _bus(self) -> str:
        """A bus whose events all land in a queue."""
        name, events = f"{self.table}-bus", self.clients["events"]
        self.heard = self.sqs.create_queue(QueueName=f"{name}-heard")["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=self.heard, AttributeNames=["QueueArn"])
        events.create_event_bus(Name=name)
        rule = {"Name": "all", "EventBusName": name}
        events.put_rule(**rule, EventPattern=json.dumps({"source": [{"exists": True}]}))
        target = {"Id": "heard", "Arn": arn["Attributes"]["QueueArn"]}
        events.put_targets(Rule="all", EventBusName=name, Targets=[target])
        return name

    def _wiring(self, function: str) -> Wiring:
        variables = FUNCTIONS[function].get("Environment", {}).get("Variables", {})
        variables = TEMPLATE.body["Globals"]["Function"]["Environment"]["Variables"] | variables
        settings = Settings.of({name: self._resolved(value) for name, value in variables.items()})
        wiring = Wiring(settings, client=self.clients.__getitem__)
        wiring.clock = self.clock
        return wiring

    def _resolved(self, value: Any) -> str:
        """What a variable of the template is in this stack: on AWS, with a carrier."""
        match value:
            case {"Ref": name}:
                return self.made.get(name, "")
            case {"Fn::If": [condition, yes, no]}:
                return self._resolved(yes if condition == "HasCarrier" else no)
            case _:
                return str(value)

    def _send(self, wish: dict[str, Any]) -> Answer:
        if self.trouble:
            return self.trouble.pop(0)
        self.texts.append(wish)
        return 200, {"MessageId": f"message-{len(self.texts)}"}

    def _block(self, wish: dict[str, Any]) -> Answer:
        self.opted_out.append(wish["OptedOutNumber"])
        return 200, {}

    def _unblock(self, wish: dict[str, Any]) -> Answer:
        if wish["OptedOutNumber"] not in self.opted_out:
            return 400, {"__type": "ResourceNotFoundException", "Message": "no such number"}
        self.opted_out.remove(wish["OptedOutNumber"])
        return 200, {}


def insert(image: items.Item, number: int) -> dict[str, Any]:
    """An INSERT of the table's stream."""
    keys = {name: image[name] for name in ("pk", "sk")}
    return {
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "dynamodb": {"Keys": keys, "NewImage": image, "SequenceNumber": str(number)},
    }


def batch(*bodies: str, fifo: bool = False, groups: tuple[str, ...] = ()) -> dict[str, Any]:
    """A batch of a queue, one record for each body; its message id is its number."""
    return {
        "Records": [
            {
                "messageId": str(n),
                "receiptHandle": f"handle-{n}",
                "body": body,
                "attributes": {"SentTimestamp": "1796580743502"}
                | ({"MessageGroupId": groups[n] if groups else "group"} if fifo else {}),
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:111122223333:queue",
                "awsRegion": "us-east-1",
            }
            for n, body in enumerate(bodies)
        ]
    }
