"""CSV as it is found: records with the lines they begin on, also after quoted line ends and faults.

The csv module reads it; what is added is where each record begins, and that one with a stray
quotation mark takes no other with it: it is refused by itself, and reading goes on below it.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from textback.errors import BadInput

DELIMITERS = (",", ";", "\t", "|")
LONGEST = 1 << 20  # characters of one line; a CSV file with longer ones is something else
UNPAIRED = "its quotation marks do not pair: quote the whole value, and double those inside it"


@dataclass(frozen=True, slots=True)
class Record:
    """`fault` says why these are no cells; then they are the line as it stands."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""


class _Lines:
    """The lines of the record that is being read are kept, so that they can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.begun: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.begun.append(line)
        self.number += 1
        return line

    def give_back(self) -> str:
        """All but the first of them, which is answered."""
        first, *others = self.begun
        self._again.extendleft(reversed(others))
        self.number -= len(others)
        return first


def records(lines: Iterable[str], delimiter: str, before: int = 0) -> Iterator[Record]:
    """Every record that is not blank; `before` lines of the file were read already."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        source.begun.clear()
        line = before + source.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Record(line, (source.give_back().rstrip("\r\n"),), UNPAIRED)
        else:
            if any(cell.strip() for cell in cells):
                yield Record(line, tuple(cells))


def lines_of(text: TextIO) -> Iterator[str]:
    """The lines, with their ends. Raises BadInput for one that no CSV file has."""
    number = 0
    while line := text.readline(LONGEST):
        number += 1
        if len(line) == LONGEST:
            raise BadInput(f"line {number} is longer than a million characters: is this CSV?")
        yield line
