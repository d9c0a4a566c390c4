"""Days of calendars that follow the moon, by the arithmetic that N. Dershowitz and E. M. Reingold
give in Calendrical Calculations: the Hebrew one as it is kept, the Islamic one as it is tabled,
from which a sighted moon may differ by a day."""

from collections.abc import Iterator
from datetime import date

_HEBREW_EPOCH = -1_373_428  # of the proleptic Gregorian ordinals, the day before 1 Tishri 1
_ISLAMIC_EPOCH = 227_014  # the day before 1 Muharram 1
_TISHRI, _HESHVAN, _KISLEV, _ADAR = 7, 8, 9, 12
_LONG = frozenset((1, 3, 5, 7, 11))  # Hebrew months of 30 days in every year
_HEBREW_AHEAD, _ISLAMIC_BEHIND = 3760, 622  # years from the Gregorian count


def hebrew(year: int, month: int, day: int) -> Iterator[date]:
    """The days of a Gregorian year that are the `day` of a Hebrew month; Nisan is the first."""
    for told in (year + _HEBREW_AHEAD, year + _HEBREW_AHEAD + 1):
        months = _hebrew_months(told)
        before = range(_TISHRI, months + 1) if month < _TISHRI else range(_TISHRI, month)
        earlier = range(1, month) if month < _TISHRI else range(0)
        days = sum(_hebrew_month(told, m) for m in (*before, *earlier))
        found = date.fromordinal(_hebrew_new_year(told) + days + day - 1)
        if found.year == year:
            yield found


def _hebrew_months(year: int) -> int:
    return 13 if (7 * year + 1) % 19 < 7 else 12  # noqa: PLR2004 - seven leap years of nineteen


def _hebrew_month(year: int, month: int) -> int:
    """How many days it has; two of them are longer or shorter by the year's length."""
    length = _hebrew_new_year(year + 1) - _hebrew_new_year(year)
    if month == _HESHVAN:
        return 30 if length % 10 == 5 else 29  # noqa: PLR2004 - 355, 385
    if month == _KISLEV:
        return 29 if length % 10 == 3 else 30  # noqa: PLR2004 - 353, 383
    leap_adar = month == _ADAR and _hebrew_months(year) > _ADAR
    return 30 if month in _LONG or leap_adar else 29


def _hebrew_new_year(year: int) -> int:
    """The ordinal of 1 Tishri, moved off where its neighbours would be too long or too short."""
    before, this, after = (_molad_day(y) for y in (year - 1, year, year + 1))
    moved = 2 if after - this == 356 else 1 if this - before == 382 else 0  # noqa: PLR2004
    return _HEBREW_EPOCH + this + moved + 1


def _molad_day(year: int) -> int:
    """Days from the epoch to the new moon of Tishri, and one more where it falls on a Sunday,
    a Wednesday or a Friday."""
    months = (235 * year - 234) // 19
    parts = 12_084 + 13_753 * months
    day = 29 * months + parts // 25_920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day  # noqa: PLR2004


def islamic(year: int, month: int, day: int) -> Iterator[date]:
    """The days of a Gregorian year that are the `day` of an Islamic month: one, rarely two."""
    near = (year - _ISLAMIC_BEHIND) * 33 // 32
    for told in range(near - 1, near + 2):
        days = 29 * (month - 1) + (6 * month - 1) // 11 + (told - 1) * 354 + (3 + 11 * told) // 30
        found = date.fromordinal(_ISLAMIC_EPOCH + days + day)
        if found.year == year:
            yield found


def orthodox_easter(year: int) -> date:
    """The Sunday of Easter in the Julian calendar's reckoning, told in the Gregorian."""
    golden, week, leap = year % 19, year % 7, year % 4
    moon = (19 * golden + 15) % 30
    later = moon + (2 * leap + 4 * week - moon + 34) % 7 + 114
    julian = date(year, later // 31, later % 31 + 1).toordinal()
    return date.fromordinal(julian + year // 100 - year // 400 - 2)
