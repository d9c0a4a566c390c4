"""What a language calls days and hours, from its `dates.toml`: read once a text needs it."""

import tomllib
from functools import cache
from pathlib import Path

from textback.domain.understand.when import Vocabulary, vocabulary

_HERE = Path(__file__).parent
_FILE = "dates.toml"


def dated_languages() -> list[str]:
    """The languages whose days and hours are understood."""
    return sorted(file.parent.name for file in _HERE.glob(f"*/{_FILE}"))


@cache
def dates(language: str) -> Vocabulary:
    """The words of one of `dated_languages`."""
    return vocabulary(tomllib.loads((_HERE / language / _FILE).read_text(encoding="utf-8")))
