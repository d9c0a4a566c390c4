"""How a text is followed through the trees of a language: one look-up for each word.

Where a text may be in the trees after some words is a place: all the branches that fit them, at
once. Which place a word leads on to is worked out the first time and remembered, so what people
write every day costs a look-up a word, however many phrases begin with "I can't".

Places, branches and steps are numbers: to make and compare them costs little, and what is
remembered is nothing that the garbage collector would look through again and again.
"""

from collections.abc import Iterable

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
    Onward,
    Trees,
)

LONGEST_GAP = 3  # words that a phrase's ".." may stand for
MOST_REMEMBERED = 50_000  # steps: else senders could fill the memory
NOWHERE = 0  # no place: no phrase goes on

# A word that the language does not have is followed as what it may stand for in a phrase.
_STANDS_FOR = {NUMBER: (NUMBER,), MANY: (NUMBER, MANY), NAME: (NAME,)}

# A branch, from its lowest bit: the words that its ".." may still take; its node; and the number
# of the branch behind the class that it is inside of, 0 where it is inside of none.
_LEFT, _NODE = (1 << 2) - 1, (1 << 24) - 1
_AT, _INSIDE = 2, 26
_OUTER = ~((1 << _INSIDE) - 1)

# A step, from its lowest bit: what is said if a phrase ends before the word, as a weight, and the
# place behind it.
SAYS, BEHIND = (1 << 6) - 1, 6
SAID: tuple[Sense | None, ...] = (*SENSES, *[None] * (SAYS + 1 - len(SENSES)))

type Branch = int
type Place = int
type Step = int

# What a place offers to any word but a clause's end: what is said if a phrase ends before it; the
# branches with words that go on, and those with classes; and those inside of a ".." behind it.
type Row = tuple[Branch, ...]
type Ways = tuple[int, Row, Row, Row]


class _Entered(dict[Branch, Branch]):
    """For each branch that goes on behind a class: what a branch inside of that class is inside
    of."""

    def __init__(self, behind: list[Branch]) -> None:
        super().__init__()
        self._behind = behind

    def __missing__(self, branch: Branch) -> Branch:
        inside = self[branch] = len(self._behind) << _INSIDE
        self._behind.append(branch)
        return inside


class Paths:
    """The places of one language. `steps` holds what is remembered of each, by word. It is for one
    thread: places are numbered as they are found, and what is remembered may be forgotten."""

    steps: list[dict[str, Step]]

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self._opens: dict[str, frozenset[str]] = {}
        self._forget()

    def start(self, tree: int, *, begins: bool = False) -> Place:
        """Where a text stands before its first word; `begins`: so does a clause. A place is good
        until the next text asks where it starts: what is remembered may be forgotten then."""
        if self.remembered > MOST_REMEMBERED:
            self._forget()
        place = self._starts.get((tree, begins))
        if place is None:
            branches = {tree << _AT}
            words = self._trees.words[tree]
            if begins and words and BEGIN in words:
                branches.add(words[BEGIN] << _AT)
            place = self._starts[tree, begins] = self._place(branches)
        return place

    def grow(self, place: Place, word: str) -> Step:
        """Work out a step that is not remembered, and remember it."""
        self.remembered += 1
        if word == END:
            step = self._last(place)
        else:
            says, reached = self._next(place, word)
            step = says | (self._place(reached) if reached else NOWHERE) << BEHIND
        self.steps[place][word] = step
        return step

    def _forget(self) -> None:
        self.remembered = 0  # steps
        self.steps = [{}]
        self._branches: list[tuple[Branch, ...]] = [()]
        self._weights = [NOTHING]  # what a phrase says that ends at a place
        self._places: dict[tuple[Branch, ...], Place] = {}
        self._starts: dict[tuple[int, bool], Place] = {}
        self._ways: dict[Place, Ways] = {}
        self._names: dict[Place, frozenset[str]] = {}  # of all classes that stand next
        self._behind: list[Branch] = [0]  # by number: where a phrase goes on behind a class
        self._entered = _Entered(self._behind)

    def _place(self, reached: set[Branch]) -> Place:
        """The place of these branches, and of those that go on behind a class that ends here."""
        ends = self._trees.says
        heaviest = NOTHING
        todo = list(reached)
        for branch in todo:
            says = ends[branch >> _AT & _NODE]
            if says == NOTHING:
                continue
            inside = branch >> _INSIDE
            if not inside:
                heaviest = min(heaviest, says)
            elif (behind := self._behind[inside]) not in reached:
                reached.add(behind)
                todo.append(behind)
        todo.sort()
        branches = tuple(todo)
        place = self._places.get(branches)
        if place is None:
            place = self._places[branches] = len(self.steps)
            self.steps.append({})
            self._branches.append(branches)
            self._weights.append(heaviest)
        return place

    def _last(self, place: Place) -> int:
        """What is said if the clause ends here."""
        trees = self._trees
        heaviest = self._weights[place]
        todo = list(self._branches[place])
        for branch in todo:
            node = branch >> _AT & _NODE
            words, says = trees.words[node], trees.says[node]
            inside = branch >> _INSIDE
            if words and END in words:
                todo.append(inside << _INSIDE | words[END] << _AT)
            if says == NOTHING:
                continue
            if inside:
                todo.append(self._behind[inside])
            else:
                heaviest = min(heaviest, says)
        return heaviest

    def _next(self, place: Place, word: str) -> tuple[int, set[Branch]]:
        """Take the word on every branch; what a ".." or a class may begin here too."""
        entered, trees = self._entered, self._trees
        words, entries, starts = trees.words, trees.entries, trees.classes
        opens, alike = self._opened(word), _stands_for(word)
        ways = self._ways.get(place)
        if ways is None:
            ways = self._ways[place] = self._sorted_out(place)
        says, onward, inward, waiting = ways
        reached = set(waiting)
        for way in alike:
            reached.update(
                [
                    branch & _OUTER | behind[way] << _AT
                    for branch in onward
                    if way in (behind := words[branch >> _AT & _NODE] or {})
                ]
            )
        names = self._names[place] & opens
        if not names:  # as with most words
            return says, reached
        todo = [
            entered[branch & _OUTER | behind[name] << _AT] | starts[name] << _AT
            for branch in inward
            for behind in (entries[branch >> _AT & _NODE] or {},)
            for name in names
            if name in behind
        ]
        return self._taken(todo, alike, opens, says, reached)

    def _taken(
        self,
        todo: list[Branch],
        alike: Iterable[str],
        opens: frozenset[str],
        says: int,
        reached: set[Branch],
    ) -> tuple[int, set[Branch]]:
        """The same inside of classes, of which few are looked at twice."""
        entered, trees = self._entered, self._trees
        onward, entries, ends, starts = trees.words, trees.entries, trees.says, trees.classes
        seen = set(todo)
        for branch in todo:
            node = branch >> _AT & _NODE
            words, classes, said = onward[node], entries[node], ends[node]
            on = branch & _OUTER
            if words:
                for way in alike:
                    if way in words:
                        reached.add(on | words[way] << _AT)
                if GAP in words:
                    _go_on(on | words[GAP] << _AT | LONGEST_GAP, seen, todo)
            for name in classes or ():
                if name in opens:
                    behind = on | classes[name] << _AT  # type: ignore[index]  # it has some
                    _go_on(entered[behind] | starts[name] << _AT, seen, todo)
            if branch & _LEFT:
                reached.add(branch - 1)
            if said != NOTHING:
                if on:
                    _go_on(self._behind[on >> _INSIDE], seen, todo)
                else:
                    says = min(says, said)
        return says, reached

    def _sorted_out(self, place: Place) -> Ways:
        """What the branches offer, and those that they lead to without a word."""
        trees, says = self._trees, self._weights[place]
        onward: list[Branch] = []
        inward: list[Branch] = []
        waiting: list[Branch] = []
        names: list[Onward] = []
        todo = list(self._branches[place])
        seen = set(todo)
        for branch in todo:
            node = branch >> _AT & _NODE
            words, classes, said = trees.words[node], trees.entries[node], trees.says[node]
            on = branch & _OUTER
            if words:
                onward.append(branch)
                if GAP in words:
                    _go_on(on | words[GAP] << _AT | LONGEST_GAP, seen, todo)
            if classes:
                inward.append(branch)
                names.append(classes)
            if branch & _LEFT:
                waiting.append(branch - 1)
            if said != NOTHING:
                if on:
                    _go_on(self._behind[on >> _INSIDE], seen, todo)
                else:
                    says = min(says, said)
        self._names[place] = frozenset().union(*names)
        return says, tuple(onward), tuple(inward), tuple(waiting)

    def _opened(self, word: str) -> frozenset[str]:
        """The classes that the word may begin."""
        opens = self._opens.get(word)
        if opens is None:
            openings = self._trees.openings
            # No word that the language has stands for a name: what begins with one it cannot begin.
            wild = (NUMBER, MANY) if word[0].isdigit() or word in (NUMBER, MANY) else (GAP,)
            found = (openings.get(way, ()) for way in (word, *wild))
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
