"""The only place that asks what time it is."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

FRESH_FOR = 0.5  # seconds that the local stack's offset is remembered
CLOCK_KEY = {"pk": {"S": "clock"}, "sk": {"S": "clock"}}


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is that place


@dataclass(slots=True)
class ShiftedClock:
    """The clock of a local stack: it can be moved forward by an offset in the table."""

    client: Any
    table: str
    _offset: timedelta = timedelta()
    _asked: float = field(default=float("-inf"))

    def now(self) -> datetime:
        if time.monotonic() - self._asked > FRESH_FOR:
            found = self.client.get_item(TableName=self.table, Key=CLOCK_KEY).get("Item", {})
            self._offset = timedelta(seconds=float(found.get("offset_seconds", {}).get("N", 0)))
            self._asked = time.monotonic()
        return datetime.now(UTC) + self._offset  # noqa: TID251 - this is that place
