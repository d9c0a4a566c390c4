"""A language, ready to explain texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from textback.domain.understand.paths import Paths
from textback.domain.understand.trees import Trees

if TYPE_CHECKING:
    from textback.domain.understand.likeness import Likeness
    from textback.domain.understand.picks import Picks


def _nothing() -> None:
    return None


@dataclass(frozen=True)
class Lexicon:
    """What one language knows; what it has seen of texts is remembered in `paths`, `settled` and
    `mended` alone, and is words of languages, never a contact's own. `likeness` and `picks` were
    learned of it; the second is fetched when times were offered, which is seldom."""

    language: str
    trees: Trees
    likeness: "Likeness | None" = field(default=None, compare=False, repr=False)
    picks: "Callable[[], Picks | None]" = field(default=_nothing, compare=False, repr=False)
    # How words of languages are spelled, and what those of others are mended to: no more than
    # those languages have.
    settled: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    mended: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    _beginnings: dict[str, frozenset[str]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    @cached_property
    def paths(self) -> Paths:
        return Paths(self.trees)

    def begins(self, word: str, name: str) -> bool:
        """Whether a spelling of a class begins with the word."""
        return word in self.beginnings(name)

    def beginnings(self, name: str) -> frozenset[str]:
        """The words that the spellings of a class begin with; none of a class that is not there."""
        found = self._beginnings.get(name)
        if found is None:
            trees, tree = self.trees, self.trees.classes.get(name)
            words = trees.words[tree] or () if tree is not None else ()
            inner = trees.entries[tree] or () if tree is not None else ()
            found = frozenset(words).union(*map(self.beginnings, inner))
            self._beginnings[name] = found
        return found

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return self.trees.vocabulary

    @cached_property
    def known(self) -> frozenset[str]:
        return self.trees.known


type Lexicons = Mapping[str, Lexicon]
