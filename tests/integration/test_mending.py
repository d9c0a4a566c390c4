"""`repair` and `redrive`: what was left undone is done, and doing it twice changes nothing."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from moto import mock_aws
from textback.redriving import Redrive, Redriven
from textback.repairing import Repair, Repaired

from tests.support.aws import client, on_the_wire
from tests.support.deployed import SERVICES, Deployed
from tests.template.cloudformation import ROOT

AGES = timedelta(minutes=20)


@pytest.fixture
def clients() -> Iterator[dict[str, Any]]:
    """An account for each test: what stands in it is counted."""
    with mock_aws():
        yield {name: client(name) for name in SERVICES}


@dataclass
class Functions:
    """Lambda, as far as repair asks for it: the real handler, in process."""

    deployed: Deployed

    def invoke(self, FunctionName: str, Payload: str) -> dict[str, Any]:  # noqa: N803 - AWS's names
        answer = self.deployed.handle(FunctionName, json.loads(Payload))
        return {"Payload": io.BytesIO(json.dumps(answer).encode())}


def question(deployed: Deployed) -> None:
    """A turn with a text, a case and an event to perform; nobody performs it."""
    event = json.loads((ROOT / "events/requests.json").read_text())
    deployed.handle("requests", event)
    inbound = json.loads((ROOT / "events/inbound.json").read_text())
    deployed.handle("inbound", inbound)


def repair(deployed: Deployed) -> Repair:
    return Repair(deployed.dynamodb, Functions(deployed), deployed.table, "perform")


def test_an_entry_that_never_reached_perform_is_performed_once(deployed: Deployed) -> None:
    question(deployed)
    deployed.clock.forward(AGES)
    mending = repair(deployed)
    undone = len(mending.undone(deployed.clock.now()))
    assert undone
    assert mending.run(deployed.clock.now()) == Repaired(found=undone, failed=0)
    events = deployed.bodies(deployed.heard)
    later = deployed.sent_to(deployed.wirings["perform"].settings.later_queue)
    assert events
    assert later, "an old entry's text is decided again, not sent"
    assert not deployed.texts

    for parked in later:
        record = {"messageId": "1", "eventSource": "aws:sqs", "body": json.dumps(parked)}
        deployed.handle("later", {"Records": [record]})
    deployed.handle("perform", deployed.stream(after=deployed.clock.now()))
    assert len(deployed.texts) == len(later)
    assert mending.run(deployed.clock.now() + AGES) == Repaired(found=0, failed=0)


def test_repair_twice_is_repair_once(deployed: Deployed) -> None:
    question(deployed)
    deployed.clock.forward(AGES)
    mending = repair(deployed)
    mending.run(deployed.clock.now())
    first = {e["detail"]["id"] for e in deployed.bodies(deployed.heard)}
    mending.run(deployed.clock.now())
    assert {e["detail"]["id"] for e in deployed.bodies(deployed.heard)} <= first
    assert not deployed.texts


def test_what_is_young_is_left_alone(deployed: Deployed) -> None:
    question(deployed)
    assert repair(deployed).run(deployed.clock.now() - AGES) == Repaired(found=0, failed=0)


@pytest.fixture(params=["", ".fifo"], ids=["standard", "fifo"])
def queues(request: pytest.FixtureRequest, clients: dict[str, Any]) -> tuple[Any, str, str]:
    """A queue with its dead letters; the client, and both URLs."""
    sqs, ending = clients["sqs"], request.param
    fifo = {"FifoQueue": "true", "ContentBasedDeduplication": "true"} if ending else {}
    dead = sqs.create_queue(QueueName=f"dead{ending}", Attributes=fifo)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]
    policy = json.dumps({"deadLetterTargetArn": arn["QueueArn"], "maxReceiveCount": 5})
    live = sqs.create_queue(QueueName=f"live{ending}", Attributes=fifo | {"RedrivePolicy": policy})
    return sqs, dead, live["QueueUrl"]


def bury(sqs: Any, dead: str, body: str, **attributes: str) -> None:
    fifo = {"MessageGroupId": "a conversation"} if dead.endswith(".fifo") else {}
    told = {k: {"DataType": "String", "StringValue": v} for k, v in attributes.items()}
    sqs.send_message(QueueUrl=dead, MessageBody=body, MessageAttributes=told, **fifo)


def bodies(sqs: Any, queue: str) -> list[str]:
    found: list[str] = []
    while some := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        for message in some:
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        found += [message["Body"] for message in some]
    return sorted(found)


def test_dead_letters_go_back_but_for_those_that_were_refused(
    queues: tuple[Any, str, str],
) -> None:
    sqs, dead, live = queues
    for n in range(12):
        bury(sqs, dead, f"letter {n:02}")
    redrive = Redrive(sqs)
    assert redrive.sources(dead) == [live]
    assert redrive.run(dead, live) == Redriven(sent=12, left=0)
    bury(sqs, dead, "never any use", error="contact: Field required")
    assert redrive.run(dead, live) == Redriven(sent=0, left=1)
    assert bodies(sqs, live) == [f"letter {n:02}" for n in range(12)]


def test_an_engine_that_cannot_name_the_source_is_asked_for_its_queues(
    queues: tuple[Any, str, str],
) -> None:
    sqs, dead, live = queues
    refused = {"__type": "InvalidAction", "message": "not valid for this endpoint"}
    with on_the_wire(sqs, "ListDeadLetterSourceQueues", lambda _: (400, refused)):
        assert Redrive(sqs).sources(dead) == [live]
        assert Redrive(sqs).sources(live) == []


def test_refused_letters_go_back_when_asked_for(queues: tuple[Any, str, str]) -> None:
    sqs, dead, live = queues
    bury(sqs, dead, "mended since", error="line: no settings are stored for this number")
    assert Redrive(sqs).run(dead, live, refused_too=True) == Redriven(sent=1, left=0)
    assert bodies(sqs, live) == ["mended since"]
    assert Redrive(sqs).run(dead, live, refused_too=True) == Redriven(sent=0, left=0)
