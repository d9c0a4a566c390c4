"""A text explained by one language: what its phrases say, and which words nothing explains."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.matching import (
    Alarms,
    Clause,
    Piece,
    Way,
    calmed,
    clauses_of,
    cover,
)
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.trees import NOTHING, SENSES
from textback.domain.understand.words import ASKING, BREAK, OFFERED, Words

if TYPE_CHECKING:
    from textback.domain.understand.choosing import Choice

SIGNATURE = 3  # words of a name under a text
_MAY_DATE = frozenset({Sense.WHEN, Sense.CONFIRM, Sense.CANCEL, Sense.KEEP, Sense.YES})
# Behind these, words that nothing explains tell a circumstance: "my", "because".
_TELLS = frozenset({Sense.OPENER, Sense.CIRCUMSTANCE})
_COURTESY = SILENT | {Sense.THANKS}
_SILENT = frozenset(SENSES.index(sense) for sense in SILENT)  # as weights
_TELLING = frozenset(SENSES.index(sense) for sense in _TELLS)
_REMEMBERED = 4096  # sets of senses
AGREES = frozenset({Sense.YES, Sense.OKAY, Sense.CONFIRM, Sense.KEEP})


@dataclass(frozen=True)
class Explained:
    """`senses` are all that the text says, `said` those beyond courtesy; `loose` counts words that
    nothing explains and `told` words that are likely to give circumstances; `known` counts the
    words of the language. What few rules ask for is told when they ask: most texts are explained
    by several languages, and the rules ask one."""

    lexicon: Lexicon
    text: Spelled
    way: Way
    senses: frozenset[Sense]
    said: frozenset[Sense]
    alarms: Alarms
    loose: int
    told: int
    known: int
    choice: "Choice | None" = None  # of the times that were offered, if any were

    @cached_property
    def clauses(self) -> list[Clause]:
        return clauses_of(self.way)

    @property
    def alarm(self) -> bool:
        """Whether a phrase that means danger stands there, and none that calms it."""
        return bool(self.alarms.raised)

    def alarms_beside(self, other: "Explained") -> bool:
        """Whether there is an alarm in this language that another one does not explain as calm."""
        if not self.alarms.raised or len(self.text.tokens) != len(other.text.tokens):
            return self.alarm
        return not all(calmed(span, other.alarms.calm) for span in self.alarms.raised)

    @property
    def beside_calm(self) -> Words:
        """The text without the words of alarm that are used otherwise."""
        tokens = list(self.text.tokens)
        for start, end in self.alarms.calm:
            tokens[start:end] = [BREAK] * (end - start)
        return Words(tuple(tokens))

    @property
    def whole(self) -> bool:
        """Whether every word is explained."""
        return not self.loose

    @property
    def asks(self) -> bool:
        return ASKING in self.text.tokens

    @property
    def alone(self) -> frozenset[Sense]:
        """The senses that have a clause to themselves."""
        return _alone(self.clauses)

    @property
    def plainly(self) -> frozenset[Sense]:
        """The senses that have a clause to themselves, and no word there that nothing explains."""
        return _alone(clause for clause in self.clauses if all(says for _, _, says in clause))

    @property
    def asked(self) -> frozenset[Sense]:
        """The senses of clauses that end in "?"."""
        tokens = self.text.tokens
        ends = ((clause, clause[-1][1]) for clause in self.clauses)
        asked = (clause for clause, end in ends if tokens[end : end + 1] == (ASKING,))
        return frozenset(says for clause in asked for _, _, says in clause if says)

    @property
    def guessed(self) -> bool:
        """Whether a misspelled word of what it says was put right."""
        mended = self.text.mended
        return bool(mended) and any(
            not mended.isdisjoint(range(start, end))
            for start, end, says in self._pieces
            if says in self.said
        )

    @property
    def named(self) -> frozenset[str]:
        """The words of phrases that may name a day or an hour."""
        return frozenset(self._words(_MAY_DATE))

    @property
    def telling(self) -> tuple[str, ...]:
        """The words that say more than courtesy."""
        return tuple(self._words(self.said))

    @property
    def order(self) -> tuple[Sense, ...]:
        """What is said, from the first word to the last."""
        return tuple(says for _, _, says in self._pieces if says)

    @property
    def explained_mentions(self) -> int:
        """How many mentions of offered times stand in a phrase."""
        phrases = ((start, end) for start, end, says in self._pieces if says)
        return sum(self.text.tokens[start:end].count(OFFERED) for start, end in phrases)

    @property
    def unexplained(self) -> frozenset[int]:
        """Where the words stand that no phrase explains."""
        return frozenset(start for start, _, says in self._pieces if says is None)

    def _words(self, senses: frozenset[Sense]) -> Iterator[str]:
        for start, end, says in self._pieces:
            if says in senses:
                yield from self.text.tokens[start:end]

    def denies(self, senses: frozenset[Sense]) -> bool:
        """Whether a word like "not" that nothing explains is about one of them: it stands before
        it in its clause, or ends the clause. In some languages a bare no before it does too."""
        tokens, begins = self.text.tokens, self.lexicon.begins
        return any(self._denies(senses, clause) for clause in self.clauses) or any(
            following in senses and says in {None, Sense.NO} and begins(tokens[at], "negates_next")
            for clause in self.clauses
            for (at, _, says), (_, _, following) in pairwise(clause)
        )

    def _denies(self, senses: frozenset[Sense], clause: Clause) -> bool:
        denies = said = False
        for piece in clause:
            _, _, says = piece
            if self._negates(piece):
                denies = True
            elif says is Sense.BUT:
                denies = said = False
            elif says in senses:
                if denies:
                    return True
                said = True
        return said and self._negates(clause[-1])

    @property
    def negated(self) -> bool:
        """Whether a word like "not" stands there that nothing explains."""
        return any(map(self._negates, self._pieces))

    def _negates(self, piece: Piece) -> bool:
        start, _, says = piece
        return says is None and self.lexicon.begins(self.text.tokens[start], "negates")

    @property
    def _pieces(self) -> Iterator[Piece]:
        return chain.from_iterable(self.clauses)


def explain(text: Spelled, lexicon: Lexicon, choice: "Choice | None" = None) -> Explained:
    """Words that nothing explains are stray ones or tell a circumstance.

    A circumstance begins a clause or stands behind a word like "my" or "because", and runs on until
    a phrase with a meaning of its own: "can't make it | my sitter fell ill", but not "can't make
    it to the pharmacy", where the words go on with what was said.
    """
    way, alarms = cover(text, lexicon)
    loose = told = known = senses = at = 0
    end = _signature(way, text, lexicon)
    telling = True
    while at < end:
        step = way[at]
        if step is None:
            telling = True
            at += 1
            continue
        behind, says = step
        if says != NOTHING:
            senses |= 1 << says
            known += behind - at
            if says not in _SILENT:
                telling = False
            elif says in _TELLING:
                telling = True
        elif telling:
            told += 1
        else:
            loose += 1
        at = behind
    every, beyond_courtesy = _senses(senses)
    return Explained(lexicon, text, way, every, beyond_courtesy, alarms, loose, told, known, choice)


@lru_cache(_REMEMBERED)
def _senses(weights: int) -> tuple[frozenset[Sense], frozenset[Sense]]:
    """The senses of these weights, each a bit, and those beyond courtesy."""
    every = frozenset(sense for weight, sense in enumerate(SENSES) if weights >> weight & 1)
    return every, every - _COURTESY


def _alone(clauses: Iterable[Clause]) -> frozenset[Sense]:
    alone = (_said_beyond_courtesy(clause) for clause in clauses)
    return frozenset(s for said in alone if len(said) == 1 for s in said if s)


def _said_beyond_courtesy(clause: Clause) -> frozenset[Sense | None]:
    return frozenset(says for _, _, says in clause) - _COURTESY


def _signature(way: Way, text: Spelled, lexicon: Lexicon) -> int:
    """Where a signature begins, a last clause that is but a name: "- Denise", "Maria G."; the end
    of the text where none does."""
    size = end = len(way)
    names, tokens = text.named, text.tokens
    if not names or None not in way:
        return size
    while end and way[end - 1] is None:
        end -= 1
    begin = end
    while begin and way[begin - 1] is not None:
        begin -= 1
    alone = way[:begin].count(None) == begin
    if alone or begin not in names or end - begin > SIGNATURE:
        return size
    is_name = all(
        way[at] == (at + 1, NOTHING)
        and (at in names or tokens[at].isalpha())
        and tokens[at] not in lexicon.known
        for at in range(begin, end)
    )
    return begin if is_name else size
