"""A practice, a patient and their conversation, for tests to begin with."""

from datetime import UTC, datetime, timedelta, timezone

from textback.adapters.memory import MemoryClock, MemoryLines
from textback.domain.conversation import (
    Appointment,
    Awaited,
    Awaiting,
    Case,
    Consent,
    Conversation,
    Patient,
    Place,
    Standing,
    Timer,
    TimerKind,
    Urgency,
    Visit,
)
from textback.domain.identity import conversation_id
from textback.domain.playbook import Line
from textback.playbooks import load

LINE = "+12065550100"
PHONE = "+12065550123"
OTHER_PHONE = "+12065550188"
SALT = "the salt of the tests"
PACIFIC = timezone(timedelta(hours=-8))
NOW = datetime(2026, 12, 1, 17, tzinfo=UTC)  # a Tuesday, 9 in the morning in Seattle


def line() -> Line:
    """The line with the shipped playbook."""
    return Line(LINE, load())


def lines() -> MemoryLines:
    return MemoryLines({LINE: line()})


def clock(at: datetime = NOW) -> MemoryClock:
    return MemoryClock(at)


def blank(phone: str = PHONE) -> Conversation:
    """A conversation that nobody has had yet."""
    return Conversation(conversation_id(SALT, LINE, phone), LINE, phone)


def visit(
    id: str = "apt-1001",  # noqa: A002 - the contract's own name
    *,
    version: int = 1,
    start: datetime = NOW + timedelta(days=7),
    status: Visit = Visit.BOOKED,
    settled_at: datetime | None = None,
) -> Appointment:
    return Appointment(
        id=id,
        version=version,
        start=start.astimezone(PACIFIC),
        status=status,
        minutes=30,
        provider="Dr. Lee",
        place=Place("Elm Street Clinic", "12 Elm St"),
        calendar="dr-lee",
        patient=Patient("pat-77", "Ana"),
        settled_at=settled_at,
    )


def rich(version: int = 1) -> Conversation:
    """A conversation with something in every field."""
    first, second = visit(), visit("apt-1002", status=Visit.CONFIRMED, settled_at=NOW)
    return Conversation(
        id=blank().id,
        line=LINE,
        phone=PHONE,
        version=version,
        language="es",
        zone="America/New_York",
        consent=Consent(Standing.GRANTED, "intake form", NOW - timedelta(days=30)),
        appointments=(first, second),
        timers=(
            Timer("apt-1001:two_days", TimerKind.REMINDER, first.start, "apt-1001", "two_days", 2),
            Timer("silence", TimerKind.SILENCE, NOW + timedelta(hours=1)),
        ),
        awaiting=Awaiting(Awaited.CANCEL_MEANING, "apt-1001", NOW),
        case=Case("case-1", NOW, "question for a person", Urgency.URGENT, "sam"),
    )
