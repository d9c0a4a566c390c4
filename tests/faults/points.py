"""Every point of a scenario at which something can fail, found by playing it once without."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache

from textback import edge

from tests.faults.calls import Call, Fault
from tests.faults.promises import Outcome, differences, disagreement, doubled, outcome
from tests.faults.sources import QueueSource
from tests.faults.steps import Scenario
from tests.faults.system import Point

# Faults after which nobody can know whether the text of this call went out.
_UNKNOWN_AT = {
    "send_text_message": {
        Fault.CRASH_BEFORE,
        Fault.CRASH_AFTER,
        Fault.SERVER_ERROR,
        Fault.TIMEOUT_BEFORE,
        Fault.TIMEOUT_AFTER,
    },
    "claim": {Fault.CRASH_AFTER},
    "mark": {Fault.CRASH_BEFORE},
}


@dataclass(frozen=True)
class Clean:
    """A scenario played without faults."""

    scenario: Scenario
    calls: list[Call]
    deliveries: list[str]
    sends: dict[str, int]  # by queue that overtaking can befall
    outcome: Outcome

    def points(self, fault: Fault) -> Iterator[Point]:
        if fault is Fault.OVERTAKEN:
            for queue, sends in self.sends.items():
                yield from (Point(fault, n, queue) for n in range(1, sends))
        elif fault.of_a_delivery:
            yield from (Point(fault, n) for n in range(1, len(self.deliveries) + 1))
        else:
            yield from (Point(fault, call.number) for call in self.calls if call.may(fault))

    def where(self, point: Point) -> str:
        if point.queue:
            return f"message {point.at} of {point.queue}"
        if point.fault.of_a_delivery:
            return f"delivery {point.at}: {self.deliveries[point.at - 1]}"
        return str(self.calls[point.at - 1])

    def in_window(self, point: Point) -> bool:
        if point.queue or point.fault.of_a_delivery:
            return False
        return point.fault in _UNKNOWN_AT.get(self.calls[point.at - 1].kind, set())


@contextmanager
def quietly() -> Iterator[None]:
    """Without the functions' log, and with the conversations of a batch one after the other, so
    that a call has the same number in every run."""
    level, side_by_side = edge.logger.log_level, edge.SIDE_BY_SIDE
    edge.logger.setLevel("CRITICAL")
    edge.SIDE_BY_SIDE = 1
    try:
        yield
    finally:
        edge.logger.setLevel(level)
        edge.SIDE_BY_SIDE = side_by_side


@cache
@quietly()
def play_clean(scenario: Scenario) -> Clean:
    """Play it once without a fault."""
    system = scenario.play(scenario.system())
    sends = {
        source.queue.name: source.queue.sends
        for source in system.sources
        if isinstance(source, QueueSource) and not source.queue.fifo
    }
    return Clean(scenario, system.calls.made, system.deliveries, sends, outcome(system))


@dataclass
class Tried:
    points: int = 0
    violations: list[str] = field(default_factory=list)


@quietly()
def try_every_point(clean: Clean, fault: Fault) -> Tried:
    """Play the scenario anew for each point, with this one fault there."""
    tried = Tried()
    for point in clean.points(fault):
        scenario = clean.scenario
        system = scenario.system(point)
        faulty = outcome(scenario.play(system))
        tried.points += 1
        if not system.fault_struck:
            tried.violations.append(f"{fault} never struck at {clean.where(point)}")
        in_window = clean.in_window(point)
        found = list(faulty.broken)
        if not (in_window and scenario.learns_from_the_text):
            found += disagreement(faulty)
            if scenario.races or point.queue in scenario.order_matters:
                found += doubled(faulty, in_window=in_window)
            else:
                found += differences(clean.outcome, faulty, in_window=in_window)
        tried.violations += [f"{fault} at {clean.where(point)}: {one}" for one in found]
    return tried
