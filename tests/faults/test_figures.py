"""docs/reliability.md tells the scenarios, the faults and how many points there are."""

import re

from tests.faults.calls import Fault
from tests.faults.points import play_clean
from tests.faults.scenarios import SCENARIOS
from tests.template.cloudformation import ROOT

DOCS = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<what>[^|`]+?) \| (?P<points>[\d,]+) \|$", re.MULTILINE)
TOLD = {row["what"]: int(row["points"].replace(",", "")) for row in ROW.finditer(DOCS)}


def test_every_scenario_is_told_with_its_points() -> None:
    """Give or take a tenth: a call more or less in a function is no news."""
    counted = {
        scenario.name: sum(1 for fault in Fault for _ in play_clean(scenario).points(fault))
        for scenario in SCENARIOS
    }
    counted["all of them"] = sum(counted.values())
    assert TOLD.keys() == counted.keys()
    assert {n: p for n, p in counted.items() if abs(TOLD[n] - p) > p / 10} == {}


def test_every_fault_is_told() -> None:
    assert {fault for fault in Fault if f"| {fault} |" not in DOCS} == set()
