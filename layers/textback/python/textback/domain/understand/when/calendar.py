"""Days as people name them, and which of the calendar's they are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

HORIZON = timedelta(days=14)  # how far "any day but Friday" and "after Friday" reach
DAY, WEEK = timedelta(days=1), timedelta(days=7)
WORKDAYS = 7  # stands for Monday to Friday where a weekday does
_FAR = 400  # days that are searched for a named one, and for a year's leap days as often again

_WEEKEND_FROM = 5
_OF_A_WEEK = (3, 2, 4)  # the first days are these, the middle is from here, the end from there
_OF_DAYS = 4  # months, at most, of a stretch whose pieces are counted in days

type Span = tuple[date, date]  # from the first day on, to before the second


@dataclass(frozen=True, slots=True)
class Day:
    """What was said of a day; two that agree make one: "friday" and "the 13th". With a `span`,
    it is inside; with only a span, it is all of it."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None  # of that weekday in its month or span; -1 is the last, -2 before it
    span: Span | None = None
    every: bool = False  # each such day within the horizon
    many: int = 1  # days from it on: "monday to wednesday" are 3
    includes_today: bool = True
    from_now: bool = False  # of a span that has begun, only what is left: "by friday"

    @property
    def bare(self) -> bool:
        """Whether nothing but a figure tells of it: "the 14th"."""
        return self == Day(day=self.day)


def agreed(one: Day, other: Day) -> Day | None:
    """Both in one, or None where they tell of different days."""
    both: dict[str, object] = {}
    for name in ("year", "month", "day", "weekday", "nth"):
        values = {getattr(one, name), getattr(other, name)} - {None}
        if len(values) > 1:
            return None
        both[name] = values.pop() if values else None
    span = one.span or other.span
    if one.span and other.span:
        span = max(one.span[0], other.span[0]), min(one.span[1], other.span[1])
        if span[0] >= span[1]:
            return None
    return replace(
        one,
        **both,  # type: ignore[arg-type]  # each value is of the field it was read from
        span=span,
        every=one.every or other.every,
        many=max(one.many, other.many),
        includes_today=True,
    )


def spans(said: Day, today: date) -> tuple[Span, ...]:
    """The days meant: in general one span, of one day."""
    if said.every:
        return tuple(_every(said, today))
    if said.nth is not None:
        return _nth(said, today)
    if said.day is None and said.weekday is None:
        return _long(said, today)
    first, last = said.span or _searched(said, today)
    found = _first(said, first, last)
    if found is None and said.weekday is not None and said.day is not None:
        return spans(replace(said, weekday=None), today)  # "tuesday the 9th", a Wednesday
    return ((found, found + said.many * DAY),) if found else ()


def _searched(said: Day, today: date) -> Span:
    if said.year is not None:
        return _months(said.year, 1, 12)
    first = today if said.includes_today else today + DAY
    return first, first + timedelta(days=_FAR * (8 if (said.month, said.day) == (2, 29) else 1))


def _first(said: Day, first: date, last: date) -> date | None:
    return next(
        (d for d in _likely(said, first, last) if first <= d < last and _fits(said, d)), None
    )


def _likely(said: Day, first: date, last: date) -> Iterator[date]:
    """The days that have to be looked at: one of each month, or of each week, not them all."""
    if said.day is not None:
        month, end = first.replace(day=1), first
        while month < last:
            month, end = _months(month.year, said.month or month.month)
            if 0 < said.day <= (end - month).days:
                yield month.replace(day=said.day)
            month = end if said.month is None else month.replace(year=month.year + 1)
        return
    at, weekday = first, said.weekday
    step = DAY if weekday in (None, WORKDAYS) else WEEK
    if weekday is not None and step == WEEK:
        at += (weekday - first.weekday()) % 7 * DAY
    while at < last:
        yield at
        at += step


def _fits(said: Day, day: date) -> bool:
    return (
        (said.day is None or said.day == day.day)
        and (said.month is None or said.month == day.month)
        and (said.year is None or said.year == day.year)
        and (said.weekday in (None, day.weekday()) or (said.weekday == WORKDAYS and workday(day)))
    )


def workday(day: date) -> bool:
    return day.weekday() < _WEEKEND_FROM


def _long(said: Day, today: date) -> tuple[Span, ...]:
    """A month, a year, or a stretch."""
    if said.month is not None:
        if said.span:
            years = [said.span[0].year, said.span[1].year]
            near = [_months(y, said.month) for y in years]
            return tuple(m for m in near if m[1] > said.span[0] and m[0] < said.span[1])[:1]
        year = said.year or today.year
        if said.year is None and said.month < today.month:
            year += 1
        return (_months(year, said.month),)
    if said.span is not None:
        return (said.span,)
    return (_months(said.year, 1, 12),) if said.year is not None else ()


def _nth(said: Day, today: date) -> tuple[Span, ...]:
    """The second Tuesday of a month, the last Friday of a stretch."""
    within = replace(said, nth=None, weekday=None, day=None)
    for ahead in range(14):
        month = month_of(today, ahead)
        stretch = spans(within, today) if within != Day() else (month,)
        if not stretch:
            return ()
        likely = _likely(Day(weekday=said.weekday), *stretch[0])
        days = [d for d in likely if d.weekday() == said.weekday]
        place = said.nth - 1 if said.nth and said.nth > 0 else said.nth or -1
        there = -len(days) <= place < len(days)
        if there and (within != Day() or days[place] >= today):
            return ((days[place], days[place] + said.many * DAY),)
        if within != Day():
            return ()
    return ()


def _every(said: Day, today: date) -> Iterator[Span]:
    """Each day that fits, those in a row as one span."""
    first, last = said.span or (today, today + HORIZON)
    if said.month is not None:  # "mondays in january"
        first, last = _long(Day(year=said.year, month=said.month), today)[0]
    begun: date | None = None
    for day in _days(max(first, today), last + DAY):
        fits = day < last and _fits(said, day)
        if fits and begun is None:
            begun = day
        if not fits and begun is not None:
            yield begun, day
            begun = None


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days))


def week_of(day: date, ahead: int = 0) -> Span:
    """From Monday on."""
    monday = day - timedelta(days=day.weekday()) + ahead * WEEK
    return monday, monday + WEEK


def month_of(day: date, ahead: int = 0) -> Span:
    month = day.month - 1 + ahead
    return _months(day.year + month // 12, month % 12 + 1)


def year_of(day: date, ahead: int = 0) -> Span:
    return _months(day.year + ahead, 1, 12)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    first, last = month_of(day, months)
    return min(first + timedelta(days=day.day - 1), last - DAY)


def _months(year: int, month: int, many: int = 1) -> Span:
    after = month - 1 + many
    return date(year, month, 1), date(year + after // 12, after % 12 + 1, 1)


def third(span: Span, which: int) -> Span:
    """The beginning (0), middle (1) or end (2) of a stretch; a week's end is from Friday on."""
    size = (span[1] - span[0]).days
    if size <= WEEK.days:
        first, middle, last = _OF_A_WEEK
        cuts = ((0, first), (middle, last), (last, size))[which]
        return span[0] + timedelta(days=cuts[0]), span[0] + timedelta(days=cuts[1])
    months = round(size / 30)
    if months > _OF_DAYS:
        return (
            month_of(span[0], months * which // 3)[0],
            month_of(span[0], months * (which + 1) // 3)[0],
        )
    first, last = max(months, 1) * 10, max(months, 1) * 20
    middle = first - 1  # "mid december" is from the 10th on
    cuts = ((0, first), (middle, last), (last, size))[which]
    return span[0] + timedelta(days=cuts[0]), span[0] + timedelta(days=cuts[1])
