"""Run a command that cannot outlive the program that wants it, whatever becomes of either.

The program holds the other end of this process's standard input. When that closes, because it
is done or because it was killed, the command is asked to end, and soon after its whole process
group is. Run as a file: it needs nothing but Python.
"""

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress

_LOOK_EVERY = 0.1
_PATIENCE = 20.0  # seconds for the command to save what it holds


def hold(command: list[str]) -> int:
    """Run the command until it ends or nobody wants it; give its exit status."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    try:
        while child.poll() is None and _wanted():
            pass
    finally:
        if child.poll() is None:
            child.terminate()
            with suppress(subprocess.TimeoutExpired):
                child.wait(_PATIENCE)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)  # its children, if it left any
        child.wait()
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def _wanted() -> bool:
    closed, _, _ = select.select([sys.stdin], [], [], _LOOK_EVERY)
    return not closed


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(hold(sys.argv[1:]))
