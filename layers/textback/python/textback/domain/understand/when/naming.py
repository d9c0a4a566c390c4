"""Days by their own names: dates, months, weekdays. Rules as in `grammar`."""

from dataclasses import replace
from datetime import date, timedelta

from textback.domain.understand.when import calendar
from textback.domain.understand.when.calendar import DAY, Day
from textback.domain.understand.when.holidays import holiday
from textback.domain.understand.when.reader import LAST_DAY, LAST_HOUR, Found, Reader
from textback.domain.understand.when.units import stretch
from textback.domain.understand.when.vocabulary import Means, Unit

_CENTURY, _YEARS_AHEAD, _MONTHS = 100, 30, 12
_YEARS_SOON = 3
BELIEVABLE = range(1900, 2200)
_NEAR = timedelta(days=60)


def clock_follows(r: Reader, at: int) -> bool:
    if r.has(at, Means.TO) and r.has(at, Means.AM, Means.PM) and not r.tokens[at].glued:
        return False  # "de lunes 7 | a viernes 11"
    return r.has(at, Means.AM, Means.PM, Means.OCLOCK, Means.PLUS) and not r.has(at, Means.AND)


def onward(r: Reader, at: int) -> bool:
    """Whether "or later" stands here, and is not "or after" another time."""
    if not r.has(at, Means.ONWARD):
        return False
    goes_on = r.has(at + 1, Means.NUMBER, Means.PART, Means.WEEKDAY, Means.DAY, Means.AT, Means.THE)
    goes_on = goes_on or r.has(at + 1, Means.MONTH) or r.kind(at + 1) in ("clock", "date")
    return not (r.has(at, Means.AFTER, Means.OR) and goes_on)


def written_date(r: Reader, at: int) -> Found[Day]:
    """A date in figures: 12/8, 2026-12-08."""
    at = r.skip(at, Means.THE)
    if r.kind(at) == "clock" and "." in r.tokens[at].text and r.has(at - 1, Means.DATED):
        figures = tuple(int(part) for part in r.tokens[at].text.split("."))  # "on 5.12"
    elif r.kind(at) == "date":
        figures = r.tokens[at].figures
    else:
        return _dashed(r, at)
    if len(figures) == len("my") and max(figures) > _CENTURY:  # "11/2026"
        month, year = min(figures), max(figures)
        there = month in range(1, _MONTHS + 1) and year in BELIEVABLE
        return (Day(year=year, month=month), at + 1) if there else None
    if len(figures) == len("ymd") and figures[0] > LAST_DAY:
        year, month, number = figures
    else:
        month, number = figures[:2] if r.vocabulary.month_first else figures[1::-1]
        year = _full(figures[2], r.today) if figures[2:] else 0
        if month > _MONTHS:
            month, number = number, month
    said = Day(year=year or None, month=month, day=number)
    if year and year not in BELIEVABLE:
        return None
    return (said, at + 1) if _exists(said) else None


def _dashed(r: Reader, at: int) -> Found[Day]:
    """ "2-15", where its figures are no hours or a word tells of a date: "on 4-2"."""
    join, dot = at + 1, r.kind(at) == "clock" and "." in r.tokens[at].text
    if dot or r.kind(at) != "number" or r.kind(join) != "dash" or r.kind(join + 1) != "number":
        return None
    first, second = (r.value(place, Means.NUMBER) or 0 for place in (at, join + 1))
    month, number = (first, second) if r.vocabulary.month_first else (second, first)
    told = r.has(at - 1, Means.DATED) and r.vocabulary.month_first
    ends = join + 2 == len(r.tokens) or r.has(join + 2, Means.BESIDE, Means.AT)
    ends = ends and not r.has(join + 2, Means.OF, Means.IN) and not r.has(at - 1, Means.AT)
    alone = ends and (at == 0 or (r.has(at - 1, Means.BESIDE) and not r.has(at - 1, Means.FROM)))
    glued = r.tokens[join].glued and r.tokens[join + 1].glued and not r.vocabulary.month_first
    led = told or alone or glued or r.has(at - 1, Means.DATED, Means.WEEKDAY)
    said = Day(month=month, day=number)
    if not led or not month or not number or (not told and max(month, number) <= LAST_HOUR):
        return None
    apart = r.has(join + 2, Means.UNIT, Means.COUNTED, Means.MONTH, Means.AM, Means.PM)
    return (said, join + 2) if _exists(said) and not apart else None


def _full(year: int, today: date) -> int:
    """Of a year in two figures: one that is not far ahead."""
    if year >= _CENTURY:
        return year
    year += today.year // _CENTURY * _CENTURY
    return year if year <= today.year + _YEARS_AHEAD else year - _CENTURY


def _exists(said: Day) -> bool:
    try:
        date(said.year or 2000, said.month or 1, said.day or 1)
    except ValueError:
        return False
    return True


def year_behind(r: Reader, at: int, *, short: bool = False) -> tuple[int | None, int]:
    """A year behind a month, and the place behind it; a `short` one is of two figures."""
    ahead = at
    while r.has(ahead, Means.OF) or r.kind(ahead) in ("comma", "dash", "sign"):
        ahead += 1
    value = r.value(ahead, Means.NUMBER)
    if value is not None and value in BELIEVABLE and r.tokens[ahead].figures:
        return value, ahead + 1
    if value in (19, 20) and not r.tokens[ahead].figures:
        rest = r.value(ahead + 1, Means.NUMBER) or 0
        if LAST_HOUR < rest < _CENTURY and not r.tokens[ahead + 1].figures:
            return value * _CENTURY + rest, ahead + 2  # "twenty twenty-eight"
    if value is not None and _short_year(r, ahead):
        return _full(value, r.today), ahead + 1
    if short and value is not None and r.tokens[ahead].figures and value > LAST_HOUR:
        return _full(value, r.today), ahead + 1
    return None, at


def _short_year(r: Reader, at: int) -> bool:
    """Whether two figures can only be a year's: "dec 8th 09"."""
    led = r.kind(at) == "number" and len(r.tokens[at].text) == len("09")
    return led and r.tokens[at].text.startswith("0") and not clock_follows(r, at + 1)


def date_of_month(r: Reader, at: int) -> Found[Day]:
    """ "the 8th of december", "8 de diciembre de 2026", "8-dec"."""
    at = r.skip(at, Means.THE)
    value = r.value(at, Means.ORDINAL) or r.value(at, Means.NUMBER)
    if value and value in BELIEVABLE:  # "2026-dec-8", "2026 december 8", "2027 march"
        found = named_month(r, at + 1 + (r.kind(at + 1) in ("dash", "sign")), led=True)
        return (replace(found[0], year=value), found[1]) if found else None
    dated = r.has(at - 1, Means.DATED, Means.THE, Means.ON, Means.FROM)
    dated = dated or (r.kind(at) == r.kind(at + 2) == "number" and not r.has(at - 1, Means.AT))
    if value and dated and r.has(at + 1, Means.OF_MONTH) and r.has(at + 2, Means.NUMBER):
        if r.has(r.skip(at + 3, Means.OF), Means.MONTH):
            return None  # "de 8 a 2 | del 9 de dic"
        month = r.value(at + 2, Means.NUMBER)  # "el 21 del 3"
        said = Day(month=month, day=value)
        return (said, at + 3) if _exists(said) and month else None
    ahead = at + 1
    while r.has(ahead, Means.OF) or r.kind(ahead) in ("dash", "sign"):
        ahead += 1
    if r.has(ahead, Means.THIS):
        return None
    month = r.value(ahead, Means.MONTH)
    own = r.value(ahead + 1, Means.NUMBER) or r.value(ahead + 1, Means.ORDINAL) or 0
    dated_itself = 1 <= own <= LAST_DAY and not clock_follows(r, ahead + 2)
    joined = r.kind(at - 1) == "dash" or r.has(at - 1, Means.TO)
    joined = joined and r.kind(at) == "number" and r.has(at, Means.NUMBER)
    on = r.has(at + 1, Means.ON) or (joined and r.has(ahead + 1, Means.NUMBER))
    if month and ahead > at + 1 and on and dated_itself:
        return None  # "8 to 10 on dec 3", "5 to 6 of april 22"
    if value is not None and month is None and ahead > at + 1 and r.tokens[at].figures:
        month = r.value(ahead, Means.NUMBER)  # "3 del 1 de 2027"
        year, behind = year_behind(r, ahead + 1, short=True)
        said = Day(year=year, month=month, day=value)
        return (said, behind) if year and month and _exists(said) else None
    if value is None or month is None:
        return None
    spelled = not r.tokens[at].figures and r.has(at, Means.NUMBER)
    if spelled and ahead == at + 1 and r.tokens[ahead].text in r.vocabulary.weak:
        return None  # "one may ask"
    year, behind = year_behind(r, ahead + 1, short=r.kind(ahead - 1) in ("dash", "sign"))
    if year is None and _soon(r, ahead + 1):
        year, behind = _full(own, r.today), ahead + 2
    said = Day(year=year, month=month, day=value)
    return (said, behind) if _exists(said) else None


def _soon(r: Reader, at: int) -> bool:
    """Whether two figures are those of this year or of one soon: "14 april | 27"."""
    value = r.value(at, Means.NUMBER) or 0
    ahead = value - r.today.year % _CENTURY
    if r.kind(at) != "number" or not 0 <= ahead <= _YEARS_SOON or value <= LAST_HOUR:
        return False
    more = r.has(at + 1, Means.AND, Means.OR, Means.TO, Means.UNIT, Means.COUNTED)
    return not (more or r.kind(at + 1) == "dash" or clock_follows(r, at + 1))


def named_month(r: Reader, at: int, *, led: bool = False) -> Found[Day]:
    """ "december", "dec 8th, 2026"; next and this say no more of a month than its name. A figure
    that is no day of it, and no year (then it is `led`), leaves nothing: "32 august"."""
    at = r.skip(at, Means.THE)
    month = r.value(at, Means.MONTH)
    if month is None:
        return None
    ahead = at + 1
    while r.has(ahead, Means.THE) or r.kind(ahead) in ("dash", "sign", "comma"):
        ahead += 1
    value = r.value(ahead, Means.ORDINAL) or r.value(ahead, Means.NUMBER)
    half_day = r.has(ahead + 1, Means.AM, Means.PM) and clock_follows(r, ahead + 1)
    clock = half_day or (r.has(ahead + 1, Means.WEEKDAY) and not value)
    if value is not None and _exists(Day(month=month, day=value)) and value and not clock:
        year, behind = year_behind(r, ahead + 1)
        said = Day(year=year, month=month, day=value)
        there = _exists(said) and not _ends_nowhere(r, ahead + 1, month)
        return (said, behind) if there else None
    if r.has(at, Means.WEEKDAY):
        return None  # "mar", which is "martes" too
    year, behind = year_behind(r, at + 1)
    before = r.value(at - 1, Means.NUMBER) or r.value(at - 1, Means.ORDINAL) or 0
    figured = r.kind(at - 1) == "number" and before not in BELIEVABLE and not led
    if figured and not _exists(Day(year=year, month=month, day=before or None)):
        return None
    counted = r.kind(at + 1) == "other" and r.tokens[at + 1].text[0].isdigit()  # "march 1.5"
    if not year and not clock and r.kind(at + 1) == "number" and value:
        return None
    if counted:
        return None
    return Day(year=year, month=month), r.skip(behind, Means.NEXT_AFTER)


def _ends_nowhere(r: Reader, at: int, month: int) -> bool:
    """Whether a stretch goes on to a day that the month has not: "june 10 | - 31"."""
    last = r.value(at + 1, Means.NUMBER) or r.value(at + 1, Means.ORDINAL) or 0
    if r.kind(at) != "dash" and not r.has(at, Means.TO):
        return False
    if not LAST_HOUR < last <= LAST_DAY or r.has(at + 2, Means.UNIT, Means.MONTH):
        return False
    return not _exists(Day(year=year_behind(r, at + 2)[0], month=month, day=last))


def plain_day(r: Reader, at: int) -> Found[Day]:
    """ "today", "monday", "the weekend", "christmas"."""
    at = r.skip(at, Means.THE, Means.THIS)
    if at >= len(r.tokens):
        return None
    shift, weekday = r.value(at, Means.DAY), r.value(at, Means.WEEKDAY)
    if shift is not None:
        then = r.today + shift * DAY
        return Day(span=(then, then + DAY)), at + 1
    every = r.tokens[at].text in r.vocabulary.repeated
    if weekday is not None:
        if number := _of_weekday(r, at + 1, weekday):
            return Day(weekday=weekday, day=number), at + 2
        return Day(weekday=weekday, every=every, includes_today=every), at + 1
    if found := _holiday(r, at):
        return found
    if r.value(at, Means.UNIT) == Unit.WORKDAY and every:
        return Day(weekday=calendar.WORKDAYS, every=True), at + 1
    if r.value(at, Means.UNIT) == Unit.WEEKEND:
        return Day(span=stretch(r.today, Unit.WEEKEND, 0)), at + 1
    return None


def _holiday(r: Reader, at: int) -> Found[Day]:
    """ "thanksgiving", "easter 2027", "labor day weekend"; the next one is the nearest."""
    at = r.skip(at, Means.THIS, Means.NEXT, Means.COMING)
    place = r.value(at, Means.HOLIDAY)
    if place is None:
        return None
    year, behind = year_behind(r, at + 1)
    said = holiday(r.vocabulary.holidays[place], year, r.today)
    span = r.sole(said) if said else None
    if not said or not span:
        return None
    unit = r.value(behind, Means.UNIT)
    if unit == Unit.WEEK:
        return Day(span=calendar.week_of(span[0])), behind + 1
    if unit == Unit.WEEKEND:
        start, end = calendar.week_of(span[0] - 2 * DAY)  # a Monday's is the one before it
        return Day(span=(start + 5 * DAY, max(end, span[1]))), behind + 1
    return said, behind


def _of_weekday(r: Reader, at: int, weekday: int) -> int | None:
    """The figure behind a weekday if it can be its date: "friday 13", "el jueves 10"."""
    value = r.value(at, Means.NUMBER)
    if value is None or not 1 <= value <= LAST_DAY:
        return None
    if r.kind(at + 1) in ("dash", "sign") or clock_follows(r, at + 1):
        return None
    to_day = r.has(at + 1, Means.TO) and r.has(at + 2, Means.WEEKDAY)  # "lunes 7 a viernes 11"
    counted = r.has(at + 1, Means.UNIT, Means.COUNTED, Means.TO, Means.MONTH)
    if counted and not to_day and not r.has(at + 1, Means.AT):
        return None
    span = r.sole(Day(weekday=weekday, day=value))
    near = span is not None and span[0] - r.today < _NEAR
    return value if value > LAST_HOUR or near else None


def any_day(r: Reader, at: int) -> Found[Day]:
    """ "any monday", "every day", "all week"; "any day" says something only with more."""
    if not r.has(at, Means.ANY):
        return None
    at = r.skip(at, Means.ANY, Means.THE)
    if (weekday := r.value(at, Means.WEEKDAY)) is not None:
        return Day(weekday=weekday, every=True), at + 1
    match r.value(at, Means.UNIT):
        case Unit.DAY:
            return Day(every=True), at + 1
        case Unit.WORKDAY:
            return Day(weekday=calendar.WORKDAYS, every=True), at + 1
        case _:
            part = r.has(at, Means.PART) and not r.has(at, Means.DAY)
            return (Day(every=True), at) if part else None
