"""Texting hours and times of day as people write them: `8:00-20:00`, `closed`, `mon-fri`."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from textback.domain.hours import ALL_DAY, Hours, Span, Spans
from textback.domain.hours import DAY as ONE_DAY
from textback.playbooks.faults import listed

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS, CLOSED = "always", "closed"
_TIME = r"([01]?\d|2[0-3]):([0-5]\d)"
_SPAN = re.compile(rf"{_TIME} *- *(?:{_TIME}|24:00)")
SPANS = rf"^(?:{ALWAYS}|{CLOSED}|{_SPAN.pattern}(?:, *{_SPAN.pattern})*)$"  # for editors
_HOW = "such as 8:00-20:00, or 8:00-12:00, 13:00-17:00; or always, or closed"
HOUR = 60  # minutes


def time_of_day(given: Any) -> timedelta:
    """A time as `18:00`, after midnight. Raises ValueError."""
    found = re.fullmatch(_TIME, given.strip()) if isinstance(given, str) else None
    if found is None:
        raise ValueError("should be a time of day, such as 18:00")
    return timedelta(hours=int(found[1]), minutes=int(found[2]))


def time_written(at: timedelta) -> str:
    minutes = at // timedelta(minutes=1)
    return f"{minutes // HOUR}:{minutes % HOUR:02}"


def spans(given: Any) -> Spans:
    """The hours of a day. Raises ValueError."""
    if not isinstance(given, str):
        raise ValueError(f"should be the hours of a day, {_HOW}")
    text = given.strip().lower()
    if text in {ALWAYS, CLOSED}:
        return ALL_DAY if text == ALWAYS else ()
    found = [_span(part.strip()) for part in text.split(",")]
    for before, after in pairwise(found):
        if after.opens <= before.closes:
            raise ValueError("has hours that are not one after the other")
    return tuple(found)


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"should be the hours of a day, {_HOW}")
    opens = timedelta(hours=int(found[1]), minutes=int(found[2]))
    closes = timedelta(hours=int(found[3]), minutes=int(found[4])) if found[3] else ONE_DAY
    if closes <= opens:
        raise ValueError("has hours that end before they begin: a night is part of two days")
    return Span(opens, closes)


def spans_written(hours: Spans) -> str:
    if hours in {(), ALL_DAY}:
        return ALWAYS if hours else CLOSED
    return ", ".join(f"{time_written(s.opens)}-{time_written(s.closes)}" for s in hours)


def week(given: Any) -> tuple[Spans, ...]:
    """The hours of a week, Monday first: of every day, or by days. Raises ValueError."""
    if not isinstance(given, dict):
        return (spans(given),) * len(DAYS)
    found: dict[int, Spans] = {}
    for key, hours in given.items():
        for day in _days(key):
            if day in found:
                raise ValueError(f"has {DAYS[day]} twice")
            try:
                found[day] = spans(hours)
            except ValueError as fault:
                raise ValueError(f"{key}: {fault}") from None
    if missing := [name for n, name in enumerate(DAYS) if n not in found]:
        raise ValueError(f"says nothing of {listed(missing, 'and')}; a day without texts is closed")
    return tuple(found[n] for n in range(len(DAYS)))


def _days(key: Any) -> Iterator[int]:
    """The days that `mon`, `mon-fri` or `mon, wed` name."""
    for part in str(key).lower().split(","):
        first, dash, last = part.strip().partition("-")
        ends = (first.strip(), (last if dash else first).strip())
        if not all(day in DAYS for day in ends):
            raise ValueError(f"{key} names no days; days are {listed(DAYS, 'and')}, as in mon-fri")
        begin, end = map(DAYS.index, ends)
        if end < begin:
            raise ValueError(f"{key} runs backwards: weeks begin on Monday")
        yield from range(begin, end + 1)


def week_written(hours: tuple[Spans, ...]) -> str | dict[str, str]:
    """As `week` takes it, days that are alike in one."""
    groups: list[tuple[int, int, Spans]] = []
    for n, of_day in enumerate(hours):
        if groups and groups[-1][2] == of_day:
            groups[-1] = (groups[-1][0], n, of_day)
        else:
            groups.append((n, n, of_day))
    if len(groups) == 1:
        return spans_written(hours[0])
    return {
        DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}": spans_written(of_day)
        for first, last, of_day in groups
    }


def dates(given: Any) -> dict[date, Spans]:
    """Hours by date. Raises ValueError."""
    if not isinstance(given, dict):
        raise ValueError("should hold dates, each as `2026-12-25: closed`")
    found: dict[date, Spans] = {}
    for key, hours in given.items():
        day = _date(key)
        if day in found:
            raise ValueError(f"has {day} twice")
        try:
            found[day] = spans(hours)
        except ValueError as fault:
            raise ValueError(f"{key}: {fault}") from None
    return found


def _date(key: Any) -> date:
    """A date, as YAML has it already or in quotes."""
    try:
        return key if type(key) is date else date.fromisoformat(key)
    except (TypeError, ValueError):
        raise ValueError(f"{key}: is no date such as 2026-12-25") from None


def hours_written(hours: Hours) -> dict[str, Any]:
    """The settings that make these hours."""
    return {
        "hours": week_written(hours.week),
        "hours_on": {day.isoformat(): spans_written(of) for day, of in dates_in_order(hours.dates)},
    }


def dates_in_order(given: Mapping[date, Spans]) -> list[tuple[date, Spans]]:
    return sorted(given.items())
