"""A conversation: the durable state between one line and one contact. Plain data, no behaviour
but questions about itself."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Patient:
    """Whom a visit is for; on a shared phone several patients stand behind one contact."""

    id: str = ""
    first_name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    name: str = ""
    address: str = ""


class Visit(StrEnum):
    """How a visit stands, as far as the contact and the scheduling system have told."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    CLOSED = "closed"  # the practice closes then: it needs another time


@dataclass(frozen=True, slots=True)
class Appointment:
    """One visit. `start` carries its offset; `settled_at` is when the contact last answered."""

    id: str
    version: int
    start: datetime
    status: Visit = Visit.BOOKED
    minutes: int | None = None
    provider: str = ""
    place: Place = Place()
    calendar: str = ""
    patient: Patient = Patient()
    settled_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether there is still something to say of the visit, confirmed or not."""
        return self.status is not Visit.CANCELLED


class TimerKind(StrEnum):
    REMINDER = "reminder"  # a step's text: paced by the line's rate
    CLOSING = "closing"  # the text that the practice closes: paced too
    NO_ANSWER = "no_answer"  # a step's case: handed over at once, as what follows is
    SILENCE = "silence"  # a question of ours stayed unanswered


OF_A_VISIT = frozenset({TimerKind.REMINDER, TimerKind.CLOSING, TimerKind.NO_ANSWER})


@dataclass(frozen=True, slots=True)
class Timer:
    """Something to be looked at again at `due`. `about` is an appointment's id, `step` names the
    step of the cadence, `parts` is what its text costs of the line's rate; `planned` is when it
    was due at first, if it had to wait since."""

    id: str
    kind: TimerKind
    due: datetime
    about: str = ""
    step: str = ""
    parts: int = 1
    planned: datetime | None = None

    @property
    def paced(self) -> bool:
        return self.kind in {TimerKind.REMINDER, TimerKind.CLOSING}

    @property
    def since(self) -> datetime:
        """When it was to go."""
        return self.planned or self.due


REMINDERS = "reminders"  # the topic of all texts about visits


class Standing(StrEnum):
    """May this contact be texted? `assumed` until they, or the practice, say either."""

    ASSUMED = "assumed"
    GRANTED = "granted"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Consent:
    """Consent to be texted, with its proof: `how` it was given or revoked, and when."""

    standing: Standing = Standing.ASSUMED
    how: str = ""
    at: datetime | None = None


class Awaited(StrEnum):
    """What the line asked last, and so what a short answer is about."""

    NOTHING = "nothing"
    CONFIRMATION = "confirmation"  # of the visit in `Awaiting.about`
    NEW_TIME = "new_time"  # for that visit, since the practice closes
    CANCEL_MEANING = "cancel_meaning"  # "X cancels the visit, STOP ends all texts"


@dataclass(frozen=True, slots=True)
class Awaiting:
    what: Awaited = Awaited.NOTHING
    about: str = ""
    since: datetime | None = None


class Urgency(StrEnum):
    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Case:
    """An open handoff to a person. `claimed_by` is the agent who took it."""

    id: str
    opened_at: datetime
    why: str
    urgency: Urgency = Urgency.NORMAL
    claimed_by: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is known between `line` and `phone`, both E.164. It stays small: history is the
    journal. `version` counts the turns taken; 0 is a conversation nobody has had yet."""

    id: str
    line: str
    phone: str
    version: int = 0
    language: str = ""  # empty: the line's first language
    zone: str = ""  # IANA; empty: the area's, else the line's
    consent: Consent = field(default_factory=Consent)
    topics: tuple[tuple[str, Consent], ...] = ()  # what was said of a topic since consent to all
    disclosed: datetime | None = None  # when the text was decided that told who texts, and STOP
    appointments: tuple[Appointment, ...] = ()
    timers: tuple[Timer, ...] = ()
    awaiting: Awaiting = field(default_factory=Awaiting)
    case: Case | None = None

    def appointment(self, id: str) -> Appointment | None:  # noqa: A002 - the contract's own name
        return next((a for a in self.appointments if a.id == id), None)

    def timer(self, id: str) -> Timer | None:  # noqa: A002 - as above
        return next((t for t in self.timers if t.id == id), None)

    def upcoming(self, now: datetime) -> tuple[Appointment, ...]:
        """The visits that stand and have not begun, soonest first."""
        ahead = (a for a in self.appointments if a.stands and a.start > now)
        return tuple(sorted(ahead, key=lambda a: a.start))

    def with_appointment(self, appointment: Appointment) -> "Conversation":
        others = tuple(a for a in self.appointments if a.id != appointment.id)
        return replace(self, appointments=(*others, appointment))

    def without_timers(self, about: str) -> "Conversation":
        """Without what is planned for a visit."""
        kept = tuple(t for t in self.timers if not (t.about == about and t.kind in OF_A_VISIT))
        return replace(self, timers=kept)

    def without_silence(self) -> "Conversation":
        """Without the wait for an answer to what was asked."""
        return replace(
            self, timers=tuple(t for t in self.timers if t.kind is not TimerKind.SILENCE)
        )

    @property
    def may_text(self) -> bool:
        return self.consent.standing is not Standing.REVOKED

    def standing(self, topic: str) -> Standing:
        """Consent to texts of one topic."""
        if not self.may_text:
            return Standing.REVOKED
        return dict(self.topics).get(topic, self.consent).standing
