"""The whole line in one process: the real functions between fakes of what AWS gives them, under a
clock that only tests move."""

import json
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.adapters.memory import MemoryClock
from textback.domain.playbook import Playbook
from textback.wiring import Wiring

from tests.faults.calls import Calls, Died, Fault, Process
from tests.faults.outside import Bus, Carrier
from tests.faults.queues import SQS
from tests.faults.sources import Delivery, Event, Response, Source, StreamSource
from tests.faults.stack import (
    module_of,
    new_queues,
    new_sources,
    new_table,
    requests_rule,
    settings_of,
    shipped_playbook,
)
from tests.support.samples import LINE

START = datetime(2026, 12, 1, 17, tzinfo=UTC)  # a Tuesday, 9 in the morning in Seattle
MINUTE = timedelta(minutes=1)
BEHIND = timedelta(seconds=2)  # a host's clock, at its worst
MEANWHILE = timedelta(seconds=5)
ROUNDS = 2000  # in which a system that is left alone comes to rest


@dataclass(frozen=True)
class Point:
    """Where a fault is put: at a call, at a delivery, or to the n-th message of a queue."""

    fault: Fault
    at: int
    queue: str = ""


class System:
    """`point` is the one fault of this run, if any; `playbooks` are those of its lines."""

    def __init__(
        self,
        point: Point | None = None,
        *,
        receipts_arrive: bool = True,
        playbooks: Mapping[str, Playbook] | None = None,
    ) -> None:
        playbooks = playbooks or {LINE: shipped_playbook()}
        random.seed(1)
        self.point = point
        self.clock = MemoryClock(START)
        self.table = new_table()
        self.queues = new_queues(self.clock)
        self.bus = Bus("EventBus", requests_rule(), self.queues["RequestsQueue"].send, self.clock)
        self.carrier = Carrier(self.clock, set(playbooks), "OptOutList", receipts_arrive)
        backends = {
            "dynamodb": self.table,
            "sqs": SQS({queue.url: queue for queue in self.queues.values()}),
            "events": self.bus,
            "pinpoint-sms-voice-v2": self.carrier,
        }
        at_a_call = point is not None and not (point.fault.of_a_delivery or point.queue)
        self.calls = Calls(
            backends,
            fault=point.fault if point and at_a_call else None,
            at=point.at if point and at_a_call else 0,
            meanwhile=self._meanwhile,
        )
        if point and point.queue:
            self.queues[point.queue].overtaken = point.at
        self.sources = list(new_sources(self.queues, self.table, self.clock))
        self.stream = next(s for s in self.sources if isinstance(s, StreamSource))
        self.cases: list[dict[str, Any]] = []  # what an agent's tool took from the handoff queue
        self.deliveries: list[str] = []  # the function of each
        self._struck = False
        self._events: list[tuple[str, Event]] = []  # those of the functions that now run
        self._late: list[tuple[str, Event]] = []
        self._warm: dict[str, Wiring] = {}
        self._numbers = count(1)
        for line, playbook in playbooks.items():
            DynamoDBLines(self.table, "Table", self.clock).apply(line, playbook)
        self.table.catch_up()

    @property
    def fault_struck(self) -> bool:
        if self.point and self.point.queue:
            return self.queues[self.point.queue].sends > self.point.at
        return self._struck or self.calls.struck

    # ---------------------------------------------------------------- what goes in

    def publish(self, queue: str, payload: dict[str, Any]) -> None:
        """By way of a topic, whose envelope is around it."""
        at = self.clock.at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        envelope = {
            "Type": "Notification",
            "MessageId": f"sns-{next(self._numbers)}",
            "Message": json.dumps(payload),
            "Timestamp": at,
        }
        self.queues[queue].send(json.dumps(envelope))

    def tick(self) -> None:
        """The schedule starts fan_out, once."""
        self._deliver("fan_out", {}, lambda _: None)

    # ---------------------------------------------------------------- what comes of it

    def settle(self, until: datetime | None = None) -> None:
        """Let everything happen that is to happen by itself, as time goes on, up to `until`."""
        for _ in range(ROUNDS):
            self._report()
            if any(self._deliver_from(source) for source in self.sources):
                continue
            coming = min(self._moments(), default=None)
            if coming is None or (until and coming >= until):
                return
            self.forward(coming)
        raise AssertionError("the system never came to rest")

    def forward(self, to: datetime) -> None:
        """Time goes on, and with it every read catches up with what was written."""
        if to > self.clock.at:
            self.clock.at = to
            self.table.catch_up()

    def finish(self) -> None:
        """Bring what was kept back, and let it settle."""
        self.settle()
        for queue in self.queues.values():
            if queue.let_go():
                self.settle()
        for function, event in self._late:
            self._run(function, event, self._wiring(function))
        self.settle()
        self._tell_the_desk()

    def _moments(self) -> Iterable[datetime]:
        moments = [source.next_at() for source in self.sources]
        moments += [at for at, _ in self.carrier.receipts]
        return (moment for moment in moments if moment)

    def _report(self) -> None:
        """Receipts on their way arrive; an agent's tool takes what there is."""
        due = [receipt for at, receipt in self.carrier.receipts if at <= self.clock.at]
        self.carrier.receipts = [r for r in self.carrier.receipts if r[0] > self.clock.at]
        for receipt in due:
            self.publish("ReceiptsQueue", receipt)
        self._tell_the_desk()

    def _tell_the_desk(self) -> None:
        handoffs = self.queues["HandoffQueue"]
        for message in handoffs.receive(10):
            self.cases.append(json.loads(message.body))
            handoffs.delete(message)

    def _deliver_from(self, source: Source) -> bool:
        delivery: Delivery | None = source.next()
        if delivery is None:
            return False
        self._deliver(source.function, delivery.event, delivery.settled)
        return True

    def _deliver(
        self, function: str, event: Event, settled: Callable[[Response | None], None]
    ) -> None:
        self.deliveries.append(function)
        fault = self._fault_of_this_delivery()
        wiring = self._warm.pop(function, None) or self._wiring(function)
        if fault is Fault.CLOCK_BEHIND:
            wiring = self._wiring(function, behind=True)
        response = self._run(function, event, wiring)
        if response is not None and fault is not Fault.CLOCK_BEHIND:
            self._warm[function] = wiring
        if fault is Fault.AGAIN:
            self._run(function, event, self._wiring(function))
        if fault is Fault.AGAIN_LATE:
            self._late.append((function, event))
        settled(response)

    def _fault_of_this_delivery(self) -> Fault | None:
        point = self.point
        if point and point.fault.of_a_delivery and point.at == len(self.deliveries):
            self._struck = True
            return point.fault
        return None

    def _run(self, function: str, event: Event, wiring: Wiring) -> Response | None:
        """The function's answer; None when it failed as a whole."""
        module: Any = module_of(function)
        before = module.wiring
        module.wiring = lambda: wiring
        self.calls.running.append(Process(function))
        self._events.append((function, event))
        try:
            return module.handler(event, None)  # type: ignore[no-any-return]
        except (Died, Exception):  # noqa: BLE001 - to Lambda all are the same
            return None
        finally:
            self._events.pop()
            self.calls.running.pop()
            module.wiring = before

    def _meanwhile(self, fault: Fault) -> None:
        if fault is Fault.RIVAL:
            function, event = self._events[-1]
            self._run(function, event, self._wiring(function))
        else:
            self.settle(until=self.clock.at + MEANWHILE)

    def _wiring(self, function: str, *, behind: bool = False) -> Wiring:
        clock = MemoryClockBehind(self.clock) if behind else self.clock
        return Wiring(settings_of(function), self.calls.client, lambda _: None, clock)


@dataclass
class MemoryClockBehind:
    right: MemoryClock

    def now(self) -> datetime:
        return self.right.at - BEHIND
