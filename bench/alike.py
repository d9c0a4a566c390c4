"""Contacts that are alike, so that one decision does for all that are decided about at a time."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from textback.domain.composing import compose
from textback.domain.conversation import Conversation, Patient
from textback.domain.effects import SendText
from textback.domain.events import AppointmentScheduled, Event, Parked, TextReturned, TimerFired
from textback.domain.playbook import Late, Line, ReminderStep
from textback.domain.segments import segments
from textback.domain.step import step
from textback.domain.texts import Reminder
from textback.playbooks import load

from tests.support.samples import LINE, NOW, blank, visit

LATE = timedelta(hours=1)
TODAY = Reminder("reminder_today")
AT = timedelta(hours=9)  # on the day before the visit: all of a zone come due at once
VISIT = timedelta(hours=15)
CADENCE = tuple(
    ReminderStep(
        name=rule,
        before=timedelta(days=1),
        at=AT,
        late=rule,
        late_after=LATE,
        late_text=TODAY,
    )
    for rule in Late
)
BOOKED = NOW - timedelta(days=1)


def line(rate: float) -> Line:
    """One whose cadence has a step for each rule of lateness; `rate` in parts a second."""
    return Line(LINE, replace(load(), cadence=CADENCE, on_booking=None, parts_per_second=rate))


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """How a contact stands, shared by all that are alike. `text` is on its way to the carrier,
    decided at `decided_at`."""

    zone: ZoneInfo
    rule: Late
    due: datetime  # when the reminder was to go
    conversation: Conversation
    text: SendText | None = None
    decided_at: datetime = NOW
    parts: int = 1
    is_short: bool = False  # the text that a late one is shortened to

    @property
    def wakes_at(self) -> datetime | None:
        """When the reminder stands in the index, if it waits."""
        timers = self.conversation.timers
        return timers[0].due if timers else None


@dataclass
class Deciding:
    """The product's decisions, each taken once for all that are alike in that second."""

    line: Line
    _taken: dict[tuple[Shape, datetime], Shape] = field(default_factory=dict)
    _alike: dict[tuple[Late, datetime, Conversation], Shape] = field(default_factory=dict)

    def first(self, zone: str, rule: Late, name: str) -> Shape:
        """A contact whose visit was booked the day before, and is tomorrow."""
        midnight = NOW.astimezone(ZoneInfo(zone)).replace(hour=0)
        start = midnight + timedelta(days=1) + VISIT
        booked = replace(visit("apt", start=start), start=start, patient=Patient("", name))
        event = AppointmentScheduled("bus:apt", BOOKED, booked, zone=zone)
        planned = step(replace(blank(), disclosed=BOOKED), event, BOOKED, self.line).conversation
        (timer,) = (timer for timer in planned.timers if timer.step == rule)
        alone = replace(planned, timers=(timer,))
        return Shape(ZoneInfo(zone), rule, timer.due, alone, parts=timer.parts)

    def decide(self, shape: Shape, now: datetime) -> Shape:
        """What becomes of a contact whose timer fired, or whose text came back, in this second."""
        if (shape, now) not in self._taken:
            self._taken[shape, now] = self._decided(shape, now)
        return self._taken[shape, now]

    def _decided(self, shape: Shape, now: datetime) -> Shape:
        event: Event = TimerFired("timer:apt", now)
        if shape.text:
            event = TextReturned("again:apt", now, "apt", shape.text, Parked.THROTTLED)
        taken = step(shape.conversation, event, now, self.line)
        for effect in taken.effects:
            if isinstance(effect, SendText):
                (about,) = taken.conversation.appointments
                return replace(
                    shape,
                    conversation=taken.conversation,
                    text=effect,
                    decided_at=now,
                    parts=segments(effect.body).segments,
                    is_short=effect.body == compose(TODAY, "en", self.line, now, visit=about).body,
                )
        key = shape.rule, shape.due, taken.conversation
        waits = replace(shape, conversation=taken.conversation, text=None, decided_at=now)
        return self._alike.setdefault(key, waits)
