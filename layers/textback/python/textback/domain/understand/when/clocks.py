"""What tokens say of hours: rules as in `grammar`."""

from dataclasses import replace

from textback.domain.understand.when import hours, lasting
from textback.domain.understand.when.hours import HOUR, MIDNIGHT, Hours
from textback.domain.understand.when.naming import onward
from textback.domain.understand.when.parts import part
from textback.domain.understand.when.reader import LAST_DAY, LAST_HOUR, Found, Reader, remembered
from textback.domain.understand.when.telling import figured, minutes_of, to_or_past
from textback.domain.understand.when.vocabulary import Means, Unit

_MARKS = (Means.PART, Means.OCLOCK, Means.HALF, Means.QUARTER, Means.LESS)
_MIDDAY = Hours(hours.NOON, 16 * HOUR, part=True)
_EARLIEST = 6  # the hour that anybody asks for
_INTRODUCE = (Means.AT, Means.ON)


def time(r: Reader, at: int, *, bare: bool) -> Found[Hours]:
    """A time or a stretch of hours. A figure alone is one after a word like "at", or if `bare`."""
    if (
        found := _long_from(r, at)
        or _shifted(r, at)
        or _stretch(r, at)
        or _bounded(r, at, bare=bare)
    ):
        return found
    at, introduced = _introduced(r, at)
    return _told(r, at, bare=bare or introduced)


def _introduced(r: Reader, at: int) -> tuple[int, bool]:
    ahead = r.skip(at, *_INTRODUCE)
    return ahead, any(r.has(i, Means.AT) for i in range(at, ahead))


def _long_from(r: Reader, at: int) -> Found[Hours]:
    """ "for 3 hours from 10 am", "por dos horas a partir de las 4"."""
    found = lasting.length(r, at + 1) if r.has(at, Means.LASTING) else None
    if not found or not r.has(found[1], Means.FROM) or found[0] > MIDNIGHT:
        return None
    then = clock(r, r.skip(found[1] + 1, Means.AT, Means.ON))
    return (replace(then[0], end=then[0].start + found[0]), then[1]) if then else None


def _shifted(r: Reader, at: int) -> Found[Hours]:
    """ "15 minutes from 1pm", "2 hours before noon"."""
    if r.lacks(Means.UNIT):
        return None
    place = r.skip(at, Means.AT)
    if r.has(at - 1, Means.LASTING) and not r.has(at - 1, Means.IN):
        return None
    if r.amount(place) is None and not r.has(place, Means.HALF):
        return None
    found = lasting.length(r, place)
    if not found or not r.has(found[1], Means.AFTER, Means.FROM, Means.BEFORE):
        return None
    then = clock(r, r.skip(found[1] + 1, Means.AT, Means.THE, Means.NEXT))
    if not then or not marked(r, found[1] + 1, then[1]):
        return None
    sign = -1 if r.has(found[1], Means.BEFORE) else 1
    minute = then[0].start + sign * found[0]
    if not 0 <= minute < MIDNIGHT:
        minute %= MIDNIGHT
    return hours.clock(minute, exact=True, loose=False), then[1]


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
    if _of_two_clocks(r, ahead, join) or (not told and _backwards(r, ahead, join)):
        return None
    dated = r.has(ahead - 1, Means.DATED)
    if r.has(join, Means.AT) and (start.part or not told or dated):
        return None  # "el 14 a las 3"
    behind = r.skip(join + 1, Means.ON, Means.AT)
    last = _told(r, behind, bare=True)
    if not last:
        return None
    counted = r.has(last[1], Means.UNIT, Means.COUNTED) or r.has(at - 1, Means.COUNTED)
    if counted and not marked(r, ahead, last[1]):
        return None
    return hours.between(start, last[0]), last[1]


def _backwards(r: Reader, first: int, join: int) -> bool:
    """Whether two figures can be no hours of one day: the score of "21-14"."""
    one, other = r.value(first, Means.NUMBER) or 0, r.value(join + 1, Means.NUMBER) or 0
    return LAST_HOUR < one <= hours.MIDNIGHT // HOUR and 0 < other < one


def _bounded(r: Reader, at: int, *, bare: bool) -> Found[Hours]:
    """ "after 3", "not before 10", "until noon", "3 or later"."""
    turned = r.has(at, Means.NOT) and r.has(at + 1, Means.AFTER, Means.BEFORE, Means.UNTIL)
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
    found = _told(r, ahead, bare=True)
    led = bare or introduced or marked(r, ahead, found[1] if found else ahead)
    clause = r.kind(ahead - 1) in ("", "pause", "comma") or r.has(ahead - 1, Means.BESIDE)
    if not (led or clause):
        return None  # "level 3 or above"
    if found and onward(r, found[1]):
        return _after(found[0], later=True, included=True), found[1] + 1
    if found and r.has(found[1], Means.AT_LATEST):
        return hours.before(found[0]), found[1] + 1
    return None


def _after(said: Hours, *, later: bool, included: bool) -> Hours:
    if later:
        return hours.after(replace(said, part=False) if included else said)
    return hours.before(said)


def _of_two_clocks(r: Reader, first: int, join: int) -> bool:
    """Whether a dash joins an hour of twelve and one of twenty-four, as nobody writes: "4-22"."""
    last = r.value(join + 1, Means.NUMBER) or 0
    if r.kind(first) != "number" or r.kind(join) != "dash" or join != first + 1:
        return False
    one = r.value(first, Means.NUMBER) or 0
    leading = r.tokens[first].text.startswith("0")
    return 0 < one <= LAST_HOUR < last <= MIDNIGHT // HOUR and not leading


@remembered
def _clock(r: Reader, at: int, *, bare: bool, listed: bool = False) -> Found[Hours]:
    """A time on the clock; `listed` where an "and" goes on to another time."""
    told = to_or_past(r, at) or figured(r, at, listed=listed)
    if not told:
        return None
    minute, behind, plain = told.minute, told.behind, told.plain
    half: int | None = None
    while True:
        if r.has(behind, Means.OCLOCK) and (
            bare or r.tokens[behind].glued or not r.has(behind, Means.UNIT)
        ):
            plain = False
        elif _glued_mark(r, behind):
            plain, behind = False, behind + 1  # "11-ish"
        elif half is None and _half(r, behind) is not None:
            half, plain = _half(r, behind), False
        else:
            break
        behind += 1
    unled = r.has(behind, Means.PART) and not r.has(behind, Means.DAY)
    shifts = unled and " " not in r.tokens[behind].text  # "2 morning shifts"
    if plain and (shifts or _of_two_clocks(r, at, behind)):
        return None
    if plain and (not bare or r.has(behind, Means.UNIT, Means.COUNTED)):
        return None
    if half is not None and r.has(behind, Means.LESS) and (less := minutes_of(r, behind + 1)):
        minute, behind = minute - less[0], less[1]  # "8 pm menos cuarto"
    if half is not None and not told.exact and minute >= 13 * HOUR:
        return None  # "14pm"
    if half is not None and minute < 13 * HOUR:
        minute = minute % hours.NOON + half
    if r.kind(behind - 1) == "clock" and r.value(behind, Means.UNIT) == Unit.HOUR:
        return hours.clock(minute, exact=True, loose=False), behind + 1  # "06:00 hours"
    loose = half is None and HOUR <= minute < 13 * HOUR and not _machines(r, at)
    return hours.clock(minute, exact=told.exact, loose=loose), behind


def _glued_mark(r: Reader, at: int) -> bool:
    if r.kind(at) != "dash" or not r.has(at + 1, Means.OCLOCK):
        return False
    return r.tokens[at].glued and r.tokens[at + 1].glued


def _machines(r: Reader, at: int) -> bool:
    """Whether no person wrote the clock: with seconds, or behind a date with the year first."""
    text = r.tokens[at].text if at < len(r.tokens) else ""
    if r.kind(at) == "number":
        return text.startswith("0")  # "0630"
    if r.kind(at) != "clock":
        return False
    seconds = text.startswith("0") and text.count(":") > 1
    return seconds or (r.kind(at - 1) == "date" and r.tokens[at - 1].figures[0] > LAST_DAY)


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
    if qualified and qualified[0].short and qualified[0].start == found[0].start:
        return found[0], qualified[1]  # "12:00 noon"
    if qualified and qualified[0].short and found[0].start % hours.NOON >= 11 * HOUR:
        return replace(found[0], loose=False), qualified[1]  # "las 11:50 del mediodia"
    if qualified and qualified[0].short and qualified[0].start == hours.NOON:
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
    alone = at == 1 and r.kind(at + 1) in ("", "pause")
    night = alone and (r.value(0, Means.NUMBER) or _EARLIEST) < _EARLIEST
    if r.tokens[at].text == "a" and (night or r.has(at - 2, Means.COUNTED)):
        return None  # "4a" is a room
    return hours.NOON if r.has(at, Means.PM) else 0


def marked(r: Reader, at: int, behind: int) -> bool:
    """Whether words of a time itself stand there, not figures that may count anything."""
    return any(
        r.kind(i) == "clock"
        or (r.has(i, *_MARKS) and r.tokens[i].text not in r.vocabulary.weak)
        or (r.has(i, Means.AM, Means.PM) and _half(r, i) is not None)
        or (r.has(i, Means.SHORT, Means.GONE) and r.has(i - 1, Means.UNIT))
        for i in range(at, behind)
    )
