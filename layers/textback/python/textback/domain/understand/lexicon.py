"""A language as data: its phrases, each with what it says, made ready for matching.

A phrase is words, `{class}` (any spelling of a class), `[optional]`, `(one|another)`, `#` (a
number), `*` (a word the language does not know: a name) and `..` (up to three words of any kind).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from textback.domain.understand.sense import Sense

NUMBER, NAME, GAP = "#", "*", ".."
WILD = frozenset({NUMBER, NAME, GAP})
_INNERMOST = re.compile(r"\[([^][()]*)\]|\(([^][()]*)\)")


@dataclass(slots=True)
class Node:
    """A place in a tree of phrases. A phrase that ends here `says` something; a spelling `ends`."""

    words: dict[str, "Node"] = field(default_factory=dict)
    classes: dict[str, "Node"] = field(default_factory=dict)
    says: Sense | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language knows. Built once by `lexicon`, never changed after."""

    language: str
    root: Node
    classes: Mapping[str, Node]
    starts: Mapping[str, frozenset[str]]  # what the spellings of a class begin with
    openings: Mapping[str, tuple[str, ...]]  # the classes a phrase can begin with, by first word
    vocabulary: frozenset[str]
    known: frozenset[str]  # everyday words that are never a misspelling of another
    abbreviations: frozenset[str]


type Lexicons = Mapping[str, Lexicon]


def lexicon(
    language: str, phrases: Mapping[str, Iterable[str]], classes: Mapping[str, Iterable[str]]
) -> Lexicon:
    """Make a language ready. Raises ValueError naming the phrase that cannot be read."""
    builder = _Builder(frozenset(classes))
    for name, spellings in classes.items():
        for spelling in spellings:
            builder.spell(name, spelling)
    for section, lines in phrases.items():
        for line in lines:
            builder.say(Sense(section), line)
    starts = {name: builder.starts(name) for name in builder.trees}
    openings: dict[str, tuple[str, ...]] = {}
    for name in builder.root.classes:
        for word in starts[name]:
            openings[word] = (*openings.get(word, ()), name)
    return Lexicon(
        language=language,
        root=builder.root,
        classes=builder.trees,
        starts=starts,
        openings=openings,
        vocabulary=frozenset(builder.vocabulary - WILD),
        known=frozenset(classes.get("known", ())),
        abbreviations=frozenset(classes.get("abbreviation", ())),
    )


class _Builder:
    """Grows the trees. A group in brackets becomes a class of its own, so that a phrase with many
    options stays one short branch."""

    def __init__(self, classes: frozenset[str]) -> None:
        self.root = Node()
        self.trees = {name: Node() for name in classes}
        self.vocabulary: set[str] = set()
        self._tokens: dict[str, tuple[str, ...]] = {}
        self._starts: dict[str, frozenset[str]] = {}

    def say(self, sense: Sense, line: str) -> None:
        for sequence in self._sequences(line):
            end = self._grow(self.root, sequence)
            end.says = sense if end.says is None else heavier(sense, end.says)

    def spell(self, name: str, line: str) -> None:
        for sequence in self._sequences(line):
            self._grow(self.trees[name], sequence).ends = True

    def starts(self, name: str) -> frozenset[str]:
        if name not in self._starts:
            tree = self.trees[name]
            inner = (self.starts(other) for other in tree.classes)
            self._starts[name] = frozenset(tree.words).union(*inner)
        return self._starts[name]

    def _sequences(self, line: str) -> list[list[str]]:
        """The ways to read a line: with each of its options taken, and left out."""
        parts = self._without_groups(line).split()
        ways: list[list[str]] = [[]]
        for part in parts:
            if part.startswith("[{"):
                ways += [[*way, part[1:-1]] for way in ways]
            else:
                for way in ways:
                    way += self._parsed(part, line)
        ways = [way for way in ways if way]
        if not ways:
            raise ValueError(f"a phrase needs a word that is not optional: {line}")
        return ways

    def _without_groups(self, line: str) -> str:
        """The line with each group written as a class, `{(one|another)}`, optional: in [ ]."""
        while found := _INNERMOST.search(line):
            optional = found[1] is not None
            name = self._group((found[1] if optional else found[2]).split("|"))
            mark = f" <{name}> " if not optional else f" <?{name}> "
            line = line[: found.start()] + mark + line[found.end() :]
        return line.replace("<?", "[{").replace("<", "{")

    def _group(self, ways: list[str]) -> str:
        raise NotImplementedError

    def _parsed(self, part: str, line: str) -> tuple[str, ...]:
        raise NotImplementedError

    def _grow(self, node: Node, sequence: Iterable[str]) -> Node:
        raise NotImplementedError


def heavier(one: Sense, other: Sense) -> Sense:
    return min(one, other, key=_WEIGHT.__getitem__)


_WEIGHT = {sense: weight for weight, sense in enumerate(Sense)}
