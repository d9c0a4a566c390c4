"""Days by their place among others: "the second tuesday", "the last week of january", "two fridays
from now", "the second half of december". Rules as in `grammar`."""

from dataclasses import replace

from textback.domain.understand.when import calendar
from textback.domain.understand.when.calendar import DAY, Day
from textback.domain.understand.when.nearing import within_stretch
from textback.domain.understand.when.periods import from_end
from textback.domain.understand.when.reader import LAST_DAY, Found, Reader
from textback.domain.understand.when.units import later, stretch
from textback.domain.understand.when.vocabulary import Means, Unit

_MOST_OF_A_MONTH, _MOST_OF_A_YEAR = 5, 53  # of one weekday
_SATURDAY = 5
_SHORTEST_MONTH = 28  # days
_MOST_COMING = 3  # of "the next two fridays"


def nth_weekday(r: Reader, at: int) -> Found[Day]:
    """ "the second tuesday (of next month)"."""
    at = r.skip(at, Means.THE)
    value = r.value(at, Means.ORDINAL)
    if value and r.has(at + 1, Means.PAST):  # "the 2nd last friday"
        value, at = -value, at + 1
    elif r.has(at, Means.PAST):
        value = -1
    if value is not None and r.value(at + 1, Means.UNIT) == Unit.WEEK:
        return _nth_week(r, at + 2, value)
    weekday, many = r.value(at + 1, Means.WEEKDAY), 1
    if r.value(at + 1, Means.UNIT) == Unit.WEEKEND:
        weekday, many = _SATURDAY, 2
    if value is None or weekday is None or abs(value) > _MOST_OF_A_MONTH:
        return None
    within = within_stretch(r, at + 2)
    if value == -1 and not within:
        return None  # "last friday"
    if value < 0 and not within:  # "the second to last friday": of this month
        within = Day(span=stretch(r.today, Unit.MONTH, 0)), at + 2
    found, behind = within or (Day(), at + 2)
    said = replace(found, weekday=weekday, nth=value, many=many)
    span = r.sole(said)
    unsaid = value < 0 and behind == at + 2
    named = r.value(behind - 1, Means.UNIT) == Unit.MONTH
    the_month = unsaid or (named and not r.has(behind - 2, Means.THIS))
    if the_month and span and span[1] <= r.today:  # the next one's, once it is past
        said = replace(said, span=stretch(r.today, Unit.MONTH, 1))
    return said, behind


def _nth_week(r: Reader, at: int, nth: int) -> Found[Day]:
    """ "the third week of january": a month's weeks are those with most days in it."""
    within = within_stretch(r, at)
    span = r.sole(within[0]) if within else None
    if not within or not span or abs(nth) > _MOST_OF_A_MONTH:
        return None
    if r.value(within[1] - 1, Means.UNIT) == Unit.MONTH and not r.has(within[1] - 2, Means.THIS):
        first = calendar.week_of(span[0], nth)[0] if nth > 0 else span[1]
        span = span if first > r.today else stretch(r.today, Unit.MONTH, 1)  # once it is past
    inside = span[1] - DAY if nth < 0 else span[0]
    week = calendar.week_of(inside, nth + 1 if nth < 0 else nth - 1)
    if nth < 0 and calendar.week_of(inside)[0] + calendar.WEEK / 2 >= span[1]:
        week = calendar.week_of(inside, nth)
    if nth > 0 and calendar.week_of(inside)[0] + calendar.WEEK / 2 < span[0]:
        week = calendar.week_of(inside, nth)
    return Day(span=week), within[1]


def nth_day(r: Reader, at: int) -> Found[Day]:
    """ "the 15th day of next month", "the last day of the month"."""
    at = r.skip(at, Means.THE)
    value = r.value(at, Means.ORDINAL)
    if r.has(at, Means.PAST) and r.has(at + 1, Means.OF):  # "the last of the month"
        within = within_stretch(r, at + 1)
        span = r.sole(within[0]) if within else None
        return from_end(r, within, 1) if span and span[1] - span[0] <= LAST_DAY * DAY else None
    if value and value > 1 and r.has(at + 1, Means.PAST):  # "the second last day of the month"
        value, at = -value, at + 1
    unit = r.value(at + 1, Means.UNIT)
    if unit not in (Unit.DAY, Unit.WORKDAY) or not r.has(at + 2, Means.OF, Means.IN):
        return None
    if unit == Unit.WORKDAY and value and value > 0:
        within = within_stretch(r, at + 2)
        span = r.sole(within[0]) if within else None
        then = later(span[0] - DAY, value, unit) if span and value <= LAST_DAY else None
        return (Day(span=(then, then + DAY)), within[1]) if within and then else None
    if r.has(at, Means.PAST) and value is None:
        return from_end(r, within_stretch(r, at + 2), 1)
    if value is None:
        return None
    found = within_stretch(r, at + 2)
    if value < 0:
        return from_end(r, found, -value)
    span = r.sole(found[0]) if found else None
    if not found or not span or value > LAST_DAY:
        return None
    if (span[1] - span[0]).days > LAST_DAY:  # of a season, a year
        then = span[0] + (value - 1) * DAY
        return Day(span=(then, then + DAY)), found[1]
    return replace(found[0], day=value), found[1]


def weekdays_ahead(r: Reader, at: int) -> Found[Day]:
    """ "two fridays from now", "dentro de dos lunes"."""
    coming = r.skip(at, Means.THE)
    if r.has(coming, Means.NEXT, Means.COMING) and r.amount(coming + 1) in range(
        2, _MOST_COMING + 1
    ):
        weekday, many = r.value(coming + 2, Means.WEEKDAY), r.amount(coming + 1) or 0
        near = r.today + DAY, r.today + DAY + many * calendar.WEEK
        said = Day(weekday=weekday, span=near, every=True)
        return (said, coming + 3) if weekday is not None else None  # "the next two fridays"
    told = r.has(at, Means.IN)
    at += told
    value, weekday = r.amount(at), r.value(at + 1, Means.WEEKDAY)
    if not value or weekday is None or value > _MOST_OF_A_YEAR:
        return None
    if not told and not r.has(at + 2, Means.FROM_NOW):
        return None
    nearest = r.sole(Day(weekday=weekday, includes_today=False))
    if not nearest:
        return None
    then = nearest[0] + (value - 1) * calendar.WEEK
    return Day(span=(then, then + DAY)), at + 2 + r.has(at + 2, Means.FROM_NOW)


def half(r: Reader, at: int) -> Found[Day]:
    """ "the second half of december", "la primera quincena"."""
    at = r.skip(at, Means.THE)
    nth = r.value(at, Means.ORDINAL)
    fortnight = r.value(at + 1, Means.UNIT) == Unit.FORTNIGHT
    if nth not in (1, 2) or not (fortnight or r.has(at + 1, Means.HALF, Means.MIDDLE)):
        return None
    within = within_stretch(r, at + 2)
    if not within and fortnight:
        within = Day(span=stretch(r.today, Unit.MONTH, 0)), at + 2
    span = r.sole(within[0]) if within else None
    if not within or not span or span[1] - span[0] < calendar.WEEK:
        return None
    days = (span[1] - span[0]).days
    if days > LAST_DAY and span[0].day == 1:
        middle = calendar.month_of(span[0], round(days / 30) // 2)[0]
        return Day(span=(span[0], middle) if nth == 1 else (middle, span[1])), within[1]
    of_month = _SHORTEST_MONTH <= days <= LAST_DAY
    middle = span[0] + (15 if of_month else days // 2) * DAY  # a month's on the 16th
    return Day(span=(span[0], middle) if nth == 1 else (middle, span[1])), within[1]
