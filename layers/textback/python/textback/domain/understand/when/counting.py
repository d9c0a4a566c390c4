"""Days that are counted from others: "3 days from now", "friday in two weeks", "the monday before
may 25". Rules as in `grammar`; `one_day` is its rule for a day with a name."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from textback.domain.understand.when import calendar
from textback.domain.understand.when.calendar import DAY, WEEK, Day
from textback.domain.understand.when.nearing import whole_year
from textback.domain.understand.when.reader import Found, Reader
from textback.domain.understand.when.units import MOST, later, many, stretch
from textback.domain.understand.when.vocabulary import Means, Unit

_HALVES = {Unit.YEAR: (6, Unit.MONTH), Unit.MONTH: (15, Unit.DAY), Unit.WEEK: (3, Unit.DAY)}
_BESIDE = (Unit.WEEK, Unit.WEEKEND, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
_HALF_A_WEEK = 3  # days
_PIECES = 3  # of one length: "2 years, 3 months and 10 days"
_MOST_WEEKDAYS = 53

type OneDay = Callable[[Reader, int], Found[Day]]
type Length = tuple[tuple[int, int], ...]  # (how many, of which unit), the longest first


def ahead(r: Reader, at: int, one_day: OneDay) -> Found[Day]:
    """ "in two weeks", "3 days from now", "a week from friday", "within 10 days", "friday in two
    weeks"."""
    named = r.skip(at, Means.THE)
    weekday = r.value(named, Means.WEEKDAY)
    place = at
    if weekday is not None:
        place = named + 1 + (r.kind(named + 1) == "comma")
        if r.amount(r.skip(place, Means.IN)) is None:
            return None
    within = r.has(place, Means.WITHIN)
    led = within or r.has(place, Means.IN)
    some = _some(r, r.skip(place + 1, Means.AT) if led else place) if weekday is None else None
    if some and (led or r.has(some[1], Means.FROM_NOW)):
        return some[0], some[1] + r.has(some[1], Means.FROM_NOW)
    told = _ahead(r, place, one_day)
    if not told or r.has(told[1], Means.PAST):
        return None  # "put in 10 days ago"
    (start, lengths), behind = told
    then = start
    for value, unit in lengths:
        then = later(then, value, unit)
    if weekday is None and lengths[-1][1] not in (Unit.DAY, Unit.WORKDAY):
        named = r.skip(behind, Means.ON)
        named += named > behind and r.has(named, Means.AMOUNT)  # "on a friday"
        if named > behind and (weekday := r.value(named, Means.WEEKDAY)) is not None:
            behind = named + 1
    if weekday is not None:
        of_week = lengths[-1][1] == Unit.WEEK
        then = calendar.week_of(then)[0] if of_week else then
        then += (weekday - then.weekday()) % 7 * DAY
    if within:
        return Day(span=(start, then + DAY), from_now=start == r.today), behind
    return Day(span=(then, then + DAY)), behind


def _ahead(r: Reader, at: int, one_day: OneDay) -> Found[tuple[date, Length]]:
    """(from which day, how far)"""
    within = r.has(at, Means.WITHIN)
    told = within or r.has(at, Means.IN)
    if told and not within and r.has(at + 1, Means.THE, Means.SEVERAL) and r.amount(at + 2):
        return None  # "en los | 3 anos", which are others than from now
    place = r.skip(at + 1, Means.THE, Means.AT) if told else at
    place = r.skip(place, Means.NEXT) if within else place
    counted = _length(r, place)
    unit = r.value(place, Means.UNIT)
    if not counted and within and unit is not None and unit not in (Unit.MINUTE, Unit.HOUR):
        counted = ((1, unit),), place + 1  # "within the next month"
    if not counted:
        return None
    lengths, behind = counted
    start = r.today
    one_week = lengths[0][1] == Unit.WEEK and len(lengths) == 1
    if one_week and not told and r.has(r.skip(behind, Means.ON), Means.DAY, Means.WEEKDAY):
        behind = r.skip(behind, Means.ON)
        found = one_day(r, behind)
        span = r.sole(found[0]) if found else None
        if found and span:  # "a week tomorrow"
            start, behind, told = span[0], found[1], True
    elif (
        (r.has(behind, Means.FROM, Means.AFTER, Means.BEFORE) or _after_this(r, behind))
        and (found := one_day(r, r.skip(behind + 1, Means.ON)))
        and (span := r.sole(found[0]))
    ):
        sign = -1 if r.has(behind, Means.BEFORE) else 1
        start, behind, told = span[0], found[1], True
        lengths = tuple((sign * value, unit) for value, unit in lengths)
    elif r.has(behind, Means.FROM_NOW):
        behind, told = behind + 1, True
    return ((start, lengths), behind) if told else None


def _after_this(r: Reader, at: int) -> bool:
    """Whether "after this" goes on to its day: "a week after this | friday"."""
    return r.has(at, Means.NEXT_AFTER) and r.has(at + 1, Means.WEEKDAY)


def _length(r: Reader, at: int) -> Found[Length]:
    """ "two weeks", "2 years 21 days"."""
    days = {Unit.DAY: 1, Unit.WEEK: WEEK.days}.get(Unit(r.value(at + 1, Means.UNIT) or 0))
    if days and r.kind(at) == "other" and re.fullmatch(r"\d{1,2}\.\d", r.tokens[at].text):
        return ((int(float(r.tokens[at].text) * days), Unit.DAY),), at + 2  # "1.5 weeks"
    told: list[tuple[int, int]] = []
    behind = at
    for _ in range(_PIECES):
        start = r.skip(behind + (r.kind(behind) == "comma"), Means.AND) if told else behind
        if halved := _halved(r, start) if not told else None:
            return halved
        found = many(r, start)
        if not found or found[0][1] in (Unit.MINUTE, Unit.HOUR):
            break
        if told and (found[0][1] == told[-1][1] or told[-1][1] == Unit.DAY):
            break
        told.append(found[0])
        behind = found[1]
    if not told or (r.has(behind, Means.NEXT_AFTER) and not _after_this(r, behind)):
        return None  # "los 3 dias siguientes"
    return tuple(told), behind


def _halved(r: Reader, at: int) -> Found[Length]:
    """ "a month and a half", "two and a half weeks", "half a year", "semana y media"."""
    low = r.amount(at)
    bare = r.value(at, Means.UNIT) if low is None else None  # "mes | y medio"
    place = at + (low is not None)
    unit = r.value(place, Means.UNIT)
    behind = place + (unit is not None)
    joined = r.skip(behind, Means.AND, Means.PLUS)
    half = r.skip(joined, Means.AMOUNT, Means.NUMBER) if joined > behind else behind
    only_half = unit is None and r.has(at, Means.HALF)
    half = at if only_half else half
    if not r.has(half, Means.HALF) or (low is None and bare is None and not only_half):
        return None
    after = half + 1
    if unit is None:
        after = r.skip(after, Means.AMOUNT)
        unit, after = r.value(after, Means.UNIT), after + 1
    more = _HALVES.get(Unit(unit)) if unit is not None else None
    if unit is None or more is None or (only_half and unit == Unit.WEEK):
        return None
    whole = 0 if only_half else low or 1
    return (((whole, unit), more) if whole else (more,)), after


def _some(r: Reader, at: int) -> Found[Day]:
    """Behind "in": "a day or two", "2-3 weeks"."""
    low = r.amount(at)
    behind = r.skip(at + 1, Means.UNIT)
    if low is None or not (r.has(behind, Means.OR, Means.TO) or r.kind(behind) == "dash"):
        return None
    high = r.amount(behind + 1)
    place = r.skip(at + 1 if behind > at + 1 else behind + 2, Means.OF)
    unit = r.value(place, Means.UNIT)
    if high is None or unit is None or unit in (Unit.MINUTE, Unit.HOUR) or not low < high <= MOST:
        return None
    span = later(r.today, low, unit), later(r.today, high, unit) + DAY
    return Day(span=span), max(behind + 2, place + 1)


def several(r: Reader, at: int, one_day: OneDay) -> Found[Day]:
    """ "the first two weeks of january", "the last 3 days of next month"."""
    place = r.skip(at, Means.THE)
    last = r.has(place, Means.PAST)
    if not last and r.value(place, Means.ORDINAL) != 1:
        return None
    found = many(r, place + 1)
    if not found or found[0][1] in (Unit.MINUTE, Unit.HOUR) or not r.has(found[1], Means.OF):
        return None
    within = one_day(r, r.skip(found[1], Means.OF, Means.ON)) or of_this(r, found[1])
    within = within or whole_year(r, r.skip(found[1], Means.OF))
    span = r.sole(within[0]) if within else None
    if not within or not span or span[1] - span[0] < WEEK:
        return None
    if last:
        months = {Unit.MONTH: 1, Unit.QUARTER: 3}.get(Unit(found[0][1]), 0) * found[0][0]
        first = (
            calendar.months_later(span[1], -months)
            if months
            else later(span[1], -found[0][0], found[0][1])
        )
        return (Day(span=(first, span[1])), within[1]) if first >= span[0] else None
    end = later(span[0], *found[0])
    return (Day(span=(span[0], end)), within[1]) if end <= span[1] else None


def of_this(r: Reader, at: int) -> Found[Day]:
    """ "of the month": this one."""
    place = r.skip(at, Means.OF, Means.THE)
    unit = r.value(place, Means.UNIT)
    if place == at or unit not in (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR):
        return None
    return Day(span=stretch(r.today, unit, 0)), place + 1


def years_ahead(r: Reader, said: Found[Day]) -> Found[Day]:
    """ "january | in two years": that one, where it is a day or a month of any year."""
    if not said or not r.has(said[1], Means.IN):
        return said
    found = many(r, said[1] + 1)
    if not found or found[0][1] != Unit.YEAR:
        return said
    span = r.sole(said[0])
    if not span or (said[0].year is not None):
        return said
    year = r.today.year + found[0][0]
    if said[0].month is not None:
        return replace(said[0], year=year), found[1]
    return said


def _nearest(r: Reader, at: int, one_day: OneDay) -> Found[Day]:
    """ "the closest friday to dec 10", "el viernes más cercano al 10"."""
    led = r.has(at, Means.NEAREST)
    weekday = r.value(at + led, Means.WEEKDAY)
    behind = at + 1 + (led or r.has(at + 1, Means.NEAREST))
    if weekday is None or not r.has(behind - 1 - led, Means.NEAREST):
        return None
    found = one_day(r, r.skip(behind, Means.TO, Means.AT)) or one_day(r, behind)
    span = r.sole(found[0]) if found else None
    if not found or not span:
        return None
    ahead = (weekday - span[0].weekday() + _HALF_A_WEEK) % WEEK.days - _HALF_A_WEEK
    then = span[0] + ahead * DAY
    return Day(span=(then, then + DAY)), found[1]


def beside(r: Reader, at: int, one_day: OneDay) -> Found[Day]:
    """ "the monday before may 25", "3 mondays after easter", "the week after christmas"."""
    place = r.skip(at, Means.THE)
    if near := _nearest(r, place, one_day):
        return near
    value = r.value(place, Means.ORDINAL) or r.value(place, Means.NUMBER)
    named = place + (value is not None)
    weekday, unit = r.value(named, Means.WEEKDAY), r.value(named, Means.UNIT)
    if weekday is None and (value is not None or unit not in _BESIDE):
        return None
    before = r.has(named + 1, Means.BEFORE)
    following = r.has(named + 1, Means.NEXT) and r.has(named + 2, Means.HOLIDAY, Means.MONTH)
    if not before and not following and not r.has(named + 1, Means.AFTER):
        return None
    found = one_day(r, r.skip(named + 2, Means.ON))
    span = r.sole(found[0]) if found else None
    if not found or not span or found[0].bare or not 1 <= (value or 1) <= _MOST_WEEKDAYS:
        return None
    if weekday is None and unit is not None:
        edge = span[0] if before else span[1] - DAY
        week = stretch(edge, unit, 0)
        shift = 0 if (week[1] <= span[0] if before else week[0] >= span[1]) else -1 if before else 1
        return Day(span=stretch(edge, unit, shift)), found[1]
    steps = ((value or 1) - 1) * WEEK
    if before:
        last = span[0] - DAY
        then = last - (last.weekday() - (weekday or 0)) % 7 * DAY - steps
    else:
        then = span[1] + ((weekday or 0) - span[1].weekday()) % 7 * DAY + steps
    return Day(span=(then, then + DAY)), found[1]
