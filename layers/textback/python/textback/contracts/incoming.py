"""What other software says to Textback, version 1: pydantic at the edge, the domain within.

Every function here takes a message's text and gives a domain value, or raises BadInput, which says
which field is wrong and what it should be, and never what stood there.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from textback.domain.conversation import Appointment, Consent, Patient, Place, Standing
from textback.domain.due import due_at
from textback.domain.events import Act
from textback.domain.phones import NotAPhone, e164
from textback.domain.playbook import Paused
from textback.errors import BadInput

LONGEST_CLOSING = timedelta(days=366)
FIRST_YEAR, LAST_YEAR = 1900, 9000
ALL_BUT_REPLIES = "all but replies"  # what `all` means, and another name for it

type Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
# Ids become parts of keys, and of what the carrier is given to hand back: on one line, and short.
type Id = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=128, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("should be an IANA time zone such as America/New_York") from error
    return name


type Version = Annotated[int, Field(ge=0, le=2**63 - 1)]  # a counter, or a clock's nanoseconds
type Zone = Annotated[str, AfterValidator(_known_zone)]
type Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]


def _in_the_calendar(moment: datetime) -> datetime:
    """Reminders are days before and after it, in any zone."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"should be in the years {FIRST_YEAR} to {LAST_YEAR}")
    return moment


class Incoming(BaseModel):
    """Unknown extra fields are ignored."""


class ContactIn(Incoming):
    phone: Name
    language: Language | None = None
    time_zone: Zone | None = None


class PatientIn(Incoming):
    id: Name = ""
    first_name: Name = ""


class ConsentIn(Incoming):
    how: Name
    at: AwareDatetime


class PlaceIn(Incoming):
    name: Name = ""
    address: Name = ""


class AppointmentIn(Incoming):
    """The detail of `appointment.booked` and `appointment.changed`."""

    line: Name
    id: Id
    version: Version
    contact: ContactIn
    start: Annotated[AwareDatetime, AfterValidator(_in_the_calendar)]
    patient: PatientIn = PatientIn()
    consent: ConsentIn | None = None
    minutes: int | None = Field(None, gt=0, le=24 * 60)
    provider: Name = ""
    place: PlaceIn = PlaceIn()
    calendar: Name = ""

    def appointment(self) -> Appointment:
        return Appointment(
            id=self.id,
            version=self.version,
            start=self.start,
            minutes=self.minutes,
            provider=self.provider,
            place=Place(self.place.name, self.place.address),
            calendar=self.calendar,
            patient=Patient(self.patient.id, self.patient.first_name),
        )

    def consent_given(self) -> Consent | None:
        if self.consent is None:
            return None
        return Consent(Standing.GRANTED, self.consent.how, self.consent.at)


class CancelledContactIn(Incoming):
    phone: Name


class CancellationIn(Incoming):
    """The detail of `appointment.cancelled`."""

    line: Name
    id: Id
    version: Version
    contact: CancelledContactIn


class ConsentChangedIn(Incoming):
    """The detail of `consent.changed`."""

    line: Name
    phone: Name
    topic: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
    granted: Annotated[bool, Field(strict=True)]
    how: Name = ""


class PracticeClosedIn(Incoming):
    """The detail of `practice.closed`: from `from` up to, not at, `to`."""

    line: Name
    id: Id
    since: AwareDatetime = Field(alias="from")
    until: AwareDatetime = Field(alias="to")
    why: Name = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not timedelta() < self.until - self.since <= LONGEST_CLOSING:
            raise ValueError('"to" should be after "from", by no more than a year')
        return self


def _paused(what: Any) -> Any:
    return Paused.ALL if what == ALL_BUT_REPLIES else what


class TextingPausedIn(Incoming):
    """The detail of `texting.paused`; an `until` that is past ends the pause."""

    line: Name
    what: Annotated[Paused, BeforeValidator(_paused)]
    until: AwareDatetime | None = None
    how: Name = ""


class BusEventIn(Incoming):
    """An EventBridge event, as a rule hands it to a queue."""

    id: Id
    detail_type: str = Field(alias="detail-type")
    time: AwareDatetime
    detail: dict[str, Any]


class ActionIn(Incoming):
    """A message of `actions.fifo`."""

    version: Literal["1"]
    id: Id
    case: Id
    line: Name
    phone: Name
    agent: Name
    type: Act
    text: str = Field("", max_length=10_000)


class InboundTextIn(Incoming):
    """The payload of End User Messaging's two-way channel. The keyword is the number's, not what
    the contact typed, so it is not read."""

    origination: Name = Field(alias="originationNumber")
    destination: Name = Field(alias="destinationNumber")
    # No carrier delivers as much; the journal keeps it twice, in an item of 400 KB at the most.
    body: str = Field(alias="messageBody", max_length=20_000)
    id: Id = Field(alias="inboundMessageId")


class ReceiptIn(Incoming):
    """A delivery event of End User Messaging."""

    type: str = Field(alias="eventType")
    at: int = Field(alias="eventTimestamp", ge=0, le=32_503_680_000_000)
    final: bool = Field(alias="isFinal")
    status: str = Field("", alias="messageStatus")
    message: str = Field("", alias="messageId")
    context: dict[str, str] = {}

    @property
    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.at / 1000, UTC)


class NotificationIn(Incoming):
    """SNS's envelope, as a subscription that is not raw delivers it."""

    message: str = Field(alias="Message")
    at: AwareDatetime = Field(alias="Timestamp")


def _place(text: str) -> str:
    due_at(text)
    return text


type ConversationId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class PointerIn(Incoming):
    conversation: ConversationId
    at: Annotated[
        str, StringConstraints(pattern=r"^[^#]+Z#.+$", max_length=300), AfterValidator(_place)
    ]


class ClosingIn(Incoming):
    id: Id
    since: AwareDatetime = Field(alias="from")
    until: AwareDatetime = Field(alias="to")
    at: AwareDatetime


class WakeIn(Incoming):
    """A message of the `wake` queue: timers that are due, or a closing to be told of."""

    pointers: list[dict[str, Any]] | None = None  # each a PointerIn, read by itself
    closing: ClosingIn | None = None
    conversations: list[ConversationId] = []

    @model_validator(mode="after")
    def _points(self) -> Self:
        if self.pointers is None and self.closing is None:
            raise ValueError('has to have "pointers", or a "closing" with its "conversations"')
        return self


class ParkedIn(Incoming):
    """A message of the `later` queue."""

    conversation: str
    event: str
    position: int = Field(ge=0)


def read[M: BaseModel](model: type[M], body: str | dict[str, Any]) -> M:
    """Read a message. Raises BadInput."""
    try:
        return model.model_validate(_json(body) if isinstance(body, str) else body)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        raise BadInput("; ".join(f"{_path(f['loc'])}: {f['msg']}" for f in faults)) from None


def phone(text: str, region: str, field: str) -> str:
    """A phone as E.164. Raises BadInput, naming the field and not the number."""
    try:
        return e164(text, region)
    except NotAPhone as error:
        raise BadInput(f"{field}: {error}") from None


def _json(body: str) -> Any:
    try:
        return json.loads(body)
    except RecursionError:
        raise BadInput("the message is nested too deep") from None
    except ValueError as error:
        where = f" (at character {error.pos})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput(f"the message is not JSON{where}") from None


def _path(location: Sequence[int | str]) -> str:
    return ".".join(str(step) for step in location) or "the message"
