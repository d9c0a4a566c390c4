"""From what a text says to what it means here. The first matching rule wins.

A wrong action costs more than a handoff: an action needs the whole text explained, the safety
words (emergency, stop) need only to be there.
"""

from collections.abc import Iterator

from textback.domain.reading import Intent, Reading
from textback.domain.understand.about_texts import about_texts
from textback.domain.understand.certainty import DOUBTFUL, GUESSED, PLAIN, TOLD, certain
from textback.domain.understand.context import Context
from textback.domain.understand.dates import clashes
from textback.domain.understand.explaining import AGREES, Explained
from textback.domain.understand.sense import ACTIONS, REFUSES, SILENT, Sense

_CANCELS = frozenset({Sense.CANCEL, Sense.CANCEL_WORD})
_SCHEDULING = ACTIONS | {Sense.OTHER_TIME}
AROUND = 14  # words that an answer may have around it
FEW = 2  # words that nothing explains: too few to be a request


def decide(text: Explained, context: Context) -> Reading:
    return next(candidates(text, context))


def candidates(text: Explained, context: Context) -> Iterator[Reading]:
    """What each rule makes of the text, the weightiest rule first."""
    if reading := _safety(text):
        yield reading
    if reading := about_texts(text, context):
        yield reading
    if context.slots:
        from textback.domain.understand.offered import offered  # noqa: PLC0415 - few texts need it

        if reading := offered(text, len(context.slots)):
            yield reading
    if reading := _person(text):
        yield reading
    if reading := _visit(text, context) if context.visit else _no_visit(text):
        yield reading
    yield _rest(text)


def _safety(text: Explained) -> Reading | None:
    if text.alarm:
        return Reading(Intent.EMERGENCY, PLAIN, "a phrase that may mean danger to somebody")
    return None


def _person(text: Explained) -> Reading | None:
    said = text.said
    if said & {Sense.MISTAKEN, Sense.ASK, Sense.TOPIC}:
        return Reading(Intent.AGENT, 0.9, "asks for, or speaks of, what only a person can settle")
    if Sense.CONDITION in said and (said & (ACTIONS | AGREES) or text.told or text.loose):
        return Reading(Intent.AGENT, 0.8, "an answer under a condition")
    if said == {Sense.KEEP_TEXTS} and not text.asks:
        return Reading(Intent.ACK, GUESSED, "wants the texts to go on as they do")
    kept = Sense.KEEP_TEXTS in said and not said & {Sense.CONFIRM, Sense.KEEP, Sense.YES}
    if kept or said & {Sense.STOP, Sense.STOP_WORD, Sense.START, Sense.WRONG_NUMBER}:
        return Reading(Intent.AGENT, DOUBTFUL, "a word about the texts beside something else")
    if Sense.HELP in said or Sense.HELP_WORD in said:
        return Reading(Intent.AGENT, DOUBTFUL, "asks for help beside something else")
    if said & {Sense.WISH, Sense.AILMENT} and not said & _SCHEDULING:
        return Reading(Intent.AGENT, 0.8, "a wish, or how somebody is: for a person")
    return None


def _visit(text: Explained, context: Context) -> Reading | None:
    """About the visit: the plainer the answer, the more may stand around it unexplained."""
    said = text.said
    if Sense.UNSURE in said and Sense.LATE not in said:
        return Reading(Intent.UNCLEAR, 0.8, "has not decided yet")
    if Sense.UNCONFIRMED in said and not said & (REFUSES | {Sense.RESCHEDULE, Sense.OTHER_TIME}):
        return Reading(Intent.UNCLEAR, 0.8, "cannot confirm, and does not refuse")
    if not said & (ACTIONS | AGREES | {Sense.NO, Sense.OTHER_TIME}):
        return None
    intent, reason = _meant(said, text, context)
    if intent in {Intent.UNCLEAR, Intent.AGENT}:
        return Reading(intent, DOUBTFUL, reason)
    if not _may_stand(intent, text):
        return Reading(Intent.AGENT, DOUBTFUL, "an answer with words that nothing explains")
    if intent in {Intent.CONFIRM, Intent.LATE} and context.slots:
        return Reading(Intent.UNCLEAR, DOUBTFUL, "speaks of no time, where one was to be picked")
    if intent in {Intent.CONFIRM, Intent.CANCEL} and names_another_time(text, context):
        return Reading(Intent.AGENT, DOUBTFUL, "an answer that names another day or hour")
    if text.told or text.loose:
        return certain(intent, TOLD, f"{reason}, with its circumstances", text)
    return certain(intent, PLAIN, reason, text)


def _may_stand(intent: Intent, text: Explained) -> bool:
    """Whether an answer holds beside what nobody has explained of the text.

    What would take it back (a condition, a question, a matter for a person) is known by its own
    words and was looked for before. A refusal is lost to the words that go on with it ("can't
    make it to the pharmacy"); a promise to a question mark, and to how somebody is.
    """
    said = text.said
    match intent:
        case Intent.CONFIRM | Intent.ACK:
            if said & {Sense.WISH, Sense.AILMENT} or _takes_back(text) or text.denies(AGREES):
                return False
            plain = said & {Sense.CONFIRM, Sense.KEEP} or Sense.YES in text.alone
            if not text.loose and not text.told:
                return bool(plain) or Sense.CIRCUMSTANCE not in text.senses
            return bool(plain) and not text.asks and text.loose + text.told <= AROUND
        case Intent.CANCEL:
            word_asked = text.asks and text.known == 1  # "X?"
            if word_asked or (Sense.WISH in said and text.asks) or _goes_on(text):
                return False
            if text.denies(_CANCELS):
                return False
            return not text.loose and not (text.told and text.asks)
        case Intent.QUESTION:
            return not text.loose + text.told or (
                text.loose + text.told <= FEW and not said & {Sense.AILMENT}
            )
        case _:
            return text.loose + text.told <= AROUND


def _takes_back(text: Explained) -> bool:
    """Whether a "but" stands behind the last promise: "I'll be there but my daughter won't"."""
    if Sense.BUT not in text.said:
        return False
    behind = text.order[len(text.order) - text.order[::-1].index(Sense.BUT) :]
    return not AGREES & frozenset(behind)


def _goes_on(text: Explained) -> bool:
    """Whether a "but" stands behind the last refusal, and words that nothing explains:
    "can't make it but the other line is open"."""
    if Sense.BUT not in text.said or not text.told + text.loose:
        return False
    behind = text.order[len(text.order) - text.order[::-1].index(Sense.BUT) :]
    return not REFUSES & frozenset(behind)


def names_another_time(text: Explained, context: Context) -> bool:
    if context.start is None or context.now is None:
        return False
    return clashes(text.named, context.start, context.now, text.lexicon)


def _meant(said: frozenset[Sense], text: Explained, context: Context) -> tuple[Intent, str]:
    """What the senses of a wholly explained text come to."""
    refuses = bool(said & REFUSES)
    if Sense.QUESTION in said:
        if said & (ACTIONS | AGREES | {Sense.NO}) - {Sense.QUESTION, Sense.OKAY}:
            return Intent.AGENT, "a question beside an answer"
        return Intent.QUESTION, "asks when, where or with whom the visit is"
    if Sense.RESCHEDULE in said or (
        Sense.OTHER_TIME in said and (refuses or text.asks or Sense.WISH in said)
    ):
        if said & {Sense.CONFIRM, Sense.LATE}:
            return Intent.AGENT, "an answer that says two things"
        return Intent.RESCHEDULE, "asks for another time"
    if refuses and _asks_for_a_day(text):
        return Intent.RESCHEDULE, "refuses, and asks for a day"
    if Sense.LATE in said:
        if refuses or Sense.NO in said:
            return Intent.AGENT, "an answer that says two things"
        return Intent.LATE, "comes, but late"
    if Sense.OTHER_TIME in said:
        return Intent.UNCLEAR, "names another time without a wish"
    if refuses:
        if said & {Sense.CONFIRM, Sense.KEEP}:
            return Intent.UNCLEAR, "an answer that contradicts itself"
        return Intent.CANCEL, "says that they will not come"
    return _agreed(said, text, context)


def _asks_for_a_day(text: Explained) -> bool:
    """Whether a question is nothing but a day, as in "Won't make today. Tomorrow?"."""
    return Sense.WHEN in text.asked and text.asked <= SILENT


def _agreed(said: frozenset[Sense], text: Explained, context: Context) -> tuple[Intent, str]:
    if text.asked & AGREES:
        return Intent.UNCLEAR, "a question, not an answer"
    if said & {Sense.CONFIRM, Sense.KEEP}:
        return Intent.CONFIRM, "says that they will come"
    if Sense.NO in said:
        return Intent.UNCLEAR, "a bare no, or a yes and a no"
    if context.torn:
        return Intent.UNCLEAR, "a yes to a question of two things"
    if Sense.YES in said or context.asked:
        return Intent.CONFIRM, "agrees to what was asked"
    return Intent.ACK, "a thank-you where nothing was asked"


def _no_visit(text: Explained) -> Reading | None:
    """With nothing to confirm or cancel, an answer to it is for a person, or for nobody."""
    said = text.said
    if said & (ACTIONS | {Sense.OTHER_TIME}):
        return Reading(Intent.AGENT, 0.7, "speaks of a visit that is not on record")
    thanks = Sense.THANKS in text.senses and said <= {Sense.OKAY, Sense.YES}
    if said and (said <= {Sense.OKAY} or thanks) and not text.loose and not text.told:
        return certain(Intent.ACK, PLAIN, "a thank-you where nothing was asked", text)
    if said & {Sense.YES, Sense.NO, Sense.UNSURE}:
        if text.loose + text.told > FEW:
            return Reading(Intent.AGENT, DOUBTFUL, "words that nothing explains")
        return Reading(Intent.UNCLEAR, 0.7, "an answer where nothing was asked")
    return None


def _rest(text: Explained) -> Reading:
    if not text.loose + text.told and Sense.THANKS in text.senses and not text.asks:
        return Reading(Intent.ACK, PLAIN, "thanks or a farewell, nothing else")
    if text.loose + text.told > FEW or (text.known > FEW and text.loose + text.told):
        return Reading(Intent.AGENT, DOUBTFUL, "words that nothing explains")
    return Reading(Intent.UNCLEAR, DOUBTFUL, "nothing that says what is wanted")
