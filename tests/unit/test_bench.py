"""What `make bench` says of the figures that it is given, whatever measured them."""

import json
import sys
from types import ModuleType

import pytest

from bench.__main__ import main
from bench.benches import NAMES, bench, purpose
from bench.rounds import fresh, interleaved_by
from bench.row import Better, Row
from bench.telling import COLUMNS

MEASURED = [
    Row("calls", 8, "calls", target=7, floor=7, naive=13),
    Row("time", 0.04567, "x", target=0.1),
    Row("utilisation", 0.96, "share", target=0.95, better=Better.LARGER),
]


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Benches of which `tiny` yields MEASURED, and `broken` cannot run."""
    module = ModuleType("bench.tiny", "What is tiny. And quick.")
    vars(module)["rows"] = lambda: iter(MEASURED)
    monkeypatch.setitem(sys.modules, "bench.tiny", module)
    monkeypatch.setitem(sys.modules, "bench.broken", ModuleType("bench.broken", "No rows."))
    return ("tiny", "broken")


@pytest.mark.parametrize(
    ("value", "better", "met"),
    [
        (1, Better.SMALLER, True),
        (1.001, Better.SMALLER, False),
        (1, Better.LARGER, True),
        (0.999, Better.LARGER, False),
    ],
)
def test_a_target_is_met_by_what_reaches_it(value: float, better: Better, met: bool) -> None:  # noqa: FBT001
    assert Row("row", value, "x", target=1, better=better).met is met


def test_the_table_tells_every_row(
    tiny: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tiny"], tiny) == 0
    told = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert told == [
        list(COLUMNS),
        ["calls", "8", "calls", "7", "13", "7", "NO"],
        ["time", "0.0457", "x", "-", "-", "0.1", "yes"],
        ["utilisation", "0.96", "share", "-", "-", "0.95", "yes"],
    ]


def test_the_last_line_is_the_contract_s_json(
    tiny: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--json", "tiny"], tiny) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told.keys() == {"rows"}
    assert told["rows"][0] == {
        "name": "calls",
        "value": 8,
        "unit": "calls",
        "floor": 7,
        "naive": 13,
        "target": 7,
        "met": False,
    }
    assert [row["value"] for row in told["rows"]] == [8, 0.04567, 0.96]  # in full
    assert told["rows"][1]["floor"] is None


def test_what_is_listed_is_not_run(
    tiny: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--list"], tiny) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1) for line in listed] == [
        ["tiny", "What is tiny"],
        ["broken", "No rows"],
    ]


def test_a_bench_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["nothing"])
    assert "invalid choice: 'nothing'" in capsys.readouterr().err


@pytest.mark.parametrize("name", NAMES)
def test_every_bench_is_there_and_says_what_it_measures(name: str) -> None:
    assert callable(bench(name))
    assert purpose(name)


def test_the_warming_round_is_dropped_and_the_rest_told_by_their_medians() -> None:
    costs = {"a": iter([100.0, 1.0, 9.0, 2.0]), "b": iter([100.0, 5.0, 5.0, 4.0])}
    asked: list[str] = []

    def cost(thing: str) -> float:
        asked.append(thing)
        return next(costs[thing])

    assert interleaved_by(cost, ["a", "b"], rounds=3) == [2.0, 5.0]
    assert asked == ["a", "b"] * 4


def test_a_program_that_fails_is_no_figure() -> None:
    with pytest.raises(RuntimeError, match="ended with 3"):
        fresh(["raise SystemExit(3)"], rounds=1)
