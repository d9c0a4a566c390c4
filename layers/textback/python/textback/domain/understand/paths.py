"""How a text is followed through the trees of a language: one look-up for each word.

Where a text may be in the trees after some words is a `Place`: all the branches that fit them, at
once. Which place a word leads on to is worked out the first time and remembered, so what people
write every day costs a look-up a word, however many phrases begin with "I can't".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from textback.domain.understand.sense import Sense
from textback.domain.understand.trees import (
    BEGIN,
    END,
    GAP,
    MANY,
    NAME,
    NOTHING,
    NUMBER,
    SENSES,
    WILD,
    Trees,
)

LONGEST_GAP = 3  # words that a phrase's ".." may stand for
MOST_REMEMBERED = 50_000  # steps, 14 MB of shuffled words: else senders could fill the memory

# A word that the language does not have is followed as what it may stand for in a phrase.
_STANDS_FOR = {NUMBER: (NUMBER,), MANY: (NUMBER, MANY), NAME: (NAME,)}
_NUMBERS, _NAMES = (NUMBER, MANY), (NAME, GAP)


@dataclass(slots=True, eq=False)
class Return:
    """Inside a class: where its phrase goes on behind it, and what that phrase is itself inside."""

    node: int
    outer: "Return | None"
    inner: dict[int, "Return"] = field(default_factory=dict)  # each is made once, to be the same


type Branch = tuple[int, Return | None, int]  # the number: words that its ".." may still take
type Step = tuple[Sense | None, Place | None]
type Onward = tuple[dict[str, int], Return | None]  # nodes by word or class, and inside of what

# What branches offer to any word but a clause's end: what is said if a phrase ends before it, the
# words and the classes that go on, and the branches that are inside of a ".." behind it.
type Ways = tuple[int, list[Onward], list[Onward], list[Branch]]


class Place(dict[str, Step]):
    """For each word: what is said if a phrase ends before it, and the place behind it."""

    __slots__ = ("_grow", "branches", "says", "ways")

    def __init__(
        self,
        branches: tuple[Branch, ...],
        says: int,
        grow: Callable[["Place", str], Step],
    ) -> None:
        super().__init__()
        self.branches = branches
        self.says = says
        self.ways: Ways | None = None  # sorted out once a word is to be taken
        self._grow = grow

    def __missing__(self, word: str) -> Step:
        step = self[word] = self._grow(self, word)
        return step


class Paths:
    """The places of one language."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self._opens: dict[str, frozenset[str]] = {}
        self._forget()

    def start(self, tree: int, *, begins: bool = False) -> Place:
        """Where a text stands before its first word; `begins`: so does a clause."""
        if self.remembered > MOST_REMEMBERED:
            self._forget()
        place = self._starts.get((tree, begins))
        if place is None:
            branches: list[Branch] = [(tree, None, 0)]
            words = self._trees.nodes[tree][0]
            if begins and words and BEGIN in words:
                branches.append((words[BEGIN], None, 0))
            place = self._starts[tree, begins] = self._place(branches)
        return place

    def _forget(self) -> None:
        self._places: dict[frozenset[Branch], Place] = {}
        self._starts: dict[tuple[int, bool], Place] = {}
        self._outermost: dict[int, Return] = {}
        self.remembered = 0  # steps

    def _place(self, branches: Iterable[Branch]) -> Place:
        """The place of these branches, and of those that go on behind a class that ends here."""
        nodes = self._trees.nodes
        reached = dict.fromkeys(branches)
        heaviest = NOTHING
        todo = list(reached)
        for node, outer, _ in todo:
            says = nodes[node][2]
            if says == NOTHING:
                continue
            if outer is None:
                heaviest = min(heaviest, says)
            elif (behind := (outer.node, outer.outer, 0)) not in reached:
                reached[behind] = None
                todo.append(behind)
        key = frozenset(reached)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = Place(tuple(reached), heaviest, self._grow)
        return place

    def _grow(self, place: Place, word: str) -> Step:
        self.remembered += 1
        if word == END:
            return _sense(self._last(place)), None
        heaviest, reached = self._next(place, word)
        return _sense(heaviest), self._place(reached) if reached else None

    def _last(self, place: Place) -> int:
        """What is said if the clause ends here."""
        nodes = self._trees.nodes
        heaviest = place.says
        todo = list(place.branches)
        for node, outer, _ in todo:
            words, _classes, says = nodes[node]
            if words and END in words:
                todo.append((words[END], outer, 0))
            if says == NOTHING:
                continue
            if outer is None:
                heaviest = min(heaviest, says)
            else:
                todo.append((outer.node, outer.outer, 0))
        return heaviest

    def _next(self, place: Place, word: str) -> tuple[int, dict[Branch, None]]:
        """Take the word on every branch; what a ".." or a class may begin here too."""
        if place.ways is None:
            place.ways = self._ways(place.branches, place.says)
        alike, opens = _stands_for(word), self._opened(word)
        says, onward, inward, waiting = place.ways
        reached = dict.fromkeys(waiting)
        opened: set[Branch] = set()
        while True:
            for words, outer in onward:
                for way in alike:
                    if way in words:
                        reached[words[way], outer, 0] = None
            inside = [
                branch
                for classes, outer in inward
                if not opens.isdisjoint(classes)
                for branch in self._inside(classes, outer, opens)
                if branch not in opened
            ]
            if not inside:
                return says, reached
            opened.update(inside)
            says, onward, inward, waiting = self._ways(inside, says)
            reached |= dict.fromkeys(waiting)

    def _ways(self, branches: Iterable[Branch], says: int) -> Ways:
        nodes = self._trees.nodes
        onward: list[Onward] = []
        inward: list[Onward] = []
        waiting: list[Branch] = []
        todo = list(branches)
        seen = set(todo)
        for node, outer, left in todo:
            words, classes, said = nodes[node]
            if words:
                onward.append((words, outer))
                if GAP in words:
                    _go_on((words[GAP], outer, LONGEST_GAP), seen, todo)
            if classes:
                inward.append((classes, outer))
            if left:
                waiting.append((node, outer, left - 1))
            if said != NOTHING:
                if outer is None:
                    says = min(says, said)
                else:
                    _go_on((outer.node, outer.outer, 0), seen, todo)
        return says, onward, inward, waiting

    def _inside(
        self, classes: dict[str, int], outer: Return | None, opens: frozenset[str]
    ) -> list[Branch]:
        """The classes that stand next and that the word may begin."""
        inner = self._outermost if outer is None else outer.inner
        branches: list[Branch] = []
        for name in opens.intersection(classes):  # `classes.keys() & opens` would walk all of opens
            behind = classes[name]
            back = inner.get(behind)
            if back is None:
                back = inner[behind] = Return(behind, outer)
            branches.append((self._trees.classes[name], back, 0))
        return branches

    def _opened(self, word: str) -> frozenset[str]:
        """The classes that the word may begin."""
        opens = self._opens.get(word)
        if opens is None:
            wild = _NUMBERS if word[0].isdigit() or word in _NUMBERS else _NAMES
            found = (self._trees.openings.get(way, frozenset()) for way in (word, *wild))
            opens = self._opens[word] = frozenset().union(*found)
        return opens


def _go_on(branch: Branch, seen: set[Branch], todo: list[Branch]) -> None:
    if branch not in seen:
        seen.add(branch)
        todo.append(branch)


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


def _sense(weight: int) -> Sense | None:
    return None if weight == NOTHING else SENSES[weight]
