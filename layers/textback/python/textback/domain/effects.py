"""What a step wants done in the world. Effects are data; `perform` carries them out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from textback.domain.conversation import Appointment, Urgency


class Purpose(StrEnum):
    """What a text is for: it decides who may stop it and what an unknown outcome means."""

    REPLY = "reply"
    AGENT = "agent"
    REMINDER = "reminder"
    CLOSING = "closing"  # the practice closes on the day of the visit
    OPT_OUT = "opt_out"  # the one text that confirms an opt-out


@dataclass(frozen=True, slots=True)
class SendText:
    """One text to the contact. `about`, `start` and `settled_at` pin the visit it speaks of as it
    then stood, so that a text which has become wrong is never sent; `step` is the cadence's;
    `attempt` counts how often it was decided, `decided_at` is the first time; `may_double`: whether
    an earlier attempt went out, nobody knows; `alone`: nothing else is to distract from it."""

    body: str
    purpose: Purpose
    decided_at: datetime
    about: str = ""
    start: datetime | None = None
    settled_at: datetime | None = None
    attempt: int = 1
    may_double: bool = False
    step: str = ""
    alone: bool = False


class Speaker(StrEnum):
    """Who said a line of a transcript."""

    CONTACT = "contact"
    LINE = "line"
    AGENT = "agent"


class CaseNews(StrEnum):
    """The message types of the handoff queue."""

    OPENED = "case.opened"
    MESSAGE = "case.message"
    REOPENED = "case.reopened"
    TIMED_OUT = "case.timed_out"
    CLOSED = "case.closed"
    ACTION_REFUSED = "case.action_refused"


@dataclass(frozen=True, slots=True)
class HandOff:
    """News of a case for agent tooling; the transcript is added when it is performed."""

    news: CaseNews
    case: str
    why: str
    urgency: Urgency = Urgency.NORMAL
    appointments: tuple[Appointment, ...] = ()
    language: str = ""
    text: str = ""
    action: str = ""
    answer_by: datetime | None = None


class News(StrEnum):
    """The events that Textback puts on the bus."""

    APPOINTMENT_CONFIRMED = "appointment.confirmed"
    APPOINTMENT_CANCELLED = "appointment.cancelled"
    RESCHEDULE_REQUESTED = "appointment.reschedule_requested"
    CONSENT_REVOKED = "consent.revoked"
    CONSENT_GRANTED = "consent.granted"
    WRONG_NUMBER = "contact.wrong_number"
    CASE_OPENED = "case.opened"
    CASE_CLOSED = "case.closed"
    TEXT_DELIVERED = "text.delivered"
    TEXT_FAILED = "text.failed"
    REQUEST_REFUSED = "request.refused"


@dataclass(frozen=True, slots=True)
class Publish:
    """An event for the bus: what `facts` say, beside what every such event carries."""

    news: News
    facts: tuple[tuple[str, str | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Put the contact on the carrier's own opt-out list, as a second lock."""


@dataclass(frozen=True, slots=True)
class Unblock:
    """Take the contact off the carrier's own opt-out list."""


type Effect = SendText | HandOff | Publish | Block | Unblock
