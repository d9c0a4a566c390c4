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


class Piece(NamedTuple):
    """Words `start` to `end` and what they say; None: nothing that the language knows."""

    start: int
    end: int
    says: Sense | None


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

    def pieces(self) -> tuple[Piece, ...]:
        """Every phrase found, wherever it stands, overlapping ones too."""
        words, lexicon = self._words, self._lexicon
        tree = lexicon.trees.root
        pieces: list[Piece] = []
        begins = True
        for start in range(len(words) - 1):
            if start == MOST_WORDS:
                tree = lexicon.trees.watch
            if words[start] == END:
                begins = True
                continue
            place: Place | None = lexicon.paths.start(tree, begins=begins)
            begins = False
            at = start
            while place is not None:
                says, place = place[words[at]]
                if says is not None:
                    pieces.append(Piece(start, at, says))
                at += 1
        return tuple(pieces)

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


def cover(text: Spelled, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The cheapest way to explain every word once: few words left over, then few phrases."""
    size = len(text.tokens)
    by_start: list[list[Piece]] = [[] for _ in range(size)]
    for piece in pieces:
        by_start[piece.start].append(piece)
    cost = [0] * (size + 1)
    choice: list[Piece | None] = [None] * size
    for at in range(size - 1, -1, -1):
        if text.tokens[at] in BREAKS:
            cost[at] = cost[at + 1]
            continue
        best, chosen, furthest = _UNEXPLAINED + cost[at + 1], None, at + 1
        for piece in by_start[at]:
            _, end, says = piece
            price = (_SMALL if says in SILENT else _PHRASE) + cost[end]
            if price < best or (price == best and end > furthest):
                best, chosen, furthest = price, piece, end
        cost[at], choice[at] = best, chosen or Piece(at, at + 1, None)
    covering: list[Piece] = []
    at = 0
    while at < size:
        step = choice[at]
        if step is None:
            at += 1
        else:
            covering.append(step)
            at = step.end
    return tuple(covering)


def stands(sense: Sense, pieces: tuple[Piece, ...]) -> bool:
    """Whether `sense` is said anywhere but inside a longer phrase that calms: "work emergency"."""
    return any(
        not any(
            other.start <= piece.start
            and piece.end <= other.end
            and other.end - other.start > piece.end - piece.start
            and other.says is Sense.CALM
            for other in pieces
        )
        for piece in pieces
        if piece.says is sense
    )
