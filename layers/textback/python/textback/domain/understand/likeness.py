"""How like a text is to texts whose meaning somebody has told.

The rules read what they can explain, but patients say the same things in ever other words. A
linear model, learned from labelled replies (`learning/`), weighs words, pairs of words, pieces of
words and what the rules made of them: what a text counts for a meaning is the sum of what its
features count for it. Which offered time is picked is told by `picks`: here a pick is a pick.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import exp
from struct import Struct
from typing import NamedTuple
from zlib import crc32

from textback.domain.reading import PICKS, Intent, Reading
from textback.domain.understand.context import Context
from textback.domain.understand.explaining import Explained
from textback.domain.understand.sense import Sense
from textback.domain.understand.words import BREAKS, Words

PICK = Intent.SLOT_1  # stands for a pick of any offered time
SLOTS = frozenset(PICKS)

PIECES = (3, 4)  # letters
LONGEST = 20  # letters of a word that are looked at
MOST = 64  # words of a text that is weighed: of a letter, the rules alone hear what they can
REMEMBERED = 8_192  # words of a situation whose sums are kept at hand
MANY = 6  # words that nothing explains: more are as many
LANE, ABOVE = 2, 128  # bytes of a weight, and what it stands above 0
MOST_SUMMED = 257  # rows whose sum fits into a lane
EDGE = "|"  # the beginning and the end of a text
FIGURES = "##"  # any figure of several digits
_OF_NO_LANGUAGE = BREAKS | {EDGE, FIGURES}

type Shares = Mapping[Intent, float]


def learned_as(intent: Intent) -> Intent:
    return PICK if intent in SLOTS else intent


def situation(context: Context) -> str:
    """What a text answers, as far as it changes what words mean."""
    if context.slots:
        return "offered"
    return "visit" if context.visit else "nothing"


def tokens(text: Words) -> list[str]:
    """The words of a text; a figure of several digits is any figure, whatever it counts."""
    shaped = [w if len(w) == 1 or not w[0].isdecimal() else FIGURES for w in text.tokens[:MOST]]
    return [EDGE, *[w[:LONGEST] for w in shaped], EDGE]


def of_word(word: str, around: str) -> Sequence[str]:
    """The features of one word in a situation."""
    return word, f"{around} {word}", *pieces(word)


def pieces(word: str) -> Iterator[str]:
    """The rows of letters in a word that are looked at apart."""
    framed = f"<{word}>"
    return (
        framed[at : at + size]
        for size in PIECES
        if len(framed) > size
        for at in range(len(framed) - size + 1)
    )


def of_pair(word: str, following: str) -> Sequence[str]:
    return (f"{word}+{following}",)


def of_sense(sense: Sense, around: str) -> Sequence[str]:
    """The features of what the rules found said in a text."""
    return f"!{sense}", f"!{around} {sense}"


def of_reading(intent: Intent, certainty: float) -> Sequence[str]:
    """The features of what they made of it."""
    return f"!={intent}", f"!={intent} {certainty}"


def of_rest(text: Explained) -> Sequence[str]:
    """The features of what they left."""
    left = f"!?{min(text.loose + text.told, MANY) // 2}"
    return (left, "!asks") if text.asks else (left,)


def of_findings(text: Explained, reading: Reading, around: str) -> Iterator[str]:
    """What the rules found in a text, and made of it."""
    for sense in text.said:
        yield from of_sense(sense, around)
    yield from of_reading(learned_as(reading.intent), reading.certainty)
    yield from of_rest(text)


def features(text: Words, context: Context) -> Iterator[str]:
    """The features of a text's words, each as often as it stands there."""
    around = situation(context)
    yield around
    words = tokens(text)
    for word in words:
        yield from of_word(word, around)
    for word, following in pairwise(words):
        yield from of_pair(word, following)


class _Weights(dict[int, int]):
    """The rows of a table, by place. A packed row is a number, and so is the sum of some."""

    def __init__(self, table: bytes, size: int) -> None:
        super().__init__()
        self._table, self._size = table, size

    def __missing__(self, place: int) -> int:
        at = place * self._size
        row = self[place] = int.from_bytes(self._table[at : at + self._size], "little")
        return row


type Sum = tuple[int, int]  # of packed rows, and of how many


class _Word(NamedTuple):
    """A word in a situation: the sum of its features, and what its pair with the word before it,
    or behind it, is hashed from."""

    sum: Sum
    written: bytes
    begun: int


@dataclass(frozen=True)
class Likeness:
    """What was learned: `table` holds a row for each place that features are hashed to, and a row
    a weight for each of `meanings`, as `packed`; `scale` makes them logits. Of `languages` that it
    was not learned from it knows nothing."""

    table: bytes
    meanings: tuple[Intent, ...]
    bias: tuple[float, ...]
    scale: float
    languages: frozenset[str]
    _words: dict[str, dict[str, _Word]] = field(  # by situation
        default_factory=dict, init=False, compare=False, repr=False
    )
    _findings: dict[tuple[str, object], Sum] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def shares(self, text: Words, context: Context, found: Explained, reading: Reading) -> Shares:
        """How likely each meaning is; all together they are 1."""
        around, vocabulary = situation(context), found.lexicon.vocabulary
        weights, places = self._weights, self._places
        known = self._words.setdefault(around, {})
        words = [known.get(word) or self._word(word, around, vocabulary) for word in tokens(text)]
        pairs = [weights[crc32(b.written, a.begun) % places] for a, b in pairwise(words)]
        sums = [word.sum for word in words]
        sums += (sum(pairs), len(pairs)), self._summed((around, *of_rest(found)))
        sums += (self._finding(of_sense, sense, around) for sense in found.said)
        sums.append(self._finding(of_reading, learned_as(reading.intent), reading.certainty))
        return dict(zip(self.meanings, _shares(self._logits(sums)), strict=True))

    def _logits(self, sums: Iterable[Sum]) -> list[float]:
        size, unpack = self._lanes.size, self._lanes.unpack
        parts: list[tuple[int, ...]] = []
        row = rows = above = 0
        for more, number in sums:
            if rows + number > MOST_SUMMED:
                parts.append(unpack(row.to_bytes(size, "little")))
                row = rows = 0
            row += more
            rows += number
            above += ABOVE * number
        parts.append(unpack(row.to_bytes(size, "little")))
        whole = map(sum, zip(*parts, strict=True))
        return [b + (w - above) * self.scale for b, w in zip(self.bias, whole, strict=True)]

    def _word(self, word: str, around: str, vocabulary: Collection[str]) -> _Word:
        """A language's words are remembered, never a contact's own."""
        written = word.encode()
        hashed = _hashed_pieces(written) if written.isascii() else map(_hash, pieces(word))
        hashes = (crc32(written), crc32(written, _hash(f"{around} ")), *hashed)
        weights, places = self._weights, self._places
        row = sum([weights[each % places] for each in hashes])
        known = _Word((row, len(hashes)), written, crc32(b"+", hashes[0]))
        if word in vocabulary or word in _OF_NO_LANGUAGE:
            remembered = self._words.setdefault(around, {})
            if len(remembered) >= REMEMBERED:
                remembered.clear()
            remembered[word] = known
        return known

    def _finding[T: str, U: str | float](
        self, features: Callable[[T, U], Sequence[str]], of: T, beside: U
    ) -> Sum:
        """What the rules may find is little, so all of it is remembered."""
        finding = self._findings.get((of, beside))
        if finding is None:
            finding = self._findings[of, beside] = self._summed(features(of, beside))
        return finding

    def _summed(self, features: Sequence[str]) -> Sum:
        weights, places = self._weights, self._places
        return sum([weights[place(feature, places)] for feature in features]), len(features)

    @cached_property
    def _weights(self) -> _Weights:
        return _Weights(self.table, self._lanes.size)

    @cached_property
    def _lanes(self) -> Struct:
        return Struct(f"<{len(self.meanings)}H")

    @cached_property
    def _places(self) -> int:
        return len(self.table) // self._lanes.size


def packed(weights: Iterable[Iterable[int]]) -> bytes:
    """Rows of weights from -127 to 127, two bytes each and none below 0, so that the sum of some
    hundred rows is the sum of their numbers."""
    return b"".join((weight + ABOVE).to_bytes(LANE, "little") for row in weights for weight in row)


def place(feature: str, places: int) -> int:
    return _hash(feature) % places


def _hash(feature: str) -> int:
    return crc32(feature.encode())


def _hashed_pieces(written: bytes) -> list[int]:
    """The hashes of `pieces` of a word of plain letters, without making a text of each."""
    framed = b"<%b>" % written
    return [
        crc32(framed[at : at + size])
        for size in PIECES
        if len(framed) > size
        for at in range(len(framed) - size + 1)
    ]


def _shares(logits: Sequence[float]) -> list[float]:
    most = max(logits)
    parts = [exp(logit - most) for logit in logits]
    whole = sum(parts)
    return [part / whole for part in parts]
