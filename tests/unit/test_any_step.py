"""What holds of every step, whatever happened before it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from textback import stored
from textback.domain.conversation import Awaited, Conversation, Patient, TimerKind, Urgency
from textback.domain.decision import Step
from textback.domain.effects import Block, HandOff, News, Publish, Purpose, SendText
from textback.domain.events import (
    Act,
    AgentActed,
    AppointmentCancelled,
    AppointmentLeft,
    AppointmentScheduled,
    Event,
    Parked,
    TextFailed,
    TextReceived,
    TextReturned,
    TimerFired,
)
from textback.domain.reading import Intent, Reading
from textback.domain.segments import segments, to_gsm
from textback.domain.step import step

from tests.support.samples import NOW, blank, line, visit

BARE = "bare"
WORDS = ["", "Yes, it does. 👍", "“Sí” – it’s\u00a0fine…", "\u200b", "x" * 1531]
NAMES = ["Ana", "", "D’Arcy 🌸", "Мария", "STOP\u2028" * 99]

moments = st.integers(-600, 600).map(lambda seconds: timedelta(seconds=seconds))
ids = st.sampled_from(["apt-1", "apt-2", "apt-3"])
versions = st.integers(0, 6)


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
        self.count = 0

    def happen(self, make: Callable[[str], Event]) -> Step:
        self.count += 1
        event = make(f"event:{self.count}")
        before, taken = self.there, step(self.there, event, self.now, self.line)
        assert taken == step(self.there, event, self.now, self.line), "a step is a function"
        assert stored.event_in(stored.event_out(event)) == event
        assert stored.effects_in(stored.effects_out(taken.effects)) == taken.effects
        self._texts_are_right(taken)
        self._consent_is_told(before, taken)
        self._case_is_told(before, taken)
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
        language=st.sampled_from(["", "es", "xx"]),
        name=st.sampled_from(NAMES),
    )
    def book(self, id_: str, version: int, days: int, language: str, name: str) -> None:
        start = self.now + timedelta(days=days, minutes=7)
        appointment = visit(id_, version=version, start=start)
        appointment = replace(appointment, patient=Patient("pat-77", name), provider=name)
        self.happen(lambda id_: AppointmentScheduled(id_, self.now, appointment, language))

    @rule(id_=ids, version=versions, kind=st.sampled_from([AppointmentCancelled, AppointmentLeft]))
    def remove(
        self, id_: str, version: int, kind: type[AppointmentCancelled | AppointmentLeft]
    ) -> None:
        self.happen(lambda event: kind(event, self.now, id_, version))

    @rule()
    def timer(self) -> None:
        self.happen(lambda id_: TimerFired(id_, self.now))
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
    def no_timer_is_there_twice(self) -> None:
        names = [timer.id for timer in self.there.timers]
        assert len(names) == len(set(names))

    @invariant()
    def what_is_awaited_has_its_end(self) -> None:
        """A question about CANCEL is never left without its silence."""
        if self.there.awaiting.what is Awaited.CANCEL_MEANING:
            assert any(timer.kind is TimerKind.SILENCE for timer in self.there.timers)


TestAnything = Anything.TestCase
