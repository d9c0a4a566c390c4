"""Hours as people name them: a bare "3" is the one that a practice is open at."""

from dataclasses import dataclass, replace
from datetime import tzinfo

HOUR, NOON, MIDNIGHT = 60, 12 * 60, 24 * 60  # minutes
OPENS = 7 * 60  # a bare hour is read as from 7:00 to before 19:00
MORNING, AFTERNOON = (8 * 60, 12 * 60), (12 * 60, 17 * 60)
_NIGHT = 20 * 60


@dataclass(frozen=True, slots=True)
class Hours:
    """From `start` to before `end`, in minutes of the day; past midnight is the next day's."""

    start: int
    end: int
    loose: bool = False  # no "pm" was said: the other half of the day may be meant
    part: bool = False  # a part of the day: "the afternoon"
    zone: tzinfo | None = None  # that was said with it: "3pm EST"

    @property
    def short(self) -> bool:
        """Whether it is a time on the clock rather than a stretch."""
        return self.end - self.start <= HOUR and not self.part


def clock(minute: int, *, exact: bool, loose: bool) -> Hours:
    """A time on the clock, as long as how exactly it was said: "3" an hour, "3:10" a minute."""
    at = office(minute) if loose else minute
    return Hours(at, at + (1 if exact else HOUR), loose)


def office(minute: int) -> int:
    """A clock of twelve hours in the half of the day that practices are open."""
    minute %= NOON
    return minute if minute >= OPENS else minute + NOON


def after(said: Hours) -> Hours:
    start = said.end if said.part else said.start
    return replace(said, start=start, end=MIDNIGHT, part=False)


def before(said: Hours) -> Hours:
    return replace(said, start=0, end=said.start, part=False)


def between(first: Hours, last: Hours) -> Hours:
    """From one to another; what was said of one's half of the day goes for both."""
    start, end = first.start, last.end if last.part else last.start
    if last.loose and not first.loose and not last.part:
        end = min(m for m in (end % NOON, end % NOON + NOON, end % NOON + MIDNIGHT) if m > start)
    if first.loose and not last.loose:
        halves = start % NOON, start % NOON + NOON
        start = max((m for m in halves if m < end), default=halves[1])  # "from 11 to 3am"
    if end <= start:
        end += NOON if last.loose and end + NOON > start else MIDNIGHT
    loose = first.loose and last.loose
    return Hours(start, end, loose, zone=last.zone or first.zone)


def both(one: Hours, other: Hours) -> Hours | None:
    """What two ways to tell hours share: "in the afternoon at 4", "after 2 before 4"."""
    if one.part and not other.part:
        one, other = other, one
    if one.short and not other.part:
        return None
    told = one.start > 0 and one.end != MIDNIGHT
    if other.part and one.loose:
        one = _moved(one, other)
    if not one.part and other.part and told:
        return replace(one, zone=one.zone or other.zone)
    start, end = max(one.start, other.start), min(one.end, other.end)
    if start >= end:
        return None
    loose, part = one.loose and other.loose, one.part and other.part
    return Hours(start, end, loose, part, one.zone or other.zone)


def _moved(said: Hours, part: Hours) -> Hours:
    """In the half of the day that `part` is in: "3" of the night is tomorrow's."""
    opened, closed = said.start == 0, said.end == MIDNIGHT
    named = said.end if opened else said.start
    to = named % NOON + (0 if part.start < NOON else NOON)
    if part.start >= _NIGHT and to < part.start - 4 * HOUR:
        to += NOON
    if part.start < NOON < part.end + 1 and named % NOON == 0:
        to = NOON  # "12 in the morning", as in "from 8 to 12 in the morning"
    shift = to - named
    return replace(
        said,
        start=0 if opened else said.start + shift,
        end=MIDNIGHT if closed else said.end + shift,
        loose=False,
    )
