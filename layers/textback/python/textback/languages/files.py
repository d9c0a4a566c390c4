"""The files of a language."""

from pathlib import Path

SHARED = "any"
HERE = Path(__file__).parent  # a layer is unpacked to a disk: no need for importlib.resources
_WORDS, _DATES = "words.toml", "dates.toml"  # dates are read by `dates`, once a text needs them


def languages() -> list[str]:
    """The languages there are: "en", "es", "pt"."""
    return sorted(file.parent.name for file in HERE.glob(f"*/{_WORDS}"))


def sources(language: str) -> list[bytes]:
    """What a language is read from: the files that all share, then its own."""
    return [
        file.read_bytes()
        for folder in (SHARED, language)
        for file in sorted((HERE / folder).glob("*.toml"))
        if file.name != _DATES
    ]
