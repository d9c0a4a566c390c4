"""From a text to a reading."""

from datetime import datetime

from textback.domain.conversation import Conversation
from textback.domain.reading import UNREAD, Intent, Reading
from textback.domain.understand.choosing import choose
from textback.domain.understand.context import Context, context_of
from textback.domain.understand.deciding import decide
from textback.domain.understand.explaining import Explained, explain
from textback.domain.understand.lexicon import Lexicon, Lexicons
from textback.domain.understand.spelling import spell
from textback.domain.understand.words import Words, words

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
    explanations = _explained(text, locale, lexicons, context)
    if not explanations:
        return UNREAD
    readings = [decide(e, context) for e in explanations]
    for heard in (Intent.EMERGENCY, Intent.STOP):
        for reading in readings:
            if reading.intent is heard:
                return reading
    best = min(range(len(readings)), key=lambda i: (_doubt(explanations[i]), i))
    return readings[best]


def language_of(text: str, locale: str, lexicons: Lexicons) -> str:
    """The language `text` is clearly written in if it is another one than `locale`, else ""."""
    explanations = _explained(words(text), locale, lexicons, Context())
    best = max(explanations, key=lambda e: e.known, default=None)
    if best is None or best.known < explanations[0].known + CLEARLY:
        return ""
    return best.lexicon.language


def _explained(
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
    if not context.slots:
        return explain(spelled, lexicon)
    choice, reduced = choose(spelled, lexicon, context.slots, context.now)
    return explain(reduced, lexicon, choice)


def _doubt(text: Explained) -> tuple[int, bool]:
    """How little a language makes of a text."""
    return text.loose + text.told, not text.senses
