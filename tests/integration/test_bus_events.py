"""What other software says on the bus, by the real handlers: closings, pauses, consent, and what is
refused."""

import json
from datetime import timedelta
from typing import Any

import pytest
from textback.adapters.dynamodb import items
from textback.contracts.published import RequestRefused
from textback.domain.conversation import Standing, Visit
from textback.domain.identity import conversation_id

from tests.support.aws import on_the_wire
from tests.support.deployed import SALT, Deployed, batch
from tests.support.samples import LINE, NOW, OTHER_PHONE, PHONE

ALL_WELL: dict[str, Any] = {"batchItemFailures": []}
VISIT = NOW + timedelta(days=7, hours=1)
DUE = VISIT - timedelta(days=2)  # its first reminder
CLOSED: dict[str, Any] = {
    "line": LINE,
    "id": "snow-1",
    "from": (VISIT - timedelta(hours=8)).isoformat(),
    "to": (VISIT + timedelta(hours=8)).isoformat(),
    "why": "snow",
}
PAUSED: dict[str, Any] = {"line": LINE, "what": "reminders", "until": None, "how": "ops"}
CONSENT: dict[str, Any] = {
    "line": LINE,
    "phone": PHONE,
    "topic": "all",
    "granted": False,
    "how": "phone call",
}


def event(name: str, detail: dict[str, Any], id_: str = "", at: str = "") -> str:
    """An event of the bus, as its rule hands it to the queue."""
    return json.dumps(
        {
            "version": "0",
            "id": id_ or f"{name}-1",
            "detail-type": name,
            "source": "clinic.ehr",
            "time": at or "2026-12-01T17:00:00Z",
            "detail": detail,
        }
    )


def booked(id_: str = "apt-1", phone: str = PHONE, **other: Any) -> str:
    detail = {"line": LINE, "id": id_, "version": 1, "contact": {"phone": phone}} | other
    return event("appointment.booked", {"start": VISIT.isoformat()} | detail, f"booked-{id_}")


def conversation(deployed: Deployed, phone: str = PHONE) -> Any:
    id_ = conversation_id(SALT, LINE, phone)
    key = items.item(items.conversation_key(id_))
    return items.conversation_of(
        deployed.dynamodb.get_item(TableName=deployed.table, Key=key)["Item"]
    )


def woken(deployed: Deployed) -> list[str]:
    """The bodies on the wake queue, each taken by its handler."""
    bodies = [message["Body"] for message in deployed.messages(deployed.queues["WakeQueue"])]
    if bodies:
        assert deployed.handle("wake", batch(*bodies)) == ALL_WELL
    return bodies


def news(deployed: Deployed) -> list[dict[str, Any]]:
    return [said["detail"] for said in deployed.bodies(deployed.heard)]


# ------------------------------------------------------------------ what is taken


def test_a_closing_reaches_whoever_has_a_visit_then_and_texts_them(deployed: Deployed) -> None:
    later = (VISIT + timedelta(days=1)).isoformat()
    visits = (booked(), booked("apt-2"), booked("apt-3", OTHER_PHONE, start=later))
    assert deployed.handle("requests", batch(*visits)) == ALL_WELL
    for _ in range(2):  # a queue delivers at least once
        assert deployed.handle("requests", batch(event("practice.closed", CLOSED))) == ALL_WELL
    assert len(woken(deployed)) == 2
    assert {a.status for a in conversation(deployed).appointments} == {Visit.CLOSED}
    assert [t.step for t in conversation(deployed).timers] == ["closed", "closed"]
    (untouched,) = conversation(deployed, OTHER_PHONE).appointments
    assert untouched.status is Visit.BOOKED

    deployed.clock.at = NOW + timedelta(minutes=1)
    assert deployed.handle("fan_out", {}) == {"handed_over": 1}
    woken(deployed)
    assert deployed.handle("perform", deployed.stream(after=NOW)) == ALL_WELL
    assert len(deployed.texts) == 2
    assert {text["DestinationPhoneNumber"] for text in deployed.texts} == {PHONE}
    assert all("is closed" in text["MessageBody"] for text in deployed.texts)


def test_a_closing_that_concerns_nobody_calls_nobody(deployed: Deployed) -> None:
    assert deployed.handle("requests", batch(event("practice.closed", CLOSED))) == ALL_WELL
    assert woken(deployed) == []
    assert deployed.entries() == []


def test_reminders_stand_still_while_they_are_paused(deployed: Deployed) -> None:
    assert deployed.handle("requests", batch(booked())) == ALL_WELL
    paused = event("texting.paused", PAUSED, "p-1", "2026-12-02T00:00:00Z")
    assert deployed.handle("requests", batch(paused)) == ALL_WELL
    deployed.clock.at = DUE
    assert deployed.handle("fan_out", {}) == {"handed_over": 0}

    resumed = PAUSED | {"until": "2026-12-03T00:00:00Z"}
    word = event("texting.paused", resumed, "p-2", "2026-12-03T00:00:00Z")
    # The older word, delivered again behind the newer one, pauses nothing.
    assert deployed.handle("requests", batch(word, paused)) == ALL_WELL
    assert deployed.handle("fan_out", {}) == {"handed_over": 1}


def test_a_reminder_that_is_paused_once_handed_over_waits(deployed: Deployed) -> None:
    assert deployed.handle("requests", batch(booked())) == ALL_WELL
    deployed.clock.at = DUE
    assert deployed.handle("fan_out", {}) == {"handed_over": 1}
    paused = event("texting.paused", PAUSED, "p-1", "2026-12-02T00:00:00Z")
    assert deployed.handle("requests", batch(paused)) == ALL_WELL
    assert len(woken(deployed)) == 1
    assert deployed.stream(after=DUE)["Records"] == []
    (waits, _) = sorted(conversation(deployed).timers, key=lambda timer: timer.due)
    assert (waits.step, waits.due, waits.since) == ("two_days", DUE + timedelta(minutes=1), DUE)


def test_consent_that_ends_and_comes_back_takes_the_reminders_with_it(deployed: Deployed) -> None:
    assert deployed.handle("requests", batch(booked())) == ALL_WELL
    ended = event("consent.changed", CONSENT, "c-1", "2026-12-01T18:00:00Z")
    given = event("consent.changed", CONSENT | {"granted": True}, "c-2", "2026-12-01T19:00:00Z")
    assert deployed.handle("requests", batch(ended)) == ALL_WELL
    assert conversation(deployed).consent.standing is Standing.REVOKED
    assert conversation(deployed).timers == ()
    assert deployed.handle("perform", deployed.stream()) == ALL_WELL
    assert deployed.opted_out == [PHONE]

    assert deployed.handle("requests", batch(given, ended)) == ALL_WELL
    assert deployed.handle("perform", deployed.stream()) == ALL_WELL
    assert conversation(deployed).may_text
    assert len(conversation(deployed).timers) == 2
    assert deployed.opted_out == []
    assert {said["topic"] for said in news(deployed)} == {"all"}


# ------------------------------------------------------------------ what is refused

SECRET = "does my insurance cover this"
REFUSED = [
    pytest.param("{" + SECRET, "", id="not JSON"),
    pytest.param("", "", id="empty"),
    pytest.param("[]", "the message", id="no object"),
    pytest.param(booked()[:90], "", id="half written"),
    pytest.param("{}", "id", id="nothing in it"),
    pytest.param(event("openings.invented", {"x": SECRET}), "detail-type", id="an unknown kind"),
    pytest.param(event("practice.closed", {"line": LINE}), "id", id="a missing field"),
    pytest.param(event("practice.closed", CLOSED | {"to": SECRET}), "to", id="no time"),
    pytest.param(
        event("practice.closed", CLOSED | {"to": CLOSED["from"]}), "the message", id="no span"
    ),
    pytest.param(event("consent.changed", CONSENT | {"granted": "yes"}), "granted", id="no yes"),
    pytest.param(event("texting.paused", PAUSED | {"what": SECRET}), "what", id="no kind"),
    pytest.param(booked(phone="+1999" + SECRET), "contact.phone", id="no phone"),
    pytest.param(event("consent.changed", CONSENT | {"phone": "12"}), "phone", id="too short"),
    pytest.param(booked(line="+12065550199"), "line", id="a line that nobody set up"),
    pytest.param(
        event("practice.closed", CLOSED | {"line": "+12065550199"}), "line", id="to be closed"
    ),
    pytest.param(
        event("texting.paused", PAUSED | {"line": "+12065550199"}), "line", id="to be paused"
    ),
]


@pytest.mark.parametrize(("body", "field"), REFUSED)
def test_what_is_refused_is_told_of_without_what_stood_in_it_and_kept(
    deployed: Deployed, body: str, field: str
) -> None:
    assert deployed.handle("requests", batch(body)) == ALL_WELL
    (told,) = news(deployed)
    RequestRefused.model_validate(told)
    assert told["field"] == field
    assert told["why"]
    assert told["phone"] == ""
    assert SECRET not in json.dumps(told)
    assert deployed.buried("requests") == {body: told["why"]}
    assert deployed.entries() == []
    assert woken(deployed) == []


def test_what_is_refused_twice_is_told_in_the_same_words(deployed: Deployed) -> None:
    body = event("openings.invented", {})
    for _ in range(2):
        assert deployed.handle("requests", batch(body)) == ALL_WELL
        deployed.clock.at += timedelta(minutes=3)
    first, second = news(deployed)
    assert first == second


def test_what_is_refused_is_told_of_before_it_is_set_aside(deployed: Deployed) -> None:
    """What cannot be told comes back: only whoever knows of it can look for it there."""

    def away(_: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        return 500, {"__type": "InternalException", "Message": "away"}

    with on_the_wire(deployed.clients["events"], "PutEvents", away):
        answer = deployed.handle("requests", batch("{"))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert deployed.buried("requests") == {}
    assert deployed.handle("requests", batch("{")) == ALL_WELL
    assert len(news(deployed)) == 1
    assert deployed.buried("requests").keys() == {"{"}


@pytest.mark.parametrize(
    "function", ["actions", "inbound", "later", "receipts", "requests", "wake"]
)
@pytest.mark.parametrize(
    "body", ["", " ", "{", '{"', "{}", '{"pointers": [{}]}', '{"closing": {}}']
)
def test_an_empty_or_half_written_message_fails_no_handler(
    deployed: Deployed, function: str, body: str
) -> None:
    assert deployed.handle(function, batch(body, fifo=function == "actions")) == ALL_WELL
    assert deployed.buried(function).keys() == {body}
