"""From wishes to windows: moments between which a wish lies, in the zone of the line."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from datetime import time as clock_time
from itertools import islice

from textback.domain.understand.when.calendar import DAY, HORIZON, Day, Span, spans
from textback.domain.understand.when.hours import MIDNIGHT, NOON, Hours
from textback.domain.understand.when.reading import Wish

_MOST_DAYS = 31  # of a stretch, that hours are told of: "next month after 3"
MOST = 124  # windows that are wished: each day of a month at four hours

type Window = tuple[datetime, datetime]  # from the first moment on, to before the second


def windows(wishes: Iterable[Wish], now: datetime, zone: tzinfo) -> tuple[Window, ...]:
    """The windows of all wishes, in the text's order, without what they leave out."""
    wishes = list(wishes)
    each = (w for wish in wishes if not wish.left_out for w in _of(wish, now, zone))
    wished = list(islice(each, MOST))
    without = [wish for wish in wishes if wish.left_out]
    if without and not wished:
        today = now.astimezone(zone).date()
        wished = [_whole((today, today + HORIZON), zone)]
    for wish in without:
        taken = list(_of(_everywhere(wish), now, zone))
        wished = [rest for w in wished for rest in _rest(w, taken)]
    lasting = dict.fromkeys((s, e) for s, e in wished if s < e and e > now)
    return tuple((start.astimezone(zone), end.astimezone(zone)) for start, end in lasting)


def _of(wish: Wish, now: datetime, zone: tzinfo) -> Iterator[Window]:
    local = now.astimezone(zone)
    if wish.minutes is not None:
        moment = local.astimezone(UTC).replace(second=0, microsecond=0)
        yield (
            moment + timedelta(minutes=wish.minutes[0]),
            moment + timedelta(minutes=wish.minutes[1]),
        )
        return
    today = local.date()
    if wish.until:
        yield from _across(wish, local, zone)
        return
    wished = dict.fromkeys(wish.hours)  # those that are told again and again, once
    if not wish.days:
        for hours in wished:
            yield _next(hours, local, zone)
        return
    for day in dict.fromkeys(wish.days):
        for span in spans(day, today):
            if not wished:
                start, end = _whole(span, zone)
                yield (max(start, now) if day.from_now else start), end
            for hours in wished:
                yield from _on_days(span, hours, local, zone)


def _everywhere(wish: Wish) -> Wish:
    """What is left out is so each time: "but friday" of both Fridays ahead."""
    days = [
        replace(d, every=True)
        if d.span is None and d.weekday is not None and not _nearest(d)
        else d
        for d in wish.days
    ]
    return replace(wish, days=days or [Day(every=True)])


def _nearest(said: Day) -> bool:
    """ "this friday", and no other."""
    return said.includes_today and not said.every


def _next(hours: Hours, local: datetime, zone: tzinfo) -> Window:
    """The hours today, or tomorrow once they are over (a time: once it is past)."""
    start, end = _between(local.date(), hours, zone)
    if (start if hours.short else end) <= local:
        return _between(local.date() + DAY, hours, zone)
    return (max(start, local) if hours.start == 0 else start), end


def _on_days(span: Span, hours: Hours, local: datetime, zone: tzinfo) -> Iterator[Window]:
    for ahead in range(min((span[1] - span[0]).days, _MOST_DAYS)):
        day = span[0] + ahead * DAY
        start, end = _between(day, hours, zone)
        if day == local.date():
            if hours.loose and hours.short and start <= local and hours.start < NOON:
                start, end = _between(
                    day, replace(hours, start=hours.start + NOON, end=hours.end + NOON), zone
                )
            if hours.start == 0:
                start = max(start, local)
            if hours.start == 0 and hours.loose and end <= local and hours.end < NOON:
                end = _between(day, replace(hours, end=hours.end + NOON), zone)[1]
        yield start, end


def _across(wish: Wish, local: datetime, zone: tzinfo) -> Iterator[Window]:
    """From an hour of one day to an hour of another: "2pm till tomorrow 4:30"."""
    last_day, last_hours = wish.until or (None, None)
    first = next(_of(replace(wish, until=None), local, zone), None)
    last = spans(last_day, local.astimezone(zone).date()) if last_day else ()
    if first and last and last_hours:
        yield first[0], next(_on_days(last[0], last_hours, local, zone))[0]


def _between(day: date, hours: Hours, zone: tzinfo) -> Window:
    zone = hours.zone or zone
    start = _moment(day, hours.start, zone)
    if hours.short:  # as long as it was said, over a change of the clocks too
        length = timedelta(minutes=hours.end - hours.start)
        return start, start + length
    return start, _moment(day, hours.end, zone)


def _whole(span: Span, zone: tzinfo) -> Window:
    return _moment(span[0], 0, zone), _moment(span[1], 0, zone)


def _moment(day: date, minute: int, zone: tzinfo) -> datetime:
    """When the wall clock shows it, in UTC, for moments of one zone compare by what it shows: the
    first of two such, or, where the clocks leap over it, as long after as it would have been."""
    days, minute = divmod(minute, MIDNIGHT)
    shown = clock_time(minute // 60, minute % 60)
    return datetime.combine(day + days * DAY, shown, zone).astimezone(UTC)


def _rest(window: Window, taken: Iterable[Window]) -> Iterator[Window]:
    """The stretches of a window that none of `taken` takes."""
    start, end = window
    for first, last in sorted(taken):
        if last <= start or first >= end:
            continue
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end
