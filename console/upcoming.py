"""What comes due next, on whatever line: timers, and the ends of pauses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from textback.adapters.dynamodb.due import DynamoDBDueIndex
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.domain.due import due_at, end_of
from textback.domain.playbook import Line, Paused
from textback.ports import Due

from console.aws import Stack
from console.clock import Clock

_EVER = "9999"  # behind every place in an index
_AT_ONCE = 100


@dataclass(frozen=True)
class Upcoming:
    """Reads the due indexes as the fan-out does, and further."""

    lines: DynamoDBLines
    index: DynamoDBDueIndex

    @classmethod
    def of(cls, stack: Stack, clock: Clock) -> Self:
        return cls(
            DynamoDBLines(stack.dynamodb, stack.table, clock),
            DynamoDBDueIndex(stack.dynamodb, stack.table),
        )

    def next(self, now: datetime) -> datetime | None:
        """The first moment after `now` at which something is to happen."""
        return min((m for line in self._lines() for m in self._moments(line, now)), default=None)

    def due(self, now: datetime) -> list[Due]:
        """What is due by `now` and held back by no pause."""
        return [due for line in self._lines() for due in self._due(line, now)]

    def _lines(self) -> Iterator[Line]:
        """The lines whose settings can be read."""
        return (line for line in self.lines.all() if isinstance(line, Line))

    def _moments(self, line: Line, now: datetime) -> Iterator[datetime]:
        after = end_of(now)
        at_once = self.index.now(line.number, _EVER, _AT_ONCE)
        yield from (due_at(due.at) for due in at_once if due.at > after)
        pause = line.pause(Paused.REMINDERS, now)
        if pause is None:
            paced = self.index.paced(line.number, after, _EVER, 1)
            yield from (due_at(due.at) for due in paced)
        elif pause.until:
            yield pause.until  # what is held back goes then, at the earliest

    def _due(self, line: Line, now: datetime) -> Iterator[Due]:
        until = end_of(now)
        yield from self.index.now(line.number, until, _AT_ONCE)
        if line.pause(Paused.REMINDERS, now) is None:
            yield from self.index.paced(line.number, "", until, _AT_ONCE)
