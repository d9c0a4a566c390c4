"""Which days a holiday is: a date, a month's weekday, counted from Easter (of either Church), or of
the Hebrew or the Islamic calendar; and how many."""

from collections.abc import Iterator
from datetime import date, timedelta

from textback.domain.understand.when import moons
from textback.domain.understand.when.calendar import DAY, Day, spans
from textback.domain.understand.when.vocabulary import HEBREW, ISLAMIC, ORTHODOX, Holiday

_YEARS_SEARCHED = 2


def holiday(known: Holiday, year: int | None, today: date) -> Day | None:
    """The holiday of `year`, or the next one."""
    plain = known.month is not None and not (known.later or known.calendar) and known.days == 1
    if plain and known.weekday is None:
        return Day(year=year, month=known.month, day=known.day)
    begun = known.days > 1  # a winter that one is in began last year
    years = (year,) if year else range(today.year - begun, today.year + _YEARS_SEARCHED)
    for each in years:
        for then in _of(known, each):
            if year or then + known.days * DAY > today:
                return Day(span=(then, then + known.days * DAY))
    return None


def _of(known: Holiday, year: int) -> Iterator[date]:
    later = timedelta(days=known.later)
    if known.month is None:
        sunday = moons.orthodox_easter if known.calendar == ORTHODOX else easter
        yield sunday(year) + later
        return
    if known.calendar:
        told = {HEBREW: moons.hebrew, ISLAMIC: moons.islamic}[known.calendar]
        yield from told(year, known.month, known.day)
        return
    said = Day(year=year, month=known.month, day=known.day)
    if known.weekday is not None:
        said = Day(year=year, month=known.month, weekday=known.weekday, nth=known.day)
    yield from (span[0] + later for span in spans(said, date(year, 1, 1))[:1])


def easter(year: int) -> date:
    """The Sunday of Easter in the Gregorian calendar, by the anonymous rule printed in Nature,
    20 April 1876."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leaps, left = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    weekday = (32 + 2 * left + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
