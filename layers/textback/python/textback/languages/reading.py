"""A language read from its files and grown, the long way round: see `keeping`."""

import tomllib
from collections.abc import Iterable

from textback.domain.understand.growing import grow
from textback.domain.understand.trees import Trees


def grown(files: Iterable[bytes]) -> Trees:
    """Raises ValueError for a phrase that cannot be read."""
    phrases: dict[str, list[str]] = {}
    classes: dict[str, list[str]] = {}
    spellings: dict[str, list[str]] = {}
    for file in files:
        data = tomllib.loads(file.decode())
        tables = (("phrases", phrases), ("classes", classes), ("spellings", spellings))
        for kind, into in tables:
            for section, block in data.get(kind, {}).items():
                into.setdefault(section, []).extend(_listed(block))
    return grow(phrases, classes, spellings)


def _listed(block: str) -> list[str]:
    """The phrases of a block, parted by commas; one may run over several lines."""
    return [phrase for part in block.split(",") if (phrase := " ".join(part.split()))]
