"""A language, ready to explain texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from textback.domain.understand.paths import Paths
from textback.domain.understand.trees import Trees

if TYPE_CHECKING:
    from textback.domain.understand.likeness import Likeness


@dataclass(frozen=True)
class Lexicon:
    """What one language knows; what it has seen of texts is remembered in `paths`, `settled` and
    `mended` alone, and is words of languages, never a contact's own."""

    language: str
    trees: Trees
    likeness: "Likeness | None" = field(default=None, compare=False, repr=False)
    # How words of languages are spelled, and what those of others are mended to: no more than
    # those languages have.
    settled: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    mended: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    _begun: dict[str, frozenset[str]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def paths(self) -> Paths:
        return Paths(self.trees)

    def begins(self, word: str, name: str) -> bool:
        """Whether a spelling of a class begins with the word."""
        names = self._begun.get(word)
        if names is None:
            if word not in self.trees.openings:
                return False
            names = self._begun[word] = frozenset(self.trees.openings[word])
        return name in names

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return self.trees.vocabulary

    @cached_property
    def known(self) -> frozenset[str]:
        return self.trees.known


type Lexicons = Mapping[str, Lexicon]
