"""Every scenario, with every fault, at every point where it can happen."""

from collections.abc import Callable, Iterator

import pytest

from tests.faults.calls import Fault
from tests.faults.points import play_clean, try_every_point
from tests.faults.scenarios import SCENARIOS
from tests.faults.steps import Scenario


def rows() -> Iterator[object]:
    for scenario in SCENARIOS:
        for fault in Fault:
            if any(play_clean(scenario).points(fault)):
                yield pytest.param(scenario, fault, id=f"{scenario.name}: {fault}")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_without_a_fault_every_promise_is_kept(scenario: Scenario) -> None:
    outcome = play_clean(scenario).outcome
    assert not outcome.broken
    assert outcome.silenced == outcome.opted_out


@pytest.mark.parametrize(("scenario", "fault"), list(rows()))
def test_whatever_fails_the_end_is_the_same(
    scenario: Scenario, fault: Fault, record_property: Callable[[str, object], None]
) -> None:
    tried = try_every_point(play_clean(scenario), fault)
    record_property("scenario", scenario.name)
    record_property("points", tried.points)
    record_property("violations", len(tried.violations))
    assert not tried.violations
