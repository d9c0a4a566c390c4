"""Which phrases of a language stand in a text, and the best way to explain all of its words."""

from collections.abc import Iterable
from dataclasses import dataclass

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.paths import BEHIND, SAID, SAYS, Place, followed_as
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.trees import END, NOTHING, SENSES
from textback.domain.understand.words import BREAKS

MOST_WORDS = 64  # tokens of a text that is wholly looked at
# More is a letter, and a letter is for a person: of so many of its tokens all phrases are looked
# for, which tells its language; behind them what keeps people safe, alone.
OF_A_LETTER = 24
_UNEXPLAINED, _SMALL, _PHRASE = 1000, 6, 10  # so that long phrases win over small words
_PRICES = [_SMALL if says in SILENT else _PHRASE for says in SAID]
_OF_DANGER = {SENSES.index(Sense.EMERGENCY), SENSES.index(Sense.CALM)}


# Where words begin and end, and what they say; None: nothing that the language knows.
type Piece = tuple[int, int, Sense | None]
type Clause = list[Piece]  # from one break to the next
type Span = tuple[int, int]  # where words begin and end
# For each word, where the piece that begins there ends, and what it says, as a weight; None where
# no word stands.
type Way = list[tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Alarms:
    """`raised`: the words that mean danger and that nothing calms; `calm`: words of alarm used
    otherwise ("work emergency"), and what they stand with."""

    raised: tuple[Span, ...] = ()
    calm: tuple[Span, ...] = ()


_NONE = Alarms()


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

    def ends(self, name: str, at: int) -> tuple[int, ...]:
        """Where the spellings of a class that begin at `at` end."""
        tree = self._lexicon.trees.classes.get(name)
        if tree is None:
            return ()
        start = self._lexicon.paths.start(tree)
        return tuple(end for _, end in self.phrases(start, at))

    def phrases(self, start: Place, at: int) -> list[tuple[int, int]]:
        """Every phrase that begins at `at`: what it says, as a weight, and where it ends."""
        words, paths = self._words, self._lexicon.paths
        steps, grow = paths.steps, paths.grow
        found: list[tuple[int, int]] = []
        word = words[at]
        step = steps[start].get(word)
        place = (grow(start, word) if step is None else step) >> BEHIND
        while place:
            at += 1
            word = words[at]
            step = steps[place].get(word)
            if step is None:
                step = grow(place, word)
            if (says := step & SAYS) != NOTHING:
                found.append((says, at))
            place = step >> BEHIND
        return found

    def cover(self) -> tuple[Way, Alarms]:
        """See `cover`."""
        words, size = self._words, len(self._words) - 1
        paths, trees = self._lexicon.paths, self._lexicon.trees
        near = paths.start(trees.root), paths.start(trees.root, begins=True)
        far, whole = near, size
        if size > MOST_WORDS:
            whole = OF_A_LETTER
            far = paths.start(trees.watch), paths.start(trees.watch, begins=True)
        steps = paths.steps
        cost = [0] * (size + 1)
        way: Way = [None] * size
        dangers: list[tuple[int, int, int]] = []
        for at in range(size - 1, -1, -1):
            word = words[at]
            if word == END:
                cost[at] = cost[at + 1]
                continue
            best, chosen, furthest = _UNEXPLAINED + cost[at + 1], NOTHING, at + 1
            start = (near if at < whole else far)[not at or words[at - 1] == END]
            if steps[start].get(word) != NOTHING:  # else no phrase begins with it, as most do not
                for says, end in self.phrases(start, at):
                    price = _PRICES[says] + cost[end]
                    if price < best or (price == best and end > furthest):
                        best, chosen, furthest = price, says, end
                    if says in _OF_DANGER:
                        dangers.append((says, at, end))
            cost[at], way[at] = best, (furthest, chosen)
        return way, _alarms(dangers) if dangers else _NONE


def cover(text: Spelled, lexicon: Lexicon) -> tuple[Way, Alarms]:
    """The cheapest way to explain every word once (few words left over, then few phrases); and
    the phrases of danger that stand anywhere, in the way or beside it."""
    return Matcher(text, lexicon).cover()


def clauses_of(way: Way) -> list[Clause]:
    """The pieces of a way from one break to the next."""
    clauses: list[Clause] = []
    clause: list[Piece] = []
    at, size = 0, len(way)
    while at < size:
        step = way[at]
        if step is not None:
            end, says = step
            clause.append((at, end, SAID[says]))
            at = end
            continue
        if clause:
            clauses.append(clause)
            clause = []
        at += 1
    if clause:
        clauses.append(clause)
    return clauses


def _alarms(dangers: list[tuple[int, int, int]]) -> Alarms:
    calm = tuple((start, end) for says, start, end in dangers if SAID[says] is Sense.CALM)
    heard = ((start, end) for says, start, end in dangers if SAID[says] is Sense.EMERGENCY)
    return Alarms(tuple(span for span in heard if not calmed(span, calm)), calm)


def calmed(alarm: Span, calm: Iterable[Span]) -> bool:
    """Whether words of alarm stand inside of more words that calm: "work emergency"."""
    start, end = alarm
    return any(c[0] <= start and end <= c[1] and c != alarm for c in calm)
