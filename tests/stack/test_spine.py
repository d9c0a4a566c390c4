"""One text, the whole way: the real functions from template.yaml, deployed on this machine."""

import json
import re
import uuid
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from tests.stack.line import LINE, Outside, eventually, side_by_side

FAR = timedelta(days=9)
ENGINES_OWN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \w+ \[\w+\] ")  # not a function's log
CONFIRMED = "is confirmed. See you then!"


@pytest.fixture
def phone() -> str:
    return a_phone()


def a_phone() -> str:
    return f"+1425{uuid.uuid4().int % 8_000_000 + 2_000_000}"


def booked(outside: Outside, phone: str) -> None:
    outside.book(phone, FAR)
    assert eventually(lambda: outside.visit(phone)) == "booked"


def opened_case(outside: Outside, phone: str) -> dict[str, Any]:
    mine: list[dict[str, Any]] = []

    def look() -> list[dict[str, Any]]:
        found = outside.drain(outside.output("HandoffQueueUrl"))
        mine.extend(m for m in map(json.loads, (f["Body"] for f in found)) if of(m, phone))
        return mine

    assert eventually(look)
    return mine[0]


def of(message: dict[str, Any], phone: str) -> bool:
    return bool(message["contact"]["phone"] == phone)


def test_a_text_that_comes_five_times_is_answered_once(outside: Outside, phone: str) -> None:
    bus = outside.listen()
    booked(outside, phone)
    outside.text(phone, "Yes I'll be there!", id_=str(uuid.uuid4()), times=5)
    assert eventually(lambda: outside.got(phone))
    assert eventually(lambda: outside.visit(phone)) == "confirmed"
    settled(outside, phone)
    (answer,) = outside.got(phone)
    assert CONFIRMED in answer
    assert eventually(lambda: "text.delivered" in bus.of(phone))
    assert Counter(bus.of(phone)) == {"appointment.confirmed": 1, "text.delivered": 1}


def test_a_question_reaches_a_person_and_the_answer_the_phone(outside: Outside, phone: str) -> None:
    booked(outside, phone)
    outside.text(phone, "does my insurance cover this?")
    case = opened_case(outside, phone)
    assert case["type"] == "case.opened"
    assert case["actions_queue"] == outside.output("ActionsQueueUrl")
    assert case["transcript"][0]["text"] == "does my insurance cover this?"
    outside.act(case, "reply", text="Yes, it does.")
    assert eventually(lambda: "Yes, it does." in outside.got(phone))
    outside.act(case, "close")
    assert eventually(lambda: not outside.state(phone).get("case"))
    outside.text(phone, "C")
    assert eventually(lambda: CONFIRMED in outside.got(phone)[-1])


def test_a_due_reminder_reaches_the_phone_once(outside: Outside, phone: str) -> None:
    outside.book(phone, timedelta(days=2, seconds=5))
    assert eventually(lambda: outside.visit(phone))
    assert eventually(lambda: (outside.fan_out(), outside.got(phone))[1], 90)
    outside.fan_out()
    settled(outside, phone)
    (reminder,) = outside.texts(phone)
    assert "Reply C to confirm" in reminder["text"]
    assert reminder["segments"] == 1
    assert eventually(lambda: outside.texts(phone)[0]["state"] == "delivered")


def test_after_stop_comes_its_one_confirmation_and_nothing_more(
    outside: Outside, phone: str
) -> None:
    bus = outside.listen()
    outside.book(phone, timedelta(days=2, seconds=20))
    assert eventually(lambda: outside.visit(phone))
    outside.text(phone, "please stop texting me")
    assert eventually(lambda: outside.got(phone))
    outside.text(phone, "STOP")
    outside.text(phone, "hello?")
    outside.api("/api/clock", {"forward": "PT1M"})  # the reminder would be due now
    settled(outside, phone)
    (farewell,) = outside.got(phone)
    assert "no more texts" in farewell
    assert bus.of(phone).count("consent.revoked") == 1


def test_two_hundred_contacts_at_once_get_two_hundred_right_answers(outside: Outside) -> None:
    phones = list({a_phone() for _ in range(200)})
    side_by_side(lambda phone: outside.book(phone, FAR), phones)
    assert eventually(lambda: all(outside.visit(phone) for phone in phones), 240)
    bus = outside.listen()
    side_by_side(lambda phone: outside.text(phone, "Yes I'll be there!", times=2), phones)
    assert eventually(lambda: all(outside.got(phone) for phone in phones), 240)
    settled(outside, phones[-1])
    assert [len(outside.got(phone)) for phone in phones] == [1] * len(phones)
    assert all(CONFIRMED in outside.got(phone)[0] for phone in phones)
    assert all(bus.of(phone).count("appointment.confirmed") == 1 for phone in phones)


@pytest.mark.parametrize(
    ("queue", "name", "detail", "error"),
    [
        ("Requests", "appointment.booked", {"line": LINE}, "contact"),
        (
            "Requests",
            "appointment.cancelled",
            {"line": LINE, "id": "x", "version": 1, "contact": {"phone": "12"}},
            "contact.phone",
        ),
        (
            "Requests",
            "appointment.booked",
            {
                "line": LINE,
                "id": "x",
                "version": 1,
                "start": "2026-12-08T09:00:00",
                "contact": {"phone": "+14255550188"},
            },
            "start",
        ),
    ],
    ids=["missing field", "impossible number", "time without an offset"],
)
def test_a_bad_request_is_a_clear_error_and_harms_no_other(
    outside: Outside, phone: str, queue: str, name: str, detail: dict[str, Any], error: str
) -> None:
    outside.put(name, detail)
    outside.book(phone, FAR)
    assert error in buried(outside, queue)
    assert eventually(lambda: outside.visit(phone)) == "booked"


def test_what_is_no_text_at_all_is_a_clear_error(outside: Outside, phone: str) -> None:
    outside.publish("not JSON")
    outside.text(phone, "who is this?")
    assert "not JSON" in buried(outside, "Inbound")
    assert eventually(lambda: outside.got(phone))


@pytest.mark.parametrize(
    "body",
    ["x" * 10_000, "🎉🎈🥳", "مرحبا، هل يمكنني تغيير الموعد؟", "\x00", ""],
    ids=["10,000 characters", "emoji", "right to left", "NUL", "empty"],
)
def test_any_text_gets_an_answer(outside: Outside, phone: str, body: str) -> None:
    outside.text(phone, body)
    assert eventually(lambda: outside.got(phone)), "neither an answer nor a reason"


def test_no_log_line_holds_a_phone_or_a_text(local_run: Any, outside: Outside, phone: str) -> None:
    booked(outside, phone)
    secret = "my left knee hurts, who is this"
    outside.text(phone, secret)
    assert eventually(lambda: outside.got(phone))
    settled(outside, phone)
    logs = outside.client("logs")
    lines: list[str] = []
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            events = logs.get_paginator("filter_log_events").paginate(
                logGroupName=group["logGroupName"]
            )
            lines += [event["message"] for some in events for event in some["events"]]
    engine = (local_run.folder / "logs" / "engine.log").read_text(encoding="utf-8")
    lines += [line for line in engine.splitlines() if not ENGINES_OWN.match(line)]
    assert any('"service":"textback"' in line for line in lines), "no function logged anything"
    digits = phone.removeprefix("+")
    assert [line for line in lines if digits in line or secret in line] == []


def buried(outside: Outside, queue: str) -> str:
    """What the dead-letter queue says is wrong with its message."""
    url = outside.output(f"{queue}DeadLetterQueueUrl")
    (letter,) = eventually(lambda: outside.drain(url))
    return str(letter["MessageAttributes"]["error"]["StringValue"])


def settled(outside: Outside, phone: str) -> None:
    """Wait for what a stray text would take to come: another contact's answer, asked for last."""
    other = a_phone()
    outside.text(other, "HELP")
    assert eventually(lambda: outside.got(other)), phone
