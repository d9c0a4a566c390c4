"""How long, and how soon: "in 2 hours", "next 3 hours", "for a week". Rules as in `grammar`."""

import re
from collections.abc import Callable
from dataclasses import replace

from textback.domain.understand.when import units
from textback.domain.understand.when.calendar import Day
from textback.domain.understand.when.hours import HOUR, MIDNIGHT, Hours
from textback.domain.understand.when.reader import Found, Reader, remembered
from textback.domain.understand.when.vocabulary import Means, Unit

_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: HOUR, Unit.DAY: MIDNIGHT, Unit.WEEK: 7 * MIDNIGHT}
_LONGEST = 31 * MIDNIGHT  # minutes
_PIECES = 3  # of one length: "1 day, 2 hours and 5 minutes"
_A_FEW = 3

type Stretch = tuple[int, int]  # minutes from now


@remembered
def ahead(r: Reader, at: int) -> Found[Stretch]:
    """ "in 2 hours", "30 minutes from now": that minute; "next 3 hours", "within an hour": all."""
    if r.lacks(Means.UNIT) and r.lacks(Means.IN):
        return None
    within = r.has(at, Means.WITHIN)
    place = r.skip(at, Means.IN, Means.THE, Means.ON)
    if within or r.has(place, Means.NEXT, Means.COMING):
        place = r.skip(place, Means.WITHIN, Means.THE, Means.NEXT, Means.COMING)
        if found := length(r, place) or _unnumbered(r, place):
            return (0, found[0]), found[1]
        return None
    if counted := _counted_next(r, place):
        return counted
    now = r.skip(at, Means.FROM, Means.BETWEEN) if not r.has(at, Means.FROM_NOW) else at
    if r.has(now, Means.NOW, Means.FROM_NOW) and r.has(now + 1, Means.UNTIL, Means.TO, Means.AND):
        found = length(r, now + 2)
        if found and r.has(found[1], Means.FROM_NOW):
            return (0, found[0]), found[1] + 1  # "from now until 2 hours later"
    told = r.has(at, Means.IN)
    if told and _hour(r, at + 1) and r.has(at + 2, Means.PLUS) and r.has(at + 3, Means.HALF):
        return (HOUR * 3 // 2, HOUR * 3 // 2 + 1), at + 4  # "en hora y media"
    found = length(r, r.skip(at + 1, Means.AT) if told else at)
    if found and r.has(found[1], Means.FROM_NOW):
        told, found = True, (found[0], found[1] + 1)
    moved = found and r.has(found[1], Means.BEGINNING, Means.BEFORE, Means.END)
    if not found or not told or moved:
        return None  # "come in 20 minutes | earlier"
    return (found[0], found[0] + 1), found[1]


def _counted_next(r: Reader, at: int) -> Found[Stretch]:
    """ "las 3 proximas horas"."""
    many, behind = r.amount(at), r.skip(at + 1, Means.NEXT, Means.COMING)
    unit = r.value(behind, Means.UNIT)
    if many is None or behind == at + 1 or unit not in (Unit.MINUTE, Unit.HOUR):
        return None
    return (0, min(many * _MINUTES[Unit(unit)], _LONGEST)), behind + 1


def _unnumbered(r: Reader, at: int) -> Found[int]:
    """ "the next hour(s)"."""
    unit = r.value(at, Means.UNIT)
    if unit != Unit.HOUR:
        return None
    return (_A_FEW * HOUR if r.has(at, Means.SEVERAL) else HOUR), at + 1


def length(r: Reader, at: int) -> Found[int]:
    """Minutes of "2 hours", "half an hour", "an hour and a half", "1 day 2 hours"."""
    if r.kind(at) == "clock" and "h" in r.tokens[at].text and r.has(at - 1, Means.IN):
        return r.tokens[at].figures[0], at + 1  # "in 1h30"
    total, unit = 0, None
    for piece in range(_PIECES):
        start = at
        if piece:
            start = at + (r.kind(at) == "comma")
            start = r.skip(start, Means.AND, Means.PLUS)
        found = _piece(r, start)
        if not found or (unit is not None and found[0][1] >= unit):
            break
        (minutes, unit), at = found
        total += minutes
    return (total, at) if unit in (Unit.MINUTE, Unit.HOUR) and total <= _LONGEST else None


def _piece(r: Reader, at: int) -> Found[tuple[int, int]]:
    """One number and unit, and a half behind them: (minutes, unit)."""
    if quarters := _quarters(r, at):
        return quarters
    if r.has(at, Means.HALF) or (r.has(at, Means.AMOUNT) and r.has(at + 1, Means.HALF)):
        behind = r.skip(at + 1, Means.HALF, Means.NUMBER, Means.AMOUNT)
        return ((HOUR // 2, Unit.HOUR), behind + 1) if _hour(r, behind) else None
    if r.kind(at) in ("other", "clock") and (unit := r.value(at + 1, Means.UNIT)) in _MINUTES:
        decimal = re.fullmatch(r"\d{1,2}\.\d\d?", r.tokens[at].text)  # "2.5 hours"
        return (
            ((round(float(decimal[0]) * _MINUTES[Unit(unit)]), unit), at + 2) if decimal else None
        )
    many, mixed = r.amount(at), r.skip(at + 1, Means.AND, Means.PLUS)
    if many is not None and mixed > at + 1:
        half = r.skip(mixed, Means.NUMBER, Means.AMOUNT)
        if r.has(half, Means.HALF) and _hour(r, half + 1):  # "2 and a half hours"
            return (many * HOUR + HOUR // 2, Unit.HOUR), half + 2
    found = units.many(r, at)
    if not found or found[0][1] not in _MINUTES or found[0][0] > _LONGEST:
        return None
    (value, unit), behind = found
    minutes = value * _MINUTES[Unit(unit)]
    half = r.skip(r.skip(behind, Means.AND, Means.PLUS), Means.NUMBER, Means.AMOUNT)
    if unit == Unit.HOUR and half > behind and r.has(half, Means.HALF):
        return (minutes + HOUR // 2, Unit.HOUR), half + 1
    return (minutes, unit), behind


def _quarters(r: Reader, at: int) -> Found[tuple[int, int]]:
    """ "a quarter of an hour", "tres cuartos de hora", "3/4 hour"."""
    if r.kind(at) == "date" and r.tokens[at].figures in ((1, 4), (3, 4), (1, 2)):
        part, whole = r.tokens[at].figures
        minutes, behind = HOUR * part // whole, at + 1
    else:
        behind = at + (not r.has(at, Means.QUARTER))
        many = r.amount(at) if behind > at else 1
        minutes, behind = (many or 0) * HOUR // 4, behind + 1
        if not r.has(behind - 1, Means.QUARTER):
            return None
    behind = r.skip(behind, Means.OF)
    behind += r.has(behind, Means.AMOUNT) and _hour(r, behind + 1)
    return ((minutes, Unit.HOUR), behind + 1) if minutes and _hour(r, behind) else None


def _hour(r: Reader, at: int) -> bool:
    return r.value(at, Means.UNIT) == Unit.HOUR


def for_hours(r: Reader, said: Hours, at: int) -> Found[Hours]:
    """The hours, as long as is told behind them: "9:30 for two hours"."""
    if not r.has(at, Means.LASTING) or said.part:
        return None
    found = length(r, at + 1)
    if not found or found[0] > MIDNIGHT:
        return None
    return replace(said, end=said.start + found[0]), found[1]


def for_days(r: Reader, said: Day, at: int) -> Found[Day]:
    """The days, as many as are told behind them: "from dec 18 for 10 days"."""
    span = r.sole(said) if r.has(at, Means.LASTING) else None
    found = units.many(r, at + 1) if span else None
    if not span or not found or found[0][1] in (Unit.MINUTE, Unit.HOUR):
        return None
    return Day(span=(span[0], units.later(span[0], *found[0]))), found[1]


def lasting(r: Reader, at: int, one_day: Callable[[Reader, int], Found[Day]]) -> Found[Day]:
    """ "for 3 days from monday", "for a week starting tomorrow"."""
    if not r.has(at, Means.LASTING):
        return None
    found = units.many(r, at + 1)
    if not found or found[0][1] in (Unit.MINUTE, Unit.HOUR):
        return None
    behind = found[1] + (r.kind(found[1]) == "comma")
    if r.has(behind, Means.FROM_NOW):
        return Day(span=(r.today, units.later(r.today, *found[0]))), behind + 1
    if not r.has(behind, Means.FROM):
        return None
    start = one_day(r, r.skip(behind, Means.FROM, Means.ON))
    span = r.sole(start[0]) if start else None
    if not start or not span:
        return None
    return Day(span=(span[0], units.later(span[0], *found[0]))), start[1]
