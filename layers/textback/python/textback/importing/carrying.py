"""Events onto the bus: ten a call, a few calls side by side, and again what the bus did not take.

An event that goes twice does nothing twice: its version says that it is known.
"""

import json
import random
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from textback.importing.outcomes import LeftOut, Outcome, Refused, Taken

# AWS, PutEvents: at most ten entries and 256 KB a call. An entry is at most 10 KB by its contract's
# own bounds (tests/unit/test_import_carrying.py), so ten always fit.
BATCH = 10
SIDE_BY_SIDE = 4
SOURCE = "textback.import"
TRIES = 8
PAUSE = 0.2  # seconds before the second try; doubled with each, with jitter: 25 s in all
# What will be no better for waiting.
PERMANENT = ("AccessDenied", "InvalidArgument", "Malformed", "NotAuthorized", "ResourceNotFound",
             "UnrecognizedClient", "Validation", "ExpiredToken", "InvalidSignature")  # fmt: skip

type Sent = tuple[Sequence[Taken], Sequence[tuple[Taken, str]]]  # a batch, and what failed of it


class Stopped(Exception):
    """Whoever imports wants no more."""


@dataclass(frozen=True, slots=True)
class Bus:
    """`wait` waits for some seconds, and is true when the wait is over because of a stop."""

    client: Any
    name: str
    wait: Callable[[float], bool]

    def put(self, events: Sequence[Taken]) -> Sent:
        """Raises ClientError and BotoCoreError for what no waiting mends."""
        left, codes = list(events), [""] * len(events)
        for tried in range(TRIES):
            if tried and self.wait(PAUSE * 2**tried * random.uniform(0.5, 1.0)):  # noqa: S311
                raise Stopped
            left, codes = self._try(left, last=tried == TRIES - 1)
            if not left or all(code.startswith(PERMANENT) for code in codes):
                break
        return events, list(zip(left, codes, strict=True))

    def _try(self, events: list[Taken], *, last: bool) -> tuple[list[Taken], list[str]]:
        """Those that the bus did not take, with its codes."""
        try:
            answer = self.client.put_events(Entries=[self._entry(event) for event in events])
        except ClientError as error:
            if last or error.response["Error"]["Code"].startswith(PERMANENT):
                raise
            return events, [""] * len(events)
        except BotoCoreError:
            if last:
                raise
            return events, [""] * len(events)
        failed = [
            (event, str(entry["ErrorCode"]))
            for event, entry in zip(events, answer["Entries"], strict=True)
            if entry.get("ErrorCode")
        ]
        return [event for event, _ in failed], [code for _, code in failed]

    def _entry(self, event: Taken) -> dict[str, str]:
        return {
            "EventBusName": self.name,
            "Source": SOURCE,
            "DetailType": event.told,
            "Detail": json.dumps(event.detail, ensure_ascii=False),
        }


@dataclass(slots=True)
class Tally:
    """How far it came. Every row up to `line` is on the bus, refused or left out."""

    rows: int = 0
    line: int = 0
    sent: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Carrying:
    """`put` is None when nothing is to be sent. `tick` hears of every row."""

    put: Callable[[Sequence[Taken]], Sent] | None
    refuse: Callable[[Refused], None]
    tick: Callable[[], None]
    stop: threading.Event
    tally: Tally = field(default_factory=Tally)
    _under_way: deque[Future[Sent]] = field(default_factory=deque)

    def run(self, outcomes: Iterable[Outcome]) -> None:
        """Raises what `put` raises, and KeyboardInterrupt, once the calls under way have ended."""
        with ThreadPoolExecutor(SIDE_BY_SIDE) as side_by_side:
            try:
                for events in batched(self._taken(outcomes), BATCH, strict=False):
                    if self.put is None:
                        self._settle((events, ()))
                        continue
                    if len(self._under_way) == SIDE_BY_SIDE:
                        self._settle_first()
                    self._under_way.append(side_by_side.submit(self.put, events))
                while self._under_way:
                    self._settle_first()
            except BaseException:
                self.stop.set()
                self._settle_what_ended()
                raise

    def _taken(self, outcomes: Iterable[Outcome]) -> Iterable[Taken]:
        for outcome in outcomes:
            self.tally.rows += 1
            match outcome:
                case Taken():
                    yield outcome
                case Refused():
                    self.refuse(outcome)
                case LeftOut():
                    self._count(self.tally.left_out, outcome.why)
            self.tick()

    def _settle_first(self) -> None:
        """It stays among those under way until it has ended: to wait for it may be interrupted."""
        self._settle(self._under_way[0].result())
        self._under_way.popleft()

    def _settle_what_ended(self) -> None:
        """After a stop: in their order, up to the first that did not get through."""
        while self._under_way and self._under_way[0].exception() is None:
            self._settle_first()

    def _settle(self, sent: Sent) -> None:
        events, failed = sent
        lost = {id(event) for event, _ in failed}
        for event, code in failed:
            why = f"the bus did not take it ({code or 'no answer'}): import it again"
            self.refuse(Refused(event.line, "", why, event.row))
        for event in events:
            if id(event) not in lost:
                self._count(self.tally.sent, event.told)
        self.tally.line = events[-1].line

    @staticmethod
    def _count(counts: dict[str, int], name: str) -> None:
        counts[name] = counts.get(name, 0) + 1
