"""A language as data: its phrases, each with what it says, grown into trees for matching."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from textback.domain.understand.paths import SPELLED, Node, Paths, heavier
from textback.domain.understand.phrases import WILD, Class, Group, Part, Phrase, phrase
from textback.domain.understand.sense import SAFETY, Sense

SHORTEST_MENDED = 5  # letters: a shorter word is too close to too many others to be put right


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language knows. Built once by `lexicon`, never changed after."""

    language: str
    root: Node
    watch: Callable[[], Node]  # the phrases that keep people safe, alone; grown for a long text
    classes: Mapping[str, Node]
    starts: Mapping[str, frozenset[str]]  # what the spellings of a class begin with
    paths: Paths
    vocabulary: frozenset[str]
    # Its long words by length and the first two letters, or the first and the last two: a word with
    # one slip behind its first letter has one of the two in common with what was meant.
    beginnings: Mapping[tuple[str, int], list[str]]
    endings: Mapping[tuple[str, int], list[str]]
    known: frozenset[str]  # everyday words that are never a misspelling of another
    abbreviations: frozenset[str]
    spellings: Mapping[str, str]  # what people type for a word: "q" for "que"


type Lexicons = Mapping[str, Lexicon]


def lexicon(
    language: str,
    phrases: Mapping[str, Iterable[str]],
    classes: Mapping[str, Iterable[str]],
    spellings: Mapping[str, Iterable[str]] | None = None,
) -> Lexicon:
    """Make a language ready. Raises ValueError for a phrase that cannot be read."""
    meant = {typed: word for word, typings in (spellings or {}).items() for typed in typings}
    builder = _Builder(classes, meant)
    for section, lines in phrases.items():
        for line in lines:
            builder.say(Sense(section), phrase(line))
    starts = {name: builder.starts(name) for name in builder.trees}
    openings = _openings(starts)
    return Lexicon(
        language=language,
        root=builder.root,
        watch=cache(builder.watch),
        classes=builder.trees,
        starts=starts,
        paths=Paths(builder.trees, lambda word: openings.get(word, frozenset())),
        vocabulary=frozenset(builder.vocabulary),
        beginnings=_long(builder.vocabulary, lambda word: word[:2]),
        endings=_long(builder.vocabulary, lambda word: word[0] + word[-2:]),
        known=frozenset(classes.get("known", ())),
        abbreviations=frozenset(classes.get("abbreviation", ())),
        spellings=meant,
    )


def _openings(starts: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    openings: dict[str, set[str]] = {}
    for name, words in starts.items():
        for word in words:
            openings.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in openings.items()}


def _long(
    vocabulary: Iterable[str], letters: Callable[[str], str]
) -> dict[tuple[str, int], list[str]]:
    words: dict[tuple[str, int], list[str]] = {}
    for word in vocabulary:
        if len(word) >= SHORTEST_MENDED:
            words.setdefault((letters(word), len(word)), []).append(word)
    return words


class _Builder:
    """Grows the trees. A group becomes a class of its own, so that a phrase with many options
    stays one short branch."""

    def __init__(self, classes: Mapping[str, Iterable[str]], spellings: Mapping[str, str]) -> None:
        self._spellings = spellings
        self.root = Node()
        self._safety: list[tuple[Sense, Phrase]] = []
        self.trees = {name: Node() for name in classes}
        self.vocabulary: set[str] = set()
        self._groups: dict[tuple[Phrase, ...], str] = {}
        self._starts: dict[str, frozenset[str]] = {}
        for name, ways in classes.items():
            for spelling in ways:
                self._spell(name, phrase(spelling))

    def say(self, sense: Sense, said: Phrase) -> None:
        self._say(self.root, sense, said)
        if sense in SAFETY:
            self._safety.append((sense, said))

    def watch(self) -> Node:
        root = Node()
        for sense, said in self._safety:
            self._say(root, sense, said)
        return root

    def _say(self, root: Node, sense: Sense, said: Phrase) -> None:
        for end in self._grow(root, said):
            end.says = heavier(end.says, sense)

    def starts(self, name: str) -> frozenset[str]:
        if name not in self._starts:
            tree = self.trees[name]
            inner = (self.starts(other) for other in tree.classes)
            self._starts[name] = frozenset(tree.words).union(*inner)
        return self._starts[name]

    def _spell(self, name: str, spelling: Phrase) -> None:
        for end in self._grow(self.trees[name], spelling):
            end.says = SPELLED

    def _grow(self, node: Node, parts: Iterable[Part]) -> list[Node]:
        """The nodes where the parts end, one for each choice of what is optional."""
        nodes = [node]
        for part in parts:
            grown = [self._branch(n, part) for n in nodes]
            optional = isinstance(part, Group) and part.optional
            nodes = nodes + grown if optional else grown
        return nodes

    def _branch(self, node: Node, part: Part) -> Node:
        match part:
            case str():
                word = self._spellings.get(part, part)
                if word not in WILD:
                    self.vocabulary.add(word)
                return node.words.setdefault(word, Node())
            case Class(name):
                if name not in self.trees:
                    raise ValueError(f"no class of this name: {name}")
                return node.classes.setdefault(name, Node())
            case Group(ways, _):
                return node.classes.setdefault(self._group(ways), Node())

    def _group(self, ways: tuple[Phrase, ...]) -> str:
        if ways not in self._groups:
            name = f"({len(self._groups)})"
            self._groups[ways] = name
            self.trees[name] = Node()
            for way in ways:
                self._spell(name, way)
        return self._groups[ways]
