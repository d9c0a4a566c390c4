"""What tokens say of hours: rules as in `grammar`."""

from dataclasses import dataclass, replace

from textback.domain.understand.when import hours
from textback.domain.understand.when.hours import HOUR, Hours
from textback.domain.understand.when.reader import LAST_HOUR, Found, Reader, remembered
from textback.domain.understand.when.vocabulary import Means, Unit

_PIECES = (Means.BEGINNING, Means.END)
_DAY = 24  # hours
_FEWEST, SPOKEN = 5, 10  # minutes that are told behind an hour: "y cinco", "three ten"
_MARKS = (Means.PART, Means.OCLOCK, Means.HALF, Means.QUARTER, Means.LESS)
_WRITTEN_FROM, _WRITTEN_TO = 100, 1900  # what is read as hours and minutes without a colon: no year
_MIDDAY = Hours(hours.NOON, 16 * HOUR, part=True)
_INTRODUCE = (Means.AT, Means.ON)


def time(r: Reader, at: int, *, bare: bool) -> Found[Hours]:
    """A time or a stretch of hours. A figure alone is one after a word like "at", or if `bare`."""
    if found := _stretch(r, at) or _bounded(r, at, bare=bare):
        return found
    at, introduced = _introduced(r, at)
    return _told(r, at, bare=bare or introduced)


def _introduced(r: Reader, at: int) -> tuple[int, bool]:
    ahead = r.skip(at, *_INTRODUCE)
    return ahead, any(r.has(i, Means.AT) for i in range(at, ahead))


def _stretch(r: Reader, at: int) -> Found[Hours]:
    """ "between 2 and 4", "9-11:30", "de 2 a 4 de la tarde"."""
    ahead, introduced = _introduced(r, r.skip(at, Means.BETWEEN, Means.FROM))
    first = _told(r, ahead, bare=True, listed=True)
    if not first:
        return None
    start, join = first
    if not (
        r.kind(join) == "dash"
        or r.has(join, Means.TO, Means.UNTIL)
        or (r.has(at, Means.BETWEEN) and r.has(join, Means.AND))
    ):
        return None
    told = r.has(at, Means.BETWEEN, Means.FROM) or introduced or marked(r, ahead, join)
    if r.has(join, Means.AT) and (start.part or not told):
        return None  # "el 14 a las 3"
    behind = r.skip(join + 1, Means.ON, Means.AT)
    last = _told(r, behind, bare=True)
    if not last:
        return None
    counted = r.has(last[1], Means.UNIT, Means.COUNTED) or r.has(at - 1, Means.COUNTED)
    if counted and not marked(r, ahead, last[1]):
        return None
    return hours.between(start, last[0]), last[1]


def _bounded(r: Reader, at: int, *, bare: bool) -> Found[Hours]:
    """ "after 3", "not before 10", "until noon", "3 or later"."""
    turned = r.has(at, Means.NOT) and r.has(at + 1, Means.AFTER, Means.BEFORE)
    ahead = at + 1 if turned else at
    late = r.has(ahead, Means.AFTER, Means.FROM)
    if r.has(ahead, Means.DATED) and r.has(ahead + 1, Means.NUMBER):
        return None  # "desde el 15"
    if late or r.has(ahead, Means.BEFORE, Means.UNTIL):
        behind = r.skip(ahead + 1, Means.AT, Means.ON)
        found = _told(r, behind, bare=True)
        if not found or (r.has(found[1], Means.TO) and not marked(r, behind, found[1])):
            return None  # "from 2 to 3 pills"
        return _after(
            found[0], later=late != turned, included=turned or r.has(ahead, Means.FROM)
        ), found[1]
    ahead, introduced = _introduced(r, at)
    found = _told(r, ahead, bare=bare or introduced)
    if found and r.has(found[1], Means.ONWARD):
        return _after(found[0], later=True, included=True), found[1] + 1
    return None


def _after(said: Hours, *, later: bool, included: bool) -> Hours:
    if later:
        return hours.after(replace(said, part=False) if included else said)
    return hours.before(said)


@remembered
def part(r: Reader, at: int) -> Found[Hours]:
    """ "morning", "late afternoon", "noon"."""
    at = r.skip(at, Means.THE, Means.ON)
    named, piece = at, None
    if not r.has(at, Means.PART):
        piece = next((i for i, means in enumerate(_PIECES) if r.has(at, means)), None)
        named = at + 1 + (r.kind(at + 1) == "dash")
        named = r.skip(named, Means.OF, Means.ON, Means.THE, Means.THIS)
    place = r.value(named, Means.PART)
    if place is None or (named > at and piece is None):
        return None
    behind = named + 1
    start, end = r.vocabulary.parts[place]
    if start == end:
        return hours.clock(start, exact=False, loose=False), behind
    if piece is not None:
        half = (start + end) // 2
        start, end = (start, half) if piece == 0 else (half, end)
    return Hours(start, end, part=True), behind


@dataclass(frozen=True, slots=True)
class _Told:
    """A time as its words have it. A `plain` one is but a figure, which may count anything."""

    minute: int
    behind: int
    exact: bool
    plain: bool


@remembered
def _clock(r: Reader, at: int, *, bare: bool, listed: bool = False) -> Found[Hours]:
    """A time on the clock; `listed` where an "and" goes on to another time."""
    told = _to_or_past(r, at) or _figured(r, at, listed=listed)
    if not told:
        return None
    minute, behind, plain = told.minute, told.behind, told.plain
    half: int | None = None
    while True:
        if r.has(behind, Means.OCLOCK) and (
            bare or r.tokens[behind].glued or not r.has(behind, Means.UNIT)
        ):
            plain = False
        elif half is None and _half(r, behind) is not None:
            half, plain = _half(r, behind), False
        else:
            break
        behind += 1
    unled = r.has(behind, Means.PART) and not r.has(behind, Means.DAY)
    if plain and unled and " " not in r.tokens[behind].text:
        return None  # "2 morning shifts"
    if (plain and not bare) or (plain and r.has(behind, Means.UNIT, Means.COUNTED)):
        return None
    if half is not None and r.has(behind, Means.LESS) and (less := _minutes(r, behind + 1)):
        minute, behind = minute - less[0], less[1]  # "8 pm menos cuarto"
    if half is not None and minute < 13 * HOUR:
        minute = minute % hours.NOON + half
    loose = half is None and HOUR <= minute < 13 * HOUR
    return hours.clock(minute, exact=told.exact, loose=loose), behind


def _told(r: Reader, at: int, *, bare: bool, listed: bool = False) -> Found[Hours]:
    """Hours as `_untold` reads them, with the zone that may stand behind them: "3pm EST"."""
    found = _untold(r, at, bare=bare, listed=listed)
    if not found:
        return None
    behind = found[1] + (r.kind(found[1]) == "bracket")
    place = r.value(behind, Means.ZONE)
    if place is None:
        return found
    return replace(found[0], zone=r.vocabulary.zones[place]), behind + 1


@remembered
def clock(r: Reader, at: int) -> Found[Hours]:
    """A time on the clock, and no part of the day."""
    found = _told(r, at, bare=True)
    return found if found and found[0].short else None


def _untold(r: Reader, at: int, *, bare: bool, listed: bool) -> Found[Hours]:
    """A part of the day, or a time on the clock, which a part may go on: "3 in the afternoon"."""
    if found := part(r, at):
        return found
    found = _clock(r, at, bare=True, listed=listed)
    if not found:
        return None
    qualified = part(r, found[1])
    if qualified and qualified[0].start == hours.NOON and not qualified[0].part:
        qualified = _MIDDAY, qualified[1]  # "las 2 del mediodia"
    led = (
        not r.has(found[1], Means.PART) or " " in r.tokens[found[1]].text
    )  # not "2 morning shifts"
    if (
        qualified
        and (led or marked(r, at, found[1]))
        and qualified[0].part
        and (one := hours.both(found[0], qualified[0]))
    ):
        return one, qualified[1]
    return found if bare else _clock(r, at, bare=False, listed=listed)


def _half(r: Reader, at: int) -> int | None:
    """0 of "am", noon's minute of "pm"; a single letter must touch its hour."""
    if not r.has(at, Means.AM, Means.PM) or (
        len(r.tokens[at].text) == 1 and not r.tokens[at].glued
    ):
        return None
    return hours.NOON if r.has(at, Means.PM) else 0


@remembered
def _figured(r: Reader, at: int, *, listed: bool) -> _Told | None:
    """ "3", "3:30", "1530", "three thirty", "las tres y media", "las cuatro menos cuarto"."""
    if r.kind(at) == "clock":
        token = r.tokens[at]
        return _Told(token.figures[0], at + 1, exact=True, plain="." in token.text)
    value = r.value(at, Means.NUMBER)
    if value is None:
        return None
    if value > _DAY:
        return _written(r, at, value)
    behind = at + 1
    if r.has(at - 1, Means.AT) and r.has(behind, Means.OCLOCK) and r.has(behind + 1, Means.PLUS):
        behind += 1  # "las quince horas y treinta minutos"
    if r.has(behind, Means.PLUS, Means.LESS):
        sign = -1 if r.has(behind, Means.LESS) else 1
        more = _minutes(r, behind + 1)
        if more and not r.has(r.skip(more[1], Means.OF), Means.MONTH):  # "8 y 9 de diciembre"
            told = r.has(more[1] - 1, Means.HALF, Means.QUARTER, Means.UNIT) or sign < 0
            if told or (not listed and more[0] >= _FEWEST):
                minute = value * HOUR + sign * more[0]
                minute += hours.NOON if minute < HOUR <= value * HOUR else 0  # "la una menos diez"
                return _Told(minute, more[1], exact=True, plain=not told)
    if value <= LAST_HOUR and (ones := _ones(r, at)) is not None:
        figures = bool(r.tokens[at].figures)
        return _Told(value * HOUR + ones, at + 3, exact=True, plain=figures)
    if r.has(at - 1, Means.AT) and value <= LAST_HOUR and _two_figures(r, behind):
        return _Told(value * HOUR + r.tokens[behind].figures[0], behind + 1, exact=True, plain=True)
    return _spelled(r, at, value) or _Told(value % _DAY * HOUR, at + 1, exact=False, plain=True)


def _written(r: Reader, at: int, value: int) -> _Told | None:
    """Hours and minutes without a colon: "330", "1400 hours"."""
    hour, minute = divmod(value, 100)
    if not r.tokens[at].figures or not 0 < hour <= _DAY or minute >= HOUR:
        return None
    if len(r.tokens[at].text) == len("1400") and r.value(at + 1, Means.UNIT) == Unit.HOUR:
        return _Told(hour * HOUR + minute, at + 2, exact=True, plain=False)
    last = _DAY * 100 if r.has(at - 1, Means.AT) else _WRITTEN_TO
    if not _WRITTEN_FROM <= value < last:
        return None
    return _Told(hour * HOUR + minute, at + 1, exact=True, plain=True)


def _spelled(r: Reader, at: int, hour: int) -> _Told | None:
    """ "three ten", "five-thirty", "two oh five"."""
    if r.tokens[at].figures:
        return None
    behind = at + 1 + (r.kind(at + 1) == "dash")
    more = _minutes(r, behind)
    if not more or r.has(more[1] - 1, Means.UNIT) or r.tokens[behind].figures:
        return None
    told = SPOKEN <= more[0] < HOUR
    return _Told(hour * HOUR + more[0], more[1], exact=True, plain=True) if told else None


def _ones(r: Reader, at: int) -> int | None:
    """The minute of "two | oh five", "6 | 0 2"."""
    behind = at + 1 + (r.kind(at + 1) == "dash")
    ones = r.value(behind + 1, Means.NUMBER) or 0
    return ones if r.value(behind, Means.NUMBER) == 0 and 0 < ones < SPOKEN else None


def _two_figures(r: Reader, at: int) -> bool:
    """Whether minutes stand there: "at 3 | 15"."""
    if r.kind(at) != "number" or len(r.tokens[at].text) != len("15") or r.tokens[at].glued:
        return False
    return r.tokens[at].figures[0] < HOUR and not r.has(at + 1, Means.UNIT, Means.COUNTED)


def _minutes(r: Reader, at: int) -> Found[int]:
    """ "half", "a quarter", "20 minutes"."""
    many = r.amount(at)
    if many is not None and r.has(at + 1, Means.HALF, Means.QUARTER):
        at += 1
    if r.has(at, Means.HALF):
        return 30, at + 1 + (r.value(at + 1, Means.UNIT) == Unit.HOUR)
    if r.has(at, Means.QUARTER):
        return 15 * (many if many in (2, 3) else 1), at + 1
    value = r.value(at, Means.NUMBER)
    if value is None or not 0 < value < HOUR:
        return None
    return value, at + (2 if r.value(at + 1, Means.UNIT) == Unit.MINUTE else 1)


@remembered
def _to_or_past(r: Reader, at: int) -> _Told | None:
    """ "half past three", "half three", "20 minutes to 5", "cuarto para las tres"."""
    found = _minutes(r, at)
    hour = r.value(at + 1, Means.NUMBER)
    if r.has(at, Means.HALF) and hour and hour <= LAST_HOUR and not r.has(at, Means.QUARTER):
        counted = r.has(at + 2, Means.UNIT, Means.COUNTED)
        return None if counted else _Told(hour * HOUR + 30, at + 2, exact=True, plain=False)
    if not found:
        return None
    spelled = r.has(found[1] - 1, Means.HALF, Means.QUARTER, Means.UNIT)
    aside = spelled and r.has(found[1] + 1, Means.AT)  # "20 minutos | antes de | las 8"
    if not r.has(found[1], Means.GONE, Means.SHORT) and not (
        aside and r.has(found[1], Means.AFTER, Means.BEFORE)
    ):
        return None
    sign = 1 if r.has(found[1], Means.GONE, Means.AFTER) else -1
    if not spelled and r.has(found[1], Means.TO, Means.OF) and found[0] <= LAST_HOUR:
        return None  # "10 to 4" is a stretch, "10 of 10" all
    behind = r.skip(found[1] + 1, Means.AT, Means.THE)
    hour = r.value(behind, Means.NUMBER)
    if hour is None and (noon := part(r, behind)):
        return _Told(noon[0].start + sign * found[0], noon[1], exact=True, plain=False)
    if hour is None or not 1 <= hour <= LAST_HOUR:
        return None
    return _Told(hour * HOUR + sign * found[0], behind + 1, exact=True, plain=False)


def marked(r: Reader, at: int, behind: int) -> bool:
    """Whether words of a time itself stand there, not figures that may count anything."""
    return any(
        r.kind(i) == "clock"
        or (r.has(i, *_MARKS) and r.tokens[i].text not in r.vocabulary.weak)
        or (r.has(i, Means.AM, Means.PM) and _half(r, i) is not None)
        or (r.has(i, Means.SHORT, Means.GONE) and r.has(i - 1, Means.UNIT))
        for i in range(at, behind)
    )
