"""Which phrases of a language stand in a text, and the best way to explain all of its words."""

from collections.abc import Iterator
from dataclasses import dataclass

from textback.domain.understand.lexicon import GAP, NAME, NUMBER, Lexicon, Node
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import BREAKS

LONGEST_GAP = 3  # words that a phrase's ".." may stand for
_UNEXPLAINED, _SMALL, _PHRASE = 1000, 15, 10  # so that long phrases win over small words


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `start` to `end` and what they say; None: nothing that the language knows."""

    start: int
    end: int
    says: Sense | None


class Matcher:
    """The phrases of one language in one text."""

    def __init__(self, text: Spelled, lexicon: Lexicon) -> None:
        self._words = text.tokens
        self._lexicon = lexicon
        self._seen: dict[tuple[str, int], frozenset[int]] = {}

    def pieces(self) -> tuple[Piece, ...]:
        """Every phrase found, wherever it stands, overlapping ones too."""
        return tuple(
            piece
            for start, word in enumerate(self._words)
            if word not in BREAKS
            for piece in self._from(start)
        )

    def _from(self, start: int) -> Iterator[Piece]:
        found: dict[int, Sense] = {}
        for end, node in self._walk(self._lexicon.root, start):
            if node.says is not None:
                best = found.get(end)
                found[end] = node.says if best is None else _heavier(best, node.says)
        for end, says in found.items():
            yield Piece(start, end, says)

    def _walk(self, node: Node, at: int) -> Iterator[tuple[int, Node]]:
        """The nodes that the words from `at` on lead to, with where each stops reading."""
        if at >= len(self._words):
            return
        word = self._words[at]
        if word in BREAKS:
            return
        for step in self._steps(node, word):
            yield at + 1, step
            yield from self._walk(step, at + 1)
        starts = self._lexicon.starts
        for name, step in node.classes.items():
            if word in starts[name] or not starts[name].isdisjoint({NUMBER, NAME, GAP}):
                for end in self._class_ends(name, at):
                    yield end, step
                    yield from self._walk(step, end)
        gap = node.next.get(GAP)
        if gap is not None:
            for skipped in range(LONGEST_GAP + 1):
                if skipped and (
                    at + skipped > len(self._words) or self._words[at + skipped - 1] in BREAKS
                ):
                    break
                yield from self._walk(gap, at + skipped)

    def _steps(self, node: Node, word: str) -> Iterator[Node]:
        exact = node.next.get(word)
        if exact is not None and word not in {NUMBER, NAME, GAP}:
            yield exact
        if word[0].isdigit() and NUMBER in node.next:
            yield node.next[NUMBER]
        if NAME in node.next and word.isalpha() and word not in self._lexicon.vocabulary:
            yield node.next[NAME]

    def _class_ends(self, name: str, at: int) -> frozenset[int]:
        key = (name, at)
        if key not in self._seen:
            self._seen[key] = frozenset(
                end for end, node in self._walk(self._lexicon.classes[name], at) if node.ends
            )
        return self._seen[key]


def _heavier(one: Sense, other: Sense) -> Sense:
    return min(one, other, key=_ORDER.__getitem__)


_ORDER = {sense: place for place, sense in enumerate(Sense)}


def cover(text: Spelled, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The cheapest way to explain every word once: few words left over, then few phrases."""
    size = len(text.tokens)
    by_start: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_start.setdefault(piece.start, []).append(piece)
    cost = [0] * (size + 1)
    choice: list[Piece | None] = [None] * size
    for at in range(size - 1, -1, -1):
        if text.tokens[at] in BREAKS:
            cost[at] = cost[at + 1]
            continue
        best, chosen = _UNEXPLAINED + cost[at + 1], Piece(at, at + 1, None)
        for piece in by_start.get(at, ()):
            price = (_SMALL if piece.says in SILENT else _PHRASE) + cost[piece.end]
            if price < best or (price == best and piece.end > chosen.end):
                best, chosen = price, piece
        cost[at], choice[at] = best, chosen
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


def outermost(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces that no longer phrase contains: "work emergency" hides "emergency"."""
    return tuple(
        p
        for p in pieces
        if not any(
            o.start <= p.start and p.end <= o.end and o.end - o.start > p.end - p.start
            for o in pieces
        )
    )
