"""From one day to another, where both ends are known. Rules as in `grammar`."""

from dataclasses import replace

from textback.domain.understand.when import calendar
from textback.domain.understand.when.calendar import Day, spans
from textback.domain.understand.when.naming import clock_follows, year_behind
from textback.domain.understand.when.nearing import figure
from textback.domain.understand.when.reader import LAST_DAY, Found, Reader
from textback.domain.understand.when.vocabulary import Means


def joins(r: Reader, at: int, named: int) -> bool:
    if r.kind(at) == "dash" or (r.has(at, Means.TO, Means.UNTIL) and not r.has(at, Means.AT)):
        return True
    return r.has(named, Means.BETWEEN) and r.has(at, Means.AND)


def in_month(r: Reader, at: int) -> Found[Day]:
    """ "february between the 2nd and 7th", "dec from 8 to 10"."""
    month = r.value(at, Means.MONTH)
    if month is None or not r.has(at + 1, Means.BETWEEN, Means.FROM):
        return None
    first = figure(r, at + 2)
    if not first or first[0].day is None or not joins(r, first[1], at + 1):
        return None
    last = figure(r, first[1] + 1)
    if not last or not last[0].bare or clock_follows(r, last[1]):
        return None
    year, behind = year_behind(r, last[1])
    one, other = (replace(end, month=month, year=year) for end in (first[0], last[0]))
    found = from_to(r, one, other)
    return (found, behind) if found else None


def from_to(r: Reader, one: Day, other: Day) -> Day | None:
    """From one day to the other; what is told of one's month goes for both."""
    if _only_weekday(one) and _only_weekday(other):
        days = (other.weekday - one.weekday) % 7 + 1  # type: ignore[operator]  # both have one
        return replace(one, many=days, includes_today=True)
    if one.day and not one.month and not one.span and other.day:
        one = replace(one, month=other.month, year=other.year)  # "sabado 13 al lunes 15 de julio"
    start = r.sole(one)
    if not start:
        return None
    if one.month and replace(other, year=None).bare and (other.day or 0) > (one.day or 0):
        other = replace(other, month=one.month, year=one.year or other.year)
    if one.month and other.month and other.year and not one.year:
        across = (one.month, one.day or 0) > (other.month, other.day or LAST_DAY)
        one = replace(one, year=other.year - across)
        start = r.sole(one)
        if not start:
            return None
    end = next(iter(spans(other, start[0])), None)
    begun = r.sole(other)
    ago = calendar.months_later(start[0], -12)
    open_year = one.month is not None and one.year is None
    if open_year and begun and r.today < begun[1] and begun[0] < start[0] and ago <= r.today:
        return Day(span=(ago, begun[1]))  # today is in between
    return Day(span=(start[0], end[1])) if end and end[1] > start[0] else None


def _only_weekday(said: Day) -> bool:
    return said.weekday is not None and replace(said, includes_today=True) == Day(
        weekday=said.weekday
    )
