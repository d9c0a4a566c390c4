"""A practice that closes: who is told and when, and whom a person is to phone instead."""

from collections.abc import Callable

import pytest
from textback.domain.conversation import TimerKind, Urgency, Visit
from textback.domain.decision import Reason
from textback.domain.effects import CaseNews, SendText
from textback.domain.events import TextFailed
from textback.domain.hours import ALWAYS
from textback.domain.playbook import Audience, ConsentRule, ReminderStep
from textback.domain.reading import Intent

from tests.support.story import DAY, FOLLOW_UP, HOUR, VISIT, Story

TWO_DAYS = ReminderStep("two_days", 2 * DAY, to=Audience.ALL)
NO_ANSWER = ReminderStep("no_answer", DAY, case=Urgency.LOW)
AFTER = ReminderStep("after", after=DAY, at=10 * HOUR, text=FOLLOW_UP, to=Audience.ALL)


def test_a_closing_withdraws_what_was_planned_and_tells() -> None:
    story = Story(TWO_DAYS, NO_ANSWER, AFTER, hours=ALWAYS)
    story.book("10 14:00")
    story.close("10 00:00", "11 00:00")
    assert story.plan == {"closed": "01 09:00"}
    assert [t.kind for t in story.there.timers] == [TimerKind.CLOSING]


# why; the news while the text of the closing waits for the morning
CLOSED_AND_THEN = [
    ("the practice changes something else", lambda s: s.book("10 14:00")),
    ("consent is given", lambda s: s.consent("all", granted=True)),
    ("consent to reminders is given", lambda s: s.consent("reminders", granted=True)),
    ("consent to something else ends", lambda s: s.consent("pharmacy", granted=False)),
    ("the closing is said again", lambda s: s.close("10 00:00", "11 00:00")),
    ("another visit, and another zone", lambda s: s.book("20 14:00", "a-2", zone="US/Pacific")),
]


@pytest.mark.parametrize(
    "news", [c[1] for c in CLOSED_AND_THEN], ids=[c[0] for c in CLOSED_AND_THEN]
)
def test_a_closing_is_told_whatever_else_is_heard(news: Callable[[Story], object]) -> None:
    story = Story()
    story.book("10 14:00")
    story.on("01 22:00").close("10 00:00", "11 00:00")
    assert story.plan == {"closed": "02 08:00"}
    news(story)
    assert story.visit.status is Visit.CLOSED
    assert story.until("03 08:00") == ["02 08:00 text: closing"]


# why; when the practice closes; the visit; when the contact hears of it
CLOSINGS = [
    ("at once in the hours", "01 10:00", "02 14:00", "01 10:00"),
    ("at night in the morning", "01 22:00", "02 14:00", "02 08:00"),
    ("two hours before is soon enough", "01 22:00", "02 10:00", "02 08:00"),
    ("less is not, so it goes at night", "01 22:00", "02 09:59", "01 22:00"),
    ("less than two hours ahead", "01 06:00", "01 07:00", "01 06:00"),
]


@pytest.mark.parametrize(
    ("at", "start", "goes"), [r[1:] for r in CLOSINGS], ids=[r[0] for r in CLOSINGS]
)
def test_when_a_closing_is_told(at: str, start: str, goes: str) -> None:
    story = Story().on("01 01:00")
    story.book(start)
    story.on(at).close("01 00:00", "03 00:00")
    assert story.until("03 00:00") == [f"{goes} text: closing"]


# why; the visit; is it in a closing of the 10th
IN_IT = [
    ("its first moment", "10 00:00", True),
    ("the moment before", "09 23:59", False),
    ("its last moment", "10 23:59", True),
    ("its end is no part of it", "11 00:00", False),
]


@pytest.mark.parametrize(("start", "closed"), [r[1:] for r in IN_IT], ids=[r[0] for r in IN_IT])
def test_what_falls_into_a_closing(start: str, closed: bool) -> None:  # noqa: FBT001
    story = Story()
    story.book(start)
    story.close("10 00:00", "11 00:00")
    assert (story.visit.status is Visit.CLOSED) is closed
    assert story.reason is (Reason.CLOSED if closed else Reason.CLOSED_ALREADY)


def test_a_closed_visit_that_gets_another_time_is_booked_again() -> None:
    story = Story(TWO_DAYS)
    story.book("10 14:00")
    story.close("10 00:00", "11 00:00")
    story.book("12 14:00")
    assert story.visit.status is Visit.BOOKED
    assert story.plan == {"two_days": "10 14:00"}


def test_a_closing_said_again_changes_nothing() -> None:
    story = Story()
    story.book("10 14:00")
    story.close("10 00:00", "11 00:00")
    before = story.there
    assert story.close("10 00:00", "11 00:00") == []
    assert story.there == before


ENDS_IT = Reason.CLOSING_OPTED_OUT
NOT_GIVEN = Reason.CLOSING_NO_CONSENT


def end_it_at_the_carrier(story: Story) -> list[str]:
    story.until("02 08:00")
    assert story.last
    text = next(e for e in story.last.effects if isinstance(e, SendText))
    failed = TextFailed("failed:1", story.now, "effect", text, "OPTED_OUT", opted_out=True)
    return story.happen(failed)


# why; what happens before a closing of the 10th; and after; why a person is brought in
UNTOLD = [
    ("they opted out", lambda s: s.answer(Intent.STOP), None, ENDS_IT),
    ("they want no reminders", lambda s: s.consent("reminders", granted=False), None, ENDS_IT),
    ("they gave no consent", lambda s: s.follow(consent=ConsentRule.REQUIRED), None, NOT_GIVEN),
    ("they opt out before they hear", None, lambda s: s.answer(Intent.STOP), ENDS_IT),
    ("it ends at the desk before", None, lambda s: s.consent("all", granted=False), ENDS_IT),
    ("the carrier tells of it", None, end_it_at_the_carrier, ENDS_IT),
    ("consent is asked for now", None, lambda s: s.follow(consent=ConsentRule.REQUIRED), NOT_GIVEN),
]


@pytest.mark.parametrize(
    ("before", "after", "why"), [r[1:] for r in UNTOLD], ids=[r[0] for r in UNTOLD]
)
def test_whoever_may_not_be_told_of_a_closing_is_left_to_a_person(
    before: Callable[[Story], object] | None, after: Callable[[Story], object] | None, why: Reason
) -> None:
    story = Story()
    story.book("10 14:00")
    story.book("10 15:00", "apt-2")
    if before:
        before(story)
    story.on("01 22:00").close("10 00:00", "11 00:00")
    if after:
        after(story)
    story.until("12 00:00")
    assert (story.plan, story.visit.status) == ({}, Visit.CLOSED)
    (case,) = story.handed_off
    assert (case.news, case.why) == (CaseNews.OPENED, why)
    assert [(v.id, v.status) for v in case.appointments] == [
        (VISIT, Visit.CLOSED),
        ("apt-2", Visit.CLOSED),
    ]


def test_a_closing_said_again_brings_in_nobody_twice() -> None:
    story = Story()
    story.book("10 14:00")
    story.answer(Intent.STOP)
    story.close("10 00:00", "11 00:00")
    assert story.close("10 00:00", "12 00:00") == []
    assert len(story.handed_off) == 1


def test_who_was_told_of_the_closing_and_then_opts_out_is_left_alone() -> None:
    story = Story()
    story.book("10 14:00")
    story.close("10 00:00", "11 00:00")
    assert story.until("01 09:01") == ["01 09:00 text: closing"]
    story.answer(Intent.STOP)
    assert story.handed_off == []
