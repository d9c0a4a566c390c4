"""What was learned of labelled replies, as the file that `make learn` writes: a line of JSON, and
behind it the table of weights."""

import json
from functools import cache
from pathlib import Path

from textback.domain.reading import Intent
from textback.domain.understand.likeness import Likeness
from textback.languages.files import HERE

FILE = HERE / "any" / "likeness.bin"


@cache
def likeness(file: Path = FILE) -> Likeness | None:
    """None where nothing was learned yet."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    head, _, table = content.partition(b"\n")
    told = json.loads(head)
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
    }
    file.write_bytes(json.dumps(head).encode() + b"\n" + learned.table)


def learned_from(file: Path = FILE) -> str:
    """The hash of the replies that the file was learned from."""
    return str(json.loads(file.read_bytes().partition(b"\n")[0])["learned_from"])
