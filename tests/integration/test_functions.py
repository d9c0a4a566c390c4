"""The handlers as they are deployed: every sample replayed, and every message that is not what it
should be."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from textback import edge
from textback.adapters.dynamodb import items
from textback.contracts import incoming
from textback.domain.identity import conversation_id
from textback.performing import CONVERSATION as CONVERSATION_KEY
from textback.performing import EVENT as EVENT_KEY
from textback.performing import POSITION as POSITION_KEY

from tests.support.aws import client, on_the_wire
from tests.support.deployed import FUNCTIONS, SALT, Deployed, batch, insert
from tests.support.samples import LINE, PHONE
from tests.template.cloudformation import ROOT

CONVERSATION = conversation_id(SALT, LINE, PHONE)
# What stands in the samples and in the messages below, and may stand in no log and no error.
PRIVATE = (PHONE[1:], PHONE[2:], "insurance", "See you", "Ana", "Yes, it does", "visit with")


@pytest.fixture(autouse=True)
def told(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[Callable[[], str]]:
    """Everything that was logged or printed, in whatever way; none of it holds what is private."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(edge.logger.registered_formatter)
    logger = logging.getLogger(edge.logger.name)
    logger.addHandler(handler)
    caplog.set_level(logging.INFO)
    printed = io.StringIO()

    def so_far() -> str:
        out, error = capfd.readouterr()
        printed.write(out + error)
        return lines.getvalue() + caplog.text + printed.getvalue()

    yield so_far
    logger.removeHandler(handler)
    everything = so_far()
    assert "timestamp" in lines.getvalue() or not lines.getvalue(), "the lines are as deployed"
    for secret in PRIVATE:
        assert secret not in everything


def sample(function: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((ROOT / f"events/{function}.json").read_text())
    return event


def at(sample_time: str) -> datetime:
    return datetime.fromisoformat(sample_time)


ALL_WELL: dict[str, Any] = {"batchItemFailures": []}
BOOKED_AT = at("2026-11-23T15:00:00.310Z")
DUE_AT = at("2026-12-06T18:00:03.412Z")
HEARD_AT = at("2026-12-06T18:12:23.412Z")


# ------------------------------------------------------------------ the samples' story


def test_the_samples_tell_their_story(deployed: Deployed) -> None:
    """Booked and moved, due, sent, delivered, confirmed, asked, answered: each sample is what the
    step before it made."""
    now = deployed.clock
    now.at = BOOKED_AT
    assert deployed.handle("requests", sample("requests")) == ALL_WELL
    assert [e["reason"]["S"] for e in deployed.entries()] == [
        "the visit was put into the record",
        "the visit was put into the record",
        "the practice cancelled the visit",
    ]

    now.at = DUE_AT - timedelta(seconds=1)
    assert deployed.handle("fan_out", sample("fan_out")) == {"handed_over": 1}
    (handed_over,) = deployed.sent_to(deployed.queues["WakeQueue"])
    assert [handed_over] == bodies_of("wake")

    now.at = DUE_AT
    assert deployed.handle("wake", sample("wake")) == ALL_WELL
    (inserted,) = deployed.stream(after=DUE_AT)["Records"]
    assert inserted["dynamodb"]["NewImage"] == image_of("perform")

    assert deployed.handle("perform", sample("perform")) == ALL_WELL
    (text,) = deployed.texts
    assert text["DestinationPhoneNumber"] == PHONE
    assert text["OriginationIdentity"] == LINE
    assert [text["Context"]] == [body["context"] for body in notices_of("receipts")[:1]]
    assert text["Context"].keys() == {"conversation", "event", "position"}
    assert text["MessageBody"].startswith("Hi Ana, Elm Street Clinic")

    assert deployed.handle("receipts", sample("receipts")) == ALL_WELL
    entry = items.entry_of(deployed.entries()[-1])
    assert entry.done
    assert [record.state for _, record in entry.texts] == ["delivered"]
    assert [event["detail-type"] for event in deployed.bodies(deployed.heard)] == ["text.delivered"]

    now.at = HEARD_AT
    assert deployed.handle("inbound", sample("inbound")) == ALL_WELL
    assert deployed.handle("perform", deployed.stream(after=HEARD_AT)) == ALL_WELL
    assert "is confirmed" in deployed.texts[1]["MessageBody"]
    assert "will text you back" in deployed.texts[2]["MessageBody"]
    events = deployed.bodies(deployed.heard)
    assert [e["detail-type"] for e in events] == ["appointment.confirmed", "case.opened"]
    assert {e["source"] for e in events} == {"textback"}
    (opened,) = deployed.messages(deployed.queues["HandoffQueue"])
    assert opened["MessageAttributes"]["urgency"]["StringValue"] == "normal"
    handoff = json.loads(opened["Body"])
    assert handoff["actions_queue"] == deployed.queues["ActionsQueue"]
    assert {body["case"] for body in bodies_of("actions")} == {handoff["case"]}

    now.at = HEARD_AT + timedelta(minutes=4)
    assert deployed.handle("actions", sample("actions")) == ALL_WELL
    assert deployed.handle("perform", deployed.stream(after=now.at)) == ALL_WELL
    assert deployed.texts[3]["MessageBody"] == "Yes, it does."
    for function in FUNCTIONS:
        if letters := deployed.dead_letters(function):
            assert deployed.messages(letters) == []


def test_a_throttled_text_comes_back_as_the_sample_says(deployed: Deployed) -> None:
    deployed.clock.at = BOOKED_AT
    deployed.handle("requests", sample("requests"))
    deployed.clock.at = DUE_AT
    deployed.handle("wake", sample("wake"))
    deployed.trouble.append((400, {"__type": "ThrottlingException", "Message": "slow down"}))
    assert deployed.handle("perform", sample("perform")) == ALL_WELL
    assert deployed.texts == []
    assert deployed.sent_to(deployed.queues["LaterQueue"]) == bodies_of("later")

    deployed.clock.forward(timedelta(seconds=5))
    assert deployed.handle("later", sample("later")) == ALL_WELL
    again = deployed.stream(after=deployed.clock.at)
    assert deployed.handle("perform", again) == ALL_WELL
    assert [text["DestinationPhoneNumber"] for text in deployed.texts] == [PHONE]


@pytest.mark.parametrize("function", [name for name in FUNCTIONS if name != "fan_out"])
def test_a_sample_that_comes_twice_does_nothing_twice(deployed: Deployed, function: str) -> None:
    story = ["requests", "wake", "perform", "receipts", "inbound", "actions", "later"]
    deployed.clock.at = DUE_AT
    for name in story[: story.index(function) + 1]:
        deployed.handle(name, sample(name))
    before = deployed.stored(), list(deployed.texts)
    assert deployed.handle(function, sample(function)) == ALL_WELL
    assert (deployed.stored(), deployed.texts) == before


def test_a_text_by_way_of_the_topic_is_taken(deployed: Deployed) -> None:
    """The envelope is the topic's own work: this one is moto's, not our sample."""
    sns, queue = client("sns"), deployed.queues["InboundQueue"]
    topic = sns.create_topic(Name="inbound")["TopicArn"]
    arn = deployed.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn["Attributes"]["QueueArn"])
    sns.publish(TopicArn=topic, Message=json.dumps(notices_of("inbound")[0]))
    (message,) = deployed.messages(queue)
    assert deployed.handle("inbound", batch(message["Body"])) == ALL_WELL
    assert [e["sk"]["S"] for e in deployed.entries()] == [
        f"turn#text:{notices_of('inbound')[0]['inboundMessageId']}"
    ]


def test_stop_blocks_at_the_carrier_after_its_confirmation(deployed: Deployed) -> None:
    deployed.handle("inbound", batch(notice(the_text("STOP"))))
    deployed.handle("perform", deployed.stream())
    assert len(deployed.texts) == 1
    assert deployed.opted_out == [PHONE]


def test_a_fan_out_with_nothing_due_hands_nothing_over(deployed: Deployed) -> None:
    assert deployed.handle("fan_out", sample("fan_out")) == {"handed_over": 0}
    assert deployed.sent_to(deployed.queues["WakeQueue"]) == []


def bodies_of(function: str) -> list[dict[str, Any]]:
    return [json.loads(record["body"]) for record in sample(function)["Records"]]


def notices_of(function: str) -> list[dict[str, Any]]:
    return [json.loads(body["Message"]) for body in bodies_of(function)]


def image_of(function: str) -> items.Item:
    (record,) = sample(function)["Records"]
    image: items.Item = record["dynamodb"]["NewImage"]
    return image


# ------------------------------------------------------------------ what is not what it should be

LONG = "x" * 10_000
NUL = "a\x00b"
STRANGE: dict[str, Any] = {
    "nothing": None,
    "a number": 12,
    "a number that no float holds": 10**400,
    "a list": [],
    "an object": {},
    "true": True,
    "empty": "",
    "blanks": "  \n ",
    "10,000 characters": LONG,
    "only emoji": "👍🏽👩‍👩‍👧",
    "right-to-left": "שלום +1 (206) 555",
    "NUL": NUL,
    "half a character": "\ud83d",
    "another's syntax": "'; DROP TABLE #{}$'\"\\",
}
NOT_MESSAGES = [
    "{",
    "not JSON",
    "[]",
    "null",
    "12",
    '"+12065550123"',
    "{}",
    "1" * 5_000,
    "[" * 100_000,
    '{"a":' * 50_000,
    LONG,
    "👍🏽👩‍👩‍👧",
    "שלום",
    '"\\u0000"',
]


def the_text(body: Any = "See you then", **other: Any) -> dict[str, Any]:
    return {
        "originationNumber": PHONE,
        "destinationNumber": LINE,
        "messageKeyword": "KEYWORD_111122223333",
        "messageBody": body,
        "inboundMessageId": "87473621-b965-4b1f-aad1-a02ee6804ee2",
        "previousPublishedMessageId": "outbound-789183b7",
    } | other


def notice(message: dict[str, Any]) -> str:
    """A message in SNS's envelope."""
    return json.dumps(
        {
            "Type": "Notification",
            "MessageId": "sns-1",
            "Message": json.dumps(message),
            "Timestamp": "2026-12-01T17:00:00.000Z",
        }
    )


def a_message(function: str) -> dict[str, Any]:
    """A good message of a function: the first of its sample, out of its envelope."""
    body = bodies_of(function)[0]
    return json.loads(body["Message"]) if "Message" in body else body


def enveloped(function: str, message: dict[str, Any]) -> str:
    return notice(message) if function in {"inbound", "receipts"} else json.dumps(message)


QUEUES = ["actions", "inbound", "later", "receipts", "requests", "wake"]
# A field that the message cannot do without, by a path.
NEEDED: dict[str, list[Any]] = {
    "actions": ["case"],
    "inbound": ["messageBody"],
    "later": ["position"],
    "receipts": ["eventType"],
    "requests": ["detail", "start"],
    "wake": ["pointers", 0, "at"],
}


# Every field that any message has: the rest of a message is never looked at.
READ = {
    field.alias or name
    for model in vars(incoming).values()
    if isinstance(model, type) and issubclass(model, incoming.Incoming)
    for name, field in model.model_fields.items()
} | {CONVERSATION_KEY, EVENT_KEY, POSITION_KEY, 0}


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every field of a message, at any depth."""
    children = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in children:
        yield (*path, key)
        if isinstance(child, dict | list):
            yield from paths(child, (*path, key))


def changed(message: Any, path: list[Any], value: Any) -> Any:
    """A copy of the message with another value at a path; with none, if `value` is `...`."""
    copy = json.loads(json.dumps(message))
    there = copy
    for key in path[:-1]:
        there = there[key]
    if value is ...:
        del there[path[-1]]
    else:
        there[path[-1]] = value
    return copy


@pytest.mark.parametrize("function", QUEUES)
def test_what_is_no_message_is_laid_aside_with_what_is_wrong(
    deployed: Deployed, function: str
) -> None:
    event = batch(*NOT_MESSAGES, fifo=function == "actions")
    assert deployed.handle(function, event) == ALL_WELL
    letters = deployed.buried(function)
    assert letters.keys() == set(NOT_MESSAGES)
    for error in letters.values():
        assert error
        assert not any(secret in error for secret in PRIVATE)
    assert deployed.entries() == []


@pytest.mark.parametrize("function", QUEUES)
def test_a_bad_message_leaves_the_others_of_its_batch_unharmed(
    deployed: Deployed, function: str
) -> None:
    good = a_message(function)
    needed = NEEDED[function]
    bad = enveloped(function, changed(good, needed, ...))
    if function in {"later", "wake"}:  # these are about somebody who is there already
        deployed.clock.at = BOOKED_AT
        deployed.handle("requests", sample("requests"))
        deployed.clock.at = DUE_AT
    before = len(deployed.entries())
    event = batch(bad, enveloped(function, good), bad, fifo=function == "actions")
    assert deployed.handle(function, event) == ALL_WELL
    letters = deployed.buried(function)
    assert letters.keys() == {bad}
    there = [letter["Body"] for letter in deployed.messages(deployed.dead_letters(function))]
    assert set(there) == {bad}
    assert str(needed[-1]) in letters[bad], "the error names the field"
    if function not in {"receipts", "later"}:  # whose sample is about a text that nobody sent
        assert len(deployed.entries()) == before + 1


@pytest.mark.parametrize("function", QUEUES)
def test_whatever_stands_in_a_field_is_taken_or_laid_aside(
    deployed: Deployed, function: str
) -> None:
    """Never does a value make the handler fail, and so come back for nothing."""
    deployed.clock.at = BOOKED_AT
    deployed.handle("requests", sample("requests"))
    deployed.clock.at = DUE_AT
    good = a_message(function)
    strange = [
        enveloped(function, changed(good, list(path), value))
        for path in paths(good)
        if path[-1] in READ
        for value in [..., *STRANGE.values()]
    ]
    answer = deployed.handle(function, batch(*strange, fifo=function == "actions"))
    assert [strange[int(f["itemIdentifier"])] for f in answer["batchItemFailures"]] == []
    letters = deployed.buried(function)
    assert letters.keys() < set(strange)
    for error in letters.values():
        assert error
        assert not any(secret in error for secret in PRIVATE)


@pytest.mark.parametrize(
    "text",
    [LONG, "👍", "שלום, אני אגיע", NUL, " ", "\u200b", "\ufffe\uffff", "STOP\x00", "\u202ePOTS"],
)
def test_whatever_a_contact_texts_is_heard_and_handed_on(deployed: Deployed, text: str) -> None:
    deployed.handle("requests", sample("requests"))
    assert deployed.handle("inbound", batch(notice(the_text(text)))) == ALL_WELL
    assert deployed.handle("perform", deployed.stream()) == ALL_WELL
    (heard,) = (e for e in deployed.entries() if e["sk"]["S"].startswith("turn#text"))
    assert items.entry_of(heard).done
    for message in deployed.messages(deployed.queues["HandoffQueue"]):
        assert all(is_for_sqs(character) for character in message["Body"])
        assert json.loads(message["Body"])["text"] == text


def is_for_sqs(character: str) -> bool:
    """What SQS takes in a message: its API reference, SendMessage. moto takes anything."""
    return (
        character in "\t\n\r"
        or " " <= character <= "\ud7ff"
        or "\ue000" <= character <= "\ufffd"
        or character >= "\U00010000"
    )


@pytest.mark.parametrize(
    ("phone", "field"),
    [
        ("72345", "originationNumber"),
        ("MYBANK", "originationNumber"),
        ("+1206555012", "originationNumber"),
        ("+12065550123456789", "destinationNumber"),
        ("", "destinationNumber"),
    ],
)
def test_what_is_no_phone_is_laid_aside_by_the_field_s_name(
    deployed: Deployed, phone: str, field: str
) -> None:
    message = notice(the_text(**{field: phone}))
    assert deployed.handle("inbound", batch(message)) == ALL_WELL
    ((body, error),) = deployed.buried("inbound").items()
    assert body == message
    assert error.startswith(field)
    assert not phone or phone not in error


@pytest.mark.parametrize(
    ("function", "path", "value"),
    [
        ("requests", ["detail", "id"], "apt\n1001"),  # no key, and no place in an index, has lines
        ("requests", ["detail", "version"], 2**63),  # no number of the table's
        ("requests", ["detail", "start"], "2026-12-08T09:00:00"),  # in which zone?
        ("requests", ["detail", "contact", "time_zone"], "../../etc/passwd"),
        ("requests", ["detail", "contact", "language"], "English"),
        ("requests", ["detail-type"], "appointment.exploded"),
        ("wake", ["pointers", 0, "at"], "some dayZ#apt-1001:two_days"),
        ("wake", ["pointers", 0, "conversation"], CONVERSATION.upper()),
        ("later", ["position"], -1),
        ("actions", ["type"], "shout"),
        ("actions", ["version"], "2"),
        ("actions", ["text"], LONG + "x"),
    ],
)
def test_a_value_that_could_do_harm_is_laid_aside_by_its_field_s_name(
    deployed: Deployed, function: str, path: list[Any], value: Any
) -> None:
    bad = enveloped(function, changed(a_message(function), path, value))
    assert deployed.handle(function, batch(bad, fifo=function == "actions")) == ALL_WELL
    (error,) = deployed.buried(function).values()
    assert str(path[-1]) in error
    assert str(value) not in error


def test_a_line_that_nobody_set_up_is_laid_aside(deployed: Deployed) -> None:
    assert deployed.handle("inbound", batch(notice(the_text(destinationNumber="+12065550199"))))
    (error,) = deployed.buried("inbound").values()
    assert error.startswith("line: no settings are stored")


def test_what_fails_comes_back_alone(deployed: Deployed, told: Callable[[], str]) -> None:
    """What is not the message's fault is told to the queue, in words of ours."""

    def fail(request: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        if "text:bad" not in json.dumps(request):
            return None
        return 500, {"__type": "InternalServerError", "Message": f"about {PHONE}"}

    messages = [notice(the_text(inboundMessageId=id_)) for id_ in ("one", "bad", "two")]
    with on_the_wire(deployed.dynamodb, "TransactWriteItems", fail):
        assert deployed.handle("inbound", batch(*messages)) == {
            "batchItemFailures": [{"itemIdentifier": "1"}]
        }
        assert deployed.handle("inbound", batch(messages[1])) == {
            "batchItemFailures": [{"itemIdentifier": "0"}]
        }
    assert [e["sk"]["S"] for e in deployed.entries()] == ["turn#text:one", "turn#text:two"]
    assert "InternalServerError" in told()
    assert deployed.buried("inbound") == {}
    assert deployed.handle("inbound", batch(messages[1])) == ALL_WELL


def test_what_fails_holds_up_its_own_group_alone(deployed: Deployed) -> None:
    """Actions of one conversation keep their order; those of others go on."""

    def fail(request: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        failing = "action:bad" in json.dumps(request)
        return (500, {"__type": "InternalServerError"}) if failing else None

    good = a_message("actions")
    bodies = [json.dumps(good | {"id": id_}) for id_ in ("one", "bad", "two", "three")]
    groups = ("a", "b", "c", "b")
    with on_the_wire(deployed.dynamodb, "TransactWriteItems", fail):
        answer = deployed.handle("actions", batch(*bodies, fifo=True, groups=groups))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}, {"itemIdentifier": "3"}]}
    assert [e["sk"]["S"] for e in deployed.entries()] == ["turn#action:one", "turn#action:two"]


def test_a_conversation_that_is_not_there_brings_its_wake_up_back(deployed: Deployed) -> None:
    """It is written before its timers are, so it may only not be seen yet."""
    unknown = {"pointers": [{"conversation": "0" * 32, "at": "2026-12-06T18:00:00.000Z#a"}]}
    answer = deployed.handle("wake", batch(json.dumps(unknown)))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "0"}]}


def test_an_entry_that_cannot_be_read_holds_up_its_own_conversation_alone(
    deployed: Deployed, told: Callable[[], str]
) -> None:
    deployed.handle("inbound", batch(notice(the_text("STOP"))))
    (good,) = (record["dynamodb"]["NewImage"] for record in deployed.stream()["Records"])
    other = {**good, "pk": {"S": f"c#{'0' * 32}"}}
    bad = {**other, "event": {"S": '{"EventOfTheFuture": {}}'}}
    event = {"Records": [insert(bad, 1), insert(other, 2), insert(good, 3)]}
    assert deployed.handle("perform", event) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert len(deployed.texts) == 1
    assert "failed" in told()


def test_an_entry_that_expired_meanwhile_sends_nothing(deployed: Deployed) -> None:
    deployed.handle("inbound", batch(notice(the_text("STOP"))))
    stream = deployed.stream()
    for entry in deployed.entries():
        key = {name: entry[name] for name in ("pk", "sk")}
        deployed.dynamodb.delete_item(TableName=deployed.table, Key=key)
    assert deployed.handle("perform", stream) == ALL_WELL
    assert deployed.texts == []


@pytest.mark.parametrize(
    ("context", "why"),
    [
        ({}, "of another stack"),
        ({"conversation": CONVERSATION, "event": "text:1", "position": "0"}, "of no entry"),
    ],
)
def test_a_receipt_for_nothing_of_ours_is_no_trouble(
    deployed: Deployed, context: dict[str, str], why: str
) -> None:
    message = notice(a_message("receipts") | {"context": context})
    assert deployed.handle("receipts", batch(message)) == ALL_WELL, why
    assert deployed.buried("receipts") == {}
    assert deployed.entries() == []


@pytest.mark.parametrize("position", ["x", "-1", "99999999999999999999", "", "1.5", "٣"])
def test_a_receipt_for_no_text_of_its_entry_changes_nothing(
    deployed: Deployed, position: str
) -> None:
    deployed.handle("inbound", batch(notice(the_text("STOP"))))
    before = deployed.stored()
    context = {
        "conversation": CONVERSATION,
        "event": f"text:{the_text()['inboundMessageId']}",
        "position": position,
    }
    for type_, final in (
        ("TEXT_DELIVERED", True),
        ("TEXT_UNREACHABLE", True),
        ("TEXT_SENT", False),
    ):
        told = a_message("receipts") | {"eventType": type_, "isFinal": final, "context": context}
        assert deployed.handle("receipts", batch(notice(told))) == ALL_WELL
    assert deployed.stored() == before


def test_a_failure_of_what_is_no_text_is_nobody_s(deployed: Deployed) -> None:
    deployed.handle("inbound", batch(notice(the_text("STOP"))))
    before = len(deployed.entries())
    event = f"text:{the_text()['inboundMessageId']}"
    context = {"conversation": CONVERSATION, "event": event, "position": "7"}
    told = a_message("receipts") | {"eventType": "TEXT_SPAM", "isFinal": True, "context": context}
    assert deployed.handle("receipts", batch(notice(told))) == ALL_WELL
    assert len(deployed.entries()) == before
