"""A text read from left to right into wishes: which days, at which hours, and what is left out."""

from dataclasses import dataclass, field, replace
from datetime import date

from textback.domain.understand.when import clocks, grammar, hours, nearing, units
from textback.domain.understand.when.calendar import DAY, Day, agreed
from textback.domain.understand.when.crossing import crossing
from textback.domain.understand.when.hours import MIDNIGHT, Hours
from textback.domain.understand.when.lasting import Stretch, ahead, for_hours
from textback.domain.understand.when.lexing import Token
from textback.domain.understand.when.reader import LAST_DAY, Found, Reader
from textback.domain.understand.when.vocabulary import Means, Unit, Vocabulary

_BRIDGES = (Means.AT, Means.ON, Means.OF, Means.THE, Means.IN, Means.BESIDE, Means.ANY, Means.FROM)
_LEADS = (
    *(Means.ON, Means.AT, Means.THE, Means.IN, Means.FROM, Means.BETWEEN),
    *(Means.AFTER, Means.BEFORE, Means.UNTIL, Means.NEXT),
)


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


@dataclass(slots=True)
class Wish:
    """Each of the `days` at each of the `hours`. With `left_out`, it tells what is not wished."""

    days: list[Day] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    minutes: Stretch | None = None
    until: tuple[Day, Hours] | None = None  # where hours of one day end at those of another
    left_out: bool = False
    hours_first: bool = False
    items: list[Item] = field(default_factory=list)


def read(tokens: tuple[Token, ...], vocabulary: Vocabulary, today: date) -> list[Wish]:
    """Tell the wishes of a text, in its order."""
    reader = Reader(tokens, vocabulary, today)
    wishes: list[Wish] = []
    at = 0
    joined = close = left_out = False
    while at < len(tokens):
        wish = wishes[-1] if wishes else None
        bare = close and wish is not None and (joined or not wish.hours or wish.hours[-1].part)
        if found := _past(reader, at) or _nothing(reader, at):
            at, joined, close, left_out = found, False, False, False
        elif joined and wish and (number := _one_more(reader, wish, at)):
            wish.days.append(number[0])
            at, joined, close = number[1], False, True
        elif leaves := _leaving_out(reader, at, close=close):
            at, left_out = leaves, True
        elif item := _item(reader, at, bare=bare):
            if joined and wish:
                item = _carried(wish, item)
            timed = joined and _item(reader, item.behind, bare=False)
            wishes = _joined(
                wishes, item, close=close, joined=joined, left_out=left_out, timed=bool(timed and timed.hours)
            )
            at, joined, close = item.behind, False, True
        else:
            token = tokens[at]
            joined = joined or reader.has(at, Means.OR, Means.AND)
            if not _bridges(reader, at) and not reader.has(at, Means.OR, Means.AND):
                close = joined = False
            if token.kind == "pause" or (token.kind == "comma" and left_out):
                left_out = False
            at += 1
    for wish in wishes:
        if not wish.days and any(item.repeated for item in wish.items):
            wish.days = [Day(every=True)]
    return [w for w in wishes if _stands(reader, w)]


def _one_more(r: Reader, wish: Wish, at: int) -> Found[Day]:
    """Another date of the month that was named: "dec 8 or | 9"."""
    last = wish.days[-1] if wish.days and not wish.hours else None
    at = r.skip(at, Means.THE)
    value = r.value(at, Means.ORDINAL) or r.value(at, Means.NUMBER)
    if not last or not last.month or not last.day or not value or not last.day < value <= LAST_DAY:
        return None
    if r.has(at, Means.UNIT, Means.AMOUNT) or not _clean(r, at + 1):
        return None
    if clocks.marked(r, at, at + 2):
        return None
    return replace(last, day=value, weekday=None), at + 1


def _bridges(r: Reader, at: int) -> bool:
    return r.has(at, *_BRIDGES) or r.kind(at) in ("comma", "dash", "bracket", "sign")


def _past(r: Reader, at: int) -> int:
    """Behind what is over: "last monday", "since tuesday", "3 days ago"."""
    if r.has(at, Means.PAST) and not nearing.nth_weekday(r, at):
        past = r.skip(at, Means.PAST, Means.THE)
        if many := units.many(r, past):
            return many[1]
        found = grammar.day(r, past)
        if found or r.has(past, Means.UNIT, Means.PART):
            return found[1] if found else past + 1
        return 0
    counted = units.many(r, at)
    behind = counted[1] if counted else _day_or_unit(r, at)
    if not behind or not r.has(behind, Means.PAST):
        return 0
    clock = r.has(behind, Means.GONE) and r.has(behind + 1, Means.NUMBER, Means.PART, Means.AT)
    return 0 if clock else behind + 1


def _day_or_unit(r: Reader, at: int) -> int:
    """Behind what a word may tell of that it is over: "el lunes pasado"."""
    at = r.skip(at, Means.THE)
    return at + 1 if r.has(at, Means.WEEKDAY, Means.UNIT, Means.MONTH) else 0


def _nothing(r: Reader, at: int) -> int:
    wished = r.skip(at + 1, Means.THE)
    if r.has(at, Means.WISHING) and r.has(wished, Means.HOLIDAY, Means.WEEKDAY, Means.UNIT):
        return wished + 1
    return at + 1 if r.has(at, Means.NOTHING) else 0


def _leaving_out(r: Reader, at: int, *, close: bool) -> int:
    """Behind "except", or a "not" that stands before a day or hours."""
    if r.has(at + 1, Means.AFTER, Means.BEFORE, Means.UNTIL):
        return 0
    if r.has(at, Means.EXCEPT) and (close or r.has(at - 1, Means.ANY, Means.UNIT)):
        return at + 1
    if r.has(at, Means.NOT):
        return at + 1 if _item(r, at + 1, bare=False) else 0
    return 0


def _item(r: Reader, at: int, *, bare: bool) -> Item | None:
    if found := ahead(r, at):
        return Item(at, found[1], minutes=found[0])
    if crossed := crossing(r, at):
        (day_, hours_), (last_day, last_hours) = crossed[0]
        if last_day:
            return Item(at, crossed[1], day_, hours_, until=(last_day, last_hours))
    if found_part := _part_of_day(r, at):
        (then, hours_), behind = found_part
        return Item(at, behind, Day(span=(then, then + DAY)), hours_)
    found_day = grammar.day(r, at)
    bare = bare or _alone(r, at) or _before_day(r, at) or _spoken(r, at)
    found_hours = clocks.time(r, at, bare=bare)
    dated = nearing.article(r, at) or r.has(at, Means.DATED) or r.has(at - 1, Means.DATED)
    if dated and found_day and found_day[0].bare and found_hours:
        if r.has(found_day[1] - 1, Means.NUMBER) and not r.has(found_day[1], Means.OCLOCK):
            found_hours = None  # "el 15 por la mañana"
    if found_hours and (longer := for_hours(r, *found_hours)):
        found_hours = longer
    if found_day and (not found_hours or found_day[1] >= found_hours[1]):
        weak = _weak_day(r, found_day[0], at, found_day[1])
        return Item(at, found_day[1], day=found_day[0], weak=weak)
    if found_hours:
        weak = not clocks.marked(r, at, found_hours[1])
        repeated = any(t.text in r.vocabulary.repeated for t in r.tokens[at : found_hours[1]])
        return Item(at, found_hours[1], hours=found_hours[0], weak=weak, repeated=repeated)
    return None


def _part_of_day(r: Reader, at: int) -> Found[tuple[date, Hours]]:
    """ "tonight", "this afternoon", "late this morning"."""
    at = r.skip(at, Means.ON)
    shift = r.value(at, Means.DAY)
    if shift is not None and shift >= 0 and r.has(at, Means.PART) and (said := clocks.part(r, at)):
        return (r.today + shift * DAY, said[0]), said[1]
    if r.has(at, Means.REST):
        day = at + 1
        while r.has(day, Means.OF, Means.THE, Means.THIS, Means.ON) and not r.has(day, Means.UNIT):
            day += 1
        if r.value(day, Means.UNIT) == Unit.DAY or r.value(day, Means.DAY) == 0:
            return (r.today, Hours(0, MIDNIGHT)), day + 1
    piece = r.skip(at, Means.BEGINNING, Means.END)
    if not r.has(piece, Means.THIS, Means.NEXT):
        return None
    if said := clocks.part(r, at if piece > at else at + 1):
        return (r.today + DAY if r.has(piece, Means.NEXT) else r.today, said[0]), said[1]
    return None


def _alone(r: Reader, at: int) -> bool:
    """Whether it is all there is, and has hours and minutes: "1530", "ten thirty"."""
    if at or not (r.has(at, Means.NUMBER) or r.kind(at) == "clock"):
        return False
    found = clocks.time(r, at, bare=True)
    long = len(r.tokens) > 1 or len(r.tokens[at].text) > len("12")
    return long and found is not None and found[1] == len(r.tokens) and found[0].short


def _spoken(r: Reader, at: int) -> bool:
    """Whether hour and minutes are spelled out behind "for": "put me down for | eight forty"."""
    if not r.has(at - 1, Means.LASTING) or any(r.kind(i) != "word" for i in (at, at + 1)):
        return False
    return r.has(at, Means.NUMBER) and (r.value(at + 1, Means.NUMBER) or 0) >= clocks.SPOKEN


def _before_day(r: Reader, at: int) -> bool:
    """Whether a day, or a part of one, stands right behind the hour at `at`: "3 on tuesday"."""
    if r.value(at, Means.NUMBER) in (None, 1) and r.kind(at) != "number":
        return False
    if r.has(at - 1, Means.COUNTED):
        return False
    found = clocks.time(r, at, bare=True)
    if not found:
        return False
    behind = r.skip(found[1], Means.ON, Means.THE)
    if r.has(behind, Means.THIS) and r.has(behind + 1, Means.PART):
        return True
    if r.has(behind, Means.PART) and not r.has(behind, Means.DAY):
        return behind > found[1] or " " in r.tokens[behind].text
    day = grammar.day(r, found[1])
    span = r.sole(day[0]) if day else None
    return span is not None and span[1] - span[0] == DAY


def _weak_day(r: Reader, said: Day, at: int, behind: int) -> bool:
    """Whether the day counts in company only: "sun", "the 2nd", "1/2"."""
    named = [t for t in r.tokens[at:behind] if t.kind != "comma" and not _glue(t)]
    if said.month and not said.day and named[-1].text in r.vocabulary.weak:
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


def _carried(wish: Wish, item: Item) -> Item:
    """What "next" said of one weekday goes for the other: "next tuesday or wednesday"."""
    last = wish.days[-1] if wish.days else None
    plain = item.day and replace(item.day, includes_today=True) == Day(weekday=item.day.weekday)
    if not last or not last.span or last.weekday is None or not plain or item.day is None:
        return item
    return replace(item, day=replace(item.day, span=last.span))


def _joined(
    wishes: list[Wish], item: Item, *, close: bool, joined: bool, left_out: bool, timed: bool
) -> list[Wish]:
    """Put an item to the wish that it goes on with, or begin another."""
    wish = wishes[-1] if wishes else None
    if (
        wish is None
        or wish.left_out != left_out
        or not _goes_on(wish, item, close=close, joined=joined, timed=timed)
    ):
        fresh = Wish(left_out=left_out, hours_first=item.day is None)
        if wish and item.day is None and joined and wish.days and not left_out:
            fresh.days = list(wish.days)
        wishes = [*wishes, fresh]
        wish = fresh
    wish.items.append(item)
    wish.minutes = item.minutes if item.minutes is not None else wish.minutes
    wish.until = item.until or wish.until
    if item.day:
        one = agreed(wish.days[-1], item.day) if wish.days and not joined else None
        wish.days[-1 if one else len(wish.days) :] = [one or item.day]
    if item.hours:
        one_ = hours.both(wish.hours[-1], item.hours) if wish.hours and not joined else None
        wish.hours[-1 if one_ else len(wish.hours) :] = [one_ or item.hours]
    return wishes


def _goes_on(wish: Wish, item: Item, *, close: bool, joined: bool, timed: bool) -> bool:
    if item.minutes is not None or wish.minutes is not None or item.until or wish.until:
        return False
    if item.day and item.hours:
        return close and not wish.days
    if item.day:
        if wish.days and wish.hours and joined:
            return close and wish.hours_first and not timed  # "at 2 on wednesday or thursday"
        if wish.days and wish.hours:
            return close and agreed(wish.days[-1], item.day) is not None
        return close or not wish.days
    if wish.hours and joined:
        return (close and not wish.hours_first) or (close and not wish.days)
    return close or not wish.hours


def _stands(r: Reader, wish: Wish) -> bool:
    """Whether it surely tells of time: by more than one item that may count anything else."""
    if any(not item.weak for item in wish.items):
        return True
    if len(wish.items) > 1:
        return True
    item = wish.items[0]
    if item.day and item.day.month and r.kind(item.at) != "date" and not _introduced(r, item):
        ends = item.behind == len(r.tokens) or r.kind(item.behind) == "pause"  # "may"
        return ends and not r.has(item.at - 1, Means.COUNTED)
    if r.kind(item.at) == "date" and r.has(item.at - 1, Means.COUNTED):
        return False  # "exp 11/2026"
    return _clean(r, item.behind) and (_introduced(r, item) or _clean_before(r, item.at))


def _introduced(r: Reader, item: Item) -> bool:
    """Whether a word like "on", "after" or "the" leads to the item, or a date in figures is it."""
    return r.kind(item.at) == "date" or (r.has(item.at, *_LEADS) and item.behind > item.at + 1)


def _clean(r: Reader, at: int) -> bool:
    """Whether nothing stands behind that is counted: "at 3 | works", not "at 3 | clinics"."""
    if at >= len(r.tokens) or r.kind(at) in ("pause", "comma", "bracket", "dash"):
        return True
    known = r.tokens[at].means
    return bool(known) and not r.has(at, Means.COUNTED, Means.UNIT, Means.NUMBER, Means.NOTHING)


def _clean_before(r: Reader, at: int) -> bool:
    if at == 0 or r.kind(at - 1) in ("pause", "comma", "bracket", "dash"):
        return True
    before = r.tokens[at - 1].means
    return bool(before) and Means.COUNTED not in before
