"""What is wrong in a playbook, told so that it can be put right."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from textback.errors import BadInput

type Path = tuple[str | int, ...]

NEAR = 0.65  # how like a known word one has to be that is taken for its misspelling


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is the path of a setting (empty: the whole file), `line` its line in the file."""

    where: str
    says: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.where}: {self.says}" if self.where else self.says


class FaultyPlaybook(BadInput):
    """Carries every fault that was found."""

    def __init__(self, source: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        many = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
        told = (f"{source}:{f.line}: {f}" if f.line else f"{source}: {f}" for f in faults)
        super().__init__("\n  ".join([f"{source} has {many}", *told]))


def dotted(path: Path) -> str:
    """The path as it is told: `cadence[0].before`."""
    told = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return told.removeprefix(".")


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one; empty when none is near."""
    spelt = {k.lower(): k for k in known}
    return next((spelt[near] for near in get_close_matches(word.lower(), spelt, 1, NEAR)), "")


def meant(word: str, known: Iterable[str]) -> str:
    """A hint for a word that is not known, or nothing."""
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""


def listed(words: Iterable[str], last: str = "or") -> str:
    """`a, b or c`."""
    *others, final = words
    return f"{', '.join(others)} {last} {final}" if others else final


def shown(character: str) -> str:
    """The character, or its name where it cannot be seen by itself."""
    if character.isprintable() and not unicodedata.combining(character):
        return character
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
