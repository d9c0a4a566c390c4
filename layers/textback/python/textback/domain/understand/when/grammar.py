"""What tokens say of days and hours: small rules, each from a place in a text to what stands there.

A rule returns (what it found, the place behind it), or None where it does not fit, and none has
an effect: whatever reads a text tries one after another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from textback.domain.understand.when import calendar
from textback.domain.understand.when.calendar import DAY, HORIZON, Day, Span, spans
from textback.domain.understand.when.lexing import Token
from textback.domain.understand.when.vocabulary import UNIT_NAMES, Means, Vocabulary

MINUTE, HOUR_UNIT, DAY_UNIT, WEEK, MONTH, YEAR, WEEKEND, WORKDAY = range(len(UNIT_NAMES))
_WEEKEND_FROM = 5
_NEAR, _LAST_HOUR = timedelta(days=60), 12
_PIECES = (Means.BEGINNING, Means.MIDDLE, Means.END)

type Found[T] = tuple[T, int] | None


@dataclass(frozen=True, slots=True)
class Reader:
    """A text's tokens, with what one has to know to read them."""

    tokens: Sequence[Token]
    vocabulary: Vocabulary
    today: date

    def has(self, at: int, *means: Means) -> bool:
        return at < len(self.tokens) and any(m in self.tokens[at].means for m in means)

    def value(self, at: int, means: Means) -> int | None:
        return self.tokens[at].means.get(means) if at < len(self.tokens) else None

    def amount(self, at: int) -> int | None:
        number = self.value(at, Means.NUMBER)
        return self.value(at, Means.AMOUNT) if number is None else number

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def skip(self, at: int, *means: Means) -> int:
        """Behind the words at `at` that mean one of these."""
        while self.has(at, *means):
            at += 1
        return at

    def sole(self, day: Day) -> Span | None:
        return next(iter(spans(day, self.today)), None)


def day(r: Reader, at: int) -> Found[Day]:
    """A day or a stretch of days."""
    return _stretch(r, at) or _one_day(r, at) or (day(r, at + 1) if r.has(at, Means.ON) else None)


def _stretch(r: Reader, at: int) -> Found[Day]:
    """From a day to another, after, before or until one."""
    if r.has(at, Means.NOT) and r.has(at + 1, Means.AFTER, Means.BEFORE):
        turned = Means.UNTIL if r.has(at + 1, Means.AFTER) else Means.FROM
        return _bounded(r, at + 2, turned)
    if found := _to(r, r.skip(at, Means.FROM, Means.BETWEEN), named=at):
        return found
    for means in (Means.AFTER, Means.BEFORE, Means.UNTIL, Means.FROM):
        if r.has(at, means) and (found := _bounded(r, at + 1, means)):
            return found
    if (found := _one_day(r, at)) and r.has(found[1], Means.ONWARD):
        return _open(r, found[0], found[1] + 1, Means.FROM)
    return None


def _bounded(r: Reader, at: int, means: Means) -> Found[Day]:
    found = day(r, at)
    return _open(r, *found, means) if found else None


def _open(r: Reader, said: Day, behind: int, means: Means) -> Found[Day]:
    """The days on one side of those said."""
    span = r.sole(said)
    if not span:
        return None
    first, last = {
        Means.AFTER: (span[1], span[1] + HORIZON),
        Means.FROM: (span[0], max(span[0] + HORIZON, span[1])),
        Means.BEFORE: (r.today, span[0]),
        Means.UNTIL: (r.today, span[1]),
    }[means]
    return (Day(span=(first, last)), behind) if first < last else None


def _to(r: Reader, at: int, *, named: int) -> Found[Day]:
    """ "dec 8 to 12", "mon-fri", "from the 4th to the 8th", "del 8 al 12 de diciembre"."""
    first = _one_day(r, r.skip(at, Means.ON)) or _figure(r, at)
    if not first or not _joins(r, first[1], named):
        return None
    behind = r.skip(first[1] + 1, Means.ON, Means.OF) if r.kind(first[1]) else first[1]
    last = _one_day(r, behind) or _figure(r, behind)
    if not last or _clock_follows(r, last[1]):
        return None
    one, other = first[0], last[0]
    if one.bare and other.bare and not (r.has(first[1] - 1, Means.ORDINAL) or _the(r, at)):
        return None  # "between 2 and 4" is of hours
    if other.bare and one.day is None and one.span is None:
        return None  # "monday to 3"
    if (
        other.bare
        and one.day is None
        and not (r.has(last[1] - 1, Means.ORDINAL) or _the(r, behind))
    ):
        return None
    if one.bare and not other.bare:
        if r.has(behind, Means.THE) and not other.month and not other.span and not other.day:
            return None
        one = replace(one, month=other.month, year=other.year)
        if other.span and not other.day:
            return None
        if other.span:
            one = replace(one, span=other.span)
    start = r.sole(one)
    if not start:
        return None
    if other.bare and one.month:
        other = replace(other, month=one.month, year=one.year)
    end = next(iter(spans(other, start[0])), None)
    if not end or end[1] <= start[0]:
        return None
    return Day(span=(start[0], end[1])), last[1]


def _joins(r: Reader, at: int, named: int) -> bool:
    if r.kind(at) == "dash" or (r.has(at, Means.TO, Means.UNTIL) and not r.has(at, Means.AT)):
        return True
    return r.has(named, Means.BETWEEN) and r.has(at, Means.AND)


def _clock_follows(r: Reader, at: int) -> bool:
    return r.has(at, Means.AM, Means.PM, Means.OCLOCK, Means.PLUS) and not r.has(at, Means.AND)


def _figure(r: Reader, at: int) -> Found[Day]:
    """A figure that may be one of a date, where a date is told."""
    at = r.skip(at, Means.THE, Means.ON)
    value = r.value(at, Means.NUMBER) or r.value(at, Means.ORDINAL)
    if value is None or not 1 <= value <= 31:
        return None
    ahead = r.skip(at + 1, Means.OF, Means.IN, Means.THE)
    if ahead > at + 1 or r.has(ahead, Means.NEXT, Means.THIS):
        within = _relative(r, ahead) if not r.has(ahead, Means.MONTH) else None
        if within and within[0].span and within[0].span[1] - within[0].span[0] > calendar.WEEK:
            return replace(within[0], day=value), within[1]
    return Day(day=value), at + 1


def _one_day(r: Reader, at: int) -> Found[Day]:
    for rule in (
        *(_written, _aside, _of_month, _month, nth, _ahead),
        *(_piece, _relative, _week_of, _plain, _any, _ordinal),
    ):
        if found := rule(r, at):
            return found
    return None


def _written(r: Reader, at: int) -> Found[Day]:
    """A date in figures: 12/8, 2026-12-08."""
    at = r.skip(at, Means.THE)
    if r.kind(at) != "date":
        return None
    figures = r.tokens[at].figures
    if figures[0] > 31 or len(figures) == 3 and len(r.tokens[at].text.split("-")[0]) == 4:
        year, month, number = figures
    else:
        month, number = figures[:2] if r.vocabulary.month_first else figures[1::-1]
        year = _full(figures[2], r.today) if len(figures) == 3 else 0
        if month > 12:
            month, number = number, month
    said = Day(year=year or None, month=month, day=number)
    return (said, at + 1) if _exists(said) else None


def _full(year: int, today: date) -> int:
    """Of a year in two figures: one that is not far ahead."""
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= today.year + 20 else 1900 + year


def _exists(said: Day) -> bool:
    try:
        date(said.year or 2000, said.month or 1, said.day or 1)
    except ValueError:
        return False
    return True


def _year(r: Reader, at: int, *, short: bool = False) -> tuple[int | None, int]:
    """A year behind a month, and the place behind it; a `short` one is of two figures."""
    ahead = at
    while r.has(ahead, Means.OF) or r.kind(ahead) in ("comma", "dash", "sign"):
        ahead += 1
    value = r.value(ahead, Means.NUMBER)
    if value is not None and 2000 <= value < 2100 and r.tokens[ahead].figures:
        return value, ahead + 1
    if short and value is not None and r.tokens[ahead].figures and value > _LAST_HOUR:
        return _full(value, r.today), ahead + 1
    return None, at


def _of_month(r: Reader, at: int) -> Found[Day]:
    """ "the 8th of december", "8 de diciembre de 2026", "8-dec"."""
    at = r.skip(at, Means.THE)
    value = r.value(at, Means.ORDINAL) or r.value(at, Means.NUMBER)
    ahead = at + 1
    while r.has(ahead, Means.OF) or r.kind(ahead) in ("dash", "sign"):
        ahead += 1
    if r.has(ahead, Means.THIS):
        return None
    month = r.value(ahead, Means.MONTH)
    if value is None or month is None:
        return None
    spelled = not r.tokens[at].figures and r.has(at, Means.NUMBER)
    if spelled and ahead == at + 1 and r.tokens[ahead].text in r.vocabulary.weak:
        return None  # "one may ask"
    year, behind = _year(r, ahead + 1, short=r.kind(ahead - 1) in ("dash", "sign"))
    said = Day(year=year, month=month, day=value)
    return (said, behind) if _exists(said) else None


def _month(r: Reader, at: int) -> Found[Day]:
    """ "december", "dec 8th, 2026"; next and this say no more of a month than its name."""
    at = r.skip(at, Means.THE)
    month = r.value(at, Means.MONTH)
    if month is None:
        return None
    ahead = at + 1
    while r.has(ahead, Means.THE) or r.kind(ahead) in ("dash", "sign", "comma"):
        ahead += 1
    value = r.value(ahead, Means.ORDINAL) or r.value(ahead, Means.NUMBER)
    clock = r.has(ahead + 1, Means.AM, Means.PM) or r.has(ahead + 1, Means.WEEKDAY) and not value
    if value is not None and _exists(Day(month=month, day=value)) and value and not clock:
        year, behind = _year(r, ahead + 1)
        said = Day(year=year, month=month, day=value)
        return (said, behind) if _exists(said) else None
    if r.has(at, Means.WEEKDAY):
        return None  # "mar", which is "martes" too
    year, behind = _year(r, at + 1)
    return Day(year=year, month=month), r.skip(behind, Means.NEXT_AFTER)


def nth(r: Reader, at: int) -> Found[Day]:
    """ "the second tuesday (of next month)"."""
    at = r.skip(at, Means.THE)
    value = r.value(at, Means.ORDINAL)
    if r.has(at, Means.PAST):
        value = -1
    weekday = r.value(at + 1, Means.WEEKDAY)
    if value is None or weekday is None or not -1 <= value <= 5:
        return None
    within = _within(r, at + 2)
    if value == -1 and not within:
        return None
    found, behind = within or (Day(), at + 2)
    return replace(found, weekday=weekday, nth=value), behind


def _within(r: Reader, at: int) -> Found[Day]:
    """ "of next month", "in december"."""
    ahead = r.skip(at, Means.OF, Means.IN, Means.THE, Means.ON)
    return _month(r, ahead) or _relative(r, ahead) or (_unit(r, ahead) if ahead > at else None)


def _ahead(r: Reader, at: int) -> Found[Day]:
    """ "in two weeks", "3 days from now", "a week from friday", "within 10 days"."""
    within = r.has(at, Means.WITHIN)
    told = within or r.has(at, Means.IN)
    ahead = r.skip(at + 1, Means.THE) if told else at
    ahead = r.skip(ahead, Means.NEXT) if within else ahead
    counted = many(r, ahead)
    if not counted:
        return None
    (value, unit), behind = counted
    if unit in (MINUTE, HOUR_UNIT):
        return None
    start = r.today
    if r.has(behind, Means.FROM_NOW):
        behind, told = behind + 1, True
    elif r.has(behind, Means.FROM, Means.AFTER, Means.BEFORE):
        value *= -1 if r.has(behind, Means.BEFORE) else 1
        found = _one_day(r, r.skip(behind + 1, Means.ON))
        span = r.sole(found[0]) if found else None
        if found and span:
            start, behind, told = span[0], found[1], True
    if not told:
        return None
    then = later(start, value, unit)
    return Day(span=(start, then + DAY) if within else (then, then + DAY)), behind


def many(r: Reader, at: int) -> Found[tuple[int, int]]:
    """ "two weeks": (how many, of which unit)."""
    value = r.amount(at)
    behind = r.skip(at + 1, Means.OF)
    unit = r.value(behind, Means.UNIT)
    if value is None or unit is None or value > 366:
        return None
    return (value, unit), behind + 1


def later(start: date, value: int, unit: int) -> date:
    match unit:
        case 3 | 6:  # weeks and weekends
            return start + timedelta(weeks=value)
        case 4:
            return calendar.months_later(start, value)
        case 5:
            return calendar.months_later(start, 12 * value)
        case 7:
            then = start
            while value > 0:
                then += DAY
                value -= calendar.workday(then)
            return then
        case _:
            return start + timedelta(days=value)


def _piece(r: Reader, at: int) -> Found[Day]:
    """ "the end of the month", "early next week", "mid january"."""
    at = r.skip(at, Means.THE)
    which = next((i for i, means in enumerate(_PIECES) if r.has(at, means)), None)
    if which is None:
        return None
    ahead = at + 1
    while r.has(ahead, Means.OF, Means.IN, Means.THE, Means.ON) or r.kind(ahead) == "dash":
        ahead += 1
    found = _month(r, ahead) or _relative(r, ahead) or _unit(r, ahead)
    span = r.sole(found[0]) if found else None
    if not found or not span or span[1] - span[0] <= 3 * DAY:
        return None
    cut = calendar.third(span, which)
    if cut[1] <= r.today:  # "the end of the month" never, but "early this week"
        return None
    return Day(span=cut), found[1]


def _unit(r: Reader, at: int) -> Found[Day]:
    """ "the week": this one."""
    unit = r.value(at, Means.UNIT)
    return (Day(span=stretch(r.today, unit, 0)), at + 1) if unit in (WEEK, MONTH, YEAR) else None


def _relative(r: Reader, at: int) -> Found[Day]:
    """ "next week", "this friday", "next 3 days", "el martes que viene"."""
    at = r.skip(at, Means.THE)
    behind = at
    steps: int | None = None
    while r.has(behind, Means.THIS, Means.NEXT):
        steps = max(steps or 0, 1 if r.has(behind, Means.NEXT) else 0)
        behind = r.skip(behind + 1, Means.THE)
    if steps == 1 and (counted := many(r, behind)) and counted[0][1] not in (MINUTE, HOUR_UNIT):
        (value, unit), behind = counted
        then = later(r.today, value, unit)
        return Day(span=(r.today + DAY, then + DAY)), behind
    if r.has(at + 1, Means.NEXT) and (value_ := r.value(at, Means.NUMBER)) is not None:
        unit_ = r.value(at + 2, Means.UNIT)
        if unit_ is not None and unit_ >= DAY_UNIT:
            return Day(span=(r.today + DAY, later(r.today, value_, unit_) + DAY)), at + 3
    named = _named(r, behind)
    if not named:
        return None
    weekday, unit, month = named
    behind += 1
    if r.has(behind, Means.AFTER_NEXT):
        steps, behind = 2, behind + 1
        if weekday is not None:  # the one after that next one
            first = r.today + DAY + timedelta(days=(weekday - r.today.weekday() - 1) % 7)
            return Day(span=(first + calendar.WEEK, first + calendar.WEEK + DAY)), behind
    elif r.has(behind, Means.NEXT_AFTER):
        steps, behind = 1, behind + 1
    if steps is None:
        return None
    if weekday is not None:
        if steps == 0:
            return Day(weekday=weekday), behind
        return Day(weekday=weekday, span=calendar.week_of(r.today, steps)), behind
    if month is not None:
        return Day(month=month), behind
    return Day(span=stretch(r.today, unit, steps)), behind


def _named(r: Reader, at: int) -> tuple[int | None, int, int | None] | None:
    """What "next" may stand before: (weekday, unit, month)."""
    weekday, unit = r.value(at, Means.WEEKDAY), r.value(at, Means.UNIT)
    if weekday is not None:
        return weekday, 0, None
    if unit is not None and unit not in (MINUTE, HOUR_UNIT):
        return None, unit, None
    month = r.value(at, Means.MONTH)
    followed = r.has(at + 1, Means.NUMBER, Means.ORDINAL)
    return (None, 0, month) if month is not None and not followed else None


def stretch(today: date, unit: int, steps: int) -> Span:
    """This one (0), the next one (1) of a unit."""
    match unit:
        case 3:
            return calendar.week_of(today, steps)
        case 4:
            return calendar.month_of(today, steps)
        case 5:
            return calendar.year_of(today, steps)
        case 6:
            monday, end = calendar.week_of(today, steps)
            return monday + timedelta(days=_WEEKEND_FROM), end
        case 7:
            then = later(today, steps, unit)
            return then, then + DAY
        case _:
            return today + steps * DAY, today + (steps + 1) * DAY


def _week_of(r: Reader, at: int) -> Found[Day]:
    """ "the week of the 14th"."""
    at = r.skip(at, Means.THE)
    if r.value(at, Means.UNIT) != WEEK or not r.has(at + 1, Means.OF, Means.FROM):
        return None
    found = _one_day(r, r.skip(at + 1, Means.OF, Means.FROM, Means.ON))
    span = r.sole(found[0]) if found else None
    return (Day(span=calendar.week_of(span[0])), found[1]) if found and span else None


def _aside(r: Reader, at: int) -> Found[Day]:
    """ "the day after christmas"; the day after nothing is tomorrow's."""
    at = r.skip(at, Means.THE)
    shift = 1 if r.has(at, Means.DAY_AFTER) else -1 if r.has(at, Means.DAY_BEFORE) else 0
    if not shift:
        return None
    found = _one_day(r, r.skip(at + 1, Means.ON, Means.OF))
    span = r.sole(found[0]) if found else None
    if found and span:
        then = span[1] if shift > 0 else span[0] - DAY
        return Day(span=(then, then + DAY)), found[1]
    then = r.today + DAY
    return (Day(span=(then, then + DAY)), at + 1) if shift > 0 else None


def _plain(r: Reader, at: int) -> Found[Day]:
    """ "today", "monday", "the weekend", "christmas"."""
    at = r.skip(at, Means.THE)
    if at >= len(r.tokens):
        return None
    shift, weekday = r.value(at, Means.DAY), r.value(at, Means.WEEKDAY)
    if shift is not None:
        then = r.today + shift * DAY
        return Day(span=(then, then + DAY)), at + 1
    every = r.tokens[at].text in r.vocabulary.repeated
    if weekday is not None:
        if number := _of_weekday(r, at + 1, weekday):
            return Day(weekday=weekday, day=number), at + 2
        return Day(weekday=weekday, every=every, includes_today=every), at + 1
    if (place := r.value(at, Means.HOLIDAY)) is not None:
        said = calendar.holiday(r.vocabulary.holidays[place], r.today)
        year, behind = _year(r, at + 1)
        return replace(said, year=year), behind
    if r.value(at, Means.UNIT) == WORKDAY and every:
        return Day(weekday=calendar.WORKDAYS, every=True), at + 1
    if r.value(at, Means.UNIT) == WEEKEND:
        return Day(span=stretch(r.today, WEEKEND, 0)), at + 1
    return None


def _of_weekday(r: Reader, at: int, weekday: int) -> int | None:
    """The figure behind a weekday if it can be its date: "friday 13", "el jueves 10"."""
    value = r.value(at, Means.NUMBER)
    if value is None or not 1 <= value <= 31:
        return None
    if r.kind(at + 1) in ("dash", "sign") or _clock_follows(r, at + 1):
        return None
    if r.has(at + 1, Means.UNIT, Means.COUNTED, Means.TO, Means.MONTH) and not r.has(
        at + 1, Means.AT
    ):
        return None
    span = r.sole(Day(weekday=weekday, day=value))
    near = span is not None and span[0] - r.today < _NEAR
    return value if value > _LAST_HOUR or near else None


def _any(r: Reader, at: int) -> Found[Day]:
    """ "any monday", "every day", "all week"; "any day" says something only with more."""
    if not r.has(at, Means.ANY):
        return None
    at = r.skip(at, Means.ANY, Means.THE)
    if (weekday := r.value(at, Means.WEEKDAY)) is not None:
        return Day(weekday=weekday, every=True), at + 1
    match r.value(at, Means.UNIT):
        case 2:
            return Day(every=True), at + 1
        case 7:
            return Day(weekday=calendar.WORKDAYS, every=True), at + 1
        case _:
            return (Day(every=True), at) if r.has(at, Means.PART) else None


def _the(r: Reader, at: int) -> bool:
    """Whether an article stands here that is not one of hours, as "las" is."""
    return r.has(at, Means.THE) and not r.has(at, Means.AT)


def _ordinal(r: Reader, at: int) -> Found[Day]:
    """ "the 14th", "el 14", "the 21st this month"."""
    the = _the(r, at)
    place = r.skip(at, Means.THE)
    ordinal = r.value(place, Means.ORDINAL)
    plain = the or r.has(r.skip(place + 1, Means.OF, Means.THE), Means.NEXT, Means.THIS)
    value = ordinal or (r.value(place, Means.NUMBER) if plain else None)
    if value == 1 and not ordinal and not r.tokens[place].figures:
        return None  # "the one"
    if value is None or not 1 <= value <= 31 or (not r.tokens[place].figures and not the):
        return None
    if r.has(place + 1, Means.UNIT, Means.COUNTED, Means.AM, Means.PM, Means.OCLOCK):
        return None
    return _figure(r, place)
