"""The languages that texts are understood in. A folder is a language, and adds it by being there;
README.md beside this says what its files hold. `any` holds what every language shares.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from textback.domain.understand import Lexicon, Lexicons, lexicon

SHARED = "any"
_WORDS, _DATES = "words.toml", "dates.toml"  # dates are read by `dates`, once a text needs them
_HERE = Path(__file__).parent  # a layer is unpacked to a disk: no need for importlib.resources


class _WhenAsked(Mapping[str, Lexicon]):
    """Every language, each read when somebody asks for it: most texts are explained by the
    contact's own, and reading one costs a cold start more than all else here."""

    def __init__(self) -> None:
        self._read: dict[str, Lexicon] = {}
        self._names = languages()

    def __getitem__(self, language: str) -> Lexicon:
        if language not in self._read:
            if language not in self._names:
                raise KeyError(language)
            self._read[language] = _load(language)
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def lexicons() -> Lexicons:
    """Every language, each read once in a process."""
    return _WhenAsked()


def languages() -> list[str]:
    """The languages there are: "en", "es", "pt"."""
    return sorted(file.parent.name for file in _HERE.glob(f"*/{_WORDS}"))


def _load(language: str) -> Lexicon:
    phrases: dict[str, list[str]] = {}
    classes: dict[str, list[str]] = {}
    spellings: dict[str, list[str]] = {}
    for folder in (SHARED, language):
        for file in sorted((_HERE / folder).glob("*.toml")):
            if file.name == _DATES:
                continue
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            tables = (("phrases", phrases), ("classes", classes), ("spellings", spellings))
            for kind, into in tables:
                for section, block in data.get(kind, {}).items():
                    into.setdefault(section, []).extend(_listed(block))
    return lexicon(language, phrases, classes, spellings)


def _listed(block: str) -> list[str]:
    """The phrases of a block, parted by commas; one may run over several lines."""
    return [phrase for part in block.split(",") if (phrase := " ".join(part.split()))]
