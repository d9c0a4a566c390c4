"""From a text to a reading."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from textback.domain.conversation import Conversation
from textback.domain.reading import PICKS, UNREAD, Intent, Reading
from textback.domain.understand.about_texts import ends_texts
from textback.domain.understand.context import Context, context_of
from textback.domain.understand.correcting import corrected
from textback.domain.understand.deciding import candidates, decide
from textback.domain.understand.explaining import Explained, explain
from textback.domain.understand.lexicon import Lexicon, Lexicons
from textback.domain.understand.likeness import Likeness
from textback.domain.understand.matching import MOST_WORDS
from textback.domain.understand.seconding import Seconded, seconded
from textback.domain.understand.sense import Sense
from textback.domain.understand.spelling import spell
from textback.domain.understand.words import Words, words

SURE = (0, False)  # every word is explained, and says something
CLEARLY = 2  # words more that another language must know than the contact's own


def understand(
    text: str, conversation: Conversation, locale: str, now: datetime, lexicons: Lexicons
) -> Reading:
    """Say what a contact means by `text`; `locale` ("es", "es-MX") is the language they use.

    Every language is tried: STOP is heard in each, and people switch. What none is sure of comes
    back as `agent` or `unclear`. It is pure, raises for no text, and its reason quotes nobody.
    """
    return read(words(text), context_of(conversation, now), locale, lexicons)


def read(text: Words, context: Context, locale: str, lexicons: Lexicons) -> Reading:
    """As `understand`, for words and a context already known."""
    explanations = _explanations(text, locale, lexicons, context)
    if not explanations:
        return UNREAD
    found, first = _first(explanations, context)
    likeness = _likeness(found, explanations)
    return _told(_settled(first, text, context, found, likeness).reading, explanations)


def _settled(
    first: Reading, text: Words, context: Context, found: Explained, likeness: Likeness | None
) -> Seconded:
    """Who takes an answer back is taken at their last word; whoever does not, is weighed."""
    last = corrected(found, first, context)
    if last is not first or likeness is None:
        return Seconded(last)
    return seconded(first, text, context, found, likeness)


def _likeness(found: Explained, explanations: list[Explained]) -> Likeness | None:
    """Of the language that explains the text; if nothing was learned of it, and it was chosen for
    an alarm alone, of one that clearly knows more words."""
    able = (e for e in explanations if e is found or e.known >= found.known + CLEARLY)
    return next((e.lexicon.likeness for e in able if e.lexicon.likeness), None)


def by_rules(
    text: Words, context: Context, locale: str, lexicons: Lexicons
) -> tuple[Explained, Reading]:
    """What the rules alone find in a text and make of it; `lexicons` holds a language or more."""
    return _first(_explanations(text, locale, lexicons, context), context)


def _first(explanations: list[Explained], context: Context) -> tuple[Explained, Reading]:
    found = explanations[_chosen(explanations, context)]
    return found, decide(found, context)


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading with its work: the words that decided, and what it would have been instead."""

    reading: Reading
    words: tuple[str, ...] = ()
    runner_up: Intent | None = None


def explained(text: Words, context: Context, locale: str, lexicons: Lexicons) -> Shown:
    """As `read`, and what led to it. It quotes the text: for those who may see that."""
    explanations = _explanations(text, locale, lexicons, context)
    if not explanations:
        return Shown(UNREAD)
    chosen = _chosen(explanations, context)
    readings = candidates(explanations[chosen], context)
    first = next(readings)
    found, likeness = explanations[chosen], _likeness(explanations[chosen], explanations)
    settled = _settled(first, text, context, found, likeness)
    reading = settled.reading
    others = chain((first,), readings, (decide(e, context) for e in explanations))
    telling = found.telling
    if reading.intent in PICKS and found.choice:
        telling = found.choice.words
    elif likeness is not None and settled.like is not None:
        from textback.domain.understand.likened import likening  # noqa: PLC0415 - few ask

        telling = likening(likeness, settled.like, text, context, found, first)
    return Shown(
        _told(reading, explanations),
        telling,
        next((o.intent for o in others if o.intent is not reading.intent), None),
    )


def _told(reading: Reading, explanations: list[Explained]) -> Reading:
    language = _other_language(explanations)
    return replace(reading, language=language) if language else reading


def _chosen(explanations: list[Explained], context: Context) -> int:
    """The language that understands most; an alarm or an opt-out in any, unless one that knows
    every word hears none, or the best one calms those words: "suicide" is one in one language, and
    "prevention" calms it in another. For an opt-out it is enough to know as many words, unless the
    best one takes them for a limit: "don't text me" is a part of "not at work"."""
    doubts = [_doubt(e) for e in explanations]
    best = doubts.index(min(doubts))
    own = explanations[0]
    if own.choice and own.choice.torn and explanations[best].known < own.known + CLEARLY:
        best = 0  # "after 1" is an hour in its own language, and a figure in all others
    best = _most_torn(explanations, best)
    if doubts[best] != SURE:
        for number, explanation in enumerate(explanations):
            if explanation.alarms_beside(explanations[best]):
                return number
        limited = Sense.MISTAKEN in explanations[best].said
        for number, explanation in enumerate(explanations):
            knows = explanation.known >= explanations[best].known and not limited
            if knows and ends_texts(explanation, context):
                return number
    return best


def _most_torn(explanations: list[Explained], best: int) -> int:
    """A pick is not one where a language that knows more of the words hears none: "8 de enero"."""
    picks = explanations[best].choice
    if picks is None or picks.picked is None:
        return best
    known = _known(explanations[best])
    others = (n for n, e in enumerate(explanations) if e.choice and e.choice.names_otherwise)
    return next((n for n in others if _known(explanations[n]) > known), best)


def _known(text: Explained) -> int:
    """How many words a language knows, those of mentions among them."""
    if text.choice is None:
        return text.known
    others = text.unexplained & text.choice.other_times
    return text.known - text.explained_mentions + text.choice.named_words + len(others)


def language_of(text: str, locale: str, lexicons: Lexicons) -> str:
    """The language `text` is clearly written in if it is another one than `locale`, else ""."""
    return _other_language(_explanations(words(text), locale, lexicons, Context()))


def _other_language(explanations: list[Explained]) -> str:
    """Names are known to no language, and a word or two may be anybody's."""
    best = max(explanations, key=lambda e: e.known, default=None)
    if best is None or best.known < explanations[0].known + CLEARLY:
        return ""
    return best.lexicon.language


def _explanations(
    text: Words, locale: str, lexicons: Lexicons, context: Context
) -> list[Explained]:
    """One explanation a language, the contact's own first; it alone if it explains every word."""
    own = locale.partition("-")[0].partition("_")[0].lower()
    explanations: list[Explained] = []
    for language in sorted(lexicons, key=lambda language: language != own):
        tried = [e.lexicon.vocabulary for e in explanations]
        explanations.append(_explained_by(lexicons[language], text, context, tried))
        if explanations[0].said and not explanations[0].loose + explanations[0].told:
            break
    return explanations


def _explained_by(
    lexicon: Lexicon, text: Words, context: Context, tried: Sequence[Collection[str]]
) -> Explained:
    spelled = spell(text, lexicon, tried)
    if not context.slots or len(spelled.tokens) > MOST_WORDS:
        return explain(spelled, lexicon)
    from textback.domain.understand.choosing import choose  # noqa: PLC0415 - few texts need it

    choice, reduced = choose(spelled, lexicon, context.slots, context.now)
    return explain(reduced, lexicon, choice)


def _doubt(text: Explained) -> tuple[int, bool]:
    """How little a language makes of a text."""
    return text.loose + text.told, not text.senses
