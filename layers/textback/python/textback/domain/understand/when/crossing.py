"""From an hour of a day to one of another: "2pm till tomorrow 4:30". Rules as in `grammar`."""

from textback.domain.understand.when import clocks, grammar
from textback.domain.understand.when.calendar import DAY, Day
from textback.domain.understand.when.hours import MIDNIGHT, Hours
from textback.domain.understand.when.reader import Found, Reader, remembered
from textback.domain.understand.when.vocabulary import Means

_LONGEST_END = 9  # words: "friday the 11th of december at half past 3"

type Moment = tuple[Day | None, Hours]


@remembered
def crossing(r: Reader, at: int) -> Found[tuple[Moment, Moment]]:
    """An end with hours, a word like "to", and one with a day and hours; or until one of those."""
    if found := _until(r, at):
        return found
    if not any(_joins(r, i, at) for i in range(at + 1, min(at + _LONGEST_END, len(r.tokens)))):
        return None
    first = _moment(r, r.skip(at, Means.FROM, Means.BETWEEN))
    if not first or not _joins(r, first[1], at):
        return None
    behind = first[1] + 1
    last = _moment(r, behind)
    if not last:
        return None
    if last[0][0] is None:
        same = first[0][0] is not None and r.has(at, Means.FROM)
        return ((first[0], last[0]), last[1]) if same else None  # "desde el 3 a las 4 hasta las 6"
    if first[0][0] is None:
        told = _sole_day(r, r.skip(behind, Means.ON))
        if not told or told[0].bare or not clocks.marked(r, at, first[1]):
            return None  # "2 to 4 tomorrow" is of one day
    return (first[0], last[0]), last[1]


def _until(r: Reader, at: int) -> Found[tuple[Moment, Moment]]:
    """ "until monday at 3", "antes del viernes a las 3": from now."""
    if not r.has(at, Means.UNTIL, Means.BEFORE):
        return None
    last = _sole_day(r, at + 1) or _sole_day(r, r.skip(at + 1, Means.ON))
    behind = last[1] + (r.kind(last[1]) == "comma") if last else at
    if not last:
        return None
    hours = clocks.clock(r, r.skip(behind, Means.AT))
    if not hours or not (r.has(behind, Means.AT) or clocks.marked(r, behind, hours[1])):
        return None
    now = Day(span=(r.today, r.today + DAY)), Hours(0, MIDNIGHT)
    return (now, (last[0], hours[0])), hours[1]


def _joins(r: Reader, at: int, named: int) -> bool:
    if r.kind(at) == "dash" or r.has(at, Means.TO, Means.UNTIL):
        return True
    return r.has(named, Means.BETWEEN) and r.has(at, Means.AND)


@remembered
def _moment(r: Reader, at: int) -> Found[Moment]:
    """ "tomorrow at 5", "5 tomorrow", "5pm"."""
    if found := _sole_day(r, r.skip(at, Means.ON)):
        behind = found[1] + (r.kind(found[1]) == "comma")
        hours = clocks.clock(r, r.skip(behind, Means.ON, Means.AT))
        if hours:
            return (found[0], hours[0]), hours[1]
    hours = clocks.clock(r, r.skip(at, Means.AT))
    if not hours:
        return None
    behind = r.skip(hours[1], Means.OF, Means.ON)
    day = _sole_day(r, behind)
    if day and not clocks.clock(r, behind):
        return (day[0], hours[0]), day[1]
    return (None, hours[0]), hours[1]


def _sole_day(r: Reader, at: int) -> Found[Day]:
    found = grammar.one_day(r, at)
    span = r.sole(found[0]) if found else None
    return found if span and span[1] - span[0] == DAY else None
