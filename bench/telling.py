"""Rows as a table, and as the JSON of the contract."""

import json
from collections.abc import Iterable

from textback.cli.tables import Cell, print_table

from bench.row import Row

COLUMNS = ("name", "value", "unit", "floor", "naive", "target", "met")
DIGITS = 3  # that are told of a measured figure: more of them are noise


def tell(rows: Iterable[Row]) -> None:
    print_table(COLUMNS, [_cells(row) for row in rows])


def as_json(rows: Iterable[Row]) -> str:
    """The contract's one line."""
    return json.dumps({"rows": [{name: getattr(row, name) for name in COLUMNS} for row in rows]})


def _cells(row: Row) -> tuple[Cell, ...]:
    figures = (row.value, row.floor, row.naive, row.target)
    value, floor, naive, target = ("-" if f is None else _short(f) for f in figures)
    return row.name, value, row.unit, floor, naive, target, "yes" if row.met else "NO"


def _short(figure: float) -> float:
    """A count as it is, a measured figure to its first digits."""
    if float(figure).is_integer():
        return int(figure)
    return float(f"{figure:.{DIGITS}g}")
