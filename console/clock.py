"""The clock of the local stack: this machine's, moved forward by what the table says."""

import re
from datetime import datetime, timedelta
from typing import Any

from textback.adapters.clock import CLOCK_KEY, ShiftedClock, SystemClock

from console.errors import WrongRequestError

# ISO 8601, with the units that have one length: a month has not.
_DURATION = re.compile(
    r"P(?=.)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)
_FURTHEST = timedelta(days=3660)

real_now = SystemClock().now


def duration(text: object) -> timedelta:
    """Read an ISO 8601 duration of weeks, days, hours, minutes and seconds."""
    found = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise WrongRequestError(f"{text!r} is not a duration such as P1D, PT2H30M or P1W")
    given = timedelta(**{unit: int(count) for unit, count in found.groupdict("0").items()})
    if not timedelta() < given <= _FURTHEST:
        raise WrongRequestError(f"{text!r} moves the clock not at all, or over ten years")
    return given


class Clock:
    """The shifted clock, held in one item of the stack's table so that functions see it too."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._shifted = ShiftedClock(dynamodb, table)

    def now(self) -> datetime:
        return self._shifted.now()

    def offset(self) -> timedelta:
        """How far the clock is ahead of this machine's."""
        return timedelta(seconds=round((self.now() - real_now()).total_seconds()))

    def forward(self, by: timedelta) -> datetime:
        """Move the clock on, and give the new time."""
        self._dynamodb.update_item(
            TableName=self._table,
            Key=CLOCK_KEY,
            UpdateExpression="ADD offset_seconds :by",
            ExpressionAttributeValues={":by": {"N": str(int(by.total_seconds()))}},
        )
        self._shifted = ShiftedClock(self._dynamodb, self._table)  # it remembers the old offset
        return self.now()
