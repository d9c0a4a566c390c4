"""What a practice decides about its line: its texts, its cadence, its policies. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from textback.domain.conversation import Urgency
from textback.domain.filling import fill
from textback.domain.hours import DAYTIME, Hours
from textback.domain.texts import REMINDER, REMINDER_SHORT, Reminder


class BareCancel(StrEnum):
    """What the single word CANCEL does while a visit is awaited."""

    ASK = "ask"
    APPOINTMENT = "appointment"
    OPT_OUT = "opt_out"


class Audience(StrEnum):
    UNCONFIRMED = "unconfirmed"
    ALL = "all"


class Outside(StrEnum):
    """What becomes of a reminder that falls outside the texting hours."""

    WAIT = "wait"  # for them to begin
    EARLIER = "earlier"  # it goes before they end


class Late(StrEnum):
    """What becomes of a reminder that comes later than it should."""

    SEND = "send"
    SHORTEN = "shorten"  # another text goes: `late_text`
    DROP = "drop"


class ConsentRule(StrEnum):
    """Whether contacts are reminded who have said neither yes nor no."""

    ASSUMED = "assumed"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class ReminderStep:
    """A step of the cadence. It is due `before` the visit starts or `after` it ends, or `at` a
    time of that day (after midnight). Then its `text` goes out, or it opens a `case`."""

    name: str
    before: timedelta | None = None
    after: timedelta | None = None
    at: timedelta | None = None
    text: Reminder = REMINDER
    case: Urgency | None = None
    to: Audience = Audience.UNCONFIRMED
    outside: Outside = Outside.WAIT
    late: Late = Late.SEND
    late_after: timedelta = timedelta(hours=1)
    late_text: Reminder = REMINDER_SHORT

    @property
    def texts(self) -> tuple[Reminder, ...]:
        """The texts that it may send."""
        if self.case:
            return ()
        return (self.text, self.late_text) if self.late is Late.SHORTEN else (self.text,)


ON_BOOKING = "on_booking"  # the step that a booking itself is, where the playbook has a text for it


@dataclass(frozen=True, slots=True)
class DateForms:
    """How a language writes a date: Monday first, January first."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    form: str = "{weekday} {month} {day}, {time}"
    clock: Literal[12, 24] = 12  # hours

    def write(self, moment: datetime) -> str:
        parts = {
            "weekday": self.weekdays[moment.weekday()],
            "month": self.months[moment.month - 1],
            "day": str(moment.day),
            "time": self._time(moment),
        }
        return fill(self.form, parts)

    def _time(self, moment: datetime) -> str:
        if self.clock == 24:  # noqa: PLR2004 - hours
            return f"{moment.hour}:{moment.minute:02}"
        half = "AM" if moment.hour < 12 else "PM"  # noqa: PLR2004
        return f"{moment.hour % 12 or 12}:{moment.minute:02} {half}"


@dataclass(frozen=True, slots=True)
class Wording:
    """All that the line says in one language."""

    texts: Mapping[str, str]
    dates: DateForms


@dataclass(frozen=True, slots=True)
class Playbook:
    practice: str
    call: str  # the number to call, as it is written in texts
    zone: str  # IANA
    wordings: Mapping[str, Wording]  # by language; the first is the line's own
    cadence: tuple[ReminderStep, ...] = ()
    on_booking: Reminder | None = None
    hours: Hours = DAYTIME
    consent: ConsentRule = ConsentRule.ASSUMED
    visit_minutes: int = 30  # where the scheduling system does not say how long a visit takes
    bare_cancel: BareCancel = BareCancel.ASK
    clarify_for: timedelta = timedelta(hours=1)  # silence after the clarifying text
    answer_within: timedelta = timedelta(minutes=30)  # a case's deadline
    unknown_outcome_again: frozenset[str] = frozenset({"reply", "agent", "closing"})
    sure_enough: float = 0.7  # below it a reading goes to a person
    parts_per_second: float = 1.0
    kept_for_replies: float = 0.2  # the share of the rate that reminders leave free
    journal_days: int = 90
    consent_days: int = 1826  # five years: longer than the four in which a claim can be brought

    def language(self, wanted: str) -> str:
        """The language to text in: the wanted one ("es-MX" is in "es"), else the line's own."""
        near = (wanted, wanted.partition("-")[0])
        return next((n for n in near if n in self.wordings), next(iter(self.wordings)))

    @property
    def steps(self) -> tuple[ReminderStep, ...]:
        """The cadence, and before it the step that the booking itself is."""
        if self.on_booking is None:
            return self.cadence
        booked = ReminderStep(ON_BOOKING, text=self.on_booking, to=Audience.ALL)
        return (booked, *self.cadence)

    def step(self, name: str) -> ReminderStep | None:
        """The step of this name, if the playbook still has it."""
        return next((s for s in self.steps if s.name == name), None)


class Paused(StrEnum):
    """What can be made to stand still. `reminders` are all texts of a visit that nobody asked for;
    `all` is everything but replies."""

    REMINDERS = "reminders"
    NOTICES = "notices"
    SURVEYS = "surveys"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Pause:
    """Texting of one kind stands still from `at` on; `until` None: until it is resumed. `how` says
    who or what paused it."""

    what: Paused
    at: datetime
    until: datetime | None = None
    how: str = ""

    def holds(self, now: datetime) -> bool:
        return self.at <= now and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True)
class Line:
    """The practice's number with its playbook, and what stands still on it."""

    number: str
    playbook: Playbook
    region: str = "US"
    pauses: tuple[Pause, ...] = ()

    def pause(self, what: Paused, now: datetime) -> Pause | None:
        """The pause that holds `what` back at this moment: the one that lasts longest."""
        holding = [p for p in self.pauses if p.what in {what, Paused.ALL} and p.holds(now)]
        return max(holding, key=lambda p: (p.until is None, p.until or now), default=None)
