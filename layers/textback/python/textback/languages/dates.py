"""A language's words for days and hours, from its `dates.toml`: read only once a text needs them."""

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
    """Raises ValueError for a language that has none."""
    if language not in dated_languages():
        raise ValueError(f'"language" is none of {", ".join(dated_languages())}')
    return vocabulary(tomllib.loads((_HERE / language / _FILE).read_text(encoding="utf-8")))
