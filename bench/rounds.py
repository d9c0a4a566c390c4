"""Times that can be compared: taken turn by turn, so that whatever slows this machine down for a
while slows all of them down, and told as medians. CPU seconds, not the clock's: others work here
too."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent


def interleaved(acts: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median CPU seconds of each act in this process; a first round warms up and is dropped."""
    taken: list[list[float]] = [[] for _ in acts]
    for warm in (False, *[True] * rounds):
        for act, times in zip(acts, taken, strict=True):
            before = time.process_time()
            act()
            if warm:
                times.append(time.process_time() - before)
    return [median(times) for times in taken]


def fresh(
    programs: Sequence[str], rounds: int, env: Mapping[str, str] | None = None
) -> list[float]:
    """The median CPU seconds of each program in an interpreter of its own, from its start until it
    has done what it says: to tear it down again is of no account. A first round compiles what is
    not compiled yet and is dropped."""
    return interleaved_by(lambda program: _once(program, env or {}), programs, rounds)


def interleaved_by[T](cost: Callable[[T], float], things: Sequence[T], rounds: int) -> list[float]:
    """The median of what `cost` says of each thing, asked turn by turn."""
    told = [[cost(thing) for thing in things] for _ in range(rounds + 1)]
    return [median(costs) for costs in zip(*told[1:], strict=True)]


def _once(program: str, env: Mapping[str, str]) -> float:
    """Raises RuntimeError when the program fails."""
    command = [sys.executable, "-c", f"{program}\nimport os; os._exit(0)"]
    started = subprocess.Popen(command, cwd=ROOT, env=os.environ | env)  # noqa: S603 - our own
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise RuntimeError(f"the program to measure ended with {started.returncode}: {program}")
    return used.ru_utime + used.ru_stime
