"""Days by how far they are, and by their place in a stretch. Rules as in `grammar`."""

from dataclasses import replace

from textback.domain.understand.when import calendar
from textback.domain.understand.when.calendar import DAY, Day
from textback.domain.understand.when.naming import BELIEVABLE, named_month
from textback.domain.understand.when.periods import season
from textback.domain.understand.when.reader import LAST_DAY, LAST_HOUR, Found, Reader, remembered
from textback.domain.understand.when.units import later, many, stretch
from textback.domain.understand.when.vocabulary import Means, Unit

_LAST = 2  # of the three pieces of a stretch
_A_FEW = 3  # of "the next days"
_PIECES = (Means.BEGINNING, Means.MIDDLE, Means.END)


def figure(r: Reader, at: int) -> Found[Day]:
    """A figure that may be one of a date, where a date is told."""
    at = r.skip(at, Means.THE, Means.ON)
    value = r.value(at, Means.NUMBER) or r.value(at, Means.ORDINAL)
    if value is None or not 1 <= value <= LAST_DAY:
        return None
    ahead = r.skip(at + 1, Means.OF, Means.IN, Means.THE)
    if ahead > at + 1 or r.has(ahead, Means.NEXT, Means.THIS):
        within = relative(r, ahead) if not r.has(ahead, Means.MONTH) else None
        if within and within[0].span and within[0].span[1] - within[0].span[0] > calendar.WEEK:
            return replace(within[0], day=value), within[1]
    return Day(day=value), at + 1


def within_stretch(r: Reader, at: int) -> Found[Day]:
    """ "of next month", "in december"."""
    ahead = r.skip(at, Means.OF, Means.IN, Means.THE, Means.ON)
    if found := named_month(r, ahead) or relative(r, ahead):
        return found
    if found := (_counted_month(r, ahead) or season(r, ahead)) if ahead > at else None:
        return found
    return (_unit(r, ahead) or whole_year(r, ahead)) if ahead > at else None


def _counted_month(r: Reader, at: int) -> Found[Day]:
    """ "(the first monday of) the month in two months"."""
    led = r.value(at, Means.UNIT) == Unit.MONTH and r.has(at + 1, Means.IN)
    counted = many(r, at + 2 if led else at)
    if not counted or counted[0][1] != Unit.MONTH:
        return None
    return Day(span=stretch(r.today, Unit.MONTH, counted[0][0])), counted[1]


def whole_year(r: Reader, at: int) -> Found[Day]:
    """A year in figures, where something of it is told: "the last week of | 2027"."""
    value = r.value(at, Means.NUMBER)
    told = value is not None and value in BELIEVABLE and r.kind(at) == "number"
    return (Day(year=value), at + 1) if told else None


def piece(r: Reader, at: int) -> Found[Day]:
    """ "the end of the month", "early next week", "mid january"."""
    at = r.skip(at, Means.THE)
    unit = r.value(at, Means.UNIT)
    if unit in (Unit.MONTH, Unit.QUARTER, Unit.YEAR) and r.has(at + 1, Means.END):  # "month end"
        return Day(span=calendar.third(stretch(r.today, unit, 0), _LAST)), at + 2
    rest = r.has(at, Means.REST)
    which = next((i for i, means in enumerate(_PIECES) if r.has(at, means)), None)
    if r.has(at, Means.PART) and r.has(at - 1, Means.ANY, Means.THE):
        return None  # "cualquier tarde de la semana"
    if which is None and not rest:
        return None
    ahead = at + 1
    while r.has(ahead, Means.OF, Means.IN, Means.THE, Means.ON) or r.kind(ahead) == "dash":
        ahead += 1
    if r.value(ahead, Means.UNIT) == Unit.MONTH and r.has(ahead + 1, Means.OF):
        ahead = r.skip(ahead + 1, Means.OF) if r.has(ahead + 2, Means.MONTH) else ahead
    found = season(r, ahead) or within_stretch(r, ahead) or _unit(r, ahead) or whole_year(r, ahead)
    span = r.sole(found[0]) if found else None
    if not found or not span or span[1] - span[0] <= 3 * DAY:
        return None
    if which is None or (rest and span[0] <= r.today):
        return Day(span=(max(span[0], r.today), span[1])), found[1]
    cut = calendar.third(span, which)
    if cut[1] <= r.today and (unit := r.value(ahead, Means.UNIT)) is not None:
        span = stretch(r.today, unit, 1)  # "at the beginning of the month", said at its end
        cut = calendar.third(span, which)
    if cut[1] <= r.today:  # "early this week"
        return None
    return Day(span=cut), found[1]


def _unit(r: Reader, at: int) -> Found[Day]:
    """ "the week": this one."""
    unit = r.value(at, Means.UNIT)
    return (
        (Day(span=stretch(r.today, unit, 0)), at + 1)
        if unit in (Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR)
        else None
    )


@remembered
def relative(r: Reader, at: int) -> Found[Day]:
    """ "next week", "this friday", "next 3 days", "el martes que viene"."""
    at = r.skip(at, Means.THE)
    return _next_days(r, at) or _this_or_next(r, at)


def _next_days(r: Reader, at: int) -> Found[Day]:
    """ "next 3 days", "las 2 proximas semanas": from tomorrow on."""
    ahead = r.skip(at, Means.NEXT, Means.COMING)
    counted = many(r, ahead) if ahead > at else None
    if not counted and (value := r.value(at, Means.NUMBER)) is not None:
        ahead = r.skip(at + 1, Means.NEXT, Means.COMING)
        unit = r.value(ahead, Means.UNIT)
        several = value == 1 or r.has(ahead, Means.SEVERAL) or r.has(at + 1, Means.COMING)
        counted = (
            ((value, unit), ahead + 1) if unit is not None and several and ahead > at + 1 else None
        )
    if not counted and (told := many(r, at)) and r.has(told[1], Means.NEXT_AFTER):
        counted = told[0], told[1] + 1
    if not counted or counted[0][1] in (Unit.MINUTE, Unit.HOUR):
        return None
    (value, unit), behind = counted
    if unit == Unit.QUARTER:
        return Day(span=(stretch(r.today, unit, 1)[0], stretch(r.today, unit, value)[1])), behind
    return Day(span=(r.today + DAY, later(r.today, value, unit) + DAY)), behind


def _this_or_next(r: Reader, at: int) -> Found[Day]:
    behind = r.skip(at, Means.THIS, Means.NEXT, Means.COMING, Means.THE)
    said = frozenset(m for token in r.tokens[at:behind] for m in token.means)
    named = _named(r, behind)
    if not named:
        return None
    weekday, unit, month = named
    behind += 1
    if after_next := _after_next(r, behind):
        behind = after_next - 1
        if weekday is None:
            return Day(span=stretch(r.today, unit, 2)), behind + 1
        nearest = r.sole(Day(weekday=weekday, includes_today=False))
        then = nearest[0] + calendar.WEEK if nearest else r.today
        return Day(span=(then, then + DAY)), behind + 1
    if weekday is None and month is None and r.has(behind, Means.CURRENT):
        return Day(span=stretch(r.today, unit, 0)), behind + 1
    after = r.has(behind, Means.NEXT_AFTER)
    if not after and not said & {Means.THIS, Means.NEXT, Means.COMING}:
        return None
    behind += after
    if weekday is not None and (after or Means.NEXT in said) and Means.THIS not in said:
        return Day(weekday=weekday, span=calendar.week_of(r.today, 1)), behind
    if weekday is not None:
        return Day(weekday=weekday, includes_today=Means.THIS in said and not after), behind
    if month is not None:
        return Day(month=month), behind
    this_one = unit == Unit.WEEKEND and Means.NEXT not in said and not after
    steps = 0 if this_one or not (after or said & {Means.NEXT, Means.COMING}) else 1
    if steps and r.has(behind - 1 - after, Means.SEVERAL):
        return Day(span=(r.today + DAY, later(r.today, _A_FEW, unit) + DAY)), behind
    return Day(span=stretch(r.today, unit, steps)), behind


def _after_next(r: Reader, at: int) -> int:
    """Behind "after next", where it does not go on: "the friday after next | easter"."""
    if r.has(at, Means.AFTER_NEXT):
        return at + 1
    if not r.has(at, Means.AFTER) or not r.has(at + 1, Means.NEXT):
        return 0
    on = r.has(at + 2, Means.WEEKDAY, Means.UNIT, Means.MONTH, Means.HOLIDAY, Means.SEASON)
    return 0 if on else at + 2


def _named(r: Reader, at: int) -> tuple[int | None, int, int | None] | None:
    """What "next" may stand before: (weekday, unit, month)."""
    weekday, unit = r.value(at, Means.WEEKDAY), r.value(at, Means.UNIT)
    if weekday is not None:
        return weekday, 0, None
    letter = len(r.tokens[at].text) == 1 if unit is not None else False  # "coming w my mom"
    if unit is not None and unit not in (Unit.MINUTE, Unit.HOUR) and not letter:
        return None, unit, None
    month = r.value(at, Means.MONTH)
    followed = r.has(at + 1, Means.NUMBER, Means.ORDINAL)
    return (None, 0, month) if month is not None and not followed else None


def article(r: Reader, at: int) -> bool:
    """Whether an article stands here that is not one of hours, as "las" is."""
    return r.has(at, Means.THE) and not r.has(at, Means.AT, Means.SEVERAL)


def ordinal_day(r: Reader, at: int) -> Found[Day]:
    """ "the 14th", "el 14", "the 21st this month"."""
    place = r.skip(at, Means.THE, Means.DATED)
    coming = r.has(place, Means.NEXT, Means.THIS) and r.kind(place + 1) == "number"
    place += coming
    late = (r.value(place, Means.NUMBER) or 0) > LAST_HOUR  # "on 15", but "on 3" may be three
    from_then = r.has(at - 1, Means.DATED) and r.has(at - 1, Means.FROM)
    the = article(r, at) or from_then or (late and (coming or r.has(at, Means.DATED)))
    ordinal = r.value(place, Means.ORDINAL)
    within = r.skip(place + 1, Means.OF, Means.THE)
    of_one = r.has(within + 1, Means.UNIT, Means.MONTH, Means.OF)
    plain = the or (r.has(within, Means.NEXT, Means.THIS) and of_one)
    value = ordinal or (r.value(place, Means.NUMBER) if plain else None)
    spelled = not ordinal and place < len(r.tokens) and not r.tokens[place].figures
    told = any(r.has(i, Means.DATED) for i in range(at, place)) or (value or 0) > LAST_HOUR
    if spelled and (value == 1 or not told):
        return None  # "the one", "the two", but "el dos"
    named = within + r.has(within, Means.NEXT, Means.THIS)
    of_month = r.has(place + 1, Means.OF) and r.value(named, Means.UNIT) == Unit.MONTH
    if value is None or not 1 <= value <= LAST_DAY:
        return None
    if not (r.tokens[place].figures or the or (of_month and ordinal)):
        return None
    if r.has(place + 1, Means.UNIT, Means.COUNTED, Means.AM, Means.PM, Means.OCLOCK, Means.HALF):
        return None
    if r.value(place + 1, Means.NUMBER) == 1 and not r.tokens[place + 1].figures:
        return None  # "the 2nd one"
    return figure(r, place)
