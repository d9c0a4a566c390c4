"""What tokens say of days: small rules, each from a place in a text to what stands there.

A rule returns (what it found, the place behind it), or None where it does not fit, and none has
an effect: whatever reads a text tries one after another.
"""

from collections.abc import Callable
from dataclasses import replace

from textback.domain.understand.when import calendar, counting
from textback.domain.understand.when.calendar import DAY, HORIZON, Day
from textback.domain.understand.when.ends import from_to, in_month, joins
from textback.domain.understand.when.lasting import for_days, lasting
from textback.domain.understand.when.naming import (
    any_day,
    clock_follows,
    date_of_month,
    named_month,
    onward,
    plain_day,
    written_date,
    year_behind,
)
from textback.domain.understand.when.nearing import (
    article,
    figure,
    ordinal_day,
    piece,
    relative,
)
from textback.domain.understand.when.nth import half, nth_day, nth_weekday, weekdays_ahead
from textback.domain.understand.when.periods import numbered_month, numbered_week, quarter, season
from textback.domain.understand.when.reader import LAST_DAY, LAST_HOUR, Found, Reader, remembered
from textback.domain.understand.when.units import later, many, stretch
from textback.domain.understand.when.vocabulary import Means, Unit

type Rule = Callable[[Reader, int], Found[Day]]


@remembered
def day(r: Reader, at: int) -> Found[Day]:
    """A day or a stretch of days."""
    found = lasting(r, at, one_day) or _stretch(r, at) or one_day(r, at)
    if not found:
        return day(r, at + 1) if r.has(at, Means.ON) else None
    return for_days(r, *found) or found


def _stretch(r: Reader, at: int) -> Found[Day]:
    """From a day to another, after, before or until one."""
    if r.has(at, Means.NOT) and r.has(at + 1, Means.AFTER, Means.BEFORE, Means.UNTIL):
        turned = Means.UNTIL if r.has(at + 1, Means.AFTER) else Means.FROM
        return _bounded(r, at + 2, turned)
    if found := _to(r, r.skip(at, Means.FROM, Means.BETWEEN), named=at) or in_month(r, at):
        return found
    if r.has(at, Means.BEFORE) and r.has(r.skip(at + 1, Means.THE), Means.END):
        return _bounded(r, at + 1, Means.UNTIL)  # "before the end of the week" is in it
    later_this = r.has(at, Means.REST) and r.has(at + 1, Means.THIS)  # "mas tarde de este mes"
    for means in (Means.AFTER, Means.BEFORE, Means.UNTIL, Means.FROM):
        if r.has(at, means) and not later_this and (found := _bounded(r, at + 1, means)):
            return found
    if (found := one_day(r, at)) and onward(r, found[1]):
        return _open(r, found[0], found[1] + 1, Means.FROM)
    if found and r.has(found[1], Means.AT_LATEST):
        return _open(r, found[0], found[1] + 1, Means.UNTIL)
    return None


def _bounded(r: Reader, at: int, means: Means) -> Found[Day]:
    if found := day(r, at):
        return _open(r, *found, means)
    return _after_a_length(r, at) if means == Means.AFTER else None


def _after_a_length(r: Reader, at: int) -> Found[Day]:
    """ "after two weeks", where that is all that is said; in a sentence it may be a report."""
    found = many(r, at)
    alone = at == 1 and found is not None and found[1] == len(r.tokens)
    if not found or not alone or found[0][1] in (Unit.MINUTE, Unit.HOUR):
        return None
    then = later(r.today, *found[0])
    return Day(span=(then, then + HORIZON)), found[1]


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
    from_now = means in (Means.BEFORE, Means.UNTIL)
    return (Day(span=(first, last), from_now=from_now), behind) if first < last else None


def _to(r: Reader, at: int, *, named: int) -> Found[Day]:
    """ "dec 8 to 12", "mon-fri", "from the 4th to the 8th", "del 8 al 12 de diciembre"."""
    first = one_day(r, r.skip(at, Means.ON)) or figure(r, at) or _now(r, at)
    if not first or not joins(r, first[1], named):
        return None
    behind = r.skip(first[1] + 1, Means.ON, Means.OF) if r.kind(first[1]) else first[1]
    last = one_day(r, behind) or figure(r, behind)
    if not last or clock_follows(r, last[1]):
        return None
    one, other = first[0], last[0]
    if one.month and not one.year and other.day and not other.year:
        year, ahead = year_behind(r, last[1])  # "june 11-16, 2027"
        other, last = replace(other, year=year), (other, ahead)
    by_ordinal = r.has(last[1] - 1, Means.ORDINAL) or article(r, behind)
    if other.bare and one.day is None and (one.span is None or not by_ordinal):
        return None  # "monday to 3"
    dated = any(r.has(i, Means.DATED) for i in range(named, first[1]))
    dated = dated or r.has(first[1] - 1, Means.ORDINAL) or article(r, at)
    if one.bare and other.bare and not dated:
        return None  # "between 2 and 4" is of hours
    if one.bare and not other.bare:
        if (other.span or r.has(behind, Means.THE)) and not (other.month or other.day):
            return None
        one = replace(one, month=other.month, year=other.year, span=other.span)
    month = r.value(last[1] - 1, Means.MONTH)
    if one.month and not one.day and other.weekday is not None and month:
        other = Day(month=month)  # "mar", which is "martes" too
    found = from_to(r, one, other)
    return (found, last[1]) if found else None


def _now(r: Reader, at: int) -> Found[Day]:
    return (Day(span=(r.today, r.today + DAY)), at + 1) if r.has(at, Means.NOW) else None


@remembered
def one_day(r: Reader, at: int) -> Found[Day]:
    """A day or a stretch that has a name, not one from a day to another."""
    for rule in _rules(r):
        if found := rule(r, at):
            return found if r.lacks(Means.IN) else counting.years_ahead(r, found)
    return None


def _rules(r: Reader) -> tuple[Rule, ...]:
    """Those of `_RULES` that can find anything in this text."""
    rules = r.told.get((_rules,))
    if rules is None:
        rules = tuple(rule for rule, means in _RULES if not means or not r.lacks(*means))
        r.told[(_rules,)] = rules
    return rules  # type: ignore[return-value]  # the rules were put there


def _beside(r: Reader, at: int) -> Found[Day]:
    return counting.beside(r, at, one_day)


def _counted(r: Reader, at: int) -> Found[Day]:
    return counting.ahead(r, at, one_day) or counting.several(r, at, one_day)


def _both(r: Reader, at: int) -> Found[Day]:
    """A weekday and the date behind it: "friday the 11th", "mon, dec 7"."""
    at = r.skip(at, Means.THE, Means.ON, Means.THIS, Means.NEXT, Means.COMING)
    weekday = r.value(at, Means.WEEKDAY)
    if weekday is None or r.tokens[at].text in r.vocabulary.repeated:
        return None
    ahead = r.skip(at + 1, Means.NEXT_AFTER)
    ahead += r.kind(ahead) == "comma"
    found = written_date(r, ahead) or date_of_month(r, ahead) or named_month(r, ahead)
    found = found or ordinal_day(r, ahead)
    if not found or found[0].day is None:
        return None
    both = calendar.agreed(Day(weekday=weekday), found[0])
    return (both, found[1]) if both else None


@remembered
def shared_month(r: Reader, at: int) -> Found[Day]:
    """The first of several dates of a month that stands behind: "17 | and 18 december"."""
    at = r.skip(at, Means.THE)
    value = r.value(at, Means.ORDINAL) or r.value(at, Means.NUMBER)
    join = at + 1 + (r.kind(at + 1) == "comma")
    hour = r.has(at - 1, Means.AT) and value is not None and value <= LAST_HOUR
    if value is None or not 1 <= value <= LAST_DAY or hour:
        return None
    if not (r.has(join, Means.OR, Means.AND) or join > at + 1) or r.has(at, Means.AMOUNT):
        return None
    behind = r.skip(join, Means.OR, Means.AND)
    behind = r.skip(behind, Means.THE)
    if not r.has(behind, Means.NUMBER, Means.ORDINAL):
        return None
    found = date_of_month(r, behind) or shared_month(r, behind)
    return (replace(found[0], day=value), at + 1) if found else None


def in_a_week(r: Reader, at: int) -> Found[Day]:
    """ "de hoy en ocho", "el lunes en quince": people count the first day too; "hoy en un mes"."""
    found = plain_day(r, r.skip(at, Means.OF, Means.ON))
    span = r.sole(found[0]) if found and r.has(found[1], Means.IN_A_WEEK) else None
    if not found or not span:
        return None
    number = r.value(found[1] + 1, Means.NUMBER) or 0
    shift = {8: calendar.WEEK, 15: 2 * calendar.WEEK}.get(number)
    unit = r.value(found[1] + 2, Means.UNIT)
    if shift and unit in (None, Unit.DAY):
        return Day(span=(span[0] + shift, span[1] + shift)), found[1] + (2 if unit is None else 3)
    counted = many(r, found[1] + 1)
    if not counted or counted[0][1] in (Unit.MINUTE, Unit.HOUR):
        return None
    then = later(span[0], *counted[0])
    return Day(span=(then, then + DAY)), counted[1]


def _week_of(r: Reader, at: int) -> Found[Day]:
    """ "the week of the 14th", "the weekend after christmas"."""
    at = r.skip(at, Means.THE)
    unit = r.value(at, Means.UNIT)
    if unit not in (Unit.WEEK, Unit.WEEKEND):
        return None
    aside = 1 if r.has(at + 1, Means.AFTER) else -1 if r.has(at + 1, Means.BEFORE) else 0
    if aside and (found := one_day(r, r.skip(at + 2, Means.ON))) and (span := r.sole(found[0])):
        edge = span[1] - DAY if aside > 0 else span[0]
        return Day(span=stretch(edge, unit, aside)), found[1]
    if not r.has(at + 1, Means.OF, Means.FROM):
        return None
    behind = r.skip(at + 1, Means.OF, Means.FROM)
    if unit == Unit.WEEK and (days := _to(r, behind, named=at + 1)):
        return days  # "la semana del 7 al 11"
    found = one_day(r, at + 1) or one_day(r, behind) or one_day(r, r.skip(behind, Means.ON))
    span = r.sole(found[0]) if found else None
    return (Day(span=stretch(span[0], unit, 0)), found[1]) if found and span else None


def _aside(r: Reader, at: int) -> Found[Day]:
    """ "the day after christmas"; the day after nothing is tomorrow's."""
    at = r.skip(at, Means.THE)
    counted = r.amount(at) if r.has(at + 1, Means.DAY_AFTER, Means.DAY_BEFORE) else None
    at += counted is not None  # "2 day after tomorrow"
    shift = 1 if r.has(at, Means.DAY_AFTER) else -1 if r.has(at, Means.DAY_BEFORE) else 0
    if not shift or (counted or 1) > LAST_DAY:
        return None
    found = one_day(r, r.skip(at + 1, Means.ON, Means.OF))
    span = r.sole(found[0]) if found else None
    if found and span:
        then = span[1] - DAY if shift > 0 else span[0]
        then += shift * (counted or 1) * DAY
        return Day(span=(then, then + DAY)), found[1]
    then = r.today + DAY
    more = (r.amount(at + 2) or 0) if r.has(at + 1, Means.OR) else 0
    if shift > 0 and 1 < more < calendar.WEEK.days and not r.has(at + 3, Means.UNIT):
        return Day(span=(then, r.today + (more + 1) * DAY)), at + 3  # "the next day | or two"
    return (Day(span=(then, then + DAY)), at + 1) if shift > 0 and counted is None else None


_RULES: tuple[tuple[Rule, tuple[Means, ...]], ...] = (  # each with words, one of which it needs
    (_both, (Means.WEEKDAY,)),
    (shared_month, (Means.MONTH, Means.OF_MONTH)),
    (in_a_week, (Means.IN_A_WEEK,)),
    (_beside, (Means.AFTER, Means.BEFORE, Means.NEXT, Means.NEAREST)),
    (quarter, (Means.UNIT, Means.NTH_QUARTER)),
    (season, (Means.SEASON,)),
    (numbered_week, (Means.UNIT,)),
    (numbered_month, (Means.UNIT,)),
    (written_date, ()),
    (_aside, (Means.DAY_AFTER, Means.DAY_BEFORE)),
    (date_of_month, ()),
    (named_month, (Means.MONTH,)),
    (nth_weekday, (Means.ORDINAL, Means.PAST)),
    (_counted, (Means.UNIT,)),
    (weekdays_ahead, (Means.WEEKDAY,)),
    (nth_day, (Means.UNIT,)),
    (half, (Means.HALF, Means.MIDDLE, Means.UNIT)),
    (piece, (Means.BEGINNING, Means.MIDDLE, Means.END, Means.REST)),
    (
        relative,
        (Means.CURRENT, Means.THIS, Means.NEXT, Means.COMING, Means.NEXT_AFTER, Means.AFTER_NEXT),
    ),
    (_week_of, (Means.UNIT,)),
    (plain_day, ()),
    (any_day, (Means.ANY,)),
    (ordinal_day, ()),
)
