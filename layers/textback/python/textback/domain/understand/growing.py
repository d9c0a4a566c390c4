"""Phrases grown into trees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from textback.domain.understand.phrases import Class, Group, Part, Phrase, phrase
from textback.domain.understand.sense import SAFETY, Sense
from textback.domain.understand.trees import (
    NOTHING,
    SENSES,
    SHORTEST_MENDED,
    SPELLED,
    WILD,
    Onward,
    Trees,
)

_WEIGHT = {sense: weight for weight, sense in enumerate(SENSES)}


def grow(
    phrases: Mapping[str, Iterable[str]],
    classes: Mapping[str, Iterable[str]],
    spellings: Mapping[str, Iterable[str]],
) -> Trees:
    """Raises ValueError for a phrase that cannot be read."""
    meant = {typed: word for word, typings in spellings.items() for typed in typings}
    builder = _Builder(classes, meant)
    for section, lines in phrases.items():
        for line in lines:
            builder.say(Sense(section), phrase(line))
    packing = _Packing()
    long = sorted(word for word in builder.vocabulary if len(word) >= SHORTEST_MENDED)
    return Trees(
        root=packing.pack(builder.root),
        watch=packing.pack(builder.watch),
        classes={name: packing.pack(tree) for name, tree in builder.trees.items()},
        words=packing.words,
        entries=packing.entries,
        says=bytes(packing.says),
        openings=_openings({name: builder.starts(name) for name in builder.trees}),
        vocabulary=frozenset(builder.vocabulary),
        long=long,
        endings=_endings(long),
        known=frozenset(classes.get("known", ())),
        abbreviations=frozenset(classes.get("abbreviation", ())),
        spellings=meant,
    )


def _openings(starts: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    openings: dict[str, list[str]] = {}
    for name, words in starts.items():
        for word in words:
            openings.setdefault(word, []).append(name)
    alike: dict[tuple[str, ...], tuple[str, ...]] = {}  # many words begin the same classes
    each = ((word, tuple(names)) for word, names in sorted(openings.items()))
    return {word: alike.setdefault(names, names) for word, names in each}


def _endings(long: Iterable[str]) -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for word in long:
        words.setdefault(word[0] + word[-2:], []).append(word)
    return {ending: tuple(alike) for ending, alike in words.items()}


@dataclass(slots=True)
class _Growing:
    """A node while its tree grows."""

    words: dict[str, "_Growing"] = field(default_factory=dict)
    classes: dict[str, "_Growing"] = field(default_factory=dict)
    says: int = NOTHING


class _Packing:
    """Numbers the nodes. Those that go on alike are one, and most phrases end alike."""

    def __init__(self) -> None:
        self.words: list[Onward | None] = []
        self.entries: list[Onward | None] = []
        self.says: list[int] = []
        self._numbers: dict[object, int] = {}

    def pack(self, grown: _Growing) -> int:
        words = {word: self.pack(node) for word, node in grown.words.items()}
        classes = {name: self.pack(node) for name, node in grown.classes.items()}
        key = (tuple(words.items()), tuple(classes.items()), grown.says)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.says)
            self.words.append(words or None)
            self.entries.append(classes or None)
            self.says.append(grown.says)
        return number


class _Builder:
    """Grows the trees. A group becomes a class of its own, so that a phrase with many options
    stays one short branch."""

    def __init__(self, classes: Mapping[str, Iterable[str]], spellings: Mapping[str, str]) -> None:
        self._spellings = spellings
        self.root = _Growing()
        self.watch = _Growing()
        self.trees = {name: _Growing() for name in classes}
        self.vocabulary: set[str] = set()
        self._groups: dict[tuple[Phrase, ...], str] = {}
        self._starts: dict[str, frozenset[str]] = {}
        for name, ways in classes.items():
            for spelling in ways:
                self._spell(name, phrase(spelling))

    def say(self, sense: Sense, said: Phrase) -> None:
        for root in (self.root, self.watch) if sense in SAFETY else (self.root,):
            for end in self._grow(root, said):
                end.says = min(end.says, _WEIGHT[sense])

    def starts(self, name: str) -> frozenset[str]:
        if name not in self._starts:
            tree = self.trees[name]
            inner = (self.starts(other) for other in tree.classes)
            self._starts[name] = frozenset(tree.words).union(*inner)
        return self._starts[name]

    def _spell(self, name: str, spelling: Phrase) -> None:
        for end in self._grow(self.trees[name], spelling):
            end.says = SPELLED

    def _grow(self, node: _Growing, parts: Iterable[Part]) -> list[_Growing]:
        """The nodes where the parts end, one for each choice of what is optional."""
        nodes = [node]
        for part in parts:
            grown = [self._branch(n, part) for n in nodes]
            optional = isinstance(part, Group) and part.optional
            nodes = nodes + grown if optional else grown
        return nodes

    def _branch(self, node: _Growing, part: Part) -> _Growing:
        match part:
            case str():
                word = self._spellings.get(part, part)
                if word not in WILD:
                    self.vocabulary.add(word)
                return node.words.setdefault(word, _Growing())
            case Class(name):
                if name not in self.trees:
                    raise ValueError(f"no class of this name: {name}")
                return node.classes.setdefault(name, _Growing())
            case Group(ways, _):
                return node.classes.setdefault(self._group(ways), _Growing())

    def _group(self, ways: tuple[Phrase, ...]) -> str:
        if ways not in self._groups:
            name = f"({len(self._groups)})"
            self._groups[ways] = name
            self.trees[name] = _Growing()
            for way in ways:
                self._spell(name, way)
        return self._groups[ways]
