"""What tokens say of days: small rules, each from a place in a text to what stands there.

A rule returns (what it found, the place behind it), or None where it does not fit, and none has
an effect: whatever reads a text tries one after another.
"""

from dataclasses import replace

from textback.domain.understand.when import calendar
from textback.domain.understand.when.calendar import DAY, HORIZON, Day, spans
from textback.domain.understand.when.naming import (
    any_day,
    clock_follows,
    date_of_month,
    named_month,
    plain_day,
    written_date,
)
from textback.domain.understand.when.nearing import (
    article,
    figure,
    nth_weekday,
    ordinal_day,
    piece,
    relative,
)
from textback.domain.understand.when.reader import Found, Reader
from textback.domain.understand.when.units import later, many
from textback.domain.understand.when.vocabulary import Means, Unit


def day(r: Reader, at: int) -> Found[Day]:
    """A day or a stretch of days."""
    return _stretch(r, at) or _one_day(r, at) or (day(r, at + 1) if r.has(at, Means.ON) else None)


def _stretch(r: Reader, at: int) -> Found[Day]:
    """From a day to another, after, before or until one."""
    if r.has(at, Means.NOT) and r.has(at + 1, Means.AFTER, Means.BEFORE):
        turned = Means.UNTIL if r.has(at + 1, Means.AFTER) else Means.FROM
        return _bounded(r, at + 2, turned)
    if found := _to(r, r.skip(at, Means.FROM, Means.BETWEEN), named=at):
        return found
    for means in (Means.AFTER, Means.BEFORE, Means.UNTIL, Means.FROM):
        if r.has(at, means) and (found := _bounded(r, at + 1, means)):
            return found
    if (found := _one_day(r, at)) and r.has(found[1], Means.ONWARD):
        return _open(r, found[0], found[1] + 1, Means.FROM)
    return None


def _bounded(r: Reader, at: int, means: Means) -> Found[Day]:
    found = day(r, at)
    return _open(r, *found, means) if found else None


def _open(r: Reader, said: Day, behind: int, means: Means) -> Found[Day]:
    """The days on one side of those said."""
    span = r.sole(said)
    if not span or span[1] <= r.today:
        return None
    first, last = {
        Means.AFTER: (span[1], span[1] + HORIZON),
        Means.FROM: (span[0], max(span[0] + HORIZON, span[1])),
        Means.BEFORE: (r.today, span[0]),
        Means.UNTIL: (r.today, span[1]),
    }[means]
    return (Day(span=(first, last)), behind) if first < last else None


def _to(r: Reader, at: int, *, named: int) -> Found[Day]:
    """ "dec 8 to 12", "mon-fri", "from the 4th to the 8th", "del 8 al 12 de diciembre"."""
    first = _one_day(r, r.skip(at, Means.ON)) or figure(r, at)
    if not first or not _joins(r, first[1], named):
        return None
    behind = r.skip(first[1] + 1, Means.ON, Means.OF) if r.kind(first[1]) else first[1]
    last = _one_day(r, behind) or figure(r, behind)
    if not last or clock_follows(r, last[1]):
        return None
    one, other = first[0], last[0]
    if one.bare and other.bare and not (r.has(first[1] - 1, Means.ORDINAL) or article(r, at)):
        return None  # "between 2 and 4" is of hours
    if other.bare and one.day is None and one.span is None:
        return None  # "monday to 3"
    if (
        other.bare
        and one.day is None
        and not (r.has(last[1] - 1, Means.ORDINAL) or article(r, behind))
    ):
        return None
    if one.bare and not other.bare:
        if r.has(behind, Means.THE) and not other.month and not other.span and not other.day:
            return None
        one = replace(one, month=other.month, year=other.year)
        if other.span and not other.day:
            return None
        if other.span:
            one = replace(one, span=other.span)
    start = r.sole(one)
    if not start:
        return None
    if other.bare and one.month:
        other = replace(other, month=one.month, year=one.year)
    end = next(iter(spans(other, start[0])), None)
    if not end or end[1] <= start[0]:
        return None
    return Day(span=(start[0], end[1])), last[1]


def _joins(r: Reader, at: int, named: int) -> bool:
    if r.kind(at) == "dash" or (r.has(at, Means.TO, Means.UNTIL) and not r.has(at, Means.AT)):
        return True
    return r.has(named, Means.BETWEEN) and r.has(at, Means.AND)


def _one_day(r: Reader, at: int) -> Found[Day]:
    for rule in (
        *(written_date, _aside, date_of_month, named_month, nth_weekday, _ahead),
        *(piece, relative, _week_of, plain_day, any_day, ordinal_day),
    ):
        if found := rule(r, at):
            return found
    return None


def _ahead(r: Reader, at: int) -> Found[Day]:
    """ "in two weeks", "3 days from now", "a week from friday", "within 10 days"."""
    within = r.has(at, Means.WITHIN)
    told = within or r.has(at, Means.IN)
    ahead = r.skip(at + 1, Means.THE) if told else at
    ahead = r.skip(ahead, Means.NEXT) if within else ahead
    counted = many(r, ahead)
    if not counted:
        return None
    (value, unit), behind = counted
    if unit in (Unit.MINUTE, Unit.HOUR):
        return None
    start = r.today
    if r.has(behind, Means.FROM_NOW):
        behind, told = behind + 1, True
    elif r.has(behind, Means.FROM, Means.AFTER, Means.BEFORE):
        value *= -1 if r.has(behind, Means.BEFORE) else 1
        found = _one_day(r, r.skip(behind + 1, Means.ON))
        span = r.sole(found[0]) if found else None
        if found and span:
            start, behind, told = span[0], found[1], True
    if not told:
        return None
    then = later(start, value, unit)
    return Day(span=(start, then + DAY) if within else (then, then + DAY)), behind


def _week_of(r: Reader, at: int) -> Found[Day]:
    """ "the week of the 14th"."""
    at = r.skip(at, Means.THE)
    if r.value(at, Means.UNIT) != Unit.WEEK or not r.has(at + 1, Means.OF, Means.FROM):
        return None
    found = _one_day(r, at + 1) or _one_day(r, r.skip(at + 1, Means.OF, Means.FROM, Means.ON))
    span = r.sole(found[0]) if found else None
    return (Day(span=calendar.week_of(span[0])), found[1]) if found and span else None


def _aside(r: Reader, at: int) -> Found[Day]:
    """ "the day after christmas"; the day after nothing is tomorrow's."""
    at = r.skip(at, Means.THE)
    shift = 1 if r.has(at, Means.DAY_AFTER) else -1 if r.has(at, Means.DAY_BEFORE) else 0
    if not shift:
        return None
    found = _one_day(r, r.skip(at + 1, Means.ON, Means.OF))
    span = r.sole(found[0]) if found else None
    if found and span:
        then = span[1] if shift > 0 else span[0] - DAY
        return Day(span=(then, then + DAY)), found[1]
    then = r.today + DAY
    return (Day(span=(then, then + DAY)), at + 1) if shift > 0 else None
