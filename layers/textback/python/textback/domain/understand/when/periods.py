"""Stretches that a calendar numbers or names: quarters, seasons, weeks of a year. Rules as in
`grammar`."""

from datetime import date

from textback.domain.understand.when import calendar
from textback.domain.understand.when.calendar import DAY, Day
from textback.domain.understand.when.naming import year_behind
from textback.domain.understand.when.reader import Found, Reader
from textback.domain.understand.when.units import stretch
from textback.domain.understand.when.vocabulary import Means, Unit

_QUARTERS, _MONTHS, _WEEKS, _YEAR = 4, 3, 53, 12
_REPORTED = 4  # words
_FIRST_WEEK_HOLDS = 4  # January: ISO 8601


def quarter(r: Reader, at: int) -> Found[Day]:
    """ "q3", "the third quarter of next year", "the last quarter of 2027"."""
    at = r.skip(at, Means.THE)
    value, behind = r.value(at, Means.NTH_QUARTER), at + 1
    if value is None:
        value = _QUARTERS if r.has(at, Means.PAST) else r.value(at, Means.ORDINAL)
        if r.value(at + 1, Means.UNIT) != Unit.QUARTER:
            return None
        behind = at + 2
        if r.has(at, Means.PAST) and not r.has(behind, Means.OF):
            return None  # "last quarter"
    if not value or not 1 <= value <= _QUARTERS:
        return None
    year, behind = _year(r, behind)
    if not year and (_reported(r, at) or r.has(behind, Means.COUNTED)):
        return None  # of a pregnancy
    for each in (year,) if year else (r.today.year, r.today.year + 1):
        first = date(each, (value - 1) * _MONTHS + 1, 1)
        span = stretch(first, Unit.QUARTER, 0)
        if year or span[1] > r.today:
            return Day(span=span), behind
    return None


def numbered_month(r: Reader, at: int) -> Found[Day]:
    """ "the third month of next year"."""
    at = r.skip(at, Means.THE)
    value = r.value(at, Means.ORDINAL)
    if value is None or r.value(at + 1, Means.UNIT) != Unit.MONTH:
        return None
    year, behind = _year(r, r.skip(at + 2, Means.OF) - r.has(at + 2, Means.OF))
    if year is None and r.has(at + 2, Means.NEXT) and r.value(at + 3, Means.UNIT) == Unit.YEAR:
        year, behind = r.today.year + 1, at + 4
    return (Day(year=year, month=value), behind) if year and 1 <= value <= _YEAR else None


def season(r: Reader, at: int) -> Found[Day]:
    """ "this summer", "spring 2027"; words that mean more, such as "fall", do with more only."""
    place = r.skip(at, Means.THE, Means.OF, Means.THIS, Means.NEXT, Means.COMING)
    which = r.value(place, Means.SEASON)
    if which is None:
        return None
    coming = r.has(place - 1, Means.NEXT, Means.COMING) and place > at
    led = r.has(at - 1, Means.BEGINNING, Means.MIDDLE, Means.END)
    told = coming or led or (place > at and r.has(place - 1, Means.THIS))
    known = r.vocabulary.seasons[which]
    year, behind = _year(r, place + 1)
    if r.tokens[place].text in r.vocabulary.weak and not told and not year:
        return None
    for each in (year,) if year else range(r.today.year - 1, r.today.year + 2):
        first = date(each, *known.first)
        last = date(each + (known.behind < known.first), *known.behind)
        if year or (first > r.today if coming else last > r.today):
            return Day(span=(first, last)), behind
    return None


def numbered_week(r: Reader, at: int) -> Found[Day]:
    """ "week 31", "week 3 of 2027", "the first week of 2027"."""
    at = r.skip(at, Means.THE)
    value, behind = r.value(at + 1, Means.NUMBER), at + 2
    if r.value(at, Means.UNIT) != Unit.WEEK or not value:
        value, behind = r.value(at, Means.ORDINAL), at + 2
        if r.value(at + 1, Means.UNIT) != Unit.WEEK or not value or value < 0:
            return None
        if not _year(r, behind)[0]:
            return None
    elif not r.tokens[at + 1].figures or r.has(behind, Means.UNIT, Means.COUNTED):
        return None
    year, behind = _year(r, behind)
    if _reported(r, at) and not year:
        return None  # "I am in week 20", said of a pregnancy
    if value > _WEEKS:
        return None
    for each in (year,) if year else (r.today.year, r.today.year + 1):
        span = calendar.week_of(date(each, 1, _FIRST_WEEK_HOLDS), value - 1)
        if year or span[1] > r.today:
            return Day(span=span), behind
    return None


def _reported(r: Reader, at: int) -> bool:
    """Whether it is said of how somebody is: "I am in | week 20"."""
    return any(r.has(i, Means.HINDERED) for i in range(max(0, at - _REPORTED), at))


def from_end(r: Reader, within: Found[Day], nth: int) -> Found[Day]:
    """The last day of a stretch, or the `nth` from its end: of `within`, which stands behind."""
    span = r.sole(within[0]) if within else None
    if not within or not span or span[1] <= r.today:
        return None
    then = span[1] - nth * DAY
    return (Day(span=(then, then + DAY)), within[1]) if then >= span[0] else None


def _year(r: Reader, at: int) -> tuple[int | None, int]:
    """A year, as figures or as words: "2027", "of next year", "of the year"."""
    year, behind = year_behind(r, at)
    if year:
        return year, behind
    ahead = r.skip(at, Means.OF, Means.THE, Means.THIS, Means.NEXT, Means.COMING)
    if ahead == at or r.value(ahead, Means.UNIT) != Unit.YEAR:
        return None, at
    if r.has(ahead - 1, Means.NEXT, Means.COMING):
        return r.today.year + 1, ahead + 1
    return (r.today.year if r.has(ahead - 1, Means.THIS) else None), ahead + 1
