"""The languages that texts are understood in. A folder is a language, and adds it by being there:
its files hold phrases by what they say (`[phrases]`) and spellings by class (`[classes]`); `any`
holds what every language shares. `domain/understand/lexicon.py` says how a phrase is written.
"""

import tomllib
from functools import cache
from pathlib import Path

from textback.domain.understand import Lexicon, Lexicons, lexicon

SHARED = "any"
_WORDS, _DATES = "words.toml", "dates.toml"  # dates are read by `dates`, once a text needs them
_HERE = Path(__file__).parent  # a layer is unpacked to a disk: no need for importlib.resources


@cache
def lexicons() -> Lexicons:
    """Every language, read once in a process."""
    return {language: _load(language) for language in languages()}


def languages() -> list[str]:
    """The languages there are: "en", "es"."""
    return sorted(file.parent.name for file in _HERE.glob(f"*/{_WORDS}"))


def _load(language: str) -> Lexicon:
    phrases: dict[str, list[str]] = {}
    classes: dict[str, list[str]] = {}
    for folder in (SHARED, language):
        for file in sorted((_HERE / folder).glob("*.toml")):
            if file.name == _DATES:
                continue
            data = tomllib.loads(file.read_text(encoding="utf-8"))
            for kind, into in (("phrases", phrases), ("classes", classes)):
                for section, block in data.get(kind, {}).items():
                    into.setdefault(section, []).extend(_listed(block))
    return lexicon(language, phrases, classes)


def _listed(block: str) -> list[str]:
    """The phrases of a block, parted by commas; one may run over several lines."""
    return [phrase for part in block.split(",") if (phrase := " ".join(part.split()))]
