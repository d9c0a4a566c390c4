"""A text explained by one language: what its phrases say, and which words nothing explains."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.matching import Alarms, Clause, Piece, calmed, cover
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import ASKING, BREAK, Words

if TYPE_CHECKING:
    from textback.domain.understand.choosing import Choice

SIGNATURE = 3  # words of a name under a text
_MAY_DATE = frozenset({Sense.WHEN, Sense.CONFIRM, Sense.CANCEL, Sense.KEEP, Sense.YES})
# Behind these, words that nothing explains tell a circumstance: "my", "because".
_TELLS = frozenset({Sense.OPENER, Sense.CIRCUMSTANCE})
_COURTESY = SILENT | {Sense.THANKS}
AGREES = frozenset({Sense.YES, Sense.OKAY, Sense.CONFIRM, Sense.KEEP})


@dataclass(frozen=True, slots=True)
class Explained:
    """`senses` are all that the text says, `said` those beyond courtesy; `loose` counts words that
    nothing explains and `told` words that are likely to give circumstances; `known` counts the
    words of the language. What few rules ask for is told when they ask."""

    lexicon: Lexicon
    text: Spelled
    clauses: tuple[Clause, ...]
    senses: frozenset[Sense]
    said: frozenset[Sense]
    alarms: Alarms
    loose: int
    told: int
    known: int
    choice: "Choice | None" = None  # of the times that were offered, if any were

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
    clauses, alarms = cover(text, lexicon)
    signed = len(clauses) > 1 and _is_signature(clauses[-1], text, lexicon)
    loose = told = known = 0
    senses: set[Sense] = set()
    for clause in clauses[:-1] if signed else clauses:
        telling = True
        for start, end, says in clause:
            if says is None:
                if telling:
                    told += 1
                else:
                    loose += 1
                continue
            senses.add(says)
            known += end - start
            if says not in SILENT:
                telling = False
            elif says in _TELLS:
                telling = True
    return Explained(
        lexicon,
        text,
        tuple(clauses),
        frozenset(senses),
        frozenset(senses - _COURTESY),
        alarms,
        loose,
        told,
        known,
        choice,
    )


def _alone(clauses: Iterable[Clause]) -> frozenset[Sense]:
    alone = (_said_beyond_courtesy(clause) for clause in clauses)
    return frozenset(s for said in alone if len(said) == 1 for s in said if s)


def _said_beyond_courtesy(clause: Clause) -> frozenset[Sense | None]:
    return frozenset(says for _, _, says in clause) - _COURTESY


def _is_signature(clause: Clause, text: Spelled, lexicon: Lexicon) -> bool:
    """Whether a last clause is but a name: "- Denise", "Maria G."."""
    if len(clause) > SIGNATURE or clause[0][0] not in text.named:
        return False
    return all(
        says is None
        and (start in text.named or text.tokens[start].isalpha())
        and text.tokens[start] not in lexicon.known
        for start, _, says in clause
    )
