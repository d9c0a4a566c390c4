"""Which phrases of a language stand in a text, and the best way to explain all of its words."""

from typing import NamedTuple

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.paths import Place, followed_as
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.trees import END
from textback.domain.understand.words import BREAKS

MOST_WORDS = 64  # tokens that are wholly looked at: more is a letter, and a letter is for a person
_UNEXPLAINED, _SMALL, _PHRASE = 1000, 6, 10  # so that long phrases win over small words
_OF_DANGER = frozenset({Sense.EMERGENCY, Sense.CALM})


class Piece(NamedTuple):
    """Words `start` to `end` and what they say; None: nothing that the language knows."""

    start: int
    end: int
    says: Sense | None


type Clause = list[Piece]


class Matcher:
    """The phrases of one language in one text."""

    def __init__(self, text: Spelled, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        vocabulary = lexicon.vocabulary
        self._words = [
            END if word in BREAKS else word if word in vocabulary else followed_as(word)
            for word in text.tokens
        ]
        self._words.append(END)

    def phrases(self, at: int, *, begins: bool) -> list[tuple[Sense, int]]:
        """Every phrase that begins at `at`: what it says and where it ends; `begins`: a clause
        does so too."""
        words, trees = self._words, self._lexicon.trees
        tree = trees.root if at < MOST_WORDS else trees.watch
        place: Place | None = self._lexicon.paths.start(tree, begins=begins)
        found: list[tuple[Sense, int]] = []
        while place is not None:
            says, place = place[words[at]]
            if says is not None:
                found.append((says, at))
            at += 1
        return found

    def ends(self, name: str, at: int) -> tuple[int, ...]:
        """Where the spellings of a class that begin at `at` end."""
        tree = self._lexicon.trees.classes.get(name)
        place = None if tree is None else self._lexicon.paths.start(tree)
        ends: list[int] = []
        while place is not None:
            says, place = place[self._words[at]]
            if says is not None:
                ends.append(at)
            at += 1
        return tuple(ends)


def cover(text: Spelled, lexicon: Lexicon) -> tuple[list[Clause], bool]:
    """The cheapest way to explain every word once (few words left over, then few phrases), clause
    by clause; and whether a phrase that means danger stands anywhere, in the way or beside it."""
    tokens = text.tokens
    phrases = Matcher(text, lexicon).phrases
    size = len(tokens)
    cost = [0] * (size + 1)
    choice: list[Piece | None] = [None] * size
    alarms: list[Piece] = []
    calms: list[Piece] = []
    for at in range(size - 1, -1, -1):
        if tokens[at] in BREAKS:
            cost[at] = cost[at + 1]
            continue
        best, chosen, furthest = _UNEXPLAINED + cost[at + 1], None, at + 1
        for says, end in phrases(at, begins=not at or tokens[at - 1] in BREAKS):
            price = (_SMALL if says in SILENT else _PHRASE) + cost[end]
            if price < best or (price == best and end > furthest):
                best, chosen, furthest = price, says, end
            if says in _OF_DANGER:
                (alarms if says is Sense.EMERGENCY else calms).append(Piece(at, end, says))
        cost[at], choice[at] = best, Piece(at, furthest, chosen)
    return _clauses(choice), any(not _calmed(alarm, calms) for alarm in alarms)


def _clauses(choice: list[Piece | None]) -> list[Clause]:
    """The chosen pieces from one break to the next."""
    clauses: list[Clause] = []
    clause: list[Piece] = []
    at, size = 0, len(choice)
    while at < size:
        piece = choice[at]
        if piece is not None:
            clause.append(piece)
            at = piece.end
            continue
        if clause:
            clauses.append(clause)
            clause = []
        at += 1
    if clause:
        clauses.append(clause)
    return clauses


def _calmed(alarm: Piece, calms: list[Piece]) -> bool:
    """Whether it stands inside a longer phrase that calms: "work emergency"."""
    start, end, _ = alarm
    return any(
        calm.start <= start and end <= calm.end and calm.end - calm.start > end - start
        for calm in calms
    )
