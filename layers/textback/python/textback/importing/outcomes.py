"""What becomes of each row of a file. `line` is where it begins, as an editor counts, from 1."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

from pydantic import ValidationError

from textback.contracts.incoming import AppointmentIn, CancellationIn
from textback.domain.phones import NotAPhone, e164

type Detail = Mapping[str, Any]


class Told(StrEnum):
    """The bus events that an appointment comes to: their detail-types."""

    BOOKED = "appointment.booked"
    CHANGED = "appointment.changed"
    CANCELLED = "appointment.cancelled"


@dataclass(frozen=True, slots=True)
class Taken:
    line: int
    told: Told
    detail: Detail
    row: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """`column` and `why` are shown to whoever imports: they never hold what stood in the row, which
    only the report does."""

    line: int
    column: str
    why: str
    row: tuple[str, ...]


class Left(StrEnum):
    """Why a row is rightly left out."""

    OVER = "over already"
    NOT_BOOKED = "not booked yet"
    UNWANTED = "left out by --status"


@dataclass(frozen=True, slots=True)
class LeftOut:
    line: int
    why: Left


type Meaning = Told | Left
type Outcome = Taken | Refused | LeftOut


class Reading(Protocol):
    """A file as its rows are read. `header` names what a row holds, `notes` are told once."""

    @property
    def header(self) -> tuple[str, ...]: ...

    @property
    def notes(self) -> Sequence[str]: ...

    def outcomes(self) -> Iterator[Outcome]: ...


class Unusable(ValueError):
    """A field of a row cannot be used: which, and what it should be. It never holds what stood
    there, since that is a patient's and this gets printed."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


def told(meant: Meaning, start: datetime | None, now: datetime) -> Told | None:
    """What the bus is told of a visit, None when there is nothing left to tell. One that has begun
    or was missed ahead of its time is taken out of the record: nobody is to be reminded of it. A
    cancellation is told however old its start: the record may have another, from before a move."""
    is_ahead = start is None or start > now
    match meant:
        case Told.CANCELLED:
            return Told.CANCELLED
        case Told():
            return meant if is_ahead else None
        case Left():
            return Told.CANCELLED if is_ahead else None


def checked(told: Told, detail: Detail) -> Detail:
    """The detail, if the contract takes it. Raises Unusable with the contract's own field."""
    model = CancellationIn if told is Told.CANCELLED else AppointmentIn
    try:
        model.model_validate(detail)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Unusable(".".join(map(str, first["loc"])), first["msg"]) from None
    return detail


def phone(text: str, region: str, field: str = "contact.phone") -> str:
    """A phone as E.164. Raises Unusable."""
    # What a spreadsheet makes of a long number: its last digits are gone.
    if "e+" in text.lower() and "." in text:
        raise Unusable(field, "a spreadsheet wrote it as a power of ten: format its cells as text")
    try:
        return e164(text, region)
    except NotAPhone as error:
        raise Unusable(field, str(error)) from None


def nanoseconds(at: datetime) -> int:
    """A moment as a version: the greatest that a contract takes is a clock's nanoseconds."""
    whole = at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    microseconds = (whole.days * 86_400 + whole.seconds) * 1_000_000 + whole.microseconds
    return microseconds * 1000


def said(**fields: Any) -> dict[str, Any]:
    """A detail without the fields that nothing is known of."""
    return {name: value for name, value in fields.items() if value not in ("", None, {})}
