"""What was learned of labelled replies, as the files that `make learn` writes: a line of JSON, and
behind it the table of weights. What is damaged is not believed: texts are read by rules then."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from textback.domain.reading import Intent
from textback.domain.understand.likeness import Likeness
from textback.languages.files import HERE

if TYPE_CHECKING:
    from textback.domain.understand.picks import Picks

LIKENESS, PICKS = HERE / "any" / "likeness.bin", HERE / "any" / "picks.bin"


def likeness(language: str, file: Path = LIKENESS) -> Likeness | None:
    """None where nothing was learned of the language yet, or what was is damaged."""
    learned = _likeness(file)
    return learned if learned and language in learned.languages else None


def picks(language: str, file: Path = PICKS) -> "Picks | None":
    """As `likeness`."""
    learned = _picks(file)
    return learned if learned and language in learned.languages else None


@cache
def _likeness(file: Path) -> Likeness | None:
    kept = _read(file)
    if kept is None:
        return None
    told, table = kept
    return Likeness(
        table,
        tuple(map(Intent, told["meanings"])),
        tuple(told["bias"]),
        told["scale"],
        frozenset(told["languages"]),
    )


@cache
def _picks(file: Path) -> "Picks | None":
    from textback.domain.understand.picks import Picks  # noqa: PLC0415 - few texts need it

    kept = _read(file)
    if kept is None:
        return None
    told, table = kept
    return Picks(table, told["bias"], told["scale"], frozenset(told["languages"]))


def write_likeness(learned: Likeness, learned_from: str, file: Path = LIKENESS) -> None:
    """`learned_from` is a hash of the replies."""
    head = {"meanings": learned.meanings, "scale": learned.scale, "bias": learned.bias}
    _write(head, learned.languages, learned.table, learned_from, file)


def write_picks(learned: "Picks", learned_from: str, file: Path = PICKS) -> None:
    """As `write_likeness`."""
    head = {"scale": learned.scale, "bias": learned.bias}
    _write(head, learned.languages, learned.table, learned_from, file)


def learned_from(file: Path = LIKENESS) -> str:
    """The hash of the replies that the file was learned from."""
    return str(json.loads(file.read_bytes().partition(b"\n")[0])["learned_from"])


def _read(file: Path) -> tuple[dict[str, Any], bytes] | None:
    try:
        head, _, table = file.read_bytes().partition(b"\n")
        told = json.loads(head)
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(told, dict) or told.pop("check", None) != _check(told, table):
        return None
    return told, table


def _write(
    told: Mapping[str, object],
    languages: frozenset[str],
    table: bytes,
    learned_from: str,
    file: Path,
) -> None:
    head = {"learned_from": learned_from, "languages": sorted(languages), **told}
    kept = head | {"check": _check(head, table)}
    file.write_bytes(json.dumps(kept).encode() + b"\n" + table)


def _check(head: Mapping[str, object], table: bytes) -> int:
    return crc32(table, crc32(json.dumps(head).encode()))
