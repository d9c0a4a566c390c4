"""The console's days: what it tells of what is planned, and a clock that stops at each of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.domain.conversation import Appointment, Conversation
from textback.domain.events import (
    AppointmentScheduled,
    ConsentChanged,
    PracticeClosed,
    TextReceived,
)
from textback.domain.identity import conversation_id
from textback.domain.playbook import ConsentRule, Pause, Paused

from console.demo import playbook
from tests.support.console import LINE, SALT, Setting

ANA, KIM = "+12065550123", "+12065550145"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def setting(setting: Setting) -> Setting:
    lines(setting).apply(LINE, playbook())
    return setting


def lines(setting: Setting) -> DynamoDBLines:
    return DynamoDBLines(setting.stack.dynamodb, setting.stack.table, setting.api.clock)


def book(setting: Setting, phone: str, ahead: timedelta, **contact: str) -> datetime:
    """Book a visit that starts in so long; its start."""
    now = setting.api.clock.now()
    start = (now + ahead).replace(microsecond=0)
    visit = Appointment(f"apt-{phone}", 1, start, provider="Dr. Lee")
    booked = AppointmentScheduled(f"bus:{phone}", now, visit, **contact)
    setting.stack.happen(contact_of(phone), booked)
    return start


def contact_of(phone: str) -> Conversation:
    return Conversation(conversation_id(SALT, LINE, phone), LINE, phone)


def told(setting: Setting, phone: str) -> dict[str, Any]:
    status, timeline = setting.get(f"/api/phones/{phone}/timeline")
    assert status == 200
    return dict(timeline)


def to_next(setting: Setting, **body: str) -> dict[str, Any]:
    status, moved = setting.post("/api/clock/next", body)
    assert status == 200
    return dict(moved)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written)


def test_a_conversation_is_told_with_what_is_planned_and_when(setting: Setting) -> None:
    start = book(setting, ANA, 4 * DAY, zone="America/New_York")
    timeline = told(setting, ANA)
    assert timeline["zone"] == "America/New_York"
    assert timeline["practice_zone"] == "America/Los_Angeles"
    (visit,) = timeline["visits"]
    assert (at(visit["start"]), visit["status"], visit["over"]) == (start, "booked", False)
    two_days, three_hours = timeline["planned"]
    assert at(three_hours["at"]) == start - 3 * HOUR
    assert three_hours["step"] == "three hours"
    assert three_hours["does"] == (
        "text “reminder_today”, unless confirmed; nothing if over 2 hours late"
    )
    assert two_days["does"] == "text “reminder”, unless confirmed"
    assert two_days["text"].startswith("Elm Street Clinic: your visit with Dr. Lee is ")
    assert [planned["held"] for planned in timeline["planned"]] == [False, False]
    (booked,) = timeline["happened"]
    assert (booked["reason"], booked["outcome"]) == ("the visit was put into the record", "")


def test_a_phone_that_nobody_knows_has_nothing_planned(setting: Setting) -> None:
    timeline = told(setting, ANA)
    assert (timeline["visits"], timeline["planned"], timeline["happened"]) == ([], [], [])
    assert setting.get(f"/api/phones/{ANA}/timeline?line=12065550111")[0] == 400


def test_what_stands_still_is_told_line_and_timer(setting: Setting) -> None:
    book(setting, ANA, 4 * DAY)
    now = setting.api.clock.now()
    lines(setting).pause(LINE, Pause(Paused.REMINDERS, now, now + 3 * DAY, "storm"))
    timeline = told(setting, ANA)
    (still,) = timeline["standing_still"]
    assert (still["what"], still["how"]) == ("reminders", "storm")
    assert [planned["held"] for planned in timeline["planned"]] == [True, False]


def test_a_reminder_that_had_to_wait_says_since_when(setting: Setting) -> None:
    start = book(setting, ANA, 2 * DAY + HOUR)
    now = setting.api.clock.now()
    to_next(setting)
    lines(setting).pause(LINE, Pause(Paused.REMINDERS, now + HOUR, None, "ops"))
    due = start - 3 * HOUR
    setting.api.clock.forward(due - setting.api.clock.now() + timedelta(minutes=2))
    setting.stack.wake(ANA, due)
    (waiting,) = told(setting, ANA)["planned"]
    assert at(waiting["waits_since"]) == due
    assert at(waiting["at"]) > due
    waits = told(setting, ANA)["happened"][0]
    assert (waits["outcome"], waits["step"], at(waits["due"])) == ("waits", "three hours", due)
    assert waits["reason"] == "texting stands still, so the reminder waits"


def test_a_closing_plans_its_text_and_withdraws_the_reminders(setting: Setting) -> None:
    start = book(setting, ANA, 4 * DAY)
    now = setting.api.clock.now()
    closed = PracticeClosed("closed:snow", now, "snow", start - HOUR, start + HOUR)
    setting.stack.happen(contact_of(ANA), closed)
    timeline = told(setting, ANA)
    assert [visit["status"] for visit in timeline["visits"]] == ["closed"]
    (planned,) = timeline["planned"]
    assert planned["does"] == "text “closed”: the practice closes then"
    assert "is closed at the time of your visit" in planned["text"]
    assert timeline["happened"][0]["outcome"] == ""
    assert to_next(setting)["happened"][0]["reason"] == "the practice closes on the day of a visit"
    assert told(setting, ANA)["happened"][0]["outcome"] == "texted"


# why; what ends consent before a look at what is planned; what the page says of each reminder
SILENT = [
    ("no consent", ConsentRule.REQUIRED, None, "no consent"),
    ("opted out", ConsentRule.ASSUMED, "all", "opted out"),
    ("no reminders wanted", ConsentRule.ASSUMED, "reminders", "opted out"),
    ("another topic", ConsentRule.ASSUMED, "pharmacy", ""),
]


@pytest.mark.parametrize(
    ("rule", "ended", "why"), [r[1:] for r in SILENT], ids=[r[0] for r in SILENT]
)
def test_a_reminder_that_nobody_may_send_is_told_with_its_reason(
    setting: Setting, rule: ConsentRule, ended: str | None, why: str
) -> None:
    lines(setting).apply(LINE, replace(playbook(), consent=rule))
    start = book(setting, ANA, 4 * DAY)
    if ended:
        now = setting.api.clock.now()
        over = ConsentChanged("bus:over", now, ended, granted=False, how="phone call")
        setting.stack.happen(contact_of(ANA), over)
    planned = told(setting, ANA)["planned"]
    assert [(each["step"], each["not_told"]) for each in planned] == [
        ("two days", why),
        ("three hours", why),
    ]
    assert at(planned[1]["at"]) == start - 3 * HOUR


def test_whoever_opted_out_becomes_a_case_when_the_practice_closes(setting: Setting) -> None:
    start = book(setting, ANA, 4 * DAY)
    now = setting.api.clock.now()
    over = ConsentChanged("bus:over", now, "all", granted=False, how="phone call")
    closed = PracticeClosed("closed:snow", now, "snow", start - HOUR, start + HOUR)
    for event in (over, closed):
        setting.stack.happen(contact_of(ANA), event)
    timeline = told(setting, ANA)
    assert timeline["planned"] == []
    assert (timeline["happened"][0]["outcome"], timeline["happened"][0]["tone"]) == ("case", "open")


def test_a_cancel_that_is_not_explained_is_planned_to_end_all_texts(setting: Setting) -> None:
    book(setting, ANA, 4 * DAY)
    setting.stack.happen(contact_of(ANA), TextReceived("text:1", setting.api.clock.now(), "Cancel"))
    silence = told(setting, ANA)["planned"][0]
    assert silence["does"] == "no more texts, if nobody says what CANCEL meant"
    to_next(setting)
    opted_out = told(setting, ANA)["happened"][0]
    assert (opted_out["outcome"], opted_out["tone"]) == ("opted out", "bad")


def test_the_clock_goes_to_the_next_thing_and_waits_for_it(setting: Setting) -> None:
    start = book(setting, ANA, 4 * DAY)
    clock = setting.get("/api/clock")[1]
    assert at(clock["next"]) == at(told(setting, ANA)["planned"][0]["at"])
    moved = to_next(setting)
    assert moved["happened"] == [{"phone": ANA, "reason": "a reminder came due"}]
    assert timedelta() <= at(moved["now"]) - at(clock["next"]) <= timedelta(seconds=3)
    assert at(moved["next"]) == start - 3 * HOUR
    reminded = told(setting, ANA)["happened"][0]
    assert (reminded["outcome"], reminded["step"], reminded["due"]) == ("texted", "two days", None)


def test_a_day_is_played_from_one_thing_to_the_next_so_that_none_is_late(setting: Setting) -> None:
    """A jump over the same day drops Ana's reminder, which would come eight hours late."""
    book(setting, ANA, 19 * HOUR)
    book(setting, KIM, 2 * DAY + 20 * HOUR)
    began = setting.api.clock.now()
    happened = []
    while (left := began + DAY - setting.api.clock.now()) > timedelta():
        moved = to_next(setting, within=f"PT{int(left.total_seconds()) + 1}S")
        happened += [(each["phone"], each["reason"]) for each in moved["happened"]]
    assert happened == [(ANA, "a reminder came due"), (KIM, "a reminder came due")]
    assert setting.api.clock.now() - began < DAY + timedelta(seconds=30)


def test_a_jump_over_a_day_is_an_outage(setting: Setting) -> None:
    book(setting, ANA, 25 * HOUR)
    setting.api.clock.forward(DAY + timedelta(minutes=50))
    setting.post("/api/clock", {"forward": "PT1M"})
    dropped = told(setting, ANA)["happened"][0]
    assert (dropped["outcome"], dropped["step"]) == ("dropped", "three hours")
    assert dropped["reason"] == "the reminder came too late to be sent"


def test_without_anything_planned_the_clock_stays_or_moves_as_far_as_it_may(
    setting: Setting,
) -> None:
    assert to_next(setting)["offset_seconds"] == 0
    book(setting, ANA, 4 * DAY)
    moved = to_next(setting, within="PT1H")
    assert (moved["offset_seconds"], moved["happened"]) == (3600, [])


def test_a_pause_lets_nothing_happen_before_its_end(setting: Setting) -> None:
    book(setting, ANA, 2 * DAY + HOUR)
    now = setting.api.clock.now()
    until = (now + 5 * HOUR).astimezone(UTC).replace(microsecond=0)
    lines(setting).pause(LINE, Pause(Paused.REMINDERS, now, until))
    assert at(setting.get("/api/clock")[1]["next"]) == until
    moved = to_next(setting)
    assert at(moved["now"]) >= until
    assert moved["happened"] == [{"phone": ANA, "reason": "a reminder came due"}]
    lines(setting).pause(LINE, Pause(Paused.REMINDERS, until))
    assert setting.get("/api/clock")[1]["next"] is None
