"""Which phrases of a language stand in a text, and the best way to explain all of its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from textback.domain.understand.lexicon import Lexicon, Node, heavier
from textback.domain.understand.phrases import BEGIN, END, GAP, MANY, NAME, NUMBER, WILD
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import BREAKS

NUMBERS, NAMES = frozenset({NUMBER, MANY}), frozenset({NAME, GAP})
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
        self._seen: dict[tuple[str, int], set[int]] = {}

    def pieces(self) -> tuple[Piece, ...]:
        """Every phrase found, wherever it stands, overlapping ones too."""
        return tuple(
            Piece(start, end, says)
            for start, word in enumerate(self._words)
            if word not in BREAKS
            for end, says in self._phrases(start).items()
        )

    def _phrases(self, start: int) -> dict[int, Sense]:
        """Where the phrases that begin at `start` end, and the heaviest that each end says."""
        reached: list[tuple[int, Node]] = []
        root = self._lexicon.root
        self._walk(root, start, reached)
        if BEGIN in root.words and (start == 0 or self._words[start - 1] in BREAKS):
            self._walk(root.words[BEGIN], start, reached)
        found: dict[int, Sense] = {}
        for end, node in reached:
            if node.says is not None:
                best = found.get(end)
                found[end] = node.says if best is None else heavier(best, node.says)
        return found

    def _walk(self, node: Node, at: int, reached: list[tuple[int, Node]]) -> None:
        """Collect the nodes at which what the words from `at` on lead to may end."""
        if node.says is not None or node.ends:
            reached.append((at, node))
        if at >= len(self._words) or (word := self._words[at]) in BREAKS:
            if END in node.words:
                reached.append((at, node.words[END]))
            return
        if node.words:
            self._step(node.words, word, at, reached)
        for name in self._open(node, word):
            step = node.classes[name]
            for end in self.ends(name, at):
                self._walk(step, end, reached)

    def _step(
        self, steps: dict[str, Node], word: str, at: int, reached: list[tuple[int, Node]]
    ) -> None:
        exact = steps.get(word)
        if exact is not None and word not in WILD:
            self._walk(exact, at + 1, reached)
        if NUMBER in steps and word[0].isdigit():
            self._walk(steps[NUMBER], at + 1, reached)
        if MANY in steps and word.isdigit() and len(word) > 1:
            self._walk(steps[MANY], at + 1, reached)
        if NAME in steps and word.isalpha() and word not in self._lexicon.vocabulary:
            self._walk(steps[NAME], at + 1, reached)
        if GAP in steps:
            for there in range(at, min(at + LONGEST_GAP, len(self._words)) + 1):
                if there > at and self._words[there - 1] in BREAKS:
                    break
                self._walk(steps[GAP], there, reached)

    def _open(self, node: Node, word: str) -> Iterable[str]:
        """The classes after `node` that the word may begin."""
        wild = NUMBERS if word[0].isdigit() else NAMES
        if node is self._lexicon.root:
            openings = self._lexicon.openings
            return [name for key in (word, *wild) for name in openings.get(key, ())]
        starts = self._lexicon.starts
        return [n for n in node.classes if word in starts[n] or not wild.isdisjoint(starts[n])]

    def ends(self, name: str, at: int) -> set[int]:
        """Where the spellings of a class that begin at `at` end."""
        key = (name, at)
        if key not in self._seen:
            reached: list[tuple[int, Node]] = []
            if name in self._lexicon.classes:
                self._walk(self._lexicon.classes[name], at, reached)
            self._seen[key] = {end for end, _ in reached}
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
