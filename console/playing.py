"""The clock moved from one thing that happens to the next.

What a jump leaps over comes late, as after an outage, and the playbook's rules for lateness apply.
Here each thing comes at its time, and is through before the clock moves on.
"""

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from textback.domain.events import TimerFired
from textback.domain.ledger import JournalEntry

from console.aws import Stack
from console.clock import Clock
from console.records import Records
from console.upcoming import Upcoming

_A_LITTLE = timedelta(seconds=1)  # behind the moment, so that it is past on every clock
_PATIENCE = 10.0  # seconds for all that came due; then the day goes on without it
_ASK_AGAIN_AFTER = 0.7  # a function may still remember the clock as it was before
_LOOK_EVERY = 0.1
_LATEST = 5  # entries of a journal among which all news is


@dataclass(frozen=True)
class Happening:
    """What came of something that was planned."""

    phone: str
    reason: str


class Playing:
    """One move at a time, whoever asks for it."""

    def __init__(self, stack: Stack, clock: Clock) -> None:
        self._stack = stack
        self._clock = clock
        self._upcoming = Upcoming.of(stack, clock)
        self._records = Records.of(stack)
        self._moving = Lock()

    def next(self) -> datetime | None:
        """When the next thing happens; None when nothing is planned."""
        return self._upcoming.next(self._clock.now())

    def move(self, within: timedelta | None = None) -> list[Happening]:
        """Move to the next thing that happens, and give what came of it.

        When nothing happens `within` that time the clock moves on by all of it, or stays when no
        bound was given.
        """
        with self._moving:
            coming = self.next()
            now = self._clock.now()
            if coming is not None and (within is None or coming <= now + within):
                whole_seconds = math.ceil((coming - now).total_seconds())
                self._clock.forward(timedelta(seconds=whole_seconds) + _A_LITTLE)
            elif within is not None:
                self._clock.forward(within)
            return self._settled(since=now)

    def _settled(self, since: datetime) -> list[Happening]:
        """Wait until what is due was woken, and what that decided is done; give what it was."""
        until = time.monotonic() + _PATIENCE
        now = self._clock.now()
        due = self._upcoming.due(now)
        woken = {one.conversation for one in due}
        while due and time.monotonic() < until:
            self._stack.fan_out()
            again = min(until, time.monotonic() + _ASK_AGAIN_AFTER)
            while (due := self._upcoming.due(now)) and time.monotonic() < again:
                time.sleep(_LOOK_EVERY)
        entries = self._since(since, woken)
        while not all(entry.done for entry in entries) and time.monotonic() < until:
            time.sleep(_LOOK_EVERY)
            entries = self._since(since, woken)
        return [Happening(e.phone, e.reason) for e in entries if isinstance(e.event, TimerFired)]

    def _since(self, moment: datetime, conversations: Iterable[str]) -> list[JournalEntry]:
        """What was decided from that moment on, in order."""
        latest = [entry for id_ in conversations for entry in self._records.latest(id_, _LATEST)[1]]
        return sorted((e for e in latest if e.at >= moment), key=lambda entry: entry.at)
