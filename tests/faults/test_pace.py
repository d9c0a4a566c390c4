"""A fault may cost time. How much it costs a reminder."""

from datetime import timedelta

import pytest
from textback.performing import UNKNOWN_WAIT

from tests.faults.calls import Fault
from tests.faults.points import play_clean, quietly
from tests.faults.scenarios import SCENARIOS
from tests.faults.stack import TEMPLATE
from tests.faults.system import START, Point

(REMINDER,) = (scenario for scenario in SCENARIOS if scenario.name == "a reminder")
DUE = START + timedelta(days=5, hours=1)
TAKES = [
    call
    for call in play_clean(REMINDER).calls
    if (call.function, call.operation) == ("fan_out", "put_item")
]


@pytest.mark.parametrize(
    ("fault", "at_most"),
    [
        pytest.param(Fault.RETRIED, timedelta(minutes=1), id="what the client repeats is ours"),
        pytest.param(Fault.RIVAL, timedelta(minutes=1), id="of two fan-outs one hands over"),
        pytest.param(Fault.CRASH_BEFORE, timedelta(minutes=2), id="the next minute takes it"),
        # Sweeps are ten minutes apart, and two are needed; here a tick comes every six minutes.
        pytest.param(Fault.CRASH_AFTER, timedelta(minutes=20 + 6), id="a sweep finds it"),
    ],
)
def test_a_reminder_is_late_by_at_most(fault: Fault, at_most: timedelta) -> None:
    assert TAKES
    for call in TAKES:
        with quietly():
            system = REMINDER.play(REMINDER.system(Point(fault, call.number)))
        assert system.carrier.texts[0].at - DUE <= at_most


def test_nobody_decides_about_a_claim_while_its_claimer_may_live() -> None:
    assert TEMPLATE.functions["PerformFunction"]["Timeout"] <= UNKNOWN_WAIT
