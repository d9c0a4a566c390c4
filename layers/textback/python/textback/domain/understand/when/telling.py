"""Times in figures and in words: "1530", "three thirty", "quarter to four". Rules as in
`grammar`."""

from dataclasses import dataclass

from textback.domain.understand.when import hours
from textback.domain.understand.when.hours import HOUR
from textback.domain.understand.when.naming import BELIEVABLE
from textback.domain.understand.when.parts import part
from textback.domain.understand.when.reader import LAST_HOUR, Found, Reader, remembered
from textback.domain.understand.when.vocabulary import Means, Unit

_DAY = 24  # hours
_FEWEST, SPOKEN = 5, 10  # minutes that are told behind an hour: "y cinco", "three ten"
_WRITTEN_FROM = 100  # what is read as hours and minutes without a colon


@dataclass(frozen=True, slots=True)
class Told:
    """A time as its words have it. A `plain` one is but a figure, which may count anything."""

    minute: int
    behind: int
    exact: bool
    plain: bool


@remembered
def figured(r: Reader, at: int, *, listed: bool) -> Told | None:
    """ "3", "3:30", "1530", "three thirty", "las tres y media", "las cuatro menos cuarto"."""
    if r.kind(at) == "clock":
        token = r.tokens[at]
        return Told(token.figures[0], at + 1, exact=True, plain="." in token.text)
    value = r.value(at, Means.NUMBER)
    if value is None:
        return None
    if (
        value == 1
        and not r.tokens[at].figures
        and (r.has(at - 1, Means.PART, Means.THE, Means.ORDINAL) or _gone_by(r, at))
        and not r.has(at - 1, Means.AT)
    ):
        return None  # "the afternoon one", "this past one", but "la una"
    if value > _DAY:
        return _written(r, at, value)
    behind = at + 1
    if r.has(at - 1, Means.AT) and r.has(behind, Means.OCLOCK) and r.has(behind + 1, Means.PLUS):
        behind += 1  # "las quince horas y treinta minutos"
    if r.has(behind, Means.PLUS, Means.LESS):
        sign = -1 if r.has(behind, Means.LESS) else 1
        more = minutes_of(r, behind + 1)
        if more and not r.has(r.skip(more[1], Means.OF), Means.MONTH):  # "8 y 9 de diciembre"
            told = r.has(more[1] - 1, Means.HALF, Means.QUARTER, Means.UNIT) or sign < 0
            if told or (not listed and more[0] >= _FEWEST):
                minute = value * HOUR + sign * more[0]
                minute += hours.NOON if minute < HOUR <= value * HOUR else 0  # "la una menos diez"
                return Told(minute, more[1], exact=True, plain=not told)
    if value <= LAST_HOUR and (ones := _ones(r, at)) is not None:
        figures = bool(r.tokens[at].figures)
        return Told(value * HOUR + ones, at + 3, exact=True, plain=figures)
    if value <= LAST_HOUR and _two_figures(r, at):
        minute = value * HOUR + r.tokens[behind].figures[0]
        told_as_hours = r.value(behind + 1, Means.UNIT) == Unit.HOUR
        return Told(minute, behind + 1 + told_as_hours, exact=True, plain=not told_as_hours)
    return _spelled(r, at, value) or Told(value % _DAY * HOUR, at + 1, exact=False, plain=True)


def _gone_by(r: Reader, at: int) -> bool:
    return r.has(at - 1, Means.PAST) and r.has(at - 2, Means.THIS)


def _written(r: Reader, at: int, value: int) -> Told | None:
    """Hours and minutes without a colon: "330", "1400 hours"."""
    hour, minute = divmod(value, 100)
    if not r.tokens[at].figures or not 0 < hour <= _DAY or minute >= HOUR:
        return None
    if len(r.tokens[at].text) == len("1400") and r.value(at + 1, Means.UNIT) == Unit.HOUR:
        return Told(hour * HOUR + minute, at + 2, exact=True, plain=False)
    year = value in BELIEVABLE and not r.has(at - 1, Means.AT)
    if value < _WRITTEN_FROM or year:
        return None
    return Told(hour * HOUR + minute, at + 1, exact=True, plain=True)


def _spelled(r: Reader, at: int, hour: int) -> Told | None:
    """ "three ten", "five-thirty", "3 fifteen pm", "at six ten minutes"."""
    behind = at + 1 + (r.kind(at + 1) == "dash")
    more = minutes_of(r, behind)
    if not more or r.tokens[behind].figures:
        return None
    half = r.has(more[1], Means.AM, Means.PM) and not r.has(more[1], Means.AMOUNT)
    if r.tokens[at].figures and not (half or behind > at + 1 or r.has(at - 1, Means.AT)):
        return None
    if r.has(more[1] - 1, Means.UNIT) and not r.has(at - 1, Means.AT):
        return None
    fewest = _FEWEST if r.has(at - 1, Means.AT) else SPOKEN
    told = fewest <= more[0] < HOUR
    return Told(hour * HOUR + more[0], more[1], exact=True, plain=True) if told else None


def _ones(r: Reader, at: int) -> int | None:
    """The minute of "two | oh five", "6 | 0 2"."""
    behind = at + 1 + (r.kind(at + 1) == "dash")
    ones = r.value(behind + 1, Means.NUMBER) or 0
    return ones if r.value(behind, Means.NUMBER) == 0 and 0 < ones < SPOKEN else None


def _two_figures(r: Reader, at: int) -> bool:
    """Whether minutes stand behind an hour and nothing but a time can be meant: "at 3 | 15",
    "7 | 30 pm", "10 | 30 tomorrow", "06 | 30 hours"."""
    minutes, behind = at + 1, at + 2
    if r.kind(minutes) != "number" or len(r.tokens[minutes].text) != len("15"):
        return False
    if r.tokens[minutes].glued or r.tokens[minutes].figures[0] >= HOUR:
        return False
    if r.has(behind, Means.UNIT, Means.COUNTED):
        soldiers = r.value(behind, Means.UNIT) == Unit.HOUR and r.tokens[at].text.startswith("0")
        return soldiers and r.kind(at) == "number"
    if r.has(at - 1, Means.AT):
        return True
    if r.has(at - 1, Means.COUNTED, Means.MONTH) or r.kind(at) != "number":
        return False
    half = r.has(behind, Means.AM, Means.PM) and len(r.tokens[behind].text) > 1
    return half or r.has(r.skip(behind, Means.ON), Means.DAY)


def minutes_of(r: Reader, at: int) -> Found[int]:
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
def to_or_past(r: Reader, at: int) -> Told | None:
    """ "half past three", "half three", "20 minutes to 5", "cuarto para las tres"."""
    found = minutes_of(r, at)
    hour = r.value(at + 1, Means.NUMBER)
    if r.has(at, Means.HALF) and hour and hour <= LAST_HOUR and not r.has(at, Means.QUARTER):
        counted = r.has(at + 2, Means.UNIT, Means.COUNTED)
        return None if counted else Told(hour * HOUR + 30, at + 2, exact=True, plain=False)
    if not found:
        return None
    spelled = r.has(found[1] - 1, Means.HALF, Means.QUARTER, Means.UNIT)
    aside = spelled and r.has(found[1] + 1, Means.AT)  # "20 minutos | antes de | las 8"
    if not r.has(found[1], Means.GONE, Means.SHORT) and not (
        aside and r.has(found[1], Means.AFTER, Means.BEFORE)
    ):
        return None
    sign = 1 if r.has(found[1], Means.GONE, Means.AFTER) else -1
    spelled = spelled or (
        r.has(at - 1, Means.AT) and not r.tokens[at].figures and found[0] % _FEWEST == 0
    )
    if not spelled and r.has(found[1], Means.TO, Means.OF) and found[0] <= LAST_HOUR:
        hour = r.value(found[1] + 1, Means.NUMBER) or 0
        backwards = hours.office(found[0] * HOUR) > hours.office(hour * HOUR) > 0
        if not (r.has(found[1], Means.TO) and backwards and found[0] % _FEWEST == 0):
            return None  # "10 to 4" is a stretch, "10 of 10" all; "5 to 3" is a time
    behind = r.skip(found[1] + 1, Means.AT, Means.THE)
    hour = r.value(behind, Means.NUMBER)
    if hour is None and (noon := part(r, behind)):
        return Told(noon[0].start + sign * found[0], noon[1], exact=True, plain=False)
    if hour is None or not 1 <= hour <= LAST_HOUR:
        return None
    return Told(hour * HOUR + sign * found[0], behind + 1, exact=True, plain=False)
