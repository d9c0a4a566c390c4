"""What holds of every step, whatever happened before it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from textback import stored
from textback.domain.cadence import ends
from textback.domain.conversation import (
    REMINDERS,
    Awaited,
    Conversation,
    Patient,
    Standing,
    TimerKind,
    Urgency,
    Visit,
)
from textback.domain.decision import Step
from textback.domain.effects import Block, HandOff, News, Publish, Purpose, SendText
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
from textback.domain.hours import ALWAYS, DAYTIME, Hours
from textback.domain.playbook import (
    Audience,
    ConsentRule,
    Late,
    Outside,
    Pause,
    Paused,
    Playbook,
    ReminderStep,
)
from textback.domain.reading import Intent, Reading
from textback.domain.segments import segments, to_gsm
from textback.domain.step import step
from textback.domain.zones import zone_of
from textback.playbooks.times import week

from tests.support.clocks import on_the_wall
from tests.support.samples import NOW, blank, line, visit
from tests.support.story import BOOKED, FOLLOW_UP, SHORT, playbook

BARE = "bare"
WORDS = ["", "Yes, it does. 👍", "“Sí” – it’s\u00a0fine…", "\u200b", "x" * 1531]
NAMES = ["Ana", "", "D’Arcy 🌸", "Мария", "STOP\u2028" * 12]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CADENCES = [
    line().playbook.cadence,
    (
        ReminderStep("week", 7 * DAY, to=Audience.ALL, late=Late.DROP),
        ReminderStep("evening", DAY, at=18 * HOUR, outside=Outside.EARLIER, late=Late.SHORTEN),
        ReminderStep("no_answer", DAY, case=Urgency.LOW),
        ReminderStep("morning", timedelta(), at=8 * HOUR, to=Audience.ALL),
        ReminderStep("after", after=DAY, at=10 * HOUR, text=FOLLOW_UP, to=Audience.ALL),
    ),
    (
        ReminderStep("week", 3 * DAY, case=Urgency.NORMAL),
        ReminderStep("no_answer", 5 * HOUR, text=SHORT, outside=Outside.EARLIER),
        ReminderStep("three_hours", 3 * HOUR, to=Audience.ALL, late=Late.SHORTEN),
        ReminderStep("after", after=timedelta(), text=FOLLOW_UP, late=Late.DROP),
    ),
]
BY_DAY = Hours(
    week({"mon-thu": "9:00-12:00, 14:00-18:30", "fri": "0:00-2:00", "sat-sun": "closed"})
)
playbooks = st.builds(
    lambda cadence, hours, consent, booked: playbook(
        *cadence, hours=hours, consent=consent, on_booking=booked
    ),
    st.sampled_from(CADENCES),
    st.sampled_from([DAYTIME, ALWAYS, BY_DAY, Hours(((),) * 7)]),
    st.sampled_from([ConsentRule.ASSUMED, ConsentRule.ASSUMED, ConsentRule.REQUIRED]),
    st.sampled_from([None, BOOKED]),
)
zones = st.sampled_from(["", "", "Pacific/Kiritimati", "Australia/Lord_Howe", "Asia/Kathmandu"])
# What is kept of a contact with two visits; the store bills by the kilobyte.
LARGEST = 2048

moments = st.integers(-600, 600).map(lambda seconds: timedelta(seconds=seconds))
ids = st.sampled_from(["apt-1", "apt-2", "apt-3"])
versions = st.integers(0, 6)


def _closings(there: Conversation) -> set[str]:
    return {timer.about for timer in there.timers if timer.kind is TimerKind.CLOSING}


@settings(
    max_examples=60,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
class Anything(RuleBasedStateMachine):
    """Events in any order, at any time: what must hold of every step, whatever came before."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.line = line()
        self.there = blank()
        self.texts: list[SendText] = []
        self.fired: set[tuple[str, object]] = set()
        self.count = 0

    def happen(self, make: Callable[[str], Event]) -> Step:
        self.count += 1
        event = make(f"event:{self.count}")
        before, taken = self.there, step(self.there, event, self.now, self.line)
        assert taken == step(self.there, event, self.now, self.line), "a step is a function"
        assert stored.event_in(stored.event_out(event)) == event
        assert stored.effects_in(stored.effects_out(taken.effects)) == taken.effects
        self._texts_are_right(taken)
        self._nobody_is_texted_unasked_who_may_not_be(before, taken)
        self._consent_is_told(before, taken)
        self._case_is_told(before, taken)
        self._a_closing_is_told_or_a_person_is(before, taken)
        for appointment in taken.conversation.appointments:
            known = before.appointment(appointment.id)
            assert not known or known.version <= appointment.version, "versions never go back"
        self.there = stored.conversation_in(
            stored.conversation_out(taken.conversation), stored.FORM
        )
        assert self.there == taken.conversation
        return taken

    def _texts_are_right(self, taken: Step) -> None:
        for text in (e for e in taken.effects if isinstance(e, SendText)):
            assert taken.conversation.may_text or text.purpose is Purpose.OPT_OUT
            assert segments(text.body).sendable
            assert to_gsm(text.body) == text.body, "no text goes out that could be plainer"
            self.texts.append(text)

    def _nobody_is_texted_unasked_who_may_not_be(self, before: Conversation, taken: Step) -> None:
        own: Playbook = self.line.playbook
        zone = zone_of(taken.conversation, own)
        for text in (e for e in taken.effects if isinstance(e, SendText)):
            if text.purpose not in {Purpose.REMINDER, Purpose.CLOSING}:
                continue
            assert taken.conversation.standing(REMINDERS) is not Standing.REVOKED
            assert not self.line.pause(Paused.REMINDERS, self.now), "texting stands still"
            assert before.awaiting.what is not Awaited.CANCEL_MEANING, "they are asked what ends"
            visit_ = taken.conversation.appointment(text.about)
            assert visit_, "there is such a visit"
            if text.purpose is Purpose.CLOSING:
                assert self.now < visit_.start
                continue
            assert on_the_wall(own.hours, self.now, zone), "it is night"
            step_ = own.step(text.step)
            assert step_
            assert step_.case is None
            if step_.after is None:
                assert self.now < visit_.start
            else:
                assert self.now >= ends(visit_, own)

    def _consent_is_told(self, before: Conversation, taken: Step) -> None:
        news = [e.news for e in taken.effects if isinstance(e, Publish)]
        if before.may_text and not taken.conversation.may_text:
            assert news.count(News.CONSENT_REVOKED) == 1
            assert Block() in taken.effects
        if taken.conversation.may_text and not before.may_text:
            assert news.count(News.CONSENT_GRANTED) == 1

    def _case_is_told(self, before: Conversation, taken: Step) -> None:
        told = [e.news.value for e in taken.effects if isinstance(e, HandOff)]
        opened = taken.conversation.case is not None and before.case is None
        assert ("case.opened" in told) is opened
        assert ("case.closed" in told) is (before.case is not None and not taken.conversation.case)

    def _a_closing_is_told_or_a_person_is(self, before: Conversation, taken: Step) -> None:
        """Nobody is left to stand before a closed door, unless a person was told so."""
        waited, waits = _closings(before), _closings(taken.conversation)
        waits |= {e.about for e in taken.effects if isinstance(e, SendText)}
        told = [a for e in taken.effects if isinstance(e, HandOff) for a in e.appointments]
        for visit_ in taken.conversation.upcoming(self.now):
            known = before.appointment(visit_.id)
            is_new = known is not None and known.status is not Visit.CLOSED
            is_closed = visit_.status is Visit.CLOSED and (is_new or visit_.id in waited)
            assert not is_closed or visit_.id in waits or visit_ in told

    @rule(by=st.integers(1, 4 * 24 * 60))
    def time_passes(self, by: int) -> None:
        self.now += timedelta(minutes=by)

    @rule(
        intent=st.sampled_from(Intent),
        certainty=st.sampled_from([0.3, 0.95]),
        detail=st.sampled_from(["", BARE]),
        ago=moments,
    )
    def text(self, intent: Intent, certainty: float, detail: str, ago: timedelta) -> None:
        reading = Reading(intent, certainty, "any", detail)
        taken = self.happen(lambda id_: TextReceived(id_, self.now + ago, "words ¿👍?", reading))
        if intent is Intent.STOP:
            assert not taken.conversation.may_text, "STOP always wins"
        if intent is Intent.EMERGENCY:
            assert taken.conversation.case
            assert taken.conversation.case.urgency is Urgency.URGENT

    @rule(
        id_=ids,
        version=versions,
        days=st.integers(-3, 12),
        minutes=st.sampled_from([7, 7, 200, 725]),
        language=st.sampled_from(["", "es", "xx"]),
        zone=zones,
        name=st.sampled_from(NAMES),
    )
    def book(
        self, id_: str, version: int, days: int, minutes: int, language: str, zone: str, name: str
    ) -> None:
        start = self.now + timedelta(days=days, minutes=minutes)
        appointment = visit(id_, version=version, start=start)
        appointment = replace(appointment, patient=Patient("pat-77", name), provider=name)
        self.happen(lambda id_: AppointmentScheduled(id_, self.now, appointment, language, zone))

    @precondition(lambda self: self.there.appointments)
    @rule(pick=st.integers(0))
    def say_the_same_again(self, pick: int) -> None:
        """The scheduling system sends a newer version of what is known."""
        known = self.there.appointments[pick % len(self.there.appointments)]
        same = replace(visit(known.id, start=known.start), version=known.version + 1)
        went = {(t.about, t.step) for t in self.there.timers}
        self.happen(lambda id_: AppointmentScheduled(id_, self.now, same))
        now = {(t.about, t.step) for t in self.there.timers if t.due <= self.now}
        assert now <= went, "nothing goes at once that did not wait"

    @rule(since=st.integers(-48, 240), hours=st.integers(1, 72))
    def close(self, since: int, hours: int) -> None:
        begins = self.now + timedelta(hours=since)
        ends_ = begins + timedelta(hours=hours)
        self.happen(lambda id_: PracticeClosed(id_, self.now, "snow", begins, ends_))

    @rule(
        topic=st.sampled_from(["all", "reminders", "pharmacy"]),
        granted=st.booleans(),
        ago=moments,
    )
    def consent(self, topic: str, granted: bool, ago: timedelta) -> None:  # noqa: FBT001
        at = self.now + ago
        taken = self.happen(lambda id_: ConsentChanged(id_, at, topic, granted, "phone"))
        if not granted and topic != "pharmacy":
            assert taken.conversation.standing(REMINDERS) is Standing.REVOKED

    @rule(what=st.sampled_from(Paused), hours=st.none() | st.integers(0, 48))
    def pause(self, what: Paused, hours: int | None) -> None:
        until = None if hours is None else self.now + timedelta(hours=hours)
        others = tuple(p for p in self.line.pauses if p.what is not what)
        self.line = replace(self.line, pauses=(*others, Pause(what, self.now, until)))

    @rule()
    def resume(self) -> None:
        self.line = replace(self.line, pauses=())

    @rule(own=playbooks)
    def change_the_playbook(self, own: Playbook) -> None:
        self.line = replace(self.line, playbook=own)

    @rule(id_=ids, version=versions, kind=st.sampled_from([AppointmentCancelled, AppointmentLeft]))
    def remove(
        self, id_: str, version: int, kind: type[AppointmentCancelled | AppointmentLeft]
    ) -> None:
        self.happen(lambda event: kind(event, self.now, id_, version))

    @rule()
    def next_timer(self) -> None:
        """The next one comes due, and the fan-out hands it over at once."""
        if self.there.timers:
            self.now = max(self.now, min(t.due for t in self.there.timers))
            self.timer()

    @rule()
    def timer(self) -> None:
        due = {(t.id, t.due) for t in self.there.timers if t.due <= self.now}
        self.happen(lambda id_: TimerFired(id_, self.now))
        self.fired |= due
        assert not [t for t in self.there.timers if t.due <= self.now - timedelta(milliseconds=1)]

    @rule(
        act=st.sampled_from(Act),
        right=st.booleans(),
        text=st.sampled_from(
            ["", "Yes, it does. 👍", "“Sí” – it’s\u00a0fine…", "\u200b", "x" * 1531]
        ),
    )
    def agent(self, act: Act, right: bool, text: str) -> None:  # noqa: FBT001 - hypothesis's
        case = self.there.case.id if self.there.case and right else "another"
        self.happen(lambda id_: AgentActed(id_, self.now, case, "sam", act, text))

    @precondition(lambda self: self.texts)
    @rule(pick=st.integers(0), opted_out=st.booleans())
    def fail(self, pick: int, opted_out: bool) -> None:  # noqa: FBT001 - hypothesis's
        text = self.texts[pick % len(self.texts)]
        self.happen(lambda id_: TextFailed(id_, self.now, "effect", text, "SPAM", opted_out))

    @precondition(lambda self: self.texts)
    @rule(pick=st.integers(0), why=st.sampled_from(Parked), settled=st.booleans())
    def come_back(self, pick: int, why: Parked, settled: bool) -> None:  # noqa: FBT001
        text = self.texts[pick % len(self.texts)]
        self.happen(lambda id_: TextReturned(id_, self.now, "effect", text, why, settled))

    @invariant()
    def who_gets_no_texts_waits_for_none(self) -> None:
        if not self.there.may_text:
            assert self.there.timers == ()
            assert self.there.awaiting.what is Awaited.NOTHING

    @invariant()
    def a_reminder_is_of_a_visit_that_stands(self) -> None:
        standing = {a.id for a in self.there.appointments if a.stands}
        ahead = (t for t in self.there.timers if t.paced and t.due > self.now)
        assert {timer.about for timer in ahead} <= standing

    @invariant()
    def no_timer_waits_for_a_moment_whose_event_is_used_up(self) -> None:
        assert not self.fired & {(timer.id, timer.due) for timer in self.there.timers}

    @invariant()
    def it_stays_small(self) -> None:
        if len(self.there.appointments) <= 2:
            assert len(stored.conversation_out(self.there).encode()) < LARGEST

    @invariant()
    def no_timer_is_there_twice(self) -> None:
        names = [timer.id for timer in self.there.timers]
        assert len(names) == len(set(names))

    @invariant()
    def what_is_awaited_has_its_end(self) -> None:
        """A question about CANCEL is never left without its silence."""
        if self.there.awaiting.what is Awaited.CANCEL_MEANING:
            assert any(timer.kind is TimerKind.SILENCE for timer in self.there.timers)


TestAnything = Anything.TestCase
