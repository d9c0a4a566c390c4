"""How a text is followed through the trees of a language: one look-up for each word.

Where a text may be in the trees after some words is a `Place`: all the branches that fit them, at
once. Which place a word leads on to is worked out the first time and remembered, so what people
write every day costs a look-up a word, however many phrases begin with "I can't".
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from textback.domain.understand.phrases import BEGIN, END, GAP, MANY, NAME, NUMBER, WILD
from textback.domain.understand.sense import Sense

LONGEST_GAP = 3  # words that a phrase's ".." may stand for
MOST_REMEMBERED = 50_000  # steps: else senders could fill the memory; about 25 MB a language
SPELLED = Sense.FILLER  # what a spelling of a class "says": only that it ends is asked

# A word that the language does not have is followed as what it may stand for in a phrase.
_STANDS_FOR = {NUMBER: (NUMBER,), MANY: (NUMBER, MANY), NAME: (NAME,)}
_NUMBERS, _NAMES = (NUMBER, MANY), (NAME, GAP)


@dataclass(slots=True, eq=False)
class Node:
    """A place in a tree of phrases: what follows on it, and what a phrase that ends here says."""

    words: dict[str, "Node"] = field(default_factory=dict)
    classes: dict[str, "Node"] = field(default_factory=dict)
    says: Sense | None = None


@dataclass(slots=True, eq=False)
class Return:
    """Inside a class: where its phrase goes on behind it, and what that phrase is itself inside."""

    node: Node
    outer: "Return | None"
    inner: dict[Node, "Return"] = field(default_factory=dict)  # each is made once, to be the same


type Branch = tuple[Node, Return | None, int]  # the number: words that its ".." may still take
type Step = tuple[Sense | None, Place | None]


class Place(dict[str, Step]):
    """For each word: what is said if a phrase ends before it, and the place behind it."""

    __slots__ = ("_grow", "branches", "says")

    def __init__(
        self,
        branches: tuple[Branch, ...],
        says: Sense | None,
        grow: Callable[["Place", str], Step],
    ) -> None:
        super().__init__()
        self.branches = branches
        self.says = says
        self._grow = grow

    def __missing__(self, word: str) -> Step:
        step = self[word] = self._grow(self, word)
        return step


class Paths:
    """The places of one language. `opening` says which classes a word may begin."""

    def __init__(
        self, classes: Mapping[str, Node], opening: Callable[[str], frozenset[str]]
    ) -> None:
        self._classes = classes
        self._opening = opening
        self._opens: dict[str, frozenset[str]] = {}
        self._places: dict[frozenset[Branch], Place] = {}
        self._starts: dict[tuple[Node, bool], Place] = {}
        self._outermost: dict[Node, Return] = {}
        self._steps = 0

    def start(self, tree: Node, *, begins: bool = False) -> Place:
        """Where a text stands before its first word; `begins`: so does a clause."""
        if self._steps > MOST_REMEMBERED:
            self._forget()
        place = self._starts.get((tree, begins))
        if place is None:
            branches: list[Branch] = [(tree, None, 0)]
            if begins and BEGIN in tree.words:
                branches.append((tree.words[BEGIN], None, 0))
            place = self._starts[tree, begins] = self._place(branches)
        return place

    def _forget(self) -> None:
        self._places.clear()
        self._starts.clear()
        self._outermost.clear()
        self._steps = 0

    def _place(self, branches: Iterable[Branch]) -> Place:
        """The place of these branches, and of those that go on behind a class that ends here."""
        reached = dict.fromkeys(branches)
        says: Sense | None = None
        todo = list(reached)
        for node, outer, _ in todo:
            if node.says is None:
                continue
            if outer is None:
                says = heavier(says, node.says)
            elif (behind := (outer.node, outer.outer, 0)) not in reached:
                reached[behind] = None
                todo.append(behind)
        key = frozenset(reached)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = Place(tuple(reached), says, self._grow)
        return place

    def _grow(self, place: Place, word: str) -> Step:
        self._steps += 1
        return (self._last(place), None) if word == END else self._next(place, word)

    def _last(self, place: Place) -> Sense | None:
        """What is said if the clause ends here."""
        says = place.says
        todo = list(place.branches)
        for node, outer, _ in todo:
            if END in node.words:
                todo.append((node.words[END], outer, 0))
            if node.says is None:
                continue
            if outer is None:
                says = heavier(says, node.says)
            else:
                todo.append((outer.node, outer.outer, 0))
        return says

    def _next(self, place: Place, word: str) -> Step:
        """Take the word on every branch; what a ".." or a class may begin here too."""
        says = place.says
        ways = (*_stands_for(word), GAP)
        opens = self._opened(word)
        reached: dict[Branch, None] = {}
        todo = list(place.branches)
        seen = set(todo)
        for node, outer, left in todo:
            here: list[Branch] = self._inside(node, outer, opens) if node.classes else []
            if node.says is not None:
                if outer is None:
                    says = heavier(says, node.says)
                else:
                    here.append((outer.node, outer.outer, 0))
            if left:
                reached[node, outer, left - 1] = None
            for way in ways if node.words else ():
                step = node.words.get(way)
                if step is None:
                    continue
                if way == GAP:
                    here.append((step, outer, LONGEST_GAP))
                else:
                    reached[step, outer, 0] = None
            todo += [branch for branch in here if branch not in seen]
            seen.update(here)
        return says, self._place(reached) if reached else None

    def _inside(self, node: Node, outer: Return | None, opens: frozenset[str]) -> list[Branch]:
        """The classes that stand next and that the word may begin."""
        inner = self._outermost if outer is None else outer.inner
        branches: list[Branch] = []
        for name in node.classes.keys() & opens:
            behind = node.classes[name]
            back = inner.get(behind)
            if back is None:
                back = inner[behind] = Return(behind, outer)
            branches.append((self._classes[name], back, 0))
        return branches

    def _opened(self, word: str) -> frozenset[str]:
        """The classes that the word may begin."""
        opens = self._opens.get(word)
        if opens is None:
            wild = _NUMBERS if word[0].isdigit() or word in _NUMBERS else _NAMES
            opens = self._opens[word] = self._opening(word).union(*map(self._opening, wild))
        return opens


def followed_as(word: str) -> str:
    """What a word that the language does not have is followed as."""
    if word[0].isdigit():
        return MANY if word.isdigit() and len(word) > 1 else NUMBER
    return NAME if word.isalpha() else GAP


def _stands_for(word: str) -> tuple[str, ...]:
    if word in WILD:
        return _STANDS_FOR.get(word, ())
    if not word[0].isdigit():
        return (word,)
    return (word, *_STANDS_FOR[MANY if word.isdigit() and len(word) > 1 else NUMBER])


def heavier(one: Sense | None, other: Sense) -> Sense:
    """Which of two senses is taken where one phrase could say both."""
    return other if one is None or _WEIGHT[other] < _WEIGHT[one] else one


_WEIGHT = {sense: weight for weight, sense in enumerate(Sense)}
