"""Dates and times as practices write them. docs/import.md lists the forms; no other is taken, and
none is guessed: 12/8/2026 is August or December, so it needs to be told which."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_YEAR, LAST_YEAR = 2000, 2100  # others are slips of the finger
NOON = 12
FARTHEST = timedelta(hours=14)  # from UTC: the Line Islands
SERIAL = re.compile(r"\d{5}(\.\d+)?")  # a spreadsheet's days since 1900

_MONTH = r"(?P<name>[a-z]{3,9})\.?"
_DATES = (
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>\d{4})",
    rf"(?:[a-z]{{3,9}},? )?{_MONTH} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})",
    rf"(?:[a-z]{{3,9}},? )?(?P<day>\d{{1,2}})[ -]{_MONTH}[ -](?P<year>\d{{4}})",
)
_TIME = (
    r"(?:t|,? at |,? )(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r" ?(?P<half>[ap]\.?m\.?)?"
)
_OFFSET = r" ?(?P<offset>z|utc|[+-]\d{2}(?::?\d{2})?)?(?P<zone> [a-z]{3,5})?"
_FORMS = tuple(re.compile(date + rf"(?:{_TIME}{_OFFSET})?") for date in _DATES)


class Order(StrEnum):
    """Which of the first two numbers of a date is the month."""

    MDY = "mdy"
    DMY = "dmy"


class Unreadable(ValueError):
    """It says what to write instead, never what stood there."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file writes its moments: in which zone those are that have no offset (None: they are
    refused), and in which order its numbers stand (None: it has to be plain)."""

    zone: ZoneInfo | None = None
    order: Order | None = None

    def moment(self, text: str) -> datetime:
        """Raises Unreadable."""
        plain = " ".join(text.lower().split())
        found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
        if found is None:
            raise Unreadable(
                "a spreadsheet's own number: format its cells as dates"
                if SERIAL.fullmatch(plain)
                else "write it as 2026-12-08T09:00:00-08:00 or in a form of docs/import.md"
            )
        parts = found.groupdict()
        if parts["hour"] is None:
            raise Unreadable("it has no time of day")
        try:
            local = datetime(  # noqa: DTZ001 - its zone comes next
                _year(parts), *self._month_and_day(parts), *_time(parts)
            )
        except ValueError as error:
            if isinstance(error, Unreadable):
                raise
            raise Unreadable("there is no such date or time of day") from None
        if parts["offset"]:
            return local.replace(tzinfo=_offset(parts["offset"]))
        return self._placed(local, (parts["zone"] or "").strip().upper())

    def _month_and_day(self, parts: dict[str, str]) -> tuple[int, int]:
        if name := parts.get("name"):
            months = [n for n, month in enumerate(MONTHS, 1) if name.startswith(month)]
            if not months:
                raise Unreadable("no month has this name: write English months or numbers")
            return months[0], int(parts["day"])
        if "one" not in parts:
            return int(parts["month"]), int(parts["day"])
        one, two = int(parts["one"]), int(parts["two"])
        order = self.order
        if order is None:
            if one <= len(MONTHS) and two <= len(MONTHS) and one != two:
                raise Unreadable(
                    "day and month could be either: give --dates mdy (12/8 is December 8) or dmy"
                )
            order = Order.DMY if one > len(MONTHS) else Order.MDY
        return (one, two) if order is Order.MDY else (two, one)

    def _placed(self, local: datetime, named: str) -> datetime:
        """A time of the wall clock, on that day in the zone."""
        if self.zone is None:
            raise Unreadable("it has no offset from UTC: give --zone, such as America/New_York")
        first, second = (local.replace(tzinfo=self.zone, fold=fold) for fold in (0, 1))
        if first.astimezone(UTC).astimezone(self.zone).replace(tzinfo=None) != local:
            raise Unreadable("the clocks go forward over this time: it does not exist on that day")
        names = {first.tzname(): first, second.tzname(): second}
        if named and named not in names:
            raise Unreadable("this zone's name is not --zone's on that day: write the offset")
        if not named and first.utcoffset() != second.utcoffset():
            raise Unreadable(
                "the clocks go back over this time, so it comes twice on that day: write the offset"
            )
        placed = names[named] if named else first
        return placed.replace(tzinfo=timezone(placed.utcoffset() or timedelta()))


def _year(parts: dict[str, str]) -> int:
    year = int(parts["year"])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable("check the year")
    return year


def _time(parts: dict[str, str]) -> tuple[int, int, int]:
    """The hour, minute and second of a 24-hour clock, or of a 12-hour one with its half."""
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = (parts["half"] or "")[:1]
    if not half:
        if parts["minute"] is None:
            raise Unreadable("write the time of day with its minutes, or with AM or PM")
        return hour, minute, second
    if not 1 <= hour <= NOON:
        raise Unreadable("with AM and PM the hour is from 1 to 12")
    return hour % NOON + (NOON if half == "p" else 0), minute, second


def _offset(text: str) -> timezone:
    if text in {"z", "utc"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if ahead > FARTHEST or digits[2:] >= "60":
        raise Unreadable("no place is that far from UTC: check its offset")
    return timezone(-ahead if text[0] == "-" else ahead)
