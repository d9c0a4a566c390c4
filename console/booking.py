"""An appointment booked from the console: one event on the bus, as a scheduling system puts it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.asked import number, text_of
from console.aws import Stack
from console.errors import WrongRequestError
from console.settings import DEMO_LINE, ZONE

SOURCE = "console"
_LANGUAGES = ("en", "es")
_LENGTHS = range(1, 24 * 60 + 1)


@dataclass(frozen=True)
class Booking:
    """A visit to be booked; `start` carries its offset, `zone` is the contact's."""

    id: str
    phone: str
    start: datetime
    first_name: str = ""
    language: str = "en"
    zone: str = ZONE
    minutes: int = 30
    provider: str = "Dr. Lee"
    calendar: str = "dr-lee"
    line: str = DEMO_LINE

    @classmethod
    def read(cls, wish: Mapping[str, Any]) -> Self:
        """Read the console's form: phone and start are needed, the rest may be left out."""
        zone = _zone(text_of(wish, "time_zone", ZONE))
        language = text_of(wish, "language", _LANGUAGES[0])
        if language not in _LANGUAGES:
            raise WrongRequestError(f"language has to be one of {', '.join(_LANGUAGES)}")
        return cls(
            id=text_of(wish, "id", f"apt-{uuid4().hex[:8]}"),
            phone=number(text_of(wish, "phone")),
            start=_moment(text_of(wish, "start")),
            first_name=text_of(wish, "first_name", ""),
            language=language,
            zone=zone,
            minutes=_minutes(wish),
            provider=text_of(wish, "provider", cls.provider),
        )

    def detail(self, consented_at: datetime) -> dict[str, Any]:
        """Write the event's detail, as docs/contracts has it."""
        return {
            "line": self.line,
            "id": self.id,
            "version": 1,
            "contact": {
                "phone": self.phone,
                "language": self.language,
                "time_zone": self.zone,
            },
            "patient": {"id": f"patient-{self.phone[-4:]}", "first_name": self.first_name},
            "consent": {"how": "intake form", "at": consented_at.isoformat(timespec="seconds")},
            "start": self.start.isoformat(timespec="seconds"),
            "minutes": self.minutes,
            "provider": self.provider,
            "place": {"name": "Elm Street Clinic", "address": "12 Elm St"},
            "calendar": self.calendar,
        }


def book(stack: Stack, booking: Booking, now: datetime) -> None:
    """Put the booking on the bus."""
    stack.put_event("appointment.booked", booking.detail(now), SOURCE)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):  # ValueError: it leads out of the zones' folder
        raise WrongRequestError(f"{name!r} is no time zone such as {ZONE}") from None


def _minutes(wish: Mapping[str, Any]) -> int:
    written = str(wish.get("minutes") or Booking.minutes)
    if not written.isdecimal() or int(written) not in _LENGTHS:
        raise WrongRequestError(f"minutes has to be a number up to {_LENGTHS[-1]}")
    return int(written)


def _moment(written: str) -> datetime:
    """Read an ISO 8601 time; without an offset it is one of the practice's clock."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        raise WrongRequestError(f"{written!r} is no time such as 2026-12-08T09:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(ZONE))
