"""The rules of the domain, each with the reason it is there."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from textback import stored
from textback.adapters.dynamodb import items
from textback.domain.composing import compose
from textback.domain.conversation import (
    Appointment,
    Awaited,
    Awaiting,
    Case,
    Consent,
    Conversation,
    Standing,
    Timer,
    TimerKind,
    Visit,
)
from textback.domain.decision import Reason, Step
from textback.domain.effects import Block, Effect, HandOff, Publish, Purpose, SendText
from textback.domain.events import (
    Act,
    AgentActed,
    AppointmentCancelled,
    AppointmentLeft,
    AppointmentScheduled,
    ConsentChanged,
    Event,
    Parked,
    PracticeClosed,
    TextFailed,
    TextReceived,
    TextReturned,
    TimerFired,
)
from textback.domain.playbook import BareCancel, Late
from textback.domain.reading import Intent, Reading
from textback.domain.step import step
from textback.domain.texts import REMINDER, Reminder

from tests.support.samples import NOW, blank, line, visit

BARE = "bare"
TODAY = Reminder("reminder_today")
SURE = 0.95


def texted(
    intent: Intent, *, detail: str = "", certainty: float = SURE, at: datetime = NOW
) -> TextReceived:
    """A text, as it was read: how texts are read is tested elsewhere."""
    reading = Reading(intent, certainty, "as the test has it", detail)
    return TextReceived("text:1", at, "their words", reading)


DAY = timedelta(days=1)


def having(*visits: Appointment, **more: Any) -> Conversation:
    return replace(blank(), version=3, appointments=visits, **({"disclosed": NOW - DAY} | more))


def acted(act: Act, text: str = "", case: str = "case-1") -> AgentActed:
    return AgentActed("action:1", NOW, case, "sam", act, text)


def brief(effect: Effect) -> str:
    """An effect in a word or two."""
    match effect:
        case SendText():
            return f"text: {effect.purpose}"
        case HandOff():
            return f"desk: {effect.news}"
        case Publish():
            return f"bus: {effect.news}"
        case _:
            return type(effect).__name__.lower()


def decided(before: Conversation, event: Event, now: datetime = NOW, **policy: Any) -> Step:
    own = line()
    return step(before, event, now, replace(own, playbook=replace(own.playbook, **policy)))


def effects_of(taken: Step) -> list[str]:
    return [brief(effect) for effect in taken.effects]


BOOKED = visit()
CONFIRMED = visit(status=Visit.CONFIRMED, settled_at=NOW - timedelta(hours=1))
CANCELLED = visit(status=Visit.CANCELLED, settled_at=NOW - timedelta(hours=1))
SECOND = visit("apt-1002", start=NOW + timedelta(days=9))
OPTED_OUT = Consent(Standing.REVOKED, "text", NOW - timedelta(minutes=10))
CASE = Case("case-1", NOW - timedelta(minutes=5), "question for a person")
ASKED = Awaiting(Awaited.CONFIRMATION, BOOKED.id, NOW - timedelta(hours=1))
TORN = Awaiting(Awaited.CANCEL_MEANING, BOOKED.id, NOW - timedelta(minutes=1))
SILENCE = Timer("silence", TimerKind.SILENCE, NOW + timedelta(minutes=59))

REPLY, CALLED, HANDED = "text: reply", "bus: case.opened", "desk: case.opened"
FAREWELL, REVOKED, GRANTED = "text: opt_out", "bus: consent.revoked", "bus: consent.granted"

TEXTS: list[tuple[str, Conversation, TextReceived, Reason, list[str]]] = [
    # why, what was, what was texted, the reason, what is done
    (
        "an opt-out is told, confirmed once, and then locked at the carrier",
        having(BOOKED),
        texted(Intent.STOP),
        Reason.STOPPED,
        [REVOKED, FAREWELL, "block"],
    ),
    (
        "STOP goes by its meaning, however unsure: the law asks what a reasonable person reads",
        having(BOOKED),
        texted(Intent.STOP, certainty=0.1),
        Reason.STOPPED,
        [REVOKED, FAREWELL, "block"],
    ),
    (
        "STOP is obeyed also while a person has the conversation",
        having(BOOKED, case=CASE),
        texted(Intent.STOP),
        Reason.STOPPED,
        [REVOKED, FAREWELL, "block"],
    ),
    (
        "one confirmation of an opt-out, no second",
        having(BOOKED, consent=OPTED_OUT),
        texted(Intent.STOP),
        Reason.STOPPED_ALREADY,
        [],
    ),
    (
        "START lifts the carrier's lock before it is answered",
        having(BOOKED, consent=OPTED_OUT),
        texted(Intent.START),
        Reason.STARTED,
        ["unblock", GRANTED, REPLY],
    ),
    (
        "START without an opt-out is consent all the same",
        having(),
        texted(Intent.START),
        Reason.STARTED,
        [GRANTED, REPLY],
    ),
    (
        "texts overtake one another: a START from before the STOP is no longer so",
        having(consent=OPTED_OUT),
        texted(Intent.START, at=NOW - timedelta(minutes=11)),
        Reason.START_OLDER,
        [],
    ),
    (
        "of the same moment, STOP wins",
        having(consent=OPTED_OUT),
        texted(Intent.START, at=NOW - timedelta(minutes=10)),
        Reason.START_OLDER,
        [],
    ),
    (
        "who gets no texts gets no help text either",
        having(consent=OPTED_OUT),
        texted(Intent.HELP),
        Reason.HELPED,
        [],
    ),
    (
        "HELP is answered also while a person has the conversation",
        having(case=CASE),
        texted(Intent.HELP),
        Reason.HELPED,
        [REPLY],
    ),
    (
        "an emergency is a person's, and is answered at once",
        having(BOOKED),
        texted(Intent.EMERGENCY, certainty=0.1),
        Reason.EMERGENCY,
        [HANDED, CALLED, REPLY],
    ),
    (
        "an emergency of somebody who gets no texts is a person's all the same",
        having(consent=OPTED_OUT),
        texted(Intent.EMERGENCY),
        Reason.EMERGENCY,
        [HANDED, CALLED],
    ),
    (
        "a wrong number gets no more health information, and the practice hears of it",
        having(BOOKED),
        texted(Intent.WRONG_NUMBER),
        Reason.WRONG_NUMBER,
        ["bus: contact.wrong_number", REVOKED, FAREWELL, "block", HANDED, CALLED],
    ),
    (
        "a wrong number is told once",
        having(consent=OPTED_OUT),
        texted(Intent.WRONG_NUMBER),
        Reason.SILENT,
        [],
    ),
    (
        "a confirmation is told to the scheduling system, and thanked for",
        having(BOOKED, awaiting=ASKED),
        texted(Intent.CONFIRM),
        Reason.CONFIRMED,
        ["bus: appointment.confirmed", REPLY],
    ),
    (
        "the only visit ahead needs no reminder to be confirmed",
        having(BOOKED),
        texted(Intent.CONFIRM),
        Reason.CONFIRMED,
        ["bus: appointment.confirmed", REPLY],
    ),
    (
        "a visit is confirmed once, and thanked for as often as they say so",
        having(CONFIRMED),
        texted(Intent.CONFIRM),
        Reason.CONFIRMED_ALREADY,
        [REPLY],
    ),
    (
        "what is said by one who gets no texts counts, though nothing answers it",
        having(BOOKED, consent=OPTED_OUT),
        texted(Intent.CONFIRM),
        Reason.CONFIRMED,
        ["bus: appointment.confirmed"],
    ),
    (
        "an answer that names no visit is about none of several",
        having(BOOKED, SECOND),
        texted(Intent.CONFIRM),
        Reason.SEVERAL_VISITS,
        [HANDED, CALLED, REPLY],
    ),
    (
        "of several visits the answer is about the one that was asked about",
        having(BOOKED, SECOND, awaiting=ASKED),
        texted(Intent.CANCEL),
        Reason.CANCELLED,
        ["bus: appointment.cancelled", REPLY],
    ),
    (
        "nothing is confirmed that is not there",
        having(),
        texted(Intent.CONFIRM),
        Reason.NO_VISIT,
        [HANDED, CALLED, REPLY],
    ),
    (
        "a visit that has begun is not confirmed any more",
        having(visit(start=NOW - timedelta(minutes=1))),
        texted(Intent.CONFIRM),
        Reason.NO_VISIT,
        [HANDED, CALLED, REPLY],
    ),
    (
        "a visit that was cancelled is no visit to confirm",
        having(CANCELLED),
        texted(Intent.CONFIRM),
        Reason.NO_VISIT,
        [HANDED, CALLED, REPLY],
    ),
    (
        "a wrong action costs more than a handoff",
        having(BOOKED, awaiting=ASKED),
        texted(Intent.CANCEL, certainty=0.5),
        Reason.UNSURE,
        [HANDED, CALLED, REPLY],
    ),
    (
        "an older text never undoes what a newer one settled",
        having(CONFIRMED),
        texted(Intent.CANCEL, at=NOW - timedelta(hours=2)),
        Reason.OLDER_ANSWER,
        [HANDED, CALLED, REPLY],
    ),
    (
        "a newer text may change their mind",
        having(CONFIRMED),
        texted(Intent.CANCEL),
        Reason.CANCELLED,
        ["bus: appointment.cancelled", REPLY],
    ),
    (
        "the bare word CANCEL may mean the visit or the texts: 47 CFR 64.1200(a)(12) lets us ask",
        having(BOOKED),
        texted(Intent.CANCEL, detail=BARE),
        Reason.CANCEL_ASKED,
        [REPLY],
    ),
    (
        "asked once; the second time it can only mean what the law says it means",
        having(BOOKED, awaiting=TORN, timers=(SILENCE,)),
        texted(Intent.CANCEL, detail=BARE),
        Reason.CANCEL_UNCLEAR,
        [REVOKED, FAREWELL, "block", HANDED, CALLED],
    ),
    (
        "yes, to which of the two?",
        having(BOOKED, awaiting=TORN, timers=(SILENCE,)),
        texted(Intent.CONFIRM),
        Reason.UNSURE,
        [HANDED, CALLED, REPLY],
    ),
    (
        "X is the visit",
        having(BOOKED, awaiting=TORN, timers=(SILENCE,)),
        texted(Intent.CANCEL),
        Reason.CANCELLED,
        ["bus: appointment.cancelled", REPLY],
    ),
    (
        "nobody who gets no texts can be asked by text",
        having(BOOKED, consent=OPTED_OUT),
        texted(Intent.CANCEL, detail=BARE),
        Reason.UNSURE,
        [HANDED, CALLED],
    ),
    (
        "another time is for the practice to find",
        having(BOOKED),
        texted(Intent.RESCHEDULE),
        Reason.RESCHEDULE,
        ["bus: appointment.reschedule_requested", HANDED, CALLED, REPLY],
    ),
    (
        "who will be late tells a person",
        having(BOOKED),
        texted(Intent.LATE),
        Reason.LATE,
        [HANDED, CALLED, REPLY],
    ),
    (
        "the record answers what it knows",
        having(BOOKED),
        texted(Intent.QUESTION),
        Reason.QUESTION_ANSWERED,
        [REPLY],
    ),
    ("a thank-you is the end of a talk", having(BOOKED), texted(Intent.ACK), Reason.THANKED, []),
    (
        "what no rule is for is for a person",
        having(BOOKED),
        texted(Intent.AGENT),
        Reason.FOR_A_PERSON,
        [HANDED, CALLED, REPLY],
    ),
    (
        "while a person has the conversation the line is silent, and the person hears it",
        having(BOOKED, case=CASE),
        texted(Intent.CONFIRM),
        Reason.CASE_IS_OPEN,
        ["desk: case.message"],
    ),
    (
        "what the line asked since the case was opened it settles itself",
        having(BOOKED, case=replace(CASE, opened_at=NOW - timedelta(hours=2)), awaiting=ASKED),
        texted(Intent.CONFIRM),
        Reason.CONFIRMED,
        ["bus: appointment.confirmed", REPLY],
    ),
]


@pytest.mark.parametrize(
    ("why", "before", "event", "reason", "effects"),
    TEXTS,
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_texts(
    why: str, before: Conversation, event: TextReceived, reason: Reason, effects: list[str]
) -> None:
    taken = decided(before, event)
    assert (taken.reason, effects_of(taken)) == (reason, effects), why


@pytest.mark.parametrize(
    ("policy", "reason", "standing", "status"),
    [
        (BareCancel.ASK, Reason.CANCEL_ASKED, Standing.ASSUMED, Visit.BOOKED),
        (BareCancel.APPOINTMENT, Reason.CANCELLED, Standing.ASSUMED, Visit.CANCELLED),
        (BareCancel.OPT_OUT, Reason.STOPPED, Standing.REVOKED, Visit.BOOKED),
    ],
)
def test_a_bare_cancel_goes_by_the_practice_s_policy(
    policy: BareCancel, reason: Reason, standing: Standing, status: Visit
) -> None:
    taken = decided(having(BOOKED), texted(Intent.CANCEL, detail=BARE), bare_cancel=policy)
    assert taken.reason is reason
    assert taken.conversation.consent.standing is standing
    assert [a.status for a in taken.conversation.appointments] == [status]


def test_an_opt_out_ends_every_timer_and_every_question() -> None:
    before = having(BOOKED, awaiting=TORN, timers=(SILENCE, reminder_of(BOOKED)))
    after = decided(before, texted(Intent.STOP)).conversation
    assert (after.timers, after.awaiting) == ((), Awaiting())
    assert after.consent == Consent(Standing.REVOKED, "text", NOW)
    assert after.appointments == (BOOKED,)


# ------------------------------------------------------------------ visits


def reminder_of(appointment: Appointment, name: str = "two_days") -> Timer:
    return Timer(
        f"{appointment.id}:{name}",
        TimerKind.REMINDER,
        appointment.start - timedelta(days=2),
        appointment.id,
        name,
    )


def scheduled(appointment: Appointment, **more: Any) -> AppointmentScheduled:
    return AppointmentScheduled("bus:1", NOW, appointment, **more)


def test_reminders_that_would_be_late_at_booking_are_dropped() -> None:
    tomorrow = visit(start=NOW + timedelta(days=1))
    after = decided(having(), scheduled(tomorrow)).conversation
    assert [timer.step for timer in after.timers] == ["three_hours"]


DUE_NOW = visit(start=NOW + timedelta(days=2))  # its first reminder is just being handed over


@pytest.mark.parametrize(
    ("again", "steps"),
    [
        pytest.param(replace(DUE_NOW, version=2), ["two_days", "three_hours"], id="said again"),
        pytest.param(
            replace(DUE_NOW, version=2, provider="Dr. Kim"),
            ["two_days", "three_hours"],
            id="the rest changed: the reminder tells it",
        ),
        pytest.param(
            replace(DUE_NOW, version=2, start=DUE_NOW.start + timedelta(hours=-1)),
            ["three_hours"],
            id="moved: what is on its way is of another time",
        ),
    ],
)
def test_a_visit_that_is_said_again_keeps_the_reminder_that_is_on_its_way(
    again: Appointment, steps: list[str]
) -> None:
    before = having(DUE_NOW, timers=(reminder_of(DUE_NOW),))
    after = decided(before, scheduled(again)).conversation
    assert [timer.step for timer in after.timers] == steps


def test_a_visit_that_is_said_again_changes_nothing_but_its_version() -> None:
    first = decided(having(), scheduled(DUE_NOW)).conversation
    again = decided(first, scheduled(replace(DUE_NOW, version=2)))
    told = first.with_appointment(replace(DUE_NOW, version=2))
    assert (again.conversation, again.effects) == (told, ())


@pytest.mark.parametrize("version", [0, 1])
def test_an_older_or_the_same_version_changes_nothing(version: int) -> None:
    before = having(BOOKED, timers=(reminder_of(BOOKED),))
    for event in (
        scheduled(visit(version=version, start=NOW + timedelta(days=3))),
        AppointmentCancelled("bus:2", NOW, BOOKED.id, version),
        AppointmentLeft("bus:3", NOW, BOOKED.id, version),
    ):
        taken = decided(before, event)
        assert (taken.reason, taken.conversation) == (Reason.VERSION_OLD, before)


@pytest.mark.parametrize(
    ("start", "status"),
    [
        pytest.param(CONFIRMED.start, Visit.CONFIRMED, id="the rest changed: the answer stands"),
        pytest.param(NOW + timedelta(days=8), Visit.BOOKED, id="moved: they said yes to another"),
    ],
)
def test_an_answer_is_to_the_time_that_was_asked_about(start: datetime, status: Visit) -> None:
    changed = visit(version=2, start=start)
    after = decided(having(CONFIRMED), scheduled(replace(changed, provider="Dr. Ray"))).conversation
    (there,) = after.appointments
    assert (there.status, there.provider) == (status, "Dr. Ray")
    assert bool(there.settled_at) is (status is Visit.CONFIRMED)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(Consent(), Standing.GRANTED, id="the first word is the form's"),
        pytest.param(OPTED_OUT, Standing.REVOKED, id="no form undoes an opt-out"),
    ],
)
def test_a_booking_s_consent(before: Consent, after: Standing) -> None:
    form = Consent(Standing.GRANTED, "intake form", NOW)
    taken = decided(having(consent=before), scheduled(BOOKED, consent=form))
    assert taken.conversation.consent.standing is after
    assert bool(taken.conversation.timers) is (after is Standing.GRANTED)


def test_a_visit_is_history_a_day_after_and_not_before() -> None:
    yesterday = visit("old", start=NOW - timedelta(hours=23))
    older = visit("older", start=NOW - timedelta(hours=25))
    after = decided(having(yesterday, older, BOOKED), texted(Intent.HELP)).conversation
    assert [a.id for a in after.appointments] == ["old", BOOKED.id]


# ------------------------------------------------------------------ timers

SOON = BOOKED.start - timedelta(days=2)


@pytest.mark.parametrize(
    ("why", "before", "reason", "effects"),
    [
        ("what is due is sent", having(BOOKED), Reason.REMINDED, ["text: reminder"]),
        ("who confirmed is left alone", having(CONFIRMED), Reason.REMINDER_VOID, []),
        ("a cancelled visit is not reminded of", having(CANCELLED), Reason.REMINDER_VOID, []),
        ("nor is one that is gone", having(), Reason.REMINDER_VOID, []),
        ("nor one that has begun", having(visit(start=SOON)), Reason.REMINDER_VOID, []),
        (
            "while it is open what CANCEL meant, what is due waits",
            having(BOOKED, awaiting=TORN),
            Reason.PAUSED,
            [],
        ),
    ],
)
def test_a_reminder_is_right_when_it_is_sent(
    why: str, before: Conversation, reason: Reason, effects: list[str]
) -> None:
    due = replace(before, timers=(reminder_of(BOOKED),))
    taken = decided(due, TimerFired("timer:1", SOON), SOON)
    assert (taken.reason, effects_of(taken)) == (reason, effects), why
    waits = [timer.id for timer in taken.conversation.timers]
    assert waits == (["apt-1001:two_days"] if reason is Reason.PAUSED else [])


def test_a_reminder_of_a_step_that_the_practice_took_out_is_not_sent() -> None:
    before = having(BOOKED, timers=(reminder_of(BOOKED, "a_week"),))
    assert decided(before, TimerFired("timer:1", SOON), SOON).reason is Reason.REMINDER_VOID


def test_of_two_steps_that_came_due_only_the_newer_is_sent() -> None:
    """After an outage nobody wants both."""
    last = BOOKED.start - timedelta(hours=1)  # three hours before, texting has not begun
    newer = replace(reminder_of(BOOKED, "three_hours"), due=last)
    before = having(BOOKED, timers=(newer, reminder_of(BOOKED)))
    (text,) = decided(before, TimerFired("timer:1", last), last).effects
    assert isinstance(text, SendText)
    assert "soon" in text.body


def test_no_timer_is_due_before_its_time() -> None:
    early = SOON - timedelta(milliseconds=1)
    before = having(BOOKED, timers=(reminder_of(BOOKED),))
    taken = decided(before, TimerFired("timer:1", early), early)
    assert (taken.reason, taken.conversation.timers) == (Reason.NOTHING_DUE, before.timers)


def test_a_clock_that_is_behind_does_not_put_off_what_the_hours_have_begun_for() -> None:
    """The timer would wait for the very moment whose event is used up by this."""
    opens = BOOKED.start.replace(hour=8, minute=0) - timedelta(days=1)
    before = having(BOOKED, timers=(replace(reminder_of(BOOKED), due=opens),))
    taken = decided(before, TimerFired("timer:1", opens), opens - timedelta(seconds=2))
    assert (taken.reason, taken.conversation.timers) == (Reason.REMINDED, ())


# ------------------------------------------------------------------ agents, and texts that failed


@pytest.mark.parametrize(
    ("why", "before", "event", "reason", "effects"),
    [
        (
            "only whoever has the case may speak for it",
            having(case=CASE),
            acted(Act.REPLY, "Yes", case="case-0"),
            Reason.ACTION_REFUSED,
            ["desk: case.action_refused"],
        ),
        (
            "a closed case is closed",
            having(),
            acted(Act.CLOSE),
            Reason.ACTION_REFUSED,
            ["desk: case.action_refused"],
        ),
        (
            "an agent's words",
            having(case=CASE),
            acted(Act.REPLY, "Yes"),
            Reason.AGENT_REPLIED,
            ["text: agent"],
        ),
        (
            "no words are no reply",
            having(case=CASE),
            acted(Act.REPLY, " \n"),
            Reason.ACTION_EMPTY,
            ["desk: case.action_refused"],
        ),
        (
            "an opt-out binds agents too",
            having(case=CASE, consent=OPTED_OUT),
            acted(Act.REPLY, "Yes"),
            Reason.SILENT,
            ["desk: case.action_refused"],
        ),
        (
            "which of the two visits?",
            having(BOOKED, SECOND, case=CASE),
            acted(Act.CONFIRM),
            Reason.SEVERAL_VISITS,
            ["desk: case.action_refused"],
        ),
        (
            "what was settled by telephone",
            having(BOOKED, case=CASE),
            acted(Act.CANCEL),
            Reason.AGENT_CANCELLED,
            ["bus: appointment.cancelled"],
        ),
        (
            "what was said by telephone",
            having(case=CASE),
            acted(Act.OPT_OUT),
            Reason.AGENT_OPTED_OUT,
            [REVOKED, "block"],
        ),
        (
            "the line speaks again",
            having(case=CASE),
            acted(Act.CLOSE),
            Reason.AGENT_CLOSED,
            ["desk: case.closed", "bus: case.closed"],
        ),
    ],
)
def test_agents(
    why: str, before: Conversation, event: AgentActed, reason: Reason, effects: list[str]
) -> None:
    taken = decided(before, event)
    assert (taken.reason, effects_of(taken)) == (reason, effects), why


def a_text(purpose: Purpose, *, ago: timedelta = timedelta()) -> SendText:
    pinned = (BOOKED.id, BOOKED.start, BOOKED.settled_at)
    body = line().playbook.wordings["en"].texts["stopped"]
    if purpose is Purpose.REMINDER:
        body = compose(REMINDER, "en", line(), NOW, visit=BOOKED).body
    return SendText(body, purpose, NOW - ago, *pinned, step="two_days")


AGAIN, NOT_AGAIN, UNKNOWN = Reason.SENT_AGAIN, Reason.NOT_SENT_AGAIN, Reason.OUTCOME_UNKNOWN
QUIET = having(BOOKED, consent=OPTED_OUT)


@pytest.mark.parametrize(
    ("why", "before", "text", "parked", "reason"),
    [
        (
            "surely unsent and still right",
            having(BOOKED),
            a_text(Purpose.REMINDER),
            Parked.THROTTLED,
            AGAIN,
        ),
        (
            "moved meanwhile",
            having(visit(start=NOW + DAY)),
            a_text(Purpose.REMINDER),
            Parked.LATE,
            NOT_AGAIN,
        ),
        ("answered meanwhile", having(CONFIRMED), a_text(Purpose.REMINDER), Parked.LATE, NOT_AGAIN),
        ("gone meanwhile", having(), a_text(Purpose.REMINDER), Parked.SUSPENDED, NOT_AGAIN),
        ("opted out meanwhile", QUIET, a_text(Purpose.REMINDER), Parked.THROTTLED, NOT_AGAIN),
        ("opted out meanwhile", QUIET, a_text(Purpose.REPLY), Parked.THROTTLED, NOT_AGAIN),
        ("opted out meanwhile", QUIET, a_text(Purpose.AGENT), Parked.THROTTLED, NOT_AGAIN),
        (
            "a reply within the day",
            having(BOOKED),
            a_text(Purpose.REPLY, ago=DAY),
            Parked.LATE,
            AGAIN,
        ),
        (
            "a reply that would confuse",
            having(BOOKED),
            a_text(Purpose.REPLY, ago=DAY * 1.01),
            Parked.LATE,
            NOT_AGAIN,
        ),
        (
            "a farewell within five minutes",
            QUIET,
            a_text(Purpose.OPT_OUT, ago=timedelta(minutes=5)),
            Parked.LATE,
            AGAIN,
        ),
        (
            "a farewell that is late is a text too many",
            QUIET,
            a_text(Purpose.OPT_OUT, ago=timedelta(minutes=6)),
            Parked.LATE,
            NOT_AGAIN,
        ),
        ("a reply may double", having(BOOKED), a_text(Purpose.REPLY), Parked.UNKNOWN, AGAIN),
        (
            "a reminder may get lost, not double",
            having(BOOKED),
            a_text(Purpose.REMINDER),
            Parked.UNKNOWN,
            UNKNOWN,
        ),
        ("nor may a farewell double", QUIET, a_text(Purpose.OPT_OUT), Parked.UNKNOWN, UNKNOWN),
    ],
)
def test_a_parked_text_is_decided_again(
    why: str, before: Conversation, text: SendText, parked: Parked, reason: Reason
) -> None:
    taken = decided(before, TextReturned("again:1", NOW, "effect-1", text, parked))
    assert taken.reason is reason, why
    again = [(e.body, e.attempt) for e in taken.effects if isinstance(e, SendText)]
    assert again == ([(text.body, text.attempt + 1)] if reason is AGAIN else [])
    assert taken.conversation == before


@pytest.mark.parametrize(
    ("why", "late", "decided", "now", "again"),
    [
        ("in time both times", Late.SHORTEN, 50, 55, REMINDER),
        ("late already when it was decided", Late.SHORTEN, 70, 75, TODAY),
        ("late by the time it comes back", Late.SHORTEN, 50, 61, TODAY),
        ("late, and then it goes as it is", Late.SEND, 70, 75, REMINDER),
        ("too late by the time it comes back", Late.DROP, 50, 61, None),
    ],
)
def test_how_late_a_reminder_is_counts_from_when_it_was_to_go(
    why: str, late: Late, decided: int, now: int, again: Reminder | None
) -> None:
    """Whatever it met on its way, in minutes since it was due."""
    cadence = (replace(line().playbook.cadence[0], late=late, late_text=TODAY),)
    due = BOOKED.start - timedelta(days=2)
    parked = replace(a_text(Purpose.REMINDER), decided_at=due + timedelta(minutes=decided))
    at = due + timedelta(minutes=now)
    returned = TextReturned("again:1", at, "effect-1", parked, Parked.THROTTLED)
    own = replace(line(), playbook=replace(line().playbook, cadence=cadence))
    taken = step(having(BOOKED), returned, at, own)
    bodies = [effect.body for effect in taken.effects if isinstance(effect, SendText)]
    expected = [compose(again, "en", own, at, visit=BOOKED).body] if again else []
    assert bodies == expected, why


def test_a_reply_of_unknown_outcome_is_sent_again_once() -> None:
    def returned(text: SendText) -> Step:
        return decided(
            having(BOOKED), TextReturned("again:1", NOW, "effect-1", text, Parked.UNKNOWN)
        )

    (second,) = returned(a_text(Purpose.REPLY)).effects
    assert isinstance(second, SendText)
    assert returned(second).reason is UNKNOWN
    assert effects_of(returned(second)) == []


@pytest.mark.parametrize("parked", Parked)
def test_the_carrier_s_lock_comes_after_the_farewell_whatever_became_of_it(parked: Parked) -> None:
    for ago in (timedelta(), timedelta(hours=1)):
        text = a_text(Purpose.OPT_OUT, ago=ago)
        taken = decided(QUIET, TextReturned("again:1", NOW, "effect-1", text, parked))
        assert taken.effects[-1] == Block()


@pytest.mark.parametrize(
    ("why", "before", "text", "opted_out", "effects"),
    [
        ("somebody should know", having(BOOKED), a_text(Purpose.REMINDER), False, [HANDED, CALLED]),
        (
            "one case a conversation",
            having(BOOKED, case=CASE),
            a_text(Purpose.REPLY),
            False,
            ["desk: case.message"],
        ),
        ("a farewell that fails is no loss", QUIET, a_text(Purpose.OPT_OUT), False, []),
        (
            "the carrier knew first",
            having(BOOKED),
            a_text(Purpose.REMINDER),
            True,
            [REVOKED, "block"],
        ),
        ("we knew too", QUIET, a_text(Purpose.OPT_OUT), True, []),
    ],
)
def test_a_text_that_failed(
    why: str,
    before: Conversation,
    text: SendText,
    opted_out: bool,  # noqa: FBT001 - a column of the table
    effects: list[str],
) -> None:
    taken = decided(before, TextFailed("failed:1", NOW, "effect-1", text, "SPAM", opted_out))
    assert effects_of(taken) == ["bus: text.failed", *effects], why
    assert taken.conversation.may_text is not (opted_out or before is QUIET)


# ------------------------------------------------------------------ as it is stored


def test_the_usual_patient_s_conversation_is_small() -> None:
    """One KB is one unit of DynamoDB's writing, every turn."""
    form = Consent(Standing.GRANTED, "intake form", NOW)
    booked = scheduled(visit(), language="en", zone="America/Los_Angeles", consent=form)
    usual = decided(blank(), booked).conversation
    asked = decided(usual, TimerFired("timer:1", SOON), SOON).conversation
    for conversation in (usual, asked):
        assert conversation.appointments
        assert size(items.conversation_item(replace(conversation, version=40))) < 1024


def size(item: items.Item) -> int:
    """An item's size as DynamoDB counts it: names and values in UTF-8, a number a byte for every
    two digits and one more."""
    return sum(len(name) + _size(value) for name, value in item.items())


def _size(value: dict[str, str]) -> int:
    ((kind, inner),) = value.items()
    return len(inner) // 2 + 2 if kind == "N" else len(inner.encode())


def test_every_kind_of_event_is_stored_and_read_back() -> None:
    met: Iterable[Event] = [
        texted(Intent.CONFIRM),
        scheduled(CONFIRMED, language="es", zone="America/New_York", consent=OPTED_OUT),
        AppointmentCancelled("bus:1", NOW, "apt-1", 2),
        AppointmentLeft("bus:2", NOW, "apt-1", 2),
        PracticeClosed("bus:3", NOW, "snow-1", NOW, NOW + DAY),
        ConsentChanged("bus:4", NOW, "all", granted=False, how="phone call"),
        TimerFired("timer:1", NOW),
        acted(Act.REPLY, "Sí: ¿a qué hora? \x00 👍"),
        TextFailed("failed:1", NOW, "effect-1", a_text(Purpose.AGENT), "SPAM", opted_out=True),
        TextReturned(
            "again:1", NOW, "effect-1", a_text(Purpose.OPT_OUT), Parked.LATE, settled=True
        ),
    ]
    assert {type(event).__name__ for event in met} == {
        kind.__name__ for kind in Event.__value__.__args__
    }
    for event in met:
        assert stored.event_in(stored.event_out(event)) == event


def test_a_refusal_names_the_action_as_agent_tooling_does() -> None:
    (refusal,) = step(blank(), acted(Act.CLOSE, case="never opened"), NOW, line()).effects
    assert isinstance(refusal, HandOff)
    assert refusal.action == "1"
