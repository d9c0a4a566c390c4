"""The clock of the local stack: this machine's, moved forward by what the table says."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

# ISO 8601, with the units that have one length: a month has not.
_DURATION = re.compile(
    r"P(?=.)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)
_FURTHEST = timedelta(days=3660)
_KEY = {"pk": {"S": "clock"}, "sk": {"S": "clock"}}
# Other programs may move the clock too; the console sees it this many seconds later at most.
_READ_AGAIN_AFTER = 2.0


class DurationError(ValueError):
    """The clock was to be moved by something that is not a duration, or too far."""


def duration(text: object) -> timedelta:
    """Read an ISO 8601 duration of weeks, days, hours, minutes and seconds."""
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise DurationError(f"{text!r} is not a duration such as P1D, PT2H30M or P1W")
    given = timedelta(**{unit: int(count) for unit, count in found.groupdict("0").items()})
    if not timedelta() < given <= _FURTHEST:
        raise DurationError(f"{text!r} does not move the clock forward, or by more than ten years")
    return given


def real_now() -> datetime:
    """Read this machine's clock: the one place of the console that does."""
    return datetime.now(UTC)  # noqa: TID251 - somewhere the clock has to be read


class Clock:
    """The shifted clock, held in one item of the stack's table so that functions see it too."""

    def __init__(self, dynamodb: Any, table: str, real: Callable[[], datetime] = real_now) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._real = real
        self._lock = Lock()
        self._offset = timedelta()
        self._read_at: datetime | None = None

    def now(self) -> datetime:
        return self._real() + self.offset()

    def offset(self) -> timedelta:
        """How far the clock is ahead of this machine's."""
        with self._lock:
            now = self._real()
            if self._read_at is None or (now - self._read_at).total_seconds() > _READ_AGAIN_AFTER:
                self._offset = self._read()
                self._read_at = now
            return self._offset

    def forward(self, by: timedelta) -> datetime:
        """Move the clock on, and give the new time."""
        self._dynamodb.update_item(
            TableName=self._table,
            Key=_KEY,
            UpdateExpression="ADD offset_seconds :by",
            ExpressionAttributeValues={":by": {"N": str(int(by.total_seconds()))}},
        )
        with self._lock:
            self._read_at = None
        return self.now()

    def _read(self) -> timedelta:
        item = self._dynamodb.get_item(TableName=self._table, Key=_KEY, ConsistentRead=True)
        seconds = item.get("Item", {}).get("offset_seconds", {}).get("N", "0")
        return timedelta(seconds=float(seconds))
