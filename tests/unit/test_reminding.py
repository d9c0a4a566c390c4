"""Reminders that came due: each is looked at again when it goes."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textback.domain.conversation import Awaited, Urgency
from textback.domain.decision import Reason
from textback.domain.effects import SendText
from textback.domain.events import Parked, TextFailed, TimerFired
from textback.domain.hours import Hours
from textback.domain.playbook import Audience, ConsentRule, Late, Paused, ReminderStep
from textback.domain.reading import Intent
from textback.playbooks.times import week

from tests.support.story import (
    DAY,
    FOLLOW_UP,
    HOUR,
    SHORT,
    VISIT,
    Story,
    moment,
    shown,
)

TWO_DAYS = ReminderStep("two_days", 2 * DAY)
THREE_HOURS = ReminderStep("three_hours", 3 * HOUR)
NO_ANSWER = ReminderStep("no_answer", DAY, case=Urgency.LOW)
AFTER = ReminderStep("after", after=HOUR, text=FOLLOW_UP, to=Audience.ALL)
SHORTENS = replace(TWO_DAYS, late=Late.SHORTEN, late_after=HOUR, late_text=SHORT)
DROPS = replace(TWO_DAYS, late=Late.DROP, late_after=HOUR)


def at_ten(*steps: ReminderStep) -> Story:
    story = Story(*steps)
    story.book("10 10:00")
    return story


# why; the step; when the fan-out brings it up; what goes; the reason
LATENESS = [
    ("in time", TWO_DAYS, "08 10:00", ["reminder"], Reason.REMINDED),
    ("late, and it may", TWO_DAYS, "08 19:59", ["reminder"], Reason.REMINDED),
    ("in the very minute", SHORTENS, "08 10:00", ["reminder"], Reason.REMINDED),
    ("an hour late is not yet late", SHORTENS, "08 11:00", ["reminder"], Reason.REMINDED),
    ("a second more is", SHORTENS, "08 11:00:01", ["reminder_short"], Reason.REMINDED),
    ("an hour late may go", DROPS, "08 11:00", ["reminder"], Reason.REMINDED),
    ("a second more may not", DROPS, "08 11:00:01", [], Reason.REMINDER_LATE),
    ("night: it waits", TWO_DAYS, "08 20:00", [], Reason.REMINDER_WAITS),
    ("the last moment of the hours", TWO_DAYS, "08 19:59:59", ["reminder"], Reason.REMINDED),
    ("the night before the visit", THREE_HOURS, "10 07:59", [], Reason.REMINDER_WAITS),
    ("the last moment before it", TWO_DAYS, "10 09:59:59", ["reminder"], Reason.REMINDED),
    ("at its start nothing is sent", TWO_DAYS, "10 10:00", [], Reason.REMINDER_VOID),
    ("days later neither", TWO_DAYS, "15 10:00", [], Reason.REMINDER_VOID),
]


@pytest.mark.parametrize(
    ("step", "at", "goes", "reason"), [r[1:] for r in LATENESS], ids=[r[0] for r in LATENESS]
)
def test_what_comes_late(step: ReminderStep, at: str, goes: list[str], reason: Reason) -> None:
    story = at_ten(replace(step, before=2 * DAY))
    assert (story.fire(at), story.reason) == (goes, reason)


# why; the step; the visit; when it is brought up; what then goes, and when
WAITS = [
    ("until the morning", TWO_DAYS, "10 10:00", "08 21:00", ["09 08:00 reminder"]),
    ("as late as it then is", SHORTENS, "10 10:00", "08 21:00", ["09 08:00 reminder_short"]),
    ("which may be too late", DROPS, "10 10:00", "08 21:00", []),
    ("and the visit may be over by then", THREE_HOURS, "10 08:00", "10 07:00", []),
]


@pytest.mark.parametrize(
    ("step", "start", "at", "goes"), [r[1:] for r in WAITS], ids=[r[0] for r in WAITS]
)
def test_what_waits_for_the_hours(step: ReminderStep, start: str, at: str, goes: list[str]) -> None:
    story = Story(step)
    story.book(start)
    assert story.fire(at) == []
    assert story.until("12 10:00") == goes


# why; what is paused; since, until; what goes, and when. Two days before is the 8th at 10:00.
PAUSES = [
    ("nothing is paused", None, "", "", ["08 10:00 reminder"]),
    ("until the end of it", Paused.REMINDERS, "08 09:00", "08 12:00", ["08 12:00 reminder"]),
    ("all but replies is paused", Paused.ALL, "08 09:00", "08 12:00", ["08 12:00 reminder"]),
    ("what is paused is something else", Paused.NOTICES, "08 09:00", "08 12:00",
     ["08 10:00 reminder"]),
    ("surveys are no reminders", Paused.SURVEYS, "08 09:00", None, ["08 10:00 reminder"]),
    ("it begins later", Paused.REMINDERS, "08 10:01", "08 12:00", ["08 10:00 reminder"]),
    ("it begins at that moment", Paused.REMINDERS, "08 10:00", "08 12:00", ["08 12:00 reminder"]),
    ("it ended at that moment", Paused.REMINDERS, "08 09:00", "08 10:00", ["08 10:00 reminder"]),
    ("it ends at night, so the hours come next", Paused.REMINDERS, "08 09:00", "08 22:00",
     ["09 08:00 reminder"]),
    ("it ends after the visit", Paused.REMINDERS, "08 09:00", "10 10:00", []),
    ("it ends right before the visit", Paused.REMINDERS, "08 09:00", "10 09:59",
     ["10 09:59 reminder"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "since", "until", "goes"), [r[1:] for r in PAUSES], ids=[r[0] for r in PAUSES]
)
def test_a_pause_holds_what_it_is_of(
    what: Paused | None, since: str, until: str | None, goes: list[str]
) -> None:
    story = at_ten(TWO_DAYS)
    if what:
        story.pause(since, until, what)
    assert story.until("12 10:00") == goes


def test_a_pause_without_an_end_is_looked_at_again_and_again() -> None:
    story = at_ten(TWO_DAYS)
    story.pause("08 09:00", None)
    assert (story.fire("08 10:00"), story.reason) == ([], Reason.PAUSED)
    assert story.plan == {"two_days": "08 10:01"}
    assert story.fire("08 13:00") == []
    story.line = replace(story.line, pauses=())
    assert story.until("08 14:00") == ["08 13:01 reminder"]


LATE_AFTER_PAUSE = [
    ("an hour is not late", SHORTENS, "08 11:00", ["08 11:00 reminder"]),
    ("more is", SHORTENS, "08 11:01", ["08 11:01 reminder_short"]),
    ("it may be dropped", DROPS, "08 11:01", []),
]


@pytest.mark.parametrize(
    ("step", "until", "goes"),
    [r[1:] for r in LATE_AFTER_PAUSE],
    ids=[r[0] for r in LATE_AFTER_PAUSE],
)
def test_what_waited_for_a_pause_is_as_late_as_it_is(
    step: ReminderStep, until: str, goes: list[str]
) -> None:
    story = at_ten(step)
    story.pause("08 09:00", until)
    assert story.until("12 10:00") == goes


def test_two_pauses_one_after_the_other_do_not_make_it_younger() -> None:
    story = at_ten(DROPS)
    story.pause("08 09:00", "08 10:30")
    story.pause("08 10:20", "08 11:30")
    assert story.until("12 10:00") == []
    assert story.reason is Reason.REMINDER_LATE


def test_of_the_steps_that_an_outage_kept_only_the_newest_goes() -> None:
    story = at_ten(TWO_DAYS, NO_ANSWER, replace(THREE_HOURS, text=SHORT))
    told = story.fire("10 09:00")
    assert sorted(told) == ["bus: case.opened", "desk: case.opened", "reminder_short"]


# ------------------------------------------------------------------ meanwhile

# why; what happened between planning and firing; the reason, nothing being sent
MEANWHILE: list[tuple[str, Callable[[Story], object], Reason]] = [
    ("they confirmed", lambda s: s.answer(Intent.CONFIRM), Reason.NOTHING_DUE),
    ("they ended all texts", lambda s: s.answer(Intent.STOP), Reason.NOTHING_DUE),
    ("the practice recorded it", lambda s: s.consent("all", granted=False), Reason.NOTHING_DUE),
    ("only of reminders", lambda s: s.consent("reminders", granted=False), Reason.NOTHING_DUE),
    ("the step is gone", lambda s: s.follow(THREE_HOURS), Reason.REMINDER_VOID),
    ("it opens a case now", lambda s: s.follow(replace(TWO_DAYS, case=Urgency.LOW)),
     Reason.REMINDER_VOID),
    ("consent is now required", lambda s: s.follow(TWO_DAYS, consent=ConsentRule.REQUIRED),
     Reason.REMINDER_VOID),
    ("the practice closes then", lambda s: s.close("10 00:00", "11 00:00"), Reason.CLOSED),
]  # fmt: skip


@pytest.mark.parametrize(
    ("news", "reason"), [r[1:] for r in MEANWHILE], ids=[r[0] for r in MEANWHILE]
)
def test_what_was_planned_is_not_sent_on_what_was_true(
    news: Callable[[Story], object], reason: Reason
) -> None:
    story = at_ten(TWO_DAYS)
    news(story)
    assert "reminder" not in story.fire("08 10:00")
    assert story.reason is reason


def test_hours_that_the_practice_changed_count_when_it_goes() -> None:
    story = at_ten(TWO_DAYS)
    story.follow(TWO_DAYS, hours=Hours(week("12:00-20:00")))
    assert story.until("09 09:00") == ["08 12:00 reminder"]


def test_a_clock_that_is_behind_sends_it_all_the_same() -> None:
    """The fan-out said that it is due: by this clock it is still a moment before the hours."""
    story = Story(THREE_HOURS)
    story.book("10 10:00")
    assert story.plan == {"three_hours": "10 08:00"}
    story.now = moment("10 07:59:57")
    assert story.happen(TimerFired("timer", moment("10 08:00"))) == ["reminder"]
    assert story.plan == {}


# ------------------------------------------------------------------ cases

CASES: list[tuple[str, Callable[[Story], object], bool]] = [
    ("unanswered", lambda _: None, True),
    ("confirmed", lambda s: s.answer(Intent.CONFIRM), False),
    ("cancelled", lambda s: s.answer(Intent.CANCEL), False),
    ("closed", lambda s: s.close("10 00:00", "11 00:00"), False),
    ("moved to later", lambda s: s.book("20 10:00"), False),
    ("the step is a text now", lambda s: s.follow(replace(NO_ANSWER, case=None)), False),
    ("texting is paused, but a case is no text", lambda s: s.pause("01 00:00", None), True),
]


@pytest.mark.parametrize(("news", "opened"), [r[1:] for r in CASES], ids=[r[0] for r in CASES])
def test_a_case_is_of_a_visit_that_is_unanswered(
    news: Callable[[Story], object],
    opened: bool,  # noqa: FBT001
) -> None:
    story = at_ten(NO_ANSWER)
    news(story)
    story.until("09 23:00")
    assert (story.there.case is not None) is opened
    if story.there.case:
        assert (story.there.case.urgency, story.there.case.why) == (Urgency.LOW, Reason.NO_ANSWER)


def test_a_case_comes_at_night_and_not_after_the_visit_began() -> None:
    story = at_ten(replace(NO_ANSWER, before=7 * HOUR))
    assert story.plan == {"no_answer": "10 03:00"}
    assert (story.fire("10 10:00"), story.reason) == ([], Reason.REMINDER_LATE)


# ------------------------------------------------------------------ follow-ups


def test_a_follow_up_goes_after_the_visit_and_asks_nothing() -> None:
    story = at_ten(THREE_HOURS, AFTER)
    assert story.until("10 09:00") == ["10 08:00 reminder"]
    asked = story.there.awaiting
    assert asked.about == VISIT
    assert story.until("10 12:00") == ["10 11:30 follow_up"]
    assert story.there.awaiting == asked


def test_two_follow_ups_at_once_ask_nothing_either() -> None:
    story = at_ten(AFTER)
    story.book("10 10:00", "apt-2")
    assert story.until("10 12:00") == ["10 11:30 follow_up", "10 11:30 follow_up"]
    assert story.there.awaiting.what is Awaited.NOTHING


def test_the_visit_is_kept_until_its_follow_up_went() -> None:
    story = at_ten(replace(AFTER, after=5 * DAY))
    story.on("14 09:00").answer(Intent.ACK)
    assert story.there.appointment(VISIT)
    assert story.until("15 12:00") == ["15 10:30 follow_up"]
    text = story.text
    assert story.there.appointment(VISIT), "it may come back from the carrier"
    assert story.on("15 11:00").come_back(text) == ["follow_up"]
    story.on("15 12:00").answer(Intent.ACK)
    assert not story.there.appointments


def test_a_follow_up_puzzles_after_a_week() -> None:
    story = at_ten(AFTER)
    assert story.fire("17 11:29") == ["follow_up"]
    late = at_ten(AFTER)
    assert late.fire("17 11:30") == []


NO_FOLLOW_UP: list[tuple[str, Callable[[Story], object]]] = [
    ("cancelled", lambda s: s.answer(Intent.CANCEL)),
    ("closed", lambda s: s.close("10 00:00", "11 00:00")),
]


@pytest.mark.parametrize("news", [r[1] for r in NO_FOLLOW_UP], ids=[r[0] for r in NO_FOLLOW_UP])
def test_a_visit_that_was_not_has_no_follow_up(news: Callable[[Story], object]) -> None:
    story = at_ten(AFTER)
    news(story)
    assert not [told for told in story.until("12 10:00") if "follow_up" in told]


# ------------------------------------------------------------------ several visits


def test_two_visits_in_one_day_are_both_reminded_of_and_no_short_answer_is_guessed_at() -> None:
    story = at_ten(TWO_DAYS)
    story.book("10 10:00", "apt-2")
    assert story.until("09 09:00") == ["08 10:00 reminder", "08 10:00 reminder"]
    assert (story.there.awaiting.what, story.there.awaiting.about) == (Awaited.CONFIRMATION, "")
    story.answer(Intent.CONFIRM)
    assert story.reason is Reason.SEVERAL_VISITS


def test_a_reminder_beside_a_follow_up_is_what_was_asked() -> None:
    story = Story(TWO_DAYS, AFTER)
    story.book("10 10:00")
    story.book("12 11:30", "apt-2")
    assert story.until("10 12:00")[-2:] == ["10 11:30 follow_up", "10 11:30 reminder"]
    assert story.there.awaiting.about == "apt-2"


# ------------------------------------------------------------------ while CANCEL is asked about


def torn(*steps: ReminderStep) -> Story:
    story = at_ten(*steps)
    story.on("08 09:30").answer(Intent.CANCEL, detail="bare")
    assert story.reason is Reason.CANCEL_ASKED
    return story


def test_what_is_due_waits_for_what_CANCEL_meant() -> None:  # noqa: N802 - the word itself
    story = torn(TWO_DAYS, replace(NO_ANSWER, before=2 * DAY))
    assert story.until("08 10:29") == []
    assert story.there.case is None
    story.on("08 10:29").answer(Intent.HELP)
    assert sorted(story.until("08 12:00")) == [
        "08 10:30 bus: case.opened",
        "08 10:30 desk: case.opened",
        "08 10:30 reminder",
    ]


def test_silence_ends_what_waited() -> None:
    story = torn(TWO_DAYS)
    went = story.until("12 12:00")
    assert "08 10:30 bus: consent.revoked" in went
    assert not [told for told in went if "reminder" in told]


def test_a_closing_is_told_after_all() -> None:
    story = torn()
    story.on("08 09:40").close("10 00:00", "11 00:00")
    assert story.until("08 10:00") == []
    story.on("08 10:00").answer(Intent.HELP)
    assert story.until("08 12:00") == ["08 10:30 text: closing"]


def test_a_parked_reminder_does_not_go_either() -> None:
    story = at_ten(TWO_DAYS)
    story.until("08 10:00")
    text = story.text
    story.on("08 10:01").answer(Intent.CANCEL, detail="bare")
    assert story.on("08 10:02").come_back(text) == []
    assert story.reason is Reason.PAUSED


# ------------------------------------------------------------------ closings


def closed() -> Story:
    story = at_ten(TWO_DAYS)
    story.close("10 00:00", "11 00:00")
    assert story.until("01 09:01") == ["01 09:00 text: closing"]
    return story


# why; the answer; the reason; what comes of it
ANSWERS = [
    ("another time", Intent.RESCHEDULE, Reason.RESCHEDULE, "bus: appointment.reschedule_requested"),
    ("drop it", Intent.CANCEL, Reason.CANCELLED, "bus: appointment.cancelled"),
    ("yes to what", Intent.CONFIRM, Reason.CLOSED_VISIT, "desk: case.opened"),
    ("when", Intent.QUESTION, Reason.CLOSED_VISIT, "desk: case.opened"),
]


@pytest.mark.parametrize(
    ("intent", "reason", "told"), [r[1:] for r in ANSWERS], ids=[r[0] for r in ANSWERS]
)
def test_answers_to_a_closing(intent: Intent, reason: Reason, told: str) -> None:
    story = closed()
    assert told in story.answer(intent)
    assert story.reason is reason
    assert story.until("12 10:00") == []


def test_a_closing_that_waited_for_a_pause_into_the_night_waits_for_the_morning() -> None:
    story = at_ten()
    story.pause("01 08:00", "01 23:00")
    story.close("10 00:00", "11 00:00")
    assert story.until("03 10:00") == ["02 08:00 text: closing"]


def test_but_rather_at_night_than_too_late() -> None:
    story = at_ten()
    story.pause("09 08:00", "10 06:30")
    story.on("09 09:00").close("10 00:00", "11 00:00")
    assert story.until("10 12:00") == ["10 08:00 text: closing"]
    soon = at_ten()
    soon.pause("09 08:00", "10 07:59")
    soon.book("10 09:30")
    soon.on("09 09:00").close("10 00:00", "11 00:00")
    assert soon.until("10 12:00") == ["10 07:59 text: closing"]


def test_a_closing_is_not_told_when_the_visit_would_have_begun() -> None:
    story = at_ten()
    story.close("10 00:00", "11 00:00")
    assert (story.fire("10 10:00"), story.reason) == ([], Reason.REMINDER_VOID)


# ------------------------------------------------------------------ parked texts

# why; when it comes back; what happened meanwhile; what is sent; the reason
PARKED: list[tuple[str, str, Callable[[Story], object], list[str], Reason]] = [
    ("still right", "08 10:05", lambda _: None, ["reminder"], Reason.SENT_AGAIN),
    ("at night it waits", "08 21:00", lambda _: None, [], Reason.REMINDER_WAITS),
    ("it is late, and another text goes", "08 11:01", lambda _: None, ["reminder_short"],
     Reason.SENT_AGAIN),
    ("paused", "08 10:05", lambda s: s.pause("08 10:01", "08 12:00"), [], Reason.PAUSED),
    ("the visit began", "10 10:00", lambda _: None, [], Reason.NOT_SENT_AGAIN),
    ("they confirmed", "08 10:05", lambda s: s.answer(Intent.CONFIRM), [], Reason.NOT_SENT_AGAIN),
    ("it moved", "08 10:05", lambda s: s.book("11 10:00"), [], Reason.NOT_SENT_AGAIN),
    ("the practice closes", "08 10:05", lambda s: s.close("10 00:00", "11 00:00"), [],
     Reason.NOT_SENT_AGAIN),
    ("the step is gone", "08 10:05", lambda s: s.follow(THREE_HOURS), [], Reason.NOT_SENT_AGAIN),
    ("the step opens a case now", "08 10:05",
     lambda s: s.follow(replace(TWO_DAYS, case=Urgency.LOW)), [], Reason.NOT_SENT_AGAIN),
    ("the step says something else now", "08 10:05",
     lambda s: s.follow(replace(TWO_DAYS, text=FOLLOW_UP)), ["follow_up"], Reason.SENT_AGAIN),
    ("late is too late by now", "08 11:01", lambda s: s.follow(DROPS), [], Reason.NOT_SENT_AGAIN),
    ("they ended all texts", "08 10:05", lambda s: s.answer(Intent.STOP), [],
     Reason.NOT_SENT_AGAIN),
    ("of reminders", "08 10:05", lambda s: s.consent("reminders", granted=False), [],
     Reason.NOT_SENT_AGAIN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "news", "goes", "reason"), [r[1:] for r in PARKED], ids=[r[0] for r in PARKED]
)
def test_a_parked_reminder_is_decided_as_if_it_came_due_now(
    at: str, news: Callable[[Story], object], goes: list[str], reason: Reason
) -> None:
    story = at_ten(SHORTENS)
    story.until("08 10:00")
    text = story.text
    news(story)
    assert (story.on(at).come_back(text), story.reason) == (goes, reason)


def test_a_parked_reminder_that_waits_goes_once() -> None:
    story = at_ten(TWO_DAYS)
    story.until("08 10:00")
    text = story.text
    for at in ("08 21:00", "08 21:30"):
        story.on(at).come_back(text)
    assert story.plan == {"two_days": "09 08:00"}
    assert story.until("12 10:00") == ["09 08:00 reminder"]


def test_a_parked_closing_waits_for_a_pause_and_for_the_morning() -> None:
    story = closed()
    text = story.text
    story.pause("01 09:00", "01 22:00")
    assert story.on("01 09:05").come_back(text) == []
    assert story.until("03 08:00") == ["02 08:00 text: closing"]


# ------------------------------------------------------------------ who texts, and how to stop

SAYS_SO = "Elm Street Clinic texts about your visits. Reply HELP for help, STOP to opt out."


def new(*steps: ReminderStep) -> Story:
    story = at_ten(*steps)
    story.there = replace(story.there, disclosed=None)
    return story


def bodies(story: Story) -> list[str]:
    assert story.last
    return [effect.body for effect in story.last.effects if isinstance(effect, SendText)]


def test_the_first_text_of_any_kind_says_who_texts_and_only_the_first() -> None:
    story = new()
    story.answer(Intent.QUESTION)
    assert [body.endswith(SAYS_SO) for body in bodies(story)] == [True]
    story.answer(Intent.QUESTION)
    assert [SAYS_SO in body for body in bodies(story)] == [False]


def test_a_reminder_says_it_itself() -> None:
    story = new(TWO_DAYS)
    assert story.until("08 10:00") == ["08 10:00 reminder"]
    assert SAYS_SO not in story.text.body
    assert shown(story.there.disclosed or moment("01 00:00")) == "08 10:00"


def test_it_is_said_in_the_contact_s_language() -> None:
    story = new()
    story.book("10 10:00", language="es")
    story.answer(Intent.QUESTION)
    assert story.text.body.endswith("Responda HELP para ayuda, STOP para no recibirlos.")


@pytest.mark.parametrize("intent", [Intent.EMERGENCY, Intent.STOP, Intent.WRONG_NUMBER])
def test_some_texts_stand_alone(intent: Intent) -> None:
    story = new()
    story.answer(intent)
    assert SAYS_SO not in story.text.body
    assert story.there.disclosed is None


def test_what_to_do_in_an_emergency_stands_alone_when_it_comes_back_too() -> None:
    story = new()
    story.answer(Intent.EMERGENCY)
    text = story.text
    assert story.on("01 09:05").come_back(text) == ["text: reply"]
    assert story.text.body == text.body
    assert story.there.disclosed is None


def test_a_text_that_never_went_said_nothing() -> None:
    story = new()
    story.answer(Intent.QUESTION)
    text = story.text
    story.happen(TextFailed("fail", story.now, "effect", text, "NOT_REACHABLE"))
    assert story.there.disclosed is None
    story.answer(Intent.HELP)
    assert story.there.disclosed == story.now


def test_a_text_that_came_back_too_late_said_nothing() -> None:
    story = new()
    story.answer(Intent.QUESTION)
    text = story.text
    assert story.on("03 09:00").come_back(text) == []
    assert story.there.disclosed is None


def test_of_a_text_whose_end_nobody_knows_it_is_taken_to_be_said() -> None:
    story = new()
    story.answer(Intent.QUESTION)
    story.on("03 09:00").come_back(story.text, Parked.UNKNOWN)
    assert story.there.disclosed


def test_behind_a_text_that_is_too_long_it_does_not_fit_so_it_goes_before() -> None:
    story = new()
    long = replace(
        story.line.playbook.wordings["en"],
        texts={**story.line.playbook.wordings["en"].texts, "details": "long " * 300},
    )
    book = replace(story.line.playbook, wordings={**story.line.playbook.wordings, "en": long})
    story.line = replace(story.line, playbook=book)
    story.answer(Intent.QUESTION)
    own, text = bodies(story)
    assert own == SAYS_SO
    assert text.startswith("long long")
