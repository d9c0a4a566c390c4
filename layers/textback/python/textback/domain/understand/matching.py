"""Which phrases of a language stand in a text, and the best way to explain all of its words."""

from collections.abc import Sequence

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.paths import BEHIND, SAID, SAYS, Place, followed_as
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.trees import END
from textback.domain.understand.words import BREAKS

MOST_WORDS = 64  # tokens that are wholly looked at: more is a letter, and a letter is for a person
_UNEXPLAINED, _SMALL, _PHRASE = 1000, 6, 10  # so that long phrases win over small words
_NONE: tuple[tuple[Sense, int], ...] = ()
_OF_DANGER = frozenset({Sense.EMERGENCY, Sense.CALM})


# Where words begin and end, and what they say; None: nothing that the language knows.
type Piece = tuple[int, int, Sense | None]
type Clause = list[Piece]  # from one break to the next


class Matcher:
    """The phrases of one language in one text."""

    def __init__(self, text: Spelled, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        vocabulary = lexicon.vocabulary
        self._words = [
            word if word in vocabulary else END if word in BREAKS else followed_as(word)
            for word in text.tokens
        ]
        self._words.append(END)

    def starts(self, tree: int) -> tuple[Place, Place]:
        """Where the phrases of a tree are looked for: within a clause, and where one begins."""
        start = self._lexicon.paths.start
        return start(tree), start(tree, begins=True)

    def phrases(self, start: Place, at: int) -> Sequence[tuple[Sense, int]]:
        """Every phrase that begins at `at`: what it says and where it ends."""
        words, paths = self._words, self._lexicon.paths
        steps, grow = paths.steps, paths.grow
        word = words[at]
        step = steps[start].get(word)
        place = (grow(start, word) if step is None else step) >> BEHIND
        if not place:
            return _NONE  # as most words do not begin any
        found: list[tuple[Sense, int]] = []
        while place:
            at += 1
            word = words[at]
            step = steps[place].get(word)
            if step is None:
                step = grow(place, word)
            if says := SAID[step & SAYS]:
                found.append((says, at))
            place = step >> BEHIND
        return found

    def ends(self, name: str, at: int) -> tuple[int, ...]:
        """Where the spellings of a class that begin at `at` end."""
        tree = self._lexicon.trees.classes.get(name)
        if tree is None:
            return ()
        return tuple(end for _, end in self.phrases(self._lexicon.paths.start(tree), at))


def cover(text: Spelled, lexicon: Lexicon) -> tuple[list[Clause], bool]:
    """The cheapest way to explain every word once (few words left over, then few phrases), clause
    by clause; and whether a phrase that means danger stands anywhere, in the way or beside it."""
    tokens, size = text.tokens, len(text.tokens)
    matcher = Matcher(text, lexicon)
    phrases = matcher.phrases
    starts = matcher.starts(lexicon.trees.root)
    far_starts = matcher.starts(lexicon.trees.watch) if size > MOST_WORDS else starts
    cost = [0] * (size + 1)
    choice: list[tuple[int, Sense | None] | None] = [None] * size
    alarms: list[tuple[int, int]] = []
    calms: list[tuple[int, int]] = []
    for at in range(size - 1, -1, -1):
        if tokens[at] in BREAKS:
            cost[at] = cost[at + 1]
            continue
        best, chosen, furthest = _UNEXPLAINED + cost[at + 1], None, at + 1
        begins = not at or tokens[at - 1] in BREAKS
        start = (starts if at < MOST_WORDS else far_starts)[begins]
        for says, end in phrases(start, at):
            price = (_SMALL if says in SILENT else _PHRASE) + cost[end]
            if price < best or (price == best and end > furthest):
                best, chosen, furthest = price, says, end
            if says in _OF_DANGER:
                (alarms if says is Sense.EMERGENCY else calms).append((at, end))
        cost[at], choice[at] = best, (furthest, chosen)
    return _clauses(choice), any(not _calmed(alarm, calms) for alarm in alarms)


def _clauses(choice: list[tuple[int, Sense | None] | None]) -> list[Clause]:
    """The chosen pieces from one break to the next."""
    clauses: list[Clause] = []
    clause: list[Piece] = []
    at, size = 0, len(choice)
    while at < size:
        step = choice[at]
        if step is not None:
            clause.append((at, *step))
            at = step[0]
            continue
        if clause:
            clauses.append(clause)
            clause = []
        at += 1
    if clause:
        clauses.append(clause)
    return clauses


def _calmed(alarm: tuple[int, int], calms: list[tuple[int, int]]) -> bool:
    """Whether it stands inside a longer phrase that calms: "work emergency"."""
    return any(calm[0] <= alarm[0] and alarm[1] <= calm[1] and calm != alarm for calm in calms)
