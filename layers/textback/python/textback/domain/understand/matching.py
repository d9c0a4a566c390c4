"""Which phrases of a language stand in a text, and the best way to explain all of its words."""

from collections.abc import Iterator
from dataclasses import dataclass

from textback.domain.understand.lexicon import Lexicon, Node, heavier
from textback.domain.understand.phrases import BEGIN, END, GAP, NAME, NUMBER, WILD
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import BREAKS

LONGEST_GAP = 3  # words that a phrase's ".." may stand for
_UNEXPLAINED, _SMALL, _PHRASE = 1000, 6, 10  # so that long phrases win over small words


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
        for end, node in self._all_from(start):
            if node.says is not None:
                best = found.get(end)
                found[end] = node.says if best is None else heavier(best, node.says)
        for end, says in found.items():
            yield Piece(start, end, says)

    def _all_from(self, start: int) -> Iterator[tuple[int, Node]]:
        root = self._lexicon.root
        yield from self._walk(root, start)
        if BEGIN in root.words and (start == 0 or self._words[start - 1] in BREAKS):
            yield from self._walk(root.words[BEGIN], start)

    def _walk(self, node: Node, at: int) -> Iterator[tuple[int, Node]]:
        """The nodes that the words from `at` on lead to, with where each stops reading."""
        if at >= len(self._words) or (word := self._words[at]) in BREAKS:
            if END in node.words:
                yield at, node.words[END]
            return
        for step in self._steps(node, word):
            yield at + 1, step
            yield from self._walk(step, at + 1)
        for name in self._open(node, word):
            step = node.classes[name]
            for end in self._class_ends(name, at):
                yield end, step
                yield from self._walk(step, end)
        if GAP in node.words:
            yield from self._skip(node.words[GAP], at)

    def _steps(self, node: Node, word: str) -> Iterator[Node]:
        known = node.words
        if word in known and word not in WILD:
            yield known[word]
        if NUMBER in known and word[0].isdigit():
            yield known[NUMBER]
        if NAME in known and word.isalpha() and word not in self._lexicon.vocabulary:
            yield known[NAME]

    def _open(self, node: Node, word: str) -> Iterator[str]:
        """The classes after `node` that the word may begin."""
        wild = [NUMBER] if word[0].isdigit() else [NAME, GAP]
        if node is self._lexicon.root:
            for key in (word, *wild):
                yield from self._lexicon.openings.get(key, ())
            return
        for name in node.classes:
            starts = self._lexicon.starts[name]
            if word in starts or not starts.isdisjoint(wild):
                yield name

    def _skip(self, node: Node, at: int) -> Iterator[tuple[int, Node]]:
        """Go on behind a gap of none to `LONGEST_GAP` words."""
        for there in range(at, min(at + LONGEST_GAP, len(self._words)) + 1):
            if there > at and self._words[there - 1] in BREAKS:
                return
            yield from self._walk(node, there)

    def _class_ends(self, name: str, at: int) -> frozenset[int]:
        key = (name, at)
        if key not in self._seen:
            self._seen[key] = frozenset(
                end for end, node in self._walk(self._lexicon.classes[name], at) if node.ends
            )
        return self._seen[key]


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
