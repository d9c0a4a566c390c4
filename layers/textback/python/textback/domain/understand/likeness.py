"""How like a text is to texts whose meaning somebody has told.

The rules read what they can explain, but patients say the same things in ever other words. A
linear model, learned from labelled replies (`learning/`), weighs words, pairs of words, pieces of
words and what the rules made of them: what a text counts for a meaning is the sum of what its
features count for it. Which offered time is picked the rules alone can say: here a pick is a pick.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp
from struct import Struct
from zlib import crc32

from textback.domain.reading import PICKS, Intent, Reading
from textback.domain.understand.context import Context
from textback.domain.understand.explaining import Explained
from textback.domain.understand.words import Words

PICK = Intent.SLOT_1  # stands for a pick of any offered time
SLOTS = frozenset(PICKS)

PIECES = (3, 4)  # letters
LONGEST = 20  # letters of a word that are looked at
MOST = 64  # words of a text that is weighed: of a letter, the rules alone hear what they can
REMEMBERED = 16_384  # words and pairs whose weights are kept at hand
MANY = 6  # words that nothing explains: more are as many
LANE, ABOVE = 2, 128  # bytes of a weight, and what it stands above 0
EDGE = "|"  # the beginning and the end of a text

type Features = Callable[[str, str], Sequence[str]]
type Row = tuple[int, ...]
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
    shaped = (w if len(w) == 1 or not w[0].isdecimal() else "##" for w in text.tokens[:MOST])
    return [EDGE, *(w[:LONGEST] for w in shaped), EDGE]


def of_word(word: str, around: str) -> Sequence[str]:
    """The features of one word in a situation."""
    framed = f"<{word}>"
    pieces = (
        framed[at : at + size]
        for size in PIECES
        if len(framed) > size
        for at in range(len(framed) - size + 1)
    )
    return word, f"{around} {word}", *pieces


def of_pair(word: str, following: str) -> Sequence[str]:
    return (f"{word}+{following}",)


def of_findings(text: Explained, reading: Reading, around: str) -> Iterator[str]:
    """What the rules found in a text, and made of it."""
    for sense in text.said:
        yield f"!{sense}"
        yield f"!{around} {sense}"
    intent = learned_as(reading.intent)
    yield f"!={intent}"
    yield f"!={intent} {reading.certainty}"
    yield f"!?{min(text.loose + text.told, MANY) // 2}"
    if text.asks:
        yield "!asks"


def features(text: Words, context: Context) -> Iterator[str]:
    """The features of a text's words, each as often as it stands there."""
    around = situation(context)
    yield around
    words = tokens(text)
    for word in words:
        yield from of_word(word, around)
    for word, following in pairwise(words):
        yield from of_pair(word, following)


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
    _rows: dict[tuple[Features, str, str], Row] = field(
        default_factory=dict, compare=False, repr=False
    )

    def shares(self, text: Words, context: Context, found: Explained, reading: Reading) -> Shares:
        """How likely each meaning is; all together they are 1."""
        around = situation(context)
        words = tokens(text)
        known = {word for word in words if word in found.lexicon.vocabulary}
        rows = [self._row(of_word, (word, around), word in known) for word in words]
        rows += [self._row(of_pair, pair, known.issuperset(pair)) for pair in pairwise(words)]
        rows.append(self._summed((around, *of_findings(found, reading, around))))
        sums = map(sum, zip(*rows, strict=True))
        logits = [b + s * self.scale for b, s in zip(self.bias, sums, strict=True)]
        return dict(zip(self.meanings, _shares(logits), strict=True))

    def _row(self, features: Features, of: tuple[str, str], known: bool) -> Row:  # noqa: FBT001
        """The weights of a word or a pair; those of a language's words are remembered, never a
        contact's own."""
        row = self._rows.get((features, *of))
        if row is None:
            row = self._summed(features(*of))
            if known:
                if len(self._rows) >= REMEMBERED:
                    self._rows.clear()
                self._rows[features, *of] = row
        return row

    def _summed(self, counted: Sequence[str]) -> Row:
        """The sum of some features' weights, all meanings at once: a packed row is a number."""
        size = LANE * len(self.meanings)
        places = len(self.table) // size
        packed = 0
        for feature in counted:
            at = place(feature, places) * size
            packed += int.from_bytes(self.table[at : at + size], "little")
        lanes = Struct(f"<{len(self.meanings)}H").unpack(packed.to_bytes(size, "little"))
        above = ABOVE * len(counted)
        return tuple(lane - above for lane in lanes)


def packed(weights: Iterable[Iterable[int]]) -> bytes:
    """Rows of weights from -127 to 127, two bytes each and none below 0, so that the sum of some
    hundred rows is the sum of their numbers."""
    return b"".join((weight + ABOVE).to_bytes(LANE, "little") for row in weights for weight in row)


def place(feature: str, places: int) -> int:
    return crc32(feature.encode()) % places


def _shares(logits: Sequence[float]) -> list[float]:
    most = max(logits)
    parts = [exp(logit - most) for logit in logits]
    whole = sum(parts)
    return [part / whole for part in parts]
