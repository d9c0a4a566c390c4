"""A text read from left to right into wishes: which days, at which hours, and what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from textback.domain.understand.when import clocks, hours
from textback.domain.understand.when.aside import leaving_out, left_behind, nothing, past
from textback.domain.understand.when.calendar import Day, agreed
from textback.domain.understand.when.hours import Hours
from textback.domain.understand.when.items import Item, clean, clean_before, item_at
from textback.domain.understand.when.lasting import Stretch
from textback.domain.understand.when.moving import moved
from textback.domain.understand.when.reader import LAST_DAY, Found, Reader
from textback.domain.understand.when.token import Token
from textback.domain.understand.when.vocabulary import Means

_BRIDGES = (Means.AT, Means.ON, Means.OF, Means.THE, Means.IN, Means.BESIDE, Means.ANY, Means.FROM)
_JOINTS = (*(m for m in _BRIDGES if m != Means.BESIDE), Means.OR, Means.AND, Means.NOT)
_OF_TIME = frozenset(
    (
        *(Means.WEEKDAY, Means.MONTH, Means.DAY, Means.PART, Means.HOLIDAY, Means.UNIT),
        *(Means.NUMBER, Means.ORDINAL, Means.NOTHING, Means.DAY_AFTER, Means.DAY_BEFORE),
        *(Means.SEASON, Means.NTH_QUARTER, Means.NOW, Means.SOONEST),
    )
)
_HALVES = frozenset((Means.AM, Means.PM))
_DAYS = frozenset((Means.WEEKDAY, Means.DAY, Means.THIS))
_NO_LEADS = frozenset((Means.BESIDE, Means.COUNTED, Means.OCLOCK, Means.AM, Means.PM))
_MOST_ASKED = 360  # of rules at places: two segments that name nine times ask 318
_LEADS = (
    *(Means.ON, Means.AT, Means.THE, Means.IN, Means.FROM, Means.BETWEEN),
    *(Means.AFTER, Means.BEFORE, Means.UNTIL, Means.NEXT),
)


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

    @property
    def spare(self) -> bool:
        return bool(self.items) and all(item.spare for item in self.items)


def read(reader: Reader) -> list[Wish]:
    """Tell the wishes of a text, in its order."""
    tokens = reader.tokens
    wishes: list[Wish] = []
    at = 0
    telling = _telling(tokens)
    joined = close = left_out = False
    while at < len(tokens):
        wish = wishes[-1] if wishes else None
        joined = joined or (close and _listed(reader, at))
        bare = close and wish is not None and (joined or not wish.hours or wish.hours[-1].part)
        tells = telling[at] and len(reader.told) < _MOST_ASKED
        if tells and (found := past(reader, at) or nothing(reader, at)):
            at, joined, close, left_out = found, False, False, False
        elif len(reader.told) < _MOST_ASKED and (new := moved(reader, at)):
            wishes = [*wishes, _of(new)]
            at, joined, close, left_out = new[-1].behind, False, True, False
        elif tells and joined and wish and (number := _one_more(reader, wish, at)):
            wish.days.append(number[0])
            at, joined, close = number[1], False, True
        elif tells and (leaves := leaving_out(reader, at, close=close)):
            at, left_out = leaves, True
        elif tells and (item := item_at(reader, at, bare=bare)):
            if joined and wish:
                item = _carried(wish, item)
                joined = not _bounds(wish, item)
            left = left_out or left_behind(reader, item.behind)
            _leave_out_before(reader, wish, item, left_out=left)
            timed = joined and item_at(reader, item.behind, bare=False)
            wishes = _joined(
                wishes,
                item,
                close=close,
                joined=joined,
                left_out=left,
                timed=bool(timed and timed.hours),
            )
            at, joined, close = item.behind, False, True
        else:
            token = tokens[at]
            joined = joined or reader.has(at, Means.OR, Means.AND)
            if not _bridges(reader, at) and not reader.has(at, Means.OR, Means.AND):
                close = joined = False
            ends = reader.has(at, Means.BESIDE) and not reader.has(at, *_JOINTS)
            if token.kind in ("pause", "comma") or ends:  # "can't do monday | so tuesday"
                left_out = False
            at += 1
    for wish in wishes:
        if not wish.days and any(item.repeated for item in wish.items):
            wish.days = [Day(every=True)]
    standing = [w for w in wishes if _stands(reader, w)]
    return [w for w in standing if not w.spare] or standing


def _telling(tokens: Sequence[Token]) -> list[bool]:
    """Of each place, whether something of time may begin there: a word of time stands there, or
    words that lead to one do, such as "by the end of | next week"."""
    told, found = False, []
    for at, token in reversed(list(enumerate(tokens))):
        means = token.means.keys()
        if token.kind in ("date", "clock", "number") or not _OF_TIME.isdisjoint(means):
            told = True
        elif not _HALVES.isdisjoint(means) and at and not _DAYS.isdisjoint(tokens[at - 1].means):
            told = True  # "tuesday | am"
        elif token.kind not in ("comma", "dash", "sign", "other"):
            told = told and not means <= _NO_LEADS
        found.append(told)
    return found[::-1]


def _listed(r: Reader, at: int) -> bool:
    """Whether a list goes on here: "dec 3, | 4 and 5"."""
    return r.kind(at - 1) == "comma" and (r.has(at + 1, Means.AND, Means.OR))


def _of(items: Sequence[Item]) -> Wish:
    """A wish of its own: what something is moved to."""
    wish = Wish()
    for item in items:
        wish = _joined([wish], item, close=True, joined=False, left_out=False, timed=False)[-1]
    return wish


def _leave_out_before(r: Reader, wish: Wish | None, item: Item, *, left_out: bool) -> None:
    """What is listed right before something that is left out is so too: "monday and | tuesday I
    can't"."""
    listed = r.has(item.at - 1, Means.OR, Means.AND)
    if left_out and wish and listed and wish.items and wish.items[-1].behind == item.at - 1:
        wish.left_out = True


def _one_more(r: Reader, wish: Wish, at: int) -> Found[Day]:
    """Another date of the month that was named: "dec 8 or | 9"."""
    last = wish.days[-1] if wish.days and not wish.hours else None
    at = r.skip(at, Means.THE)
    value = r.value(at, Means.ORDINAL) or r.value(at, Means.NUMBER)
    if not last or not last.day or not value or not last.day < value <= LAST_DAY:
        return None
    item = wish.items[-1]
    if not last.month and not any(r.has(i, Means.DATED) for i in range(item.at, item.behind)):
        return None  # "the 7th or 8", but "el 7 u 8"
    if r.has(at, Means.UNIT, Means.AMOUNT) or not clean(r, at + 1):
        return None
    if clocks.marked(r, at, at + 2):
        return None
    return replace(last, day=value, weekday=None), at + 1


def _bridges(r: Reader, at: int) -> bool:
    return r.has(at, *_BRIDGES) or r.kind(at) in ("comma", "dash", "bracket", "sign")


def _carried(wish: Wish, item: Item) -> Item:
    """What "next" said of one weekday goes for the other: "next tuesday or wednesday"."""
    last = wish.days[-1] if wish.days else None
    plain = item.day and replace(item.day, includes_today=True) == Day(weekday=item.day.weekday)
    if not last or not last.span or last.weekday is None or not plain or item.day is None:
        return item
    return replace(item, day=replace(item.day, span=last.span))


def _bounds(wish: Wish, item: Item) -> bool:
    """Whether an end of hours is told to the beginning before it: "after 2 | and before 5"."""
    begun = wish.hours[-1] if wish.hours else None
    if not begun or not item.hours or item.day or begun.end != hours.MIDNIGHT:
        return False
    return item.hours.start == 0 and begun.start < item.hours.end


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
    if item.spare or wish.spare:
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
    if _only_figures(r):
        return False
    if len(wish.items) > 1:
        return True
    item = wish.items[0]
    if item.day and item.day.month and r.kind(item.at) != "date" and not _introduced(r, item):
        ends = item.behind == len(r.tokens) or r.kind(item.behind) == "pause"  # "may"
        return ends and not r.has(item.at - 1, Means.COUNTED)
    told_for = r.has(item.at, Means.LASTING) or r.has(item.at - 1, Means.LASTING)
    weak = any(r.tokens[i].text in r.vocabulary.weak for i in range(item.at, item.behind))
    if item.hours and told_for and weak:
        return False  # "what is for lunch"
    named = item.at - 1 - (r.kind(item.at - 1) == "pause")
    counts = r.has(r.skip(item.behind, Means.OF), Means.COUNTED)
    if r.kind(item.at) == "date" and (counts or r.has(named, Means.COUNTED)):
        return False  # "exp 11/2026", "3/4 de taza"
    return clean(r, item.behind) and (_introduced(r, item) or clean_before(r, item.at))


def _only_figures(r: Reader) -> bool:
    """Whether the text is but two figures and a dash, which may be anything's."""
    kinds = tuple(token.kind for token in r.tokens)
    return kinds == ("number", "dash", "number")


def _introduced(r: Reader, item: Item) -> bool:
    """Whether a word like "on", "after" or "the" leads to the item, or a date in figures is it."""
    return r.kind(item.at) == "date" or (r.has(item.at, *_LEADS) and item.behind > item.at + 1)
