"""What was learned of labelled replies, as the file that `make learn` writes: a line of JSON, and
behind it the table of weights. What is damaged is not believed: texts are read by rules then."""

import json
from functools import cache
from pathlib import Path
from zlib import crc32

from textback.domain.reading import Intent
from textback.domain.understand.likeness import Likeness
from textback.languages.files import HERE

FILE = HERE / "any" / "likeness.bin"


@cache
def likeness(file: Path = FILE) -> Likeness | None:
    """None where nothing was learned yet, or what was is damaged."""
    try:
        head, _, table = file.read_bytes().partition(b"\n")
        told = json.loads(head)
    except (FileNotFoundError, ValueError):
        return None
    if told.get("check") != crc32(table):
        return None
    return Likeness(
        table,
        tuple(map(Intent, told["meanings"])),
        tuple(told["bias"]),
        told["scale"],
        frozenset(told["languages"]),
    )


def write(learned: Likeness, learned_from: str, file: Path = FILE) -> None:
    """`learned_from` is a hash of the replies."""
    head = {
        "learned_from": learned_from,
        "languages": sorted(learned.languages),
        "meanings": learned.meanings,
        "scale": learned.scale,
        "bias": learned.bias,
        "check": crc32(learned.table),
    }
    file.write_bytes(json.dumps(head).encode() + b"\n" + learned.table)


def learned_from(file: Path = FILE) -> str:
    """The hash of the replies that the file was learned from."""
    return str(json.loads(file.read_bytes().partition(b"\n")[0])["learned_from"])
