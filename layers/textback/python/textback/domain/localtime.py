"""Clocks on walls: a local date and time as the moment it is in a zone, whatever its DST does."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MIDNIGHT = time()
NOON = timedelta(hours=12)  # a time that no zone's DST skips


def moment(day: date, at: timedelta, zone: ZoneInfo) -> datetime:
    """When the clocks of `zone` show `at` (after midnight) on `day`, in UTC.

    A time that DST skips is read by the clock as it was before (02:30 is then 03:30), one that it
    repeats is the first of the two.
    """
    wall = datetime.combine(day, MIDNIGHT) + at
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def has(zone: ZoneInfo, day: date) -> bool:
    """Whether `zone` has this day; one that goes over the date line may leave one out."""
    return moment(day, NOON, zone).astimezone(zone).date() == day


def days_from(start: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The moment `days` calendar days after `start`, at the same time on the clocks of `zone`."""
    if days == 0:
        return start.astimezone(UTC)  # which of two moments it is, where DST repeats it, is known
    wall = start.astimezone(zone)
    into_the_day = timedelta(
        hours=wall.hour, minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond
    )
    return moment(wall.date() + timedelta(days=days), into_the_day, zone)
