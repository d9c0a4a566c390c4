"""How a run is stopped: Ctrl-C, SIGTERM, or the end of what started it."""

import os
import signal
import time
from pathlib import Path
from types import FrameType
from typing import Self

_STEP = 0.1


class Stopped(Exception):
    """The run is wanted no more; everything is to end in order."""


class Stop:
    """Looks whether the run is still wanted, at moments when it can end in order.

    While it lasts the marker file exists. Make removes a target when it is interrupted, and this
    file is the target of `make run`, so a signal that reached make only ends the run too.
    """

    def __init__(self, marker: Path) -> None:
        self._marker = marker
        self._signalled = False
        self._starter = os.getppid() if "MAKELEVEL" in os.environ else None

    def __enter__(self) -> Self:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._signal)
        self._marker.parent.mkdir(parents=True, exist_ok=True)
        self._marker.write_text(f"{os.getpid()}\n")
        return self

    def __exit__(self, *_: object) -> None:
        self._marker.unlink(missing_ok=True)

    def check(self) -> None:
        """Raise Stopped if the run is wanted no more."""
        orphaned = self._starter is not None and os.getppid() != self._starter
        if self._signalled or orphaned or not self._marker.exists():
            self._marker.unlink(missing_ok=True)  # a next run then waits for this one's end
            raise Stopped

    def pause(self, seconds: float = _STEP) -> None:
        """Sleep, but not through a stop."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.check()
            time.sleep(min(_STEP, seconds))
        self.check()

    def _signal(self, _number: int, _frame: FrameType | None) -> None:
        self._signalled = True
