"""What words of time tell that is no time to come: what is over, what only sounds so, and what is
left out. Each tells the place behind it, or 0."""

from textback.domain.understand.when import grammar, naming, units
from textback.domain.understand.when.items import item_at
from textback.domain.understand.when.reader import Reader
from textback.domain.understand.when.vocabulary import Means

_MOST_BETWEEN = 2  # words: "friday | I really | can't do"


def past(r: Reader, at: int) -> int:
    """Behind what is over: "last monday", "since tuesday", "3 days ago"."""
    if r.has(at, Means.PAST) and not grammar.one_day(r, at):
        ahead = r.skip(at, Means.PAST, Means.THE)
        if many := units.many(r, ahead):
            return many[1]
        found = grammar.day(r, ahead)
        if found or r.has(ahead, Means.UNIT, Means.PART):
            return found[1] if found else ahead + 1
        return 0
    counted = units.many(r, at)
    behind = counted[1] if counted else _day_or_unit(r, at)
    if behind and (week := _of_past(r, behind)):
        return week
    if not behind or not r.has(behind, Means.PAST, Means.GONE_BY):
        return 0
    clock = r.has(behind, Means.GONE) and r.has(behind + 1, Means.NUMBER, Means.PART, Means.AT)
    return 0 if clock else behind + 1


def _of_past(r: Reader, at: int) -> int:
    """Behind the stretch that a day was of: "el lunes | de la semana pasada", "monday of last
    week"."""
    of = r.skip(at, Means.OF, Means.THE)
    if of == at or (r.has(of, Means.PAST) and grammar.one_day(r, of)):
        return 0
    led, followed = r.has(of, Means.PAST), r.has(of + 1, Means.PAST, Means.GONE_BY)
    return of + 2 if r.has(of + led, Means.UNIT) and (led or followed) else 0


def _day_or_unit(r: Reader, at: int) -> int:
    """Behind what a word may tell of that it is over: "el lunes pasado"."""
    at = r.skip(at, Means.THE)
    named = r.has(at, Means.WEEKDAY, Means.UNIT, Means.MONTH, Means.SEASON, Means.HOLIDAY)
    return at + 1 if named else 0


def nothing(r: Reader, at: int) -> int:
    if r.kind(at) == "date" and r.has(at - 1 - (r.kind(at - 1) == "pause"), Means.WISHING):
        return at + 1  # "version: 1.2.26"
    if r.has(at, Means.WISHING):
        wished = r.skip(at + 1, Means.THE, Means.DATED)
        date = naming.date_of_month(r, wished) or naming.written_date(r, wished)
        date = date or naming.named_month(r, wished)
        if date and (date[0].day or r.tokens[wished].text in r.vocabulary.weak):
            return date[1]  # "calle 5 de mayo", "born may 2", "my birthday is in june"
        if r.has(wished, Means.HOLIDAY, Means.WEEKDAY, Means.UNIT, Means.MONTH, Means.DAY):
            return wished + 1
    if (r.value(at, Means.ORDINAL) or 0) < 0 and not grammar.one_day(r, at):
        return _day_or_unit(r, at + 1)  # "the second to last december"
    return at + 1 if r.has(at, Means.NOTHING) else 0


def leaving_out(r: Reader, at: int, *, close: bool) -> int:
    """Behind "except", or a "not" that stands before a day or hours."""
    if r.has(at + 1, Means.AFTER, Means.BEFORE, Means.UNTIL):
        return 0
    if r.has(at, Means.EXCEPT) and (close or r.has(at - 1, Means.ANY, Means.UNIT)):
        return at + 1
    if r.has(at, Means.EXCEPT) and not r.has(at, Means.BESIDE, Means.LESS):
        return at + 1 if item_at(r, at + 1, bare=False) else 0  # "except for friday"
    if r.has(at, Means.NOT):
        return at + 1 if item_at(r, at + 1, bare=False) else 0
    return 0


def left_behind(r: Reader, at: int) -> bool:
    """Whether it is left out by what stands behind it: "el martes | no puedo ir", "monday | at 3
    I can't do"."""
    for _ in range(_MOST_BETWEEN):
        if not (item := item_at(r, at, bare=False)):
            break
        at = item.behind
    for _ in range(_MOST_BETWEEN):
        at += r.has(at, Means.BESIDE) and not r.has(at, Means.NOT)
    if r.has(at + 1, Means.AFTER, Means.BEFORE, Means.UNTIL):
        return False  # "monday | I can't | before 3"
    if r.has(at, Means.REFUSED):
        return True
    refused = r.has(at, Means.NOT) and (" " in r.tokens[at].text or r.has(at, Means.CANNOT))
    if at + 1 == len(r.tokens) or r.kind(at + 1) in ("pause", "comma"):
        asked = r.kind(at + 1) == "pause" and "?" in r.tokens[at + 1].text  # "el viernes no?"
        return refused or (r.has(at, Means.NOT) and not asked)
    goes_on = r.has(at + 1, Means.BESIDE, Means.EXCEPT) and not item_at(r, at + 1, bare=False)
    return refused and r.has(at, Means.CANNOT) and goes_on
