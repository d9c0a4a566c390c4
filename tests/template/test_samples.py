"""The samples in events/ are what the template's event sources give its functions."""

import hashlib
import json
import re
from typing import Any

import pytest
from textback.adapters.dynamodb import items
from textback.contracts import incoming
from textback.domain.identity import conversation_id

from tests.template.cloudformation import ROOT, Mapped, Properties, Template, load, target

LINE, PHONE = "+12065550100", "+12065550123"
SALT = "the salt of the samples"  # as events/README.md says

TEMPLATE = Template(load())
SOURCES = {
    TEMPLATE.functions[event.function]["CodeUri"].split("/")[1]: event for event in TEMPLATE.events
}
BODIES = {
    "actions": incoming.ActionIn,
    "later": incoming.ParkedIn,
    "requests": incoming.BusEventIn,
    "wake": incoming.WakeIn,
}
IN_ENVELOPES = {"inbound": incoming.InboundTextIn, "receipts": incoming.ReceiptIn}


def sample(name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((ROOT / f"events/{name}.json").read_text())
    return event


def records(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = sample(name)["Records"]
    return found


def test_every_function_has_a_sample() -> None:
    assert {path.stem for path in ROOT.glob("events/*.json")} == SOURCES.keys()


@pytest.mark.parametrize("name", [n for n, event in SOURCES.items() if event.type == "SQS"])
def test_a_queues_sample_is_of_that_queue(name: str) -> None:
    for record in records(name):
        assert record["eventSource"] == "aws:sqs"
        assert _queue(SOURCES[name]) in record["eventSourceARN"]
        assert record["md5OfBody"] == hashlib.md5(record["body"].encode()).hexdigest()  # noqa: S324
        grouped = "MessageGroupId" in record["attributes"]
        assert grouped == record["eventSourceARN"].endswith(".fifo")


@pytest.mark.parametrize(("name", "model"), BODIES.items())
def test_a_message_is_read(name: str, model: type[incoming.Incoming]) -> None:
    for record in records(name):
        assert isinstance(incoming.read(model, record["body"]), model)


@pytest.mark.parametrize(("name", "model"), IN_ENVELOPES.items())
def test_a_message_in_its_envelope_is_read(name: str, model: type[incoming.Incoming]) -> None:
    for record in records(name):
        envelope = incoming.read(incoming.NotificationIn, record["body"])
        assert isinstance(incoming.read(model, envelope.message), model)


def test_the_requests_pass_the_rule() -> None:
    (rule,) = TEMPLATE.of("AWS::Events::Rule").values()
    for record in records("requests"):
        event = json.loads(record["body"])
        assert rule["EventPattern"] == {"source": [{"anything-but": "textback"}]}
        assert event["source"] != "textback"


def test_the_journal_entry_passes_the_filter_and_is_read() -> None:
    for record in records("perform"):
        image = record["dynamodb"]["NewImage"]
        assert record["eventName"] == "INSERT"
        assert image["todo"] == {"S": items.TO_DO}
        assert record["dynamodb"]["Keys"] == {name: image[name] for name in ("pk", "sk")}
        assert items.entry_of(image).effects


def test_the_samples_are_of_one_conversation_and_no_real_phone() -> None:
    texts = [path.read_text() for path in ROOT.glob("events/*.json")]
    phones = {phone for text in texts for phone in re.findall(r"\+1\d{10}", text)}
    named = {id_ for text in texts for id_ in re.findall(r'(?:"conversation\W+|c#)(\w{32})', text)}
    assert phones == {LINE, PHONE}
    assert named == {conversation_id(SALT, LINE, PHONE)}


def _queue(event: Mapped) -> str:
    """Say what the queue's name has in it: the given one, or the one CloudFormation makes."""
    name = target(event.properties["Queue"])
    given: Properties = TEMPLATE.queues[name].get("QueueName", {})
    return str(given.get("Fn::Sub", name)).replace("${AWS::StackName}", "textback")
