"""The languages that texts are understood in. A folder is a language, and adds it by being there;
README.md beside this says what its files hold. `any` holds what every language shares.
"""

from collections.abc import Iterator, Mapping
from functools import cache, partial

from textback.domain.understand import Lexicon, Lexicons
from textback.languages.files import languages
from textback.languages.keeping import load
from textback.languages.learned import likeness, picks

__all__ = ["languages", "lexicons"]


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
            self._read[language] = Lexicon(
                language, load(language), likeness(language), partial(picks, language)
            )
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@cache
def lexicons() -> Lexicons:
    """Every language, each read once in a process."""
    return _WhenAsked()
