"""Other programs that the local run needs, each on a leash, each with its output in a file."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from console import leash
from console.settings import ROOT
from console.stopping import Stop

_TAIL = 4000
_PATIENCE = 30.0


class ToolError(Exception):
    """A program failed; the message holds the end of what it said."""


class Tool:
    """A running program. It ends with the block, and also if this process is killed."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        self._name = Path(command[0]).name
        self._log = log
        with log.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, leash.__file__, *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=dict(environment),
                start_new_session=True,  # a Ctrl-C in the terminal is for us, not for it
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Let the leash go, and wait until the program and its children are gone."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.terminate()
            self._process.wait()

    def finish(self, stop: Stop) -> None:
        """Wait for the program to end by itself; a failure is a ToolError."""
        while self.running():
            stop.pause()
        if self._process.returncode != 0:
            raise self.failure()

    def running(self) -> bool:
        return self._process.poll() is None

    def failure(self) -> ToolError:
        """Make the error that says how the program ended."""
        said = self._log.read_text(errors="replace")[-_TAIL:].strip()
        return ToolError(f"{self._name} failed, see {self._log}. It said last:\n\n{said}")
