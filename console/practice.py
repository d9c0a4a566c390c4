"""What a practice does to its whole line: it closes for a day, or lets texts stand still. Each is
one event on the bus, as a scheduling system puts it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import uuid4
from zoneinfo import ZoneInfo

from textback.domain.localtime import moment
from textback.domain.playbook import Paused

from console.asked import text_of
from console.aws import Stack
from console.booking import SOURCE
from console.errors import WrongRequestError
from console.settings import DEMO_LINE, ZONE

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Closing:
    """A day of the practice's calendar on which it is closed."""

    day: date
    why: str = ""

    @classmethod
    def read(cls, wish: Mapping[str, Any]) -> Self:
        written = text_of(wish, "day")
        try:
            return cls(date.fromisoformat(written), text_of(wish, "why", ""))
        except ValueError:
            raise WrongRequestError(f"{written!r} is no day such as 2026-12-08") from None

    def detail(self) -> dict[str, Any]:
        """Write the event's detail: from the day's midnight up to the next."""
        since, until = (self._midnight(days) for days in (0, 1))
        return {
            "line": DEMO_LINE,
            "id": f"closing-{uuid4().hex[:8]}",
            "from": since.isoformat(),
            "to": until.isoformat(),
            "why": self.why,
        }

    def _midnight(self, days: int) -> datetime:
        zone = ZoneInfo(ZONE)
        return moment(self.day + days * _ONE_DAY, timedelta(), zone).astimezone(zone)


def close(stack: Stack, closing: Closing) -> dict[str, Any]:
    """Put the closing on the bus; gives what it says."""
    detail = closing.detail()
    stack.put_event("practice.closed", detail, SOURCE)
    return detail


@dataclass(frozen=True)
class Standstill:
    """Texts of one kind stand still until further notice, or no longer."""

    what: Paused
    stands_still: bool

    @classmethod
    def read(cls, wish: Mapping[str, Any]) -> Self:
        what, paused = text_of(wish, "what", Paused.REMINDERS), wish.get("paused")
        if what not in set(Paused):
            raise WrongRequestError(f"what has to be one of {', '.join(Paused)}")
        if not isinstance(paused, bool):
            raise WrongRequestError("paused has to be true or false")
        return cls(Paused(what), paused)

    def detail(self, now: datetime) -> dict[str, Any]:
        """Write the event's detail; a pause whose end is past is over."""
        until = None if self.stands_still else now.isoformat(timespec="seconds")
        return {"line": DEMO_LINE, "what": self.what, "until": until, "how": SOURCE}


def pause(stack: Stack, standstill: Standstill, now: datetime) -> dict[str, Any]:
    """Put it on the bus; gives what it says."""
    detail = standstill.detail(now)
    stack.put_event("texting.paused", detail, SOURCE)
    return detail
