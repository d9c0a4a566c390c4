"""One run at a time in a folder: two would each overwrite what the other keeps."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from console import ports
from console.settings import Settings

_LOOK_EVERY = 0.2


class BusyError(Exception):
    """Another run lasts; the message says what to do."""


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold the folder while the block lasts; wait for a run that is just ending."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.local / "lock").open("w") as lock:
        told = False
        while not _taken(lock):
            if settings.marker.exists():
                raise BusyError(
                    f"A run lasts that keeps its data in {settings.local}.\nEnd that, or start"
                    f" another beside it: make run {ports.others(settings)} LOCAL=.local/second"
                )
            if not told:
                print("Waiting for the last run to end ...", flush=True)
                told = True
            time.sleep(_LOOK_EVERY)
        yield


def _taken(lock: TextIOWrapper) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
