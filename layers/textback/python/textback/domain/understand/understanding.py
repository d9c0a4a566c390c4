"""From a text to a reading."""

from dataclasses import dataclass, replace
from datetime import datetime

from textback.domain.conversation import Conversation
from textback.domain.reading import UNREAD, Intent, Reading
from textback.domain.understand.choosing import choose
from textback.domain.understand.context import Context, context_of
from textback.domain.understand.deciding import candidates, decide
from textback.domain.understand.explaining import Explained, explain
from textback.domain.understand.lexicon import Lexicon, Lexicons
from textback.domain.understand.matching import MOST_WORDS
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
    return explained(text, context, locale, lexicons).reading


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
    readings = [decide(e, context) for e in explanations]
    chosen = _chosen(explanations, readings)
    others = [*candidates(explanations[chosen], context), *readings]
    reading = replace(readings[chosen], language=_other_language(explanations))
    return Shown(
        reading,
        explanations[chosen].telling,
        next((o.intent for o in others if o.intent is not reading.intent), None),
    )


def _chosen(explanations: list[Explained], readings: list[Reading]) -> int:
    """The language that understands most; an alarm or an opt-out in any, unless one that knows
    every word hears none: "emergencia" is one in one language, and "en el trabajo" calms it."""
    best = min(range(len(readings)), key=lambda i: (_doubt(explanations[i]), i))
    if _doubt(explanations[best]) == SURE:
        return best
    for heard in (Intent.EMERGENCY, Intent.STOP):
        for number, reading in enumerate(readings):
            if reading.intent is heard:
                return number
    return best


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
        explanations.append(_explained_by(lexicons[language], text, context))
        if explanations[0].said and not explanations[0].loose + explanations[0].told:
            break
    return explanations


def _explained_by(lexicon: Lexicon, text: Words, context: Context) -> Explained:
    spelled = spell(text, lexicon)
    if not context.slots or len(spelled.tokens) > MOST_WORDS:
        return explain(spelled, lexicon)
    choice, reduced = choose(spelled, lexicon, context.slots, context.now)
    return explain(reduced, lexicon, choice)


def _doubt(text: Explained) -> tuple[int, bool]:
    """How little a language makes of a text."""
    return text.loose + text.told, not text.senses
