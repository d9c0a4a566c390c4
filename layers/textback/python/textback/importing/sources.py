"""The file that is imported: how it is encoded, what kind it is, and when it was written."""

import codecs
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, cast

from textback.errors import BadInput

CHUNK = 1 << 20  # bytes looked at in one go
IN_MEMORY = 8 << 20  # bytes of standard input; more goes to an unnamed file that only we can read
HEAD = 4096  # bytes that tell the kind
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's does, so it is asked for first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls


class Kind(StrEnum):
    CSV = "CSV"
    BUNDLE = "FHIR Bundle"


@dataclass(frozen=True, slots=True)
class Source:
    """`modified` is None for what came through a pipe."""

    raw: BinaryIO
    kind: Kind
    encoding: str
    size: int
    modified: datetime | None

    @contextmanager
    def text(self) -> Iterator[TextIOWrapper]:
        """All of it, from its start. Line ends stay as they are."""
        self.raw.seek(0)
        text = TextIOWrapper(self.raw, encoding=self.encoding, newline="")
        try:
            yield text
        finally:
            text.detach()  # it would close the file, which is read twice

    def share(self) -> float:
        """How much of it has been read, from 0 to 1."""
        return self.raw.tell() / self.size if self.size else 1.0


@contextmanager
def opened(path: str, stdin: BinaryIO, encoding: str | None = None) -> Iterator[Source]:
    """`-` is standard input. All of it is decoded once before any of it is used, so that a wrong
    encoding is told before anything is sent. Raises BadInput."""
    with _seekable(path, stdin) as raw:
        size = raw.seek(0, os.SEEK_END)
        raw.seek(0)
        head = raw.read(HEAD)
        encoding = _marked(head) or encoding or _guessed(head)
        kind = _kind(head, encoding)
        _decode(raw, encoding)
        yield Source(raw, kind, encoding, size, _modified(stdin if path == "-" else raw))


@contextmanager
def _seekable(path: str, stdin: BinaryIO) -> Iterator[BinaryIO]:
    if path == "-":
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as copy:
            copyfileobj(stdin, copy, CHUNK)
            yield cast("BinaryIO", copy)
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - the next block closes it
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    with file:
        if not file.seekable():
            raise BadInput(f"{path}: give what comes through a pipe as standard input, with -")
        yield file


def _modified(raw: BinaryIO) -> datetime | None:
    try:
        found = os.fstat(raw.fileno())
    except OSError:  # no file of the system's stands behind it
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return datetime.fromtimestamp(found.st_mtime_ns // 1_000_000 / 1000, UTC)


def _marked(head: bytes) -> str:
    return next((encoding for bom, encoding in BOMS if head.startswith(bom)), "")


def _guessed(head: bytes) -> str:
    if head.startswith(SPREADSHEETS):
        raise BadInput("this is a spreadsheet: save it as CSV UTF-8, and import that")
    if b"\0" in head:
        raise BadInput(
            "this is not UTF-8, and perhaps UTF-16 without its mark: --encoding utf-16-le"
        )
    return "utf-8"


def _kind(head: bytes, encoding: str) -> Kind:
    try:
        start = (
            codecs.getincrementaldecoder(encoding)("replace").decode(head).lstrip("\ufeff \t\r\n")
        )
    except LookupError:
        raise BadInput("--encoding: no such encoding; try cp1252 or utf-16") from None
    start = start.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        raise BadInput("this is XML or HTML: import a FHIR Bundle as JSON, or a CSV file")
    return Kind.BUNDLE if start.startswith(("{", "[")) else Kind.CSV


def _decode(raw: BinaryIO, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    raw.seek(0)
    lines = 1
    while True:
        chunk = raw.read(CHUNK)
        try:
            lines += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as error:
            lines += error.object[: error.start].count(b"\n")
            raise BadInput(_undecodable(encoding, lines)) from None
        if not chunk:
            return


def _undecodable(encoding: str, line: int) -> str:
    if not encoding.startswith("utf-8"):
        return f"line {line}: this is not {encoding}: give another --encoding"
    return (
        f"line {line}: this is not UTF-8. Save the file as CSV UTF-8, or, if an older Windows "
        "program wrote it, give --encoding cp1252; nothing was imported"
    )
