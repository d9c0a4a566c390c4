"""When a contact may be texted unasked: the practice's hours, on the contact's own clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from textback.domain.localtime import moment

DAY = timedelta(days=1)
HORIZON = 60  # days in which an opening is looked for
# A text that is brought forward goes this long before the hours end, so that the line's rate does
# not push it past them; in shorter hours, half way through.
BEFORE_CLOSING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a day, both ends after its midnight; `closes` is no part of it."""

    opens: timedelta
    closes: timedelta


ALL_DAY = (Span(timedelta(), DAY),)

type Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Texting hours by weekday, Monday first, and by date where that day is unlike its weekday."""

    week: tuple[Spans, ...] = (ALL_DAY,) * 7
    dates: Mapping[date, Spans] = field(default_factory=dict)

    def open_at(self, at: datetime, zone: ZoneInfo) -> bool:
        return self.next_open(at, zone) == at

    def next_open(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """The first moment of the hours from `at` on, in UTC; None when there is none for long."""
        day = at.astimezone(zone).date()
        for n in range(-1, HORIZON):  # a day's hours may end in the next, where DST moves them
            for opens, closes in self._of(day, n, zone):
                if at < closes:
                    return max(at.astimezone(UTC), opens)
        return None

    def last_open(self, at: datetime, zone: ZoneInfo, since: datetime) -> datetime | None:
        """A moment of the hours that end before `at`, and not before `since`; None if there is
        none. It is the last one that leaves time to send."""
        day = at.astimezone(zone).date()
        for n in range(1, -HORIZON, -1):
            for opens, closes in reversed(self._of(day, n, zone)):
                if closes > at:
                    continue
                last = closes - min(BEFORE_CLOSING, (closes - opens) / 2)
                return max(last, since.astimezone(UTC)) if since < closes else None
        return None

    def _of(self, day: date, days: int, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        """The hours of the day so many days from `day`, as moments."""
        return list(self._on(day + days * DAY, zone))

    def _on(self, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        for span in self.dates.get(day, self.week[day.weekday()]):
            opens, closes = moment(day, span.opens, zone), moment(day, span.closes, zone)
            # A day that a zone leaves out, as Apia did with one, has no hours.
            if opens < closes and opens.astimezone(zone).date() == day:
                yield opens, closes


ALWAYS = Hours()
# Within what 47 CFR 64.1200(c) allows calls that sell (8 to 21), and within the stricter states'.
DAYTIME = Hours(((Span(timedelta(hours=8), timedelta(hours=20)),),) * 7)
