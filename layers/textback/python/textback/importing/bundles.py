"""A Bundle's entries one by one, each with the line it begins on: a Bundle may outgrow memory.

The standard library's decoder reads each entry; what is added is to feed it a piece at a time, and
to count lines, which streaming parsers do not (docs/decisions/2026-11-24-import.md)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from textback.errors import BadInput

PIECE = 1 << 18  # characters read in one go
LARGEST = 1 << 24  # characters of one entry: no appointment's resource is as large
BLANK = re.compile(r"[ \t\r\n]*")
DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Entry:
    line: int
    value: Any


@dataclass(slots=True)
class Bundle:
    """`members` are the Bundle's own, but for its entries; they are known once all were read."""

    text: TextIO
    members: dict[str, Any] = field(default_factory=dict)
    _held: str = ""
    _at: int = 0
    _line: int = 1
    _counted: int = 0
    _ended: bool = False

    def entries(self) -> Iterator[Entry]:
        """Raises BadInput for what is no JSON object, wherever it ceases to be one."""
        self._expect("{")
        if self._peek() == "}":
            self._at += 1
        else:
            while True:
                name = self._value()
                if not isinstance(name, str):
                    raise self._broken("a name in quotation marks is due")
                self._expect(":")
                if name == "entry" and self._peek() == "[":
                    yield from self._array()
                else:
                    self.members[name] = self._value()
                if self._expect(",}") == "}":
                    break
        if self._peek():
            raise self._broken("something follows the Bundle: is it NDJSON? Import one Bundle")

    def _array(self) -> Iterator[Entry]:
        self._expect("[")
        if self._peek() == "]":
            self._at += 1
            return
        while True:
            self._peek()
            line = self._line_here()
            yield Entry(line, self._value())
            if self._expect(",]") == "]":
                return

    def _value(self) -> Any:
        """The value that is next. One that breaks off is tried again with more of the text."""
        self._peek()
        more = PIECE
        while True:
            try:
                value, end = DECODER.raw_decode(self._held, self._at)
            except RecursionError:
                raise self._broken("nested too deep") from None
            except ValueError:
                if self._ended or len(self._held) - self._at > LARGEST:
                    raise self._broken("this is not JSON") from None
            else:
                # A number may go on in what is not read yet; nothing else can.
                if end < len(self._held) or self._ended or not isinstance(value, int | float):
                    self._at = end
                    return value
            self._read(more)
            more *= 2

    def _expect(self, signs: str) -> str:
        sign = self._peek()
        if not sign or sign not in signs:
            raise self._broken(f"{' or '.join(signs)} is due")
        self._at += 1
        return sign

    def _peek(self) -> str:
        """The next character that is not blank, "" at the end."""
        while True:
            blank = BLANK.match(self._held, self._at)
            self._at = blank.end() if blank else self._at
            if self._at < len(self._held):
                return self._held[self._at]
            if self._ended:
                return ""
            self._read(PIECE)

    def _read(self, size: int) -> None:
        self._line_here()
        piece = self.text.read(size)
        self._held = self._held[self._at :] + piece
        self._at = self._counted = 0
        self._ended = not piece

    def _line_here(self) -> int:
        self._line += self._held.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _broken(self, why: str) -> BadInput:
        return BadInput(f"line {self._line_here()}: {why}; nothing after it can be read")
