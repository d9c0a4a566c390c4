"""Which phrases of a language stand in a text, and the best way to explain all of its words."""

from dataclasses import dataclass

from textback.domain.understand.lexicon import Lexicon, Node, heavier
from textback.domain.understand.phrases import BEGIN, END, GAP, MANY, NAME, NUMBER, WILD
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import BREAKS

NUMBERS, NAMES = frozenset({NUMBER, MANY}), frozenset({NAME, GAP})
MOST_WORDS = 64  # tokens that are wholly looked at: more is a letter, and a letter is for a person
LONGEST_PHRASE = 40  # words that what is found at a place may depend on
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
        self._size = len(text.tokens)
        self._lexicon = lexicon
        self._seen: dict[tuple[str, int], tuple[int, ...]] = {}

    def pieces(self) -> tuple[Piece, ...]:
        """Every phrase found, wherever it stands, overlapping ones too. A passage that comes
        again and again is looked at once."""
        known: dict[tuple[bool, bool, tuple[str, ...]], dict[int, Sense]] = {}
        pieces: list[Piece] = []
        for start, word in enumerate(self._words):
            if word in BREAKS:
                continue
            begins = start == 0 or self._words[start - 1] in BREAKS
            whole = start < MOST_WORDS
            passage = (begins, whole, self._words[start : start + LONGEST_PHRASE])
            found = known.get(passage)
            if found is None:
                found = known[passage] = self._phrases(start, begins=begins)
            pieces += [Piece(start, start + size, says) for size, says in found.items()]
        return tuple(pieces)

    def ends(self, name: str, at: int) -> tuple[int, ...]:
        """Where the spellings of a class that begin at `at` end."""
        key = (name, at)
        ends = self._seen.get(key)
        if ends is None:
            reached: list[tuple[int, Node]] = []
            if name in self._lexicon.classes:
                self._walk(self._lexicon.classes[name], at, reached)
            ends = self._seen[key] = tuple({end for end, _ in reached})
        return ends

    def _phrases(self, start: int, *, begins: bool) -> dict[int, Sense]:
        """How long the phrases that begin at `start` are, and the heaviest that each says."""
        reached: list[tuple[int, Node]] = []
        root = self._lexicon.root if start < MOST_WORDS else self._lexicon.watch()
        self._walk(root, start, reached)
        if begins and BEGIN in root.words:
            self._walk(root.words[BEGIN], start, reached)
        found: dict[int, Sense] = {}
        for end, node in reached:
            if node.says is not None:
                best = found.get(end - start)
                found[end - start] = node.says if best is None else heavier(best, node.says)
        return found

    def _walk(self, node: Node, at: int, reached: list[tuple[int, Node]]) -> None:
        """Collect the nodes at which what the words from `at` on lead to may end."""
        if node.says is not None or node.ends:
            reached.append((at, node))
        steps = node.words
        if at >= self._size or (word := self._words[at]) in BREAKS:
            if END in steps:
                reached.append((at, steps[END]))
            return
        if steps:
            exact = steps.get(word)
            if exact is not None and word not in WILD:
                self._walk(exact, at + 1, reached)
            if not WILD.isdisjoint(steps):
                self._wild(steps, word, at, reached)
        if node.classes:
            opens = node.opens.get(word)
            for name, step in self._open(node, word) if opens is None else opens:
                for end in self.ends(name, at):
                    self._walk(step, end, reached)

    def _wild(
        self, steps: dict[str, Node], word: str, at: int, reached: list[tuple[int, Node]]
    ) -> None:
        if NUMBER in steps and word[0].isdigit():
            self._walk(steps[NUMBER], at + 1, reached)
        if MANY in steps and word.isdigit() and len(word) > 1:
            self._walk(steps[MANY], at + 1, reached)
        if NAME in steps and word.isalpha() and word not in self._lexicon.vocabulary:
            self._walk(steps[NAME], at + 1, reached)
        if GAP in steps:
            for there in range(at, min(at + LONGEST_GAP, self._size) + 1):
                if there > at and self._words[there - 1] in BREAKS:
                    break
                self._walk(steps[GAP], there, reached)

    def _open(self, node: Node, word: str) -> tuple[tuple[str, Node], ...]:
        """The classes after `node` that the word may begin."""
        wild = NUMBERS if word[0].isdigit() else NAMES
        starts = self._lexicon.starts
        opens = tuple(
            (name, step)
            for name, step in node.classes.items()
            if word in starts[name] or not wild.isdisjoint(starts[name])
        )
        if word in self._lexicon.vocabulary:  # else a sender could fill the memory with his words
            node.opens[word] = opens
        return opens


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
