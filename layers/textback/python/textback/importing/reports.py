"""The rows that were refused, as a CSV file to mend and import: it holds patients' data, so only
its owner may read it."""

import csv
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textback.errors import BadInput
from textback.importing.outcomes import Refused
from textback.importing.rows import REPORTED

OWNER_ONLY = 0o600
SHOWN = 20  # refused rows that are told at the terminal


@dataclass(slots=True)
class Report:
    """`first` are those that the terminal is told of."""

    refused: int = 0
    first: list[Refused] = field(default_factory=list)
    _writer: Any = None

    def add(self, refused: Refused) -> None:
        self.refused += 1
        if len(self.first) < SHOWN:
            self.first.append(refused)
        if self._writer:
            told = (refused.line, refused.column, refused.why)
            self._writer.writerow((*told, *refused.row))


@contextmanager
def reporting(path: Path | None, source: str, header: tuple[str, ...]) -> Iterator[Report]:
    """Raises BadInput when the report cannot be written."""
    if path is None:
        yield Report()
        return
    if Path(source).exists() and path.exists() and path.samefile(source):
        raise BadInput("--report: this is the file that is imported; name another")
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    except OSError as error:
        raise BadInput(f"--report: {path}: {error.strerror}") from None
    with open(descriptor, "w", encoding="utf-8", newline="") as file:
        if os.fstat(descriptor).st_mode & 0o077:  # it was there before, open to others
            os.fchmod(descriptor, OWNER_ONLY)
        writer = csv.writer(file)
        writer.writerow((*REPORTED, *header))
        yield Report(_writer=writer)
