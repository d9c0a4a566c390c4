"""A text in one language beside the offered times, and what is found of them in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.matching import Matcher
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import BREAKS, COMMA

BEHIND = 4  # words that what stands before a mention may have


@dataclass(frozen=True, slots=True)
class Found:
    """A mention in the making. A bare figure is a place in the list, and beside another mention
    perhaps an hour or a date: then `wide` counts. `vague`: see `Mention`."""

    start: int
    end: int
    slots: frozenset[int]
    kind: str
    wide: frozenset[int]
    vague: bool = False


class Seen:
    """What the finders ask of a text and of its language."""

    def __init__(self, text: Spelled, lexicon: Lexicon, slots: tuple[datetime, ...]) -> None:
        self.words = text.tokens
        self.slots = slots
        self.counting = 0  # words that make a figure a count: "all 3"
        self.vocabulary = lexicon.vocabulary
        self._lexicon = lexicon
        self._matcher = Matcher(text, lexicon)

    def begins(self, word: str, name: str) -> bool:
        return self._lexicon.begins(word, name)

    def end(self, name: str, at: int) -> int:
        """Where the longest spelling of a class that begins at `at` ends; 0: there is none."""
        if at >= len(self.words) or not self.begins(self.words[at], name):
            return 0
        return max(self._matcher.ends(name, at), default=0)

    def behind(self, name: str, at: int) -> int:
        """Where the longest spelling of a class that ends at `at` begins; `at`: there is none."""
        starts = range(max(at - BEHIND, 0), at)
        return next((start for start in starts if at in self.ends(name, start)), at)

    def ends(self, name: str, at: int) -> tuple[int, ...]:
        return self._matcher.ends(name, at) if self.begins(self.words[at], name) else ()

    def where(self, fits: Callable[[datetime], bool]) -> frozenset[int]:
        return frozenset(i for i, slot in enumerate(self.slots) if fits(slot))

    def adjoin(self, end: int, start: int) -> bool:
        return all(w == COMMA or self.begins(w, "joins") for w in self.words[end:start])

    def is_alone(self, at: int, end: int) -> bool:
        """Whether nothing but courtesy stands beside it: "ONE", but not "the afternoon one"."""
        before = at == 0 or self.words[at - 1] in BREAKS
        after = self.words[end] if end < len(self.words) else COMMA
        return before and (
            after in BREAKS or self.begins(after, "thank") or self.begins(after, "please")
        )

    def past_suffix(self, at: int) -> int:
        return at + (at < len(self.words) and self.begins(self.words[at], "ordinal_end"))


def places(fits: Iterable[bool]) -> frozenset[int]:
    return frozenset(place for place, fit in enumerate(fits) if fit)


def found_as(start: int, end: int, slots: frozenset[int], kind: str) -> Found:
    return Found(start, end, slots, kind, slots)
