"""About the texts themselves: stop, start, help, wrong number."""

from itertools import pairwise

from textback.domain.reading import BARE, Intent, Reading
from textback.domain.understand.certainty import CERTAIN, PLAIN, certain
from textback.domain.understand.context import Context
from textback.domain.understand.explaining import Explained
from textback.domain.understand.sense import ACTIONS, FOR_A_PERSON, MOVES, REFUSES, Sense
from textback.domain.understand.words import COMMA

_BESIDE_STOP = frozenset({Sense.STOP_WORD, Sense.NO, Sense.YES, Sense.OKAY, Sense.WRONG_NUMBER}) | {
    Sense.HELP,
    Sense.CONFIRM,
    *REFUSES,
}
SENTENCE = 3  # words: "Stop, reschedule" is a keyword and another
_MAY_STOP = frozenset({Sense.STOP, Sense.STOP_WORD, Sense.CANCEL_WORD})


def about_texts(text: Explained, context: Context) -> Reading | None:
    """What is asked or said of the texts; None if nothing is, or other things stand beside it."""
    said = text.said
    picks = text.choice is not None and text.choice.named  # "put me in for the 8th"
    if _starts(said, text) and not picks:
        return certain(Intent.START, PLAIN, "asks for the texts again", text)
    if Sense.STOP in said and Sense.KEEP_TEXTS not in said and not _taken_back(said, text):
        return certain(Intent.STOP, PLAIN, "asks for the texts to end", text)
    if (
        Sense.STOP_WORD in said
        and not _interrupts(text)
        and ((said <= _BESIDE_STOP and not text.loose + text.told) or Sense.STOP_WORD in text.alone)
    ):
        certainty = CERTAIN if said == {Sense.STOP_WORD} and not text.told else PLAIN
        return certain(Intent.STOP, certainty, "an opt-out word, not about something else", text)
    stranger = Sense.WRONG_NUMBER in said and not context.visit  # has nothing else to cancel
    word = said - {Sense.WRONG_NUMBER} if stranger else said
    bare = word == {Sense.CANCEL_WORD} and not picks and not text.asks
    if bare and text.whole and not text.told:
        if context.visit:
            return certain(
                Intent.CANCEL, PLAIN, "the bare word to cancel, with a visit coming", text, BARE
            )
        return certain(Intent.STOP, PLAIN, "the bare word to cancel, with no visit coming", text)
    if said == {Sense.START_WORD} and text.whole and not picks:
        return certain(Intent.START, CERTAIN, "an opt-in word", text)
    if Sense.WRONG_NUMBER in said and not said & (ACTIONS | FOR_A_PERSON):
        return certain(Intent.WRONG_NUMBER, PLAIN, "says that it is somebody else's phone", text)
    if said and said <= {Sense.HELP, Sense.HELP_WORD} and not text.loose + text.told:
        return certain(Intent.HELP, PLAIN, "asks what this line is", text)
    return None


def _interrupts(text: Explained) -> bool:
    """Whether an opt-out word is but the beginning of a sentence about the time of the visit:
    "Stop, that day is no good"."""
    tokens = text.text.tokens
    return bool(text.said & MOVES) and any(
        {says for _, _, says in clause} == {Sense.STOP_WORD}
        and tokens[clause[-1][1]] == COMMA
        and following[-1][1] - following[0][0] >= SENTENCE
        and any(says in MOVES for _, _, says in following)
        for clause, following in pairwise(text.clauses)
    )


def _taken_back(said: frozenset[Sense], text: Explained) -> bool:
    """Whether an opt-out is told of, and the texts are wanted again: not where it is a clause of
    its own, nor where nobody asked for texts: "I never asked you to start. Stop"."""
    wanted = Sense.START in said and not text.denies(frozenset({Sense.START}))
    return wanted and Sense.STOP not in text.alone


def _starts(said: frozenset[Sense], text: Explained) -> bool:
    against = ACTIONS | {Sense.STOP, Sense.CONDITION}
    return Sense.START in said and not said & against and not text.denies(frozenset({Sense.START}))


def ends_texts(text: Explained, context: Context) -> bool:
    """Whether there is an opt-out, and it decides."""
    if text.said.isdisjoint(_MAY_STOP):
        return False
    reading = about_texts(text, context)
    return reading is not None and reading.intent is Intent.STOP
