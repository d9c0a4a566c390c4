"""One contact's reminders over some days: what was planned, what went when, and why.

Times are written as they stand on the wall of Los Angeles in December 2026: "08 14:00".
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from textback import stored
from textback.domain.conversation import Appointment, Conversation
from textback.domain.decision import Reason, Step
from textback.domain.due import due_at, event_id, place
from textback.domain.effects import Effect, HandOff, Publish, Purpose, SendText
from textback.domain.events import (
    AppointmentScheduled,
    ConsentChanged,
    Event,
    Parked,
    PracticeClosed,
    TextReceived,
    TextReturned,
    TimerFired,
)
from textback.domain.hours import DAYTIME
from textback.domain.playbook import Line, Pause, Paused, Playbook, ReminderStep
from textback.domain.reading import Intent, Reading
from textback.domain.step import step
from textback.domain.texts import Reminder

from tests.support.samples import NOW, blank, line, visit

LA = ZoneInfo("America/Los_Angeles")
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
TEXTS = ("reminder", "reminder_short", "reminder_week", "follow_up", "booked")
BOOKED, FOLLOW_UP, SHORT = Reminder("booked"), Reminder("follow_up"), Reminder("reminder_short")
VISIT = "apt-1001"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-12-{text}").replace(tzinfo=LA)


def shown(at: datetime) -> str:
    return at.astimezone(LA).strftime("%d %H:%M")


def playbook(*steps: ReminderStep, **policy: Any) -> Playbook:
    """The shipped one with this cadence, whose texts say their own names."""
    shipped = line().playbook
    told = {name: f"{{practice}}: {name}. Reply STOP to opt out" for name in TEXTS}
    wordings = {
        language: replace(wording, texts={**wording.texts, **told})
        for language, wording in shipped.wordings.items()
    }
    return replace(shipped, wordings=wordings, cadence=steps, **({"hours": DAYTIME} | policy))


def brief(effect: Effect) -> str:
    match effect:
        case SendText(purpose=Purpose.REMINDER):
            return next(name for name in reversed(TEXTS) if f" {name}." in effect.body)
        case SendText():
            return f"text: {effect.purpose}"
        case HandOff():
            return f"desk: {effect.news}"
        case Publish():
            return f"bus: {effect.news}"
        case _:
            return type(effect).__name__.lower()


class Story:
    """It begins on the first of December at 9:00 with a contact to whom everything was said that
    a first text says."""

    def __init__(self, *steps: ReminderStep, **policy: Any) -> None:
        self.line = Line(line().number, playbook(*steps, **policy))
        self.now = NOW
        self.there: Conversation = replace(blank(), version=3, disclosed=NOW - DAY)
        self.last: Step | None = None
        self.count = 0
        self.fired: set[str] = set()
        self.handed_off: list[HandOff] = []

    def happen(self, event: Event) -> list[str]:
        self.last = step(self.there, event, self.now, self.line)
        self.there = stored.conversation_in(
            stored.conversation_out(self.last.conversation), stored.FORM
        )
        self.handed_off += [e for e in self.last.effects if isinstance(e, HandOff)]
        return [brief(effect) for effect in self.last.effects]

    @property
    def reason(self) -> Reason:
        assert self.last
        return self.last.reason

    @property
    def text(self) -> SendText:
        """The one text that went last."""
        assert self.last
        (text,) = (e for e in self.last.effects if isinstance(e, SendText))
        return text

    @property
    def plan(self) -> dict[str, str]:
        """What is planned, by step, and when it is due."""
        return {timer.step or timer.id: shown(timer.due) for timer in self.there.timers}

    def on(self, at: str) -> "Story":
        self.now = moment(at)
        return self

    def _id(self) -> str:
        self.count += 1
        return f"event:{self.count}"

    def book(self, start: str, id_: str = VISIT, **more: Any) -> list[str]:
        known = self.there.appointment(id_)
        version = known.version + 1 if known else 1
        of = visit(id_, version=version, start=moment(start))
        of = replace(of, **more.pop("of", {}))
        return self.happen(AppointmentScheduled(self._id(), self.now, of, **more))

    def answer(self, intent: Intent, detail: str = "") -> list[str]:
        reading = Reading(intent, 0.95, "as the test has it", detail)
        return self.happen(TextReceived(self._id(), self.now, "their words", reading))

    def close(self, since: str, until: str) -> list[str]:
        closed = PracticeClosed(self._id(), self.now, "snow", moment(since), moment(until))
        return self.happen(closed)

    def consent(self, topic: str, granted: bool, at: str = "") -> list[str]:  # noqa: FBT001
        of = moment(at) if at else self.now
        return self.happen(ConsentChanged(self._id(), of, topic, granted, "phone call"))

    def come_back(self, text: SendText, why: Parked = Parked.THROTTLED) -> list[str]:
        return self.happen(TextReturned(self._id(), self.now, "effect", text, why))

    def pause(self, since: str, until: str | None, what: Paused = Paused.REMINDERS) -> None:
        pause = Pause(what, moment(since), moment(until) if until else None)
        self.line = replace(self.line, pauses=(*self.line.pauses, pause))

    def follow(self, *steps: ReminderStep, **policy: Any) -> None:
        """The practice changes its playbook."""
        self.line = replace(self.line, playbook=playbook(*steps, **policy))

    def fire(self, at: str) -> list[str]:
        """What is due is looked at, at this moment: the fan-out is late, if it is."""
        self.now = moment(at)
        return self.happen(TimerFired(self._id(), self.now))

    def until(self, at: str) -> list[str]:
        """Everything up to then, in its time, each timer by its own event, once: what went."""
        went = []
        while due := [t for t in self.there.timers if t.due <= moment(at)]:
            first = place(min(due, key=lambda timer: timer.due))
            assert event_id(first) not in self.fired, "its event is used up"
            self.fired.add(event_id(first))
            self.now = max(self.now, due_at(first))
            effects = self.happen(TimerFired(event_id(first), self.now))
            went += [f"{shown(self.now)} {told}" for told in effects]
        self.now = moment(at)
        return went

    @property
    def visit(self) -> Appointment:
        known = self.there.appointment(VISIT)
        assert known
        return known
