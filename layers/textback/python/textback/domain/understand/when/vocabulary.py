"""A language's words for days and hours, from its data: which spellings mean what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, tzinfo
from enum import IntEnum, StrEnum
from itertools import chain
from zoneinfo import ZoneInfo

from textback.domain.understand.words import plain

SHORTEST_MENDED = 6  # letters: a shorter word is too close to too many others to be put right

EASTER, ORTHODOX, LAST = "easter", "orthodox", "last"  # in the names of holidays
HEBREW, ISLAMIC = "hebrew", "islamic"

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


class Unit(IntEnum):
    """What is counted. A workday is one from Monday to Friday."""

    MINUTE, HOUR, DAY, WEEK, MONTH, YEAR, WEEKEND, WORKDAY, FORTNIGHT, QUARTER = range(10)


class Means(StrEnum):
    """What a spelling can mean. Those of `[words]` in the data carry no value; the others' is
    said beside each."""

    WEEKDAY = "weekday"  # 0 is Monday
    MONTH = "month"  # 1 is January
    UNIT = "unit"  # a Unit
    DAY = "day"  # days from today
    PART = "part"  # its place in Vocabulary.parts
    HOLIDAY = "holiday"  # its place in Vocabulary.holidays
    SEASON = "season"  # its place in Vocabulary.seasons
    NTH_QUARTER = "nth_quarter"  # "q3"
    ZONE = "zone"  # its place in Vocabulary.zones
    NUMBER = "number"
    AMOUNT = "amount"  # a number that only counts: "a", "a couple"
    THOUSAND = "thousand"  # of a year that is spelled out: "dos mil veinte"
    ORDINAL = "ordinal"
    ORDINAL_END = "ordinal_end"  # "th", behind a figure
    TO_LAST = "to_last"  # behind an ordinal that counts from the end: "2nd | to last"

    SEVERAL = "several"  # a unit or an article in the plural: "the next days", "los 2"

    THIS = "this"
    NEXT = "next"
    COMING = "coming"  # "the coming week" is the next one, "the coming friday" the nearest
    NEXT_AFTER = "next_after"  # behind the day it tells of: "el martes que viene"
    CURRENT = "current"  # behind the unit it tells of: "la semana actual"
    AFTER_NEXT = "after_next"  # "the week after next"
    PAST = "past"  # "last monday", "since", "ago": no time to come
    GONE_BY = "gone_by"  # behind the day that is over: "el lunes que paso"
    ANY = "any"
    IN = "in"  # "in two weeks"
    WITHIN = "within"
    FROM_NOW = "from_now"
    IN_A_WEEK = "in_a_week"  # behind the day it tells of: "de hoy | en | ocho"
    LASTING = "lasting"  # "at 9 for two hours"
    NOW = "now"  # "between now and friday"; alone, the rest of the day
    SOONEST = "soonest"  # from now on: "as soon as possible"
    MEETING = "meeting"  # what is asked for: "call me | now", "come in | asap"
    HINDERED = "hindered"  # "I | can't | come now"
    DAY_AFTER = "day_after"
    DAY_BEFORE = "day_before"

    NEAREST = "nearest"  # "the closest friday to the 10th"
    AFTER = "after"
    BEFORE = "before"
    UNTIL = "until"
    FROM = "from"
    ONWARD = "onward"  # behind the day it tells of: "monday onwards"
    AT_LATEST = "at_latest"  # and so: "friday at the latest"
    BETWEEN = "between"
    TO = "to"
    AND = "and"
    OR = "or"
    NOT = "not"
    EXCEPT = "except"
    REFUSED = "refused"  # behind what is left out: "monday | doesn't work"
    CANNOT = "cannot"  # before or behind what is left out: "monday | I can't"
    DOING = "doing"  # what cannot be: "can't | make it | monday"
    MOVING = "moving"  # "move | my 3pm to 4pm" asks for 4pm
    TOWARD = "toward"  # before the day that another is moved to
    FREE = "free"  # what is told behind it is wished: "I need to move it, | free | mon to fri"

    REST = "rest"
    BEGINNING = "beginning"
    MIDDLE = "middle"
    END = "end"

    AT = "at"
    THE = "the"
    DATED = "dated"  # the figure behind is a date's, and no hour: "on 15", "del 3 al 5"
    OF_MONTH = "of_month"  # between two figures of a date: "el 21 del 3"
    OF = "of"
    ON = "on"
    AM = "am"
    PM = "pm"
    OCLOCK = "oclock"
    HALF = "half"
    QUARTER = "quarter"
    PLUS = "plus"  # minutes behind the hour: "las tres y media"
    LESS = "less"  # "las cuatro menos cuarto"
    GONE = "gone"  # minutes before the hour, and past it: "half past three"
    SHORT = "short"  # "quarter to four"

    COUNTED = "counted"  # what counts or names the figure beside it: "apt", "mg", "street"
    NOTHING = "nothing"  # "good morning", "24/7": words of dates in what tells no date
    WISHING = "wishing"  # before a day that it is no date of: "happy easter", "calle 5 de mayo"
    BESIDE = "beside"  # what people write around a time: "works", "please", "how about"


# What people say of appointments is written around times too.
_ASKING = (Means.CANNOT, Means.DOING, Means.MOVING, Means.TOWARD, Means.FREE)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day of every year: the `day` of `month`, or, with a `weekday`, its `day`-th such one (-1 is
    the last); `later` days after that. Without a month, it is counted from Easter's Sunday. One
    of more `days` is a stretch: a season, the week before Easter. Another `calendar` than the
    Gregorian tells its month or its Easter."""

    month: int | None
    day: int
    weekday: int | None = None
    later: int = 0
    days: int = 1
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Season:
    """A stretch of every year, from a day of a month to before another."""

    first: tuple[int, int]  # month, day
    behind: tuple[int, int]


type Meanings = Mapping[Means, int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What one language calls days and hours. Built once by `vocabulary`, never changed after."""

    spellings: Mapping[str, tuple[tuple[tuple[str, ...], Meanings], ...]]  # by first word
    parts: tuple[tuple[int, int], ...]  # minutes of the day
    holidays: tuple[Holiday, ...]
    seasons: tuple[Season, ...]
    zones: tuple[tzinfo, ...]  # that a text may name: "3pm EST"
    weak: frozenset[str]  # words that mean a date in company only: "may", "sun"
    repeated: frozenset[str]  # words for every such day: "mondays", "mornings"
    mended: Mapping[str, Meanings]  # long words that a misspelled one may be put right to
    known: frozenset[str]  # words near one of those, but never a misspelling of it
    instead: Mapping[str, tuple[str, ...]]  # what is read for a short form: "eom"
    month_first: bool  # whether 12/8 is December 8


type Vocabularies = Mapping[str, Vocabulary]
type Data = Mapping[str, object]


def vocabulary(data: Data) -> Vocabulary:
    """Make a language ready. Raises ValueError for data that cannot be read."""
    found: dict[tuple[str, ...], dict[Means, int]] = {}

    def say(block: object, means: Means, value: int = 0) -> None:
        for spelling in _listed(block):
            known = found.setdefault(tuple(spelling.split()), {})
            known |= {means: value} | ({Means.BESIDE: 0} if means in _ASKING else {})

    for names, means, first in (
        (DAY_NAMES, Means.WEEKDAY, 0),
        (MONTH_NAMES, Means.MONTH, 1),
        (tuple(unit.name.lower() for unit in Unit), Means.UNIT, 0),
    ):
        for name, block in _section(data, means + "s").items():
            if name not in names:
                raise ValueError(f"[{means}s] has no {name}: it has {', '.join(names)}")
            say(block, means, names.index(name) + first)
    for section, means in (
        ("days", Means.DAY),
        ("numbers", Means.NUMBER),
        ("amounts", Means.AMOUNT),
        ("ordinals", Means.ORDINAL),
        ("quarters", Means.NTH_QUARTER),
    ):
        for name, block in _section(data, section).items():
            say(block, means, int(name))
    parts = _section(data, "parts")
    for place, block in enumerate(parts.values()):
        say(block, Means.PART, place)
    holidays = _section(data, "holidays")
    for place, block in enumerate(holidays.values()):
        say(block, Means.HOLIDAY, place)
    seasons = _section(data, "seasons")
    for place, block in enumerate(seasons.values()):
        say(block, Means.SEASON, place)
    zones = _section(data, "zones")
    for place, block in enumerate(zones.values()):
        say(block, Means.ZONE, place)
    for name, block in _section(data, "words").items():
        say(block, Means(name))

    by_first: dict[str, list[tuple[tuple[str, ...], Meanings]]] = {}
    for words, meanings in sorted(found.items(), key=lambda item: -len(item[0])):
        by_first.setdefault(words[0], []).append((words, meanings))
    order = data.get("order")
    if order not in ("month first", "day first"):
        raise ValueError('order is neither "month first" nor "day first"')
    mendable = (Means.WEEKDAY, Means.MONTH, Means.DAY, Means.PART)
    return Vocabulary(
        spellings={first: tuple(group) for first, group in by_first.items()},
        parts=tuple(_hours(name) for name in parts),
        holidays=tuple(_holiday(name) for name in holidays),
        seasons=tuple(_season(name) for name in seasons),
        zones=tuple(ZoneInfo(name) for name in zones),
        weak=frozenset(_listed(data.get("weak", ""))),
        repeated=frozenset(_listed(data.get("repeated", ""))),
        mended={
            words[0]: meanings
            for words, meanings in found.items()
            if len(words) == 1
            and len(words[0]) >= SHORTEST_MENDED
            and any(m in meanings for m in mendable)
        },
        known=frozenset(chain(_listed(data.get("known", "")), *found)),
        instead={
            short: tuple(plain(str(words)).split())
            for short, words in _section(data, "instead").items()
        },
        month_first=order == "month first",
    )


def _section(data: Data, name: str) -> Mapping[str, object]:
    section = data.get(name, {})
    if not isinstance(section, Mapping):
        raise ValueError(f"[{name}] is no table")
    return section


def _listed(block: object) -> list[str]:
    """The spellings of a block, parted by commas, as `plain` leaves a text."""
    if not isinstance(block, str):
        raise ValueError(f"not words parted by commas: {block!r}")
    return [" ".join(part.split()) for part in plain(block).lower().split(",") if part.strip()]


def _hours(name: str) -> tuple[int, int]:
    """The minutes of "08:00-12:00"; "24:00" is the day's end, and "12:00" alone a moment."""
    first, _, last = name.partition("-")
    return _minute(first), _minute(last or first)


def _minute(clock: str) -> int:
    if clock == "24:00":
        return 24 * 60
    moment = time.fromisoformat(clock)
    return moment.hour * 60 + moment.minute


def _season(name: str) -> Season:
    """Of "3-20 to 6-21"."""
    first, behind = (
        (int(month), int(day)) for month, day in (end.split("-") for end in name.split(" to "))
    )
    return Season(first, behind)


_SHIFTED = re.compile(r"(.*?)(?:([+]|(?:(?<=easter)|(?<=orthodox)|(?<=day))-)(\d+))?")


def _holiday(name: str) -> Holiday:
    """Of "12-25"; "11-4-thursday", the fourth Thursday of November; "11-4-thursday+1", the day
    after; "5-last-monday"; "easter" or "orthodox" and days from it: "easter-2", "easter+39"; with
    how many days it has: "easter-7x8"; "hebrew-7-10" and "islamic-9-1x30", of those calendars."""
    name, days = (*re.split(r"x(?=\d)", name), "1")[:2]
    told, sign, shift = _SHIFTED.fullmatch(name).groups()  # type: ignore[union-attr]  # any name
    later = int(shift or 0) * (-1 if sign == "-" else 1)
    if told in (EASTER, ORTHODOX):
        return Holiday(None, 0, later=later, days=int(days), calendar=told)
    calendar = next((c for c in (HEBREW, ISLAMIC) if told.startswith(c)), "")
    told = told.removeprefix(f"{calendar}-")
    month, day, *weekday = told.split("-")
    nth = -1 if day == LAST else int(day)
    named = DAY_NAMES.index(weekday[0]) if weekday else None
    return Holiday(int(month), nth, named, later, int(days), calendar)
