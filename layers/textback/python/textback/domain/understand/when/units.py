"""Days, weeks, months: how many, which one, and when they are over."""

from datetime import date, timedelta

from textback.domain.understand.when import calendar
from textback.domain.understand.when.calendar import DAY, Span
from textback.domain.understand.when.reader import Found, Reader
from textback.domain.understand.when.vocabulary import Means, Unit

_WEEKEND_FROM = 5
_QUARTER = 3  # months
MOST = 366  # of any unit that somebody counts ahead


def many(r: Reader, at: int) -> Found[tuple[int, int]]:
    """ "two weeks": (how many, of which unit)."""
    value = r.amount(at)
    behind = r.skip(at + 1, Means.OF) if r.has(at, Means.AMOUNT) else at + 1  # "a couple of"
    unit = r.value(behind, Means.UNIT)
    if value is None or unit is None or value > MOST:
        return None
    return (value, unit), behind + 1


def later(start: date, value: int, unit: int) -> date:
    match unit:
        case Unit.WEEK:
            return start + timedelta(weeks=value)
        case Unit.WEEKEND:
            return stretch(start, unit, value - 1)[0] if value else start
        case Unit.FORTNIGHT:
            return start + timedelta(weeks=2 * value)
        case Unit.MONTH:
            return calendar.months_later(start, value)
        case Unit.QUARTER:
            return calendar.months_later(start, _QUARTER * value)
        case Unit.YEAR:
            return calendar.months_later(start, 12 * value)
        case Unit.WORKDAY:
            then = start
            while value > 0:
                then += DAY
                value -= calendar.workday(then)
            return then
        case _:
            return start + timedelta(days=value)


def stretch(today: date, unit: int, steps: int) -> Span:
    """This one (0), the next one (1) of a unit."""
    match unit:
        case Unit.WEEK:
            return calendar.week_of(today, steps)
        case Unit.FORTNIGHT:
            return calendar.week_of(today, 2 * steps)[0], calendar.week_of(today, 2 * steps + 1)[1]
        case Unit.MONTH:
            return calendar.month_of(today, steps)
        case Unit.QUARTER:
            first = calendar.month_of(today, _QUARTER * steps - (today.month - 1) % _QUARTER)[0]
            return first, calendar.month_of(first, _QUARTER - 1)[1]
        case Unit.YEAR:
            return calendar.year_of(today, steps)
        case Unit.WEEKEND:
            monday, end = calendar.week_of(today, steps)
            return monday + timedelta(days=_WEEKEND_FROM), end
        case Unit.WORKDAY:
            then = later(today, steps, unit)
            return then, then + DAY
        case _:
            return today + steps * DAY, today + (steps + 1) * DAY
