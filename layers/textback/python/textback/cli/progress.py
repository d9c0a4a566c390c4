"""How far a long command has come: a bar at a terminal, else a line every few seconds. On standard
error, so that what is printed can still be used."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

EVERY = 5.0  # seconds between plain lines
LOOK = 0.1  # seconds between looks at the figures

type Far = Callable[[], tuple[int, float]]  # rows so far, and the share of the whole they are


@contextmanager
def progress(far: Far, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """Gives what is to be called with every row."""
    if quiet:
        yield lambda: None
    elif sys.stderr.isatty():
        with _bar(far) as tick:
            yield tick
    else:
        yield _lines(far)


def _lines(far: Far) -> Callable[[], None]:
    told = time.monotonic()

    def tick() -> None:
        nonlocal told
        if (now := time.monotonic()) - told >= EVERY:
            told = now
            rows, share = far()
            print(f"{rows:,} rows, {share:.0%}", file=sys.stderr, flush=True)

    return tick


@contextmanager
def _bar(far: Far) -> Iterator[Callable[[], None]]:
    from rich.console import Console  # noqa: PLC0415 - slow to import, and few need it
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    looked = 0.0
    columns = (
        TextColumn("{task.fields[rows]:,} rows"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0, rows=0)

        def tick() -> None:
            nonlocal looked
            if (now := time.monotonic()) - looked >= LOOK:
                looked = now
                rows, share = far()
                bar.update(task, completed=share, rows=rows)

        yield tick
