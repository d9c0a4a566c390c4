"""Tells at the end how many points were tried."""

from collections import Counter

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    points: Counter[str] = Counter()
    violations: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        told = dict(report.user_properties)
        if "points" in told:
            points[told["scenario"]] += told["points"]
            violations[told["scenario"]] += told["violations"]
    if not points:
        return
    terminalreporter.section("points at which something failed, and promises broken by it")
    for scenario, tried in sorted(points.items()):
        terminalreporter.write_line(f"{tried:7,} {violations[scenario]:4}  {scenario}")
    terminalreporter.write_line(f"{points.total():7,} {violations.total():4}  in all")
