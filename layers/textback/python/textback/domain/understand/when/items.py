"""One thing that a text says of time: a day, hours, or both; and what else it may be."""

from dataclasses import dataclass
from datetime import date

from textback.domain.understand.when import clocks, grammar, hours, nearing, parts, telling
from textback.domain.understand.when.calendar import DAY, HORIZON, Day
from textback.domain.understand.when.crossing import crossing
from textback.domain.understand.when.hours import MIDNIGHT, Hours
from textback.domain.understand.when.lasting import Stretch, ahead, for_hours
from textback.domain.understand.when.reader import Found, Reader
from textback.domain.understand.when.token import Token
from textback.domain.understand.when.vocabulary import Means, Unit

_THOUSAND = 1000
_FIVE = 5  # minutes: nobody spells "ten thirty-one" unless it is an amount


@dataclass(frozen=True, slots=True)
class Item:
    """A day, hours, or both at once ("tonight"), or a stretch of minutes from now. With `until`,
    they go on to another day's hours."""

    at: int
    behind: int
    day: Day | None = None
    hours: Hours | None = None
    minutes: Stretch | None = None
    until: tuple[Day, Hours] | None = None
    weak: bool = False
    repeated: bool = False  # "mornings": those of each day, where none is named
    spare: bool = False  # "now": counts where nothing else is told


def item_at(r: Reader, at: int, *, bare: bool) -> Item | None:
    if found := ahead(r, at):
        return Item(at, found[1], minutes=found[0])
    if crossed := crossing(r, at):
        (first_day, first_hours), (last_day, last_hours) = crossed[0]
        if last_day:
            return Item(at, crossed[1], first_day, first_hours, until=(last_day, last_hours))
        return Item(at, crossed[1], first_day, hours.between(first_hours, last_hours))
    if found_part := _part_of_day(r, at):
        (then, part), behind = found_part
        return Item(at, behind, Day(span=(then, then + DAY)), part)
    if until := _until_hour(r, at):
        return until
    found_day = grammar.day(r, at)
    bare = bare or _alone(r, at) or _before_day(r, at) or _spoken(r, at)
    found_hours = clocks.time(r, at, bare=bare)
    dated = nearing.article(r, at) or r.has(at, Means.DATED) or r.has(at - 1, Means.DATED)
    numbered = found_day is not None and found_day[0].bare and r.has(found_day[1] - 1, Means.NUMBER)
    if dated and numbered and found_day and not r.has(found_day[1], Means.OCLOCK):
        found_hours = None  # "el 15 por la mañana"
    if found_hours and (longer := for_hours(r, *found_hours)):
        found_hours = longer
    if found_day and (not found_hours or found_day[1] >= found_hours[1]):
        weak = _weak_day(r, found_day[0], at, found_day[1])
        return Item(at, found_day[1], day=found_day[0], weak=weak)
    if not found_hours and (said := _from_now_on(r, at)):
        return said
    if found_hours:
        weak = not clocks.marked(r, at, found_hours[1])
        repeated = any(t.text in r.vocabulary.repeated for t in r.tokens[at : found_hours[1]])
        return Item(at, found_hours[1], hours=found_hours[0], weak=weak, repeated=repeated)
    return None


def _until_hour(r: Reader, at: int) -> Item | None:
    """ "between now and 8pm"."""
    if r.lacks(Means.NOW):
        return None
    now = r.skip(at, Means.BETWEEN, Means.FROM)
    if not r.has(now, Means.NOW) or not r.has(now + 1, Means.AND, Means.TO, Means.UNTIL):
        return None
    found = clocks.clock(r, r.skip(now + 2, Means.AT))
    if not found or (now == at and not clocks.marked(r, now + 2, found[1])):
        return None
    return Item(at, found[1], Day(span=(r.today, r.today + DAY)), hours.before(found[0]))


def _from_now_on(r: Reader, at: int) -> Item | None:
    """ "now" is the rest of the day, "as soon as possible" any day; "not now" is none."""
    soonest = r.has(at, Means.SOONEST)
    now = r.has(at, Means.NOW) and r.tokens[at].text not in r.vocabulary.weak
    if not (soonest or now) or not _asked(r, at):
        return None
    then = (r.today, r.today + (HORIZON if soonest else DAY))
    return Item(at, at + 1, Day(span=then, from_now=True), spare=True)


def _asked(r: Reader, at: int) -> bool:
    """Whether the clause around `at` asks for it, and is no report: "can you see me | now", but
    "I feel better | now"."""
    first = last = at
    while first > 0 and r.kind(first - 1) not in ("pause", "comma"):
        first -= 1
    while last + 1 < len(r.tokens) and r.kind(last + 1) not in ("pause", "comma"):
        last += 1
    around = [i for i in range(first, last + 1) if i != at]
    if any(r.has(i, Means.NOT, Means.HINDERED, Means.PAST, Means.EXCEPT) for i in around):
        return False
    return all(r.has(i, Means.BESIDE) for i in around) or any(
        r.has(i, Means.MEETING) for i in around
    )


def _part_of_day(r: Reader, at: int) -> Found[tuple[date, Hours]]:
    """ "tonight", "this afternoon", "late this morning"."""
    at = r.skip(at, Means.ON)
    shift = r.value(at, Means.DAY)
    if shift is not None and shift >= 0 and r.has(at, Means.PART) and (said := parts.part(r, at)):
        return (r.today + shift * DAY, said[0]), said[1]
    if r.has(at, Means.REST):
        day = at + 1
        while r.has(day, Means.OF, Means.THE, Means.THIS, Means.ON) and not r.has(day, Means.UNIT):
            day += 1
        if r.has(day, Means.PART) and (said := parts.part(r, day)) and r.value(day, Means.DAY) == 0:
            return (r.today, said[0]), said[1]  # "later tonight"
        if r.value(day, Means.UNIT) == Unit.DAY or r.value(day, Means.DAY) == 0:
            return (r.today, Hours(0, MIDNIGHT)), day + 1
    piece = r.skip(at, Means.BEGINNING, Means.END)
    if not r.has(piece, Means.THIS, Means.NEXT):
        return None
    if said := parts.part(r, at if piece > at else at + 1):
        return (r.today + DAY if r.has(piece, Means.NEXT) else r.today, said[0]), said[1]
    return None


def _alone(r: Reader, at: int) -> bool:
    """Whether it is all there is, and has hours and minutes: "1530", "ten thirty"."""
    if at or not (r.has(at, Means.NUMBER) or r.kind(at) == "clock"):
        return False
    found = clocks.clock(r, at)
    told = r.value(at, Means.NUMBER) or 0
    if r.kind(at) == "number" and r.has(at + 1, Means.ZONE):
        return False  # "15 pt"
    amount = told % 5 or (told % 100 == 0 and told < _THOUSAND)  # "123", "500"
    amount = amount and not (len(r.tokens[at].text) == len("0900") and told % 5 == 0)
    figures = r.kind(at) == "clock" or (len(r.tokens[at].text) > len("12") and not amount)
    long = len(r.tokens) > 1 or (figures and r.kind(at) != "word")
    return long and found is not None and found[1] == len(r.tokens)


def _spoken(r: Reader, at: int) -> bool:
    """Whether hour and minutes are spelled out behind "for", or among words that people write
    around a time: "put me down for | eight forty", "how about | ten thirty"."""
    minutes = at + 1 + (r.kind(at + 1) == "dash")
    if any(r.kind(i) != "word" for i in (at, minutes)) or not r.has(at, Means.NUMBER):
        return False
    told = r.value(minutes, Means.NUMBER) or 0
    if told < telling.SPOKEN or told >= hours.HOUR:
        return False
    if r.has(at - 1, Means.LASTING):
        return True
    led = at == 0 or r.has(at - 1, Means.BESIDE) or r.kind(at - 1) in ("pause", "comma")
    ends = minutes + 1 == len(r.tokens) or r.kind(minutes + 1) in ("pause", "comma")
    return led and (ends or r.has(minutes + 1, Means.BESIDE)) and told % _FIVE == 0


def _before_day(r: Reader, at: int) -> bool:
    """Whether a day, or a part of one, stands right behind the hour at `at`: "3 on tuesday"."""
    if r.value(at, Means.NUMBER) in (None, 1) and r.kind(at) != "number":
        return False
    if r.has(at - 1, Means.COUNTED):
        return False
    found = clocks.time(r, at, bare=True)
    if not found:
        return False
    listed = r.kind(found[1]) == "comma" and r.has(found[1] + 1, Means.DAY)  # "10, tonight"
    behind = r.skip(found[1] + listed, Means.ON, Means.THE)
    if r.has(behind, Means.THIS) and r.has(behind + 1, Means.PART):
        return True
    if r.has(behind, Means.PART) and not r.has(behind, Means.DAY):
        return behind > found[1] or " " in r.tokens[behind].text
    if listed:
        return True
    more = r.skip(found[1] + (r.kind(found[1]) == "comma"), Means.OR)
    if more > found[1] and r.kind(more) == "number" and _before_day(r, more):
        return True  # "10 or 11 on monday"
    day = grammar.day(r, found[1])
    span = r.sole(day[0]) if day else None
    return span is not None and span[1] - span[0] == DAY


def _weak_day(r: Reader, said: Day, at: int, behind: int) -> bool:
    """Whether the day counts in company only: "sun", "the 2nd", "1/2"."""
    named = [t for t in r.tokens[at:behind] if t.kind != "comma" and not _glue(t)]
    if said.month and not said.day and not said.nth and named[-1].text in r.vocabulary.weak:
        return True
    if any(t.kind == "clock" for t in named):
        return True  # "on 5.12"
    if len(named) > 1:
        return False
    return (
        said.bare
        or named[0].text in r.vocabulary.weak
        or (named[0].kind == "date" and (said.year is None or said.day is None))
    )


def _glue(token: Token) -> bool:
    return any(m in token.means for m in (Means.THE, Means.ON)) and Means.NUMBER not in token.means


def clean(r: Reader, at: int) -> bool:
    """Whether nothing stands behind that is counted: "at 3 | works", not "at 3 | clinics"."""
    if at >= len(r.tokens) or r.kind(at) in ("pause", "comma", "bracket", "dash"):
        return True
    known = r.tokens[at].means
    return bool(known) and not r.has(at, Means.COUNTED, Means.UNIT, Means.NUMBER, Means.NOTHING)


def clean_before(r: Reader, at: int) -> bool:
    if at == 0 or r.kind(at - 1) in ("pause", "comma", "bracket", "dash"):
        return True
    before = r.tokens[at - 1].means
    return bool(before) and Means.COUNTED not in before
