"""What is planned for a visit: the cadence, and what becomes of it when more is known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from textback.domain.conversation import Consent, Standing, Urgency, Visit
from textback.domain.decision import Reason
from textback.domain.hours import ALL_DAY, Hours
from textback.domain.playbook import Audience, ConsentRule, Outside, ReminderStep
from textback.domain.reading import Intent

from tests.support.story import BOOKED, DAY, FOLLOW_UP, HOUR, VISIT, Story, moment, shown

WEEK = ReminderStep("week", 7 * DAY)
TWO_DAYS = ReminderStep("two_days", 2 * DAY, to=Audience.ALL)
EVENING = ReminderStep("evening", DAY, at=18 * HOUR)
NIGHT = ReminderStep("night", DAY, at=21 * HOUR, to=Audience.ALL, outside=Outside.EARLIER)
THREE_HOURS = ReminderStep("three_hours", 3 * HOUR, to=Audience.ALL)
NO_ANSWER = ReminderStep("no_answer", DAY, case=Urgency.LOW)
AFTER = ReminderStep("after", after=DAY, at=10 * HOUR, text=FOLLOW_UP, to=Audience.ALL)
CADENCE = (TWO_DAYS, EVENING, THREE_HOURS)

# why; the cadence; when it is booked; the visit; what is planned
PLANNED = [
    (
        "each step in its time",
        (WEEK, TWO_DAYS, EVENING, THREE_HOURS, NO_ANSWER, AFTER),
        "01 09:00",
        "10 14:00",
        {
            "week": "03 14:00",
            "two_days": "08 14:00",
            "evening": "09 18:00",
            "no_answer": "09 14:00",
            "three_hours": "10 11:00",
            "after": "11 10:00",
        },
    ),
    ("steps that are past are dropped", CADENCE, "09 10:00", "10 14:00",
     {"evening": "09 18:00", "three_hours": "10 11:00"}),
    ("also to the second", CADENCE, "08 14:00", "10 14:00",
     {"evening": "09 18:00", "three_hours": "10 11:00"}),
    ("a step that was due at night is past, even though it would wait until the morning",
     (NIGHT, replace(THREE_HOURS, outside=Outside.WAIT)), "09 23:30", "10 14:00",
     {"three_hours": "10 11:00"}),
    ("of two that the night pushes together the later one goes",
     (ReminderStep("late", DAY, at=22 * HOUR), ReminderStep("early", 6 * HOUR)),
     "01 09:00", "10 13:00", {"early": "10 08:00"}),
    ("two hours apart is apart", (ReminderStep("late", DAY, at=22 * HOUR), THREE_HOURS),
     "01 09:00", "10 13:00", {"late": "10 08:00", "three_hours": "10 10:00"}),
    ("a minute less is not", (ReminderStep("late", DAY, at=22 * HOUR), THREE_HOURS),
     "01 09:00", "10 12:59", {"three_hours": "10 09:59"}),
    ("of three the last", (ReminderStep("a", DAY, at=21 * HOUR), ReminderStep("b", 10 * HOUR),
     ReminderStep("c", 9 * HOUR)), "01 09:00", "10 14:00", {"c": "10 08:00"}),
    ("a practice may want two within an hour; only the night pushes",
     (ReminderStep("a", 4 * HOUR), ReminderStep("b", 3 * HOUR)), "01 09:00", "10 14:00",
     {"a": "10 10:00", "b": "10 11:00"}),
    ("a case is no text, so nothing is too near it",
     (replace(NO_ANSWER, before=10 * HOUR), ReminderStep("b", 9 * HOUR)), "01 09:00", "10 14:00",
     {"no_answer": "10 04:00", "b": "10 08:00"}),
    ("brought forward, but not into the past", (NIGHT,), "09 19:30", "10 14:00",
     {"night": "09 19:30"}),
    ("when today's hours are over, the other way is taken", (NIGHT,), "09 20:30", "10 14:00",
     {"night": "10 08:00"}),
    ("a visit that has begun", CADENCE, "10 14:10", "10 14:00", {}),
    ("its follow-up is still to come", (*CADENCE, AFTER), "10 14:10", "10 14:00",
     {"after": "11 10:00"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cadence", "at", "start", "planned"), [r[1:] for r in PLANNED], ids=[r[0] for r in PLANNED]
)
def test_a_booking_plans_its_cadence(
    cadence: tuple[ReminderStep, ...], at: str, start: str, planned: dict[str, str]
) -> None:
    story = Story(*cadence).on(at)
    story.book(start)
    assert story.plan == planned


def again(story: Story) -> None:
    story.book("10 07:30", of={"provider": "Dr. Kim"})


def confirm(story: Story) -> None:
    story.answer(Intent.CONFIRM)


def consent(story: Story) -> None:
    story.consent("all", granted=True)


@pytest.mark.parametrize("news", [again, confirm, consent])
@pytest.mark.parametrize("at", ["09 19:00", "09 19:30", "10 04:29", "10 04:31", "10 07:29"])
def test_what_was_brought_forward_does_not_go_twice(news: Callable[[Story], None], at: str) -> None:
    """Three hours before 7:30 is night, so it goes at 19:00. Until 4:30 it is not even due."""
    story = Story(THREE_HOURS)
    story.book("10 07:30")
    assert story.until(at) == ["09 19:00 reminder"]
    news(story)
    assert story.plan == {}


def test_nor_does_the_step_that_it_overtook() -> None:
    overtaken = ReminderStep("overtaken", DAY, at=20 * HOUR + HOUR / 2, to=Audience.ALL)
    story = Story(overtaken, NIGHT)
    story.book("10 14:00")
    assert story.plan == {"night": "09 19:00"}, "20:30 would wait until the morning after"
    story.until("09 20:00")
    story.book("10 14:00", of={"provider": "Dr. Kim"})
    assert "overtaken" not in story.plan


WAITS = [
    ("the contact confirms", confirm),
    ("the practice changes something else", lambda s: [s.book("10 14:00")]),
    ("consent is given", consent),
]


@pytest.mark.parametrize("news", [w[1] for w in WAITS], ids=[w[0] for w in WAITS])
def test_what_waits_keeps_waiting(news: Callable[[Story], None]) -> None:
    story = Story(TWO_DAYS, THREE_HOURS)
    story.book("10 14:00")
    story.pause("08 12:00", "08 18:00")
    assert story.until("08 15:00") == []
    assert story.plan == {"two_days": "08 18:00", "three_hours": "10 11:00"}
    news(story)
    assert story.plan == {"two_days": "08 18:00", "three_hours": "10 11:00"}
    (waits,) = [t for t in story.there.timers if t.step == "two_days"]
    assert shown(waits.since) == "08 14:00", "it counts from when it was to go first"


def test_a_step_that_was_brought_forward_and_waits_keeps_waiting_too() -> None:
    story = Story(THREE_HOURS)
    story.book("10 07:30")
    story.pause("09 12:00", "09 19:50")
    story.until("09 19:10")
    again(story)
    assert story.until("10 07:00") == ["09 19:50 reminder"]


def test_a_visit_that_moves_drops_what_waited() -> None:
    story = Story(*CADENCE)
    story.book("10 14:00")
    story.pause("08 12:00", None)
    story.until("08 14:00")
    story.book("09 16:00")
    assert story.plan == {"evening": "08 18:00", "three_hours": "09 13:00"}
    assert story.visit.status is Visit.BOOKED


def test_an_answer_is_to_the_time_that_was_asked_about() -> None:
    story = Story(replace(EVENING, to=Audience.UNCONFIRMED))
    story.book("10 14:00")
    confirm(story)
    assert story.plan == {}
    story.book("11 14:00")
    assert story.plan == {"evening": "10 18:00"}


AUDIENCES = [
    ("booked: all steps", None, {"two_days", "evening", "three_hours", "no_answer"}),
    ("confirmed: those for all", Intent.CONFIRM, {"two_days", "three_hours"}),
    ("cancelled: none", Intent.CANCEL, set()),
    ("no more texts: none", Intent.STOP, set()),
]


@pytest.mark.parametrize(
    ("intent", "planned"), [r[1:] for r in AUDIENCES], ids=[r[0] for r in AUDIENCES]
)
def test_whom_a_step_is_for(intent: Intent | None, planned: set[str]) -> None:
    story = Story(*CADENCE, NO_ANSWER)
    story.book("10 14:00")
    if intent:
        story.answer(intent)
    assert story.plan.keys() == planned


# ------------------------------------------------------------------ the text of a booking

# why; when it is booked; the visit; when the booking's own text goes
ON_BOOKING = [
    ("at once", "01 09:00", "10 14:00", "01 09:00"),
    ("at night it waits", "01 21:00", "10 14:00", "02 08:00"),
    ("but not past the visit", "01 21:00", "02 07:00", None),
    ("a visit that is over", "01 21:00", "01 20:00", None),
    ("in the last seconds before it", "01 13:59:57", "01 14:00", None),
]


@pytest.mark.parametrize(
    ("at", "start", "goes"), [r[1:] for r in ON_BOOKING], ids=[r[0] for r in ON_BOOKING]
)
def test_the_text_of_a_booking(at: str, start: str, goes: str | None) -> None:
    story = Story(on_booking=BOOKED).on(at)
    assert story.book(start) == [], "it goes at the line's rate, as reminders do"
    assert story.until("12 12:00") == ([f"{goes} booked"] if goes else [])


def test_the_text_of_a_booking_goes_once_and_not_for_a_change() -> None:
    story = Story(on_booking=BOOKED)
    story.book("10 14:00")
    assert story.until("01 09:05") == ["01 09:00 booked"]
    story.book("10 14:00", of={"provider": "Dr. Kim"})
    story.book("11 14:00")
    confirm(story)
    assert story.plan == {}


def test_a_booking_that_changes_before_its_text_went_is_still_told() -> None:
    story = Story(on_booking=BOOKED).on("01 21:00")
    story.book("10 14:00")
    story.book("10 14:00", of={"provider": "Dr. Kim"})
    assert story.plan == {"on_booking": "02 08:00"}
    story.book("11 14:00")
    assert story.plan == {"on_booking": "02 08:00"}
    assert story.until("02 09:00") == ["02 08:00 booked"]


def test_a_practice_that_takes_it_out_sends_it_no_more() -> None:
    story = Story(on_booking=BOOKED).on("01 21:00")
    story.book("10 14:00")
    story.follow()
    assert story.until("03 09:00") == []


# ------------------------------------------------------------------ consent


def test_consent_that_is_required_comes_first() -> None:
    story = Story(TWO_DAYS, consent=ConsentRule.REQUIRED)
    story.book("10 14:00")
    assert story.plan == {}
    story.consent("reminders", granted=True)
    assert story.plan == {"two_days": "08 14:00"}
    story.consent("reminders", granted=False)
    assert story.plan == {}
    assert story.there.may_text, "replies still go"


def test_consent_with_a_second_booking_is_for_the_first_visit_too() -> None:
    story = Story(TWO_DAYS, consent=ConsentRule.REQUIRED)
    story.book("10 14:00")
    given = Consent(Standing.GRANTED, "intake form", story.now)
    story.book("20 14:00", "apt-2", consent=given)
    assert sorted(shown(t.due) for t in story.there.timers) == ["08 14:00", "18 14:00"]


def test_a_contact_who_lives_elsewhere_has_all_visits_by_their_own_clock() -> None:
    story = Story(EVENING)
    story.book("10 14:00")
    story.book("20 14:00", "apt-2", zone="America/New_York")
    assert sorted(shown(t.due) for t in story.there.timers) == ["09 15:00", "19 15:00"]


TOPICS = [
    ("assumed until something is said", [], True),
    ("the topic revoked", [("reminders", False, "01 10:00")], False),
    ("another topic revoked", [("pharmacy", False, "01 10:00")], True),
    ("all revoked", [("all", False, "01 10:00")], False),
    ("a topic does not reach who ended all texts",
     [("all", False, "01 10:00"), ("reminders", True, "01 11:00")], False),
    ("all again", [("all", False, "01 10:00"), ("all", True, "01 11:00")], True),
    ("an older word of consent is not the last one",
     [("all", False, "01 10:00"), ("all", True, "01 09:00")], False),
    ("nor one of the same moment", [("all", False, "01 10:00"), ("all", True, "01 10:00")], False),
    ("an older end of consent counts",
     [("all", True, "01 10:00"), ("all", False, "01 09:00")], False),
    ("the end of a topic is newer than consent to all",
     [("reminders", False, "01 10:00"), ("all", True, "01 09:00")], False),
    ("and older", [("reminders", False, "01 10:00"), ("all", True, "01 11:00")], True),
    ("told twice, the newer end counts",
     [("all", False, "01 10:00"), ("all", False, "01 12:00"), ("all", True, "01 11:00")], False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "reminded"), [r[1:] for r in TOPICS], ids=[r[0] for r in TOPICS])
def test_whom_consent_reaches(words: list[tuple[str, bool, str]], reminded: bool) -> None:  # noqa: FBT001
    story = Story(TWO_DAYS)
    story.book("10 14:00")
    for topic, granted, at in words:
        story.consent(topic, granted=granted, at=at)
    assert (story.until("09 09:00") == ["08 14:00 reminder"]) is reminded


def test_an_older_end_of_all_texts_at_the_desk_or_by_text_makes_no_start_newer() -> None:
    story = Story(TWO_DAYS)
    story.consent("all", granted=False, at="01 10:00")
    story.consent("all", granted=False, at="01 08:00")
    assert story.there.consent.at == moment("01 10:00")
    assert story.reason is Reason.STOPPED_ALREADY


def test_the_hours_are_the_contact_s_own() -> None:
    open_on_the_ninth = Hours(((),) * 7, {datetime(2026, 12, 9).date(): ALL_DAY})  # noqa: DTZ001
    story = Story(ReminderStep("day", 2 * DAY), hours=open_on_the_ninth)
    story.book("10 14:00", zone="Pacific/Auckland")
    # In Auckland it is the 11th at 11:00; the 9th there begins on the 8th at 3:00 here.
    assert story.plan == {"day": "08 14:00"}
    story.book("10 14:00", VISIT, zone="America/Los_Angeles")
    assert story.plan == {"day": "09 00:00"}
    assert timedelta() < story.visit.start - story.there.timers[0].due
