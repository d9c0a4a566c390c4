"""What can happen to a conversation.

Every event has an `id` that its source gave (so that hearing of it twice changes nothing) and `at`,
the moment it happened there. When it is handled is another matter: that is the step's `now`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from textback.domain.conversation import Appointment, Consent
from textback.domain.effects import SendText
from textback.domain.reading import UNREAD, Reading


@dataclass(frozen=True, slots=True)
class TextReceived:
    """The contact texted. `reading` is filled in by the turn, before the step."""

    id: str
    at: datetime
    text: str
    reading: Reading = UNREAD


@dataclass(frozen=True, slots=True)
class AppointmentScheduled:
    """The scheduling system booked or changed a visit; its version says which word is newer."""

    id: str
    at: datetime
    appointment: Appointment
    language: str = ""
    zone: str = ""
    consent: Consent | None = None


@dataclass(frozen=True, slots=True)
class AppointmentCancelled:
    """The scheduling system cancelled a visit."""

    id: str
    at: datetime
    appointment: str
    version: int


@dataclass(frozen=True, slots=True)
class AppointmentLeft:
    """The visit went over to another phone's conversation."""

    id: str
    at: datetime
    appointment: str
    version: int


@dataclass(frozen=True, slots=True)
class PracticeClosed:
    """The practice closes from `since` to `until`, aware; `closing` is the id that it gave it."""

    id: str
    at: datetime
    closing: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class ConsentChanged:
    """The practice recorded consent to texts of a topic, or its end; `how` it was told."""

    id: str
    at: datetime
    topic: str
    granted: bool
    how: str


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer of this conversation came due; all that are due by `at` are looked at."""

    id: str
    at: datetime


class Act(StrEnum):
    """What agent tooling can ask for: the contract's action types."""

    CLAIM = "claim"
    REPLY = "reply"
    NOTE = "note"
    CLOSE = "close"
    RELEASE = "release"
    OPT_OUT = "opt_out"
    CONFIRM = "confirm"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class AgentActed:
    id: str
    at: datetime
    case: str
    agent: str
    act: Act
    text: str = ""

    @property
    def action(self) -> str:
        """The id that agent tooling gave it."""
        return self.id.removeprefix("action:")


@dataclass(frozen=True, slots=True)
class TextFailed:
    """The carrier will never deliver `text`; `why` is its word for it."""

    id: str
    at: datetime
    effect: str
    text: SendText
    why: str
    opted_out: bool = False


class Parked(StrEnum):
    """Why a text was set aside before it was known to be sent."""

    THROTTLED = "throttled"
    LATE = "first seen late"
    SUSPENDED = "the account may not send now"
    UNKNOWN = "outcome unknown"

    @property
    def surely_unsent(self) -> bool:
        return self is not Parked.UNKNOWN


@dataclass(frozen=True, slots=True)
class TextReturned:
    """A parked text is to be decided again; `settled`: a receipt settled it meanwhile, so what is
    left to decide is what waited for it."""

    id: str
    at: datetime
    effect: str
    text: SendText
    why: Parked
    settled: bool = False


type Event = (
    TextReceived
    | AppointmentScheduled
    | AppointmentCancelled
    | AppointmentLeft
    | PracticeClosed
    | ConsentChanged
    | TimerFired
    | AgentActed
    | TextFailed
    | TextReturned
)
