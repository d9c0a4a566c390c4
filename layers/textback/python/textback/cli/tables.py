"""Tables: with rich at a terminal, in plain columns anywhere else."""

import sys
from collections.abc import Sequence

type Cell = str | int | float


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Numbers stand at the right of their column."""
    if sys.stdout.isatty():
        _rich(columns, rows)
        return
    widths = [max(len(str(row[n])) for row in (columns, *rows)) for n in range(len(columns))]
    for row in (columns, *rows):
        cells = (
            f"{cell:>{width}}" if isinstance(cell, int | float) else f"{cell:<{width}}"
            for cell, width in zip(row, widths, strict=True)
        )
        print("  ".join(cells).rstrip())


def _rich(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - slow to import, and few need it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for n, (name, *cells) in enumerate(zip(columns, *rows, strict=True), start=1):
        right = any(isinstance(cell, int | float) for cell in cells)
        table.add_column(name, justify="right" if right else "left", no_wrap=n < len(columns))
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    Console().print(table)
