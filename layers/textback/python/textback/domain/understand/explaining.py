"""A text explained by one language: what its phrases say, and which words nothing explains."""

from collections.abc import Iterator
from dataclasses import dataclass

from textback.domain.understand.choosing import Choice
from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.matching import Matcher, Piece, cover, stands
from textback.domain.understand.sense import SILENT, Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import ASKING, BREAKS

SIGNATURE = 3  # words of a name under a text
_MAY_DATE = frozenset({Sense.WHEN, Sense.CONFIRM, Sense.CANCEL, Sense.KEEP, Sense.YES})
_COURTESY = SILENT | {Sense.THANKS}


@dataclass(frozen=True, slots=True)
class Explained:
    """`senses` are all that the text says; `loose` counts words that nothing explains and
    `told` words that are likely to give circumstances; `known` counts the words of the language;
    `alone` are senses that have a clause to themselves, and `asked` ones that end in "?"."""

    lexicon: Lexicon
    senses: frozenset[Sense]
    alarm: bool
    loose: int
    told: int
    known: int
    alone: frozenset[Sense]
    asked: frozenset[Sense]
    asks: bool
    guessed: bool
    named: frozenset[str]  # the words of phrases that may name a day or an hour
    telling: tuple[str, ...]  # the words that say more than courtesy
    order: tuple[Sense, ...]  # what is said, from the first word to the last
    choice: Choice | None = None  # of the times that were offered, if any were

    @property
    def whole(self) -> bool:
        """Whether every word is explained."""
        return not self.loose

    @property
    def said(self) -> frozenset[Sense]:
        """What is said beyond courtesy."""
        return self.senses - _COURTESY


def explain(spelled: Spelled, lexicon: Lexicon, choice: Choice | None = None) -> Explained:
    found = Matcher(spelled, lexicon).pieces()
    covering = cover(spelled, found)
    clauses = tuple(_clauses(covering, spelled))
    signature = _signature(clauses, spelled, lexicon)
    loose = told = 0
    for clause in clauses:
        if clause is signature:
            continue
        stray, excused = _weigh(clause)
        loose, told = loose + stray, told + excused
    said = frozenset(p.says for p in covering if p.says)
    return Explained(
        lexicon=lexicon,
        senses=said,
        alarm=stands(Sense.EMERGENCY, found),
        loose=loose,
        told=told,
        known=sum(p.end - p.start for p in covering if p.says),
        alone=frozenset(s for c in clauses for s in _alone(c)),
        asked=frozenset(
            p.says
            for c in clauses
            for p in c
            if p.says and _next_break(spelled, c[-1].end) == ASKING
        ),
        asks=ASKING in spelled.tokens,
        guessed=any(
            p.says not in _COURTESY and not spelled.mended.isdisjoint(range(p.start, p.end))
            for p in covering
            if p.says
        ),
        named=frozenset(
            w for p in covering if p.says in _MAY_DATE for w in spelled.tokens[p.start : p.end]
        ),
        telling=tuple(
            w
            for p in covering
            if p.says and p.says not in _COURTESY
            for w in spelled.tokens[p.start : p.end]
        ),
        order=tuple(p.says for p in covering if p.says),
        choice=choice,
    )


def _clauses(covering: tuple[Piece, ...], text: Spelled) -> Iterator[tuple[Piece, ...]]:
    """The pieces between two breaks."""
    clause: list[Piece] = []
    for piece in covering:
        if clause and _next_break(text, clause[-1].end):
            yield tuple(clause)
            clause = []
        clause.append(piece)
    if clause:
        yield tuple(clause)


def _next_break(text: Spelled, at: int) -> str:
    token = text.tokens[at] if at < len(text.tokens) else ""
    return token if token in BREAKS else ""


def _weigh(clause: tuple[Piece, ...]) -> tuple[int, int]:
    """Count the words that nothing explains: (stray ones, those that tell a circumstance).

    A circumstance begins a clause or stands behind a word like "my" or "because", and runs on until
    a phrase with a meaning of its own: "can't make it | my sitter fell ill", but not "can't make
    it to the pharmacy", where the words go on with what was said.
    """
    stray = excused = 0
    telling = True
    for piece in clause:
        if piece.says is None:
            stray, excused = (stray, excused + 1) if telling else (stray + 1, excused)
        elif piece.says in {Sense.OPENER, Sense.CIRCUMSTANCE}:
            telling = True
        elif piece.says not in SILENT:
            telling = False
    return stray, excused


def _alone(clause: tuple[Piece, ...]) -> frozenset[Sense]:
    said = frozenset(p.says for p in clause if p.says not in _COURTESY)
    return frozenset(s for s in said if s) if len(said) == 1 else frozenset()


def _signature(
    clauses: tuple[tuple[Piece, ...], ...], text: Spelled, lexicon: Lexicon
) -> tuple[Piece, ...] | None:
    """The last clause, if it is but a name: "- Denise", "Maria G."."""
    if len(clauses) <= 1:
        return None
    last = clauses[-1]
    named = all(
        p.says is None
        and p.end - p.start == 1
        and (p.start in text.named or text.tokens[p.start].isalpha())
        and text.tokens[p.start] not in lexicon.known
        for p in last
    )
    return last if named and len(last) <= SIGNATURE and last[0].start in text.named else None
