"""A second opinion on what the rules made of a text, from how like it is to others.

Danger, or an opt-out, that the rules hear stands unless the text is hardly like one, and what is
very like one is one: between them it is for a person, and never anything less. So is an answer that
moves a visit; on the likeness alone it is taken only where the rules found nothing that speaks
against it. Which of the offered times is picked, others' picks tell (`picks`). Whatever else the
rules doubted is what it is most like.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textback.domain.reading import PICKS, Intent, Reading
from textback.domain.understand.certainty import CERTAIN, DOUBTFUL, PLAIN
from textback.domain.understand.context import Context
from textback.domain.understand.deciding import names_another_time
from textback.domain.understand.explaining import AGREES, Explained
from textback.domain.understand.likeness import MOST, PICK, SLOTS, Likeness, Shares, learned_as
from textback.domain.understand.sense import Sense
from textback.domain.understand.words import Words

if TYPE_CHECKING:
    from textback.domain.understand.choosing import Choice

PLAIN_WORDS = 4  # so few that the rules explain wholly need no second opinion
LIKELY = 0.8  # no reading by likeness is more certain

# How like others a text has to be: where the rules do not hear it, and where they do.
DANGER, DANGER_HEARD, PERHAPS_DANGER = 0.25, 0.05, 0.12
OPT_OUT, OPT_OUT_BESIDE, OPT_OUT_HEARD, OPT_OUT_WORD = 0.7, 0.85, 0.4, 0.1
ANSWER, ANSWER_BESIDE, ANSWER_TOLD, ANSWER_PLAIN = 0.9, 0.95, 0.5, 0.05
CONSENT, MEANT = 0.8, 0.5
PICKED, PICKED_HEARD = 0.75, 0.5  # of one of the times that were offered

_LIKE_DANGER = "is like texts that told of danger"
_SOMEWHAT_DANGER = "is somewhat like texts that told of danger"
_LIKE_OPT_OUT = "is like texts that asked for the texts to end"
_LIKE_ANSWER = "is like texts that gave this answer"
_LIKE_PICK = "is like texts that picked this time"
_LIKE_OTHERS = "is like texts that meant this"

_ANSWERS = frozenset({Intent.CONFIRM, Intent.CANCEL})
_ACTS = _ANSWERS | SLOTS | {Intent.STOP, Intent.EMERGENCY}
# Texts begin again or end by these, and by the last nobody answers.
_NEEDED = {Intent.START: CONSENT, Intent.WRONG_NUMBER: CONSENT, Intent.ACK: LIKELY}
_AGAINST_ANSWERS = frozenset(
    {Sense.CONDITION, Sense.UNSURE, Sense.RESCHEDULE, Sense.OTHER_TIME, Sense.LATE, Sense.BUT}
) | {
    Sense.QUESTION,
    Sense.STOP,
    Sense.STOP_WORD,
    Sense.MISTAKEN,
    Sense.ASK,
    Sense.TOPIC,
    Sense.WISH,
}
# What people also say beside an answer: of work, pain, or who wrote it.
_BESIDE_ANSWERS = frozenset({Sense.ASK, Sense.TOPIC, Sense.WISH, Sense.BUT})
_AGAINST_PICKS = frozenset(
    {Sense.CONDITION, Sense.UNSURE, Sense.STOP, Sense.STOP_WORD, Sense.START}
)
_REFUSES = frozenset({Sense.NONE, Sense.NO, Sense.ABSENT, Sense.RESCHEDULE, Sense.OTHER_TIME})
_AGAINST = {
    Intent.CONFIRM: _AGAINST_ANSWERS
    | {Sense.CANCEL, Sense.CANCEL_WORD, Sense.ABSENT, Sense.NO, Sense.UNCONFIRMED},
    Intent.CANCEL: _AGAINST_ANSWERS | {Sense.CONFIRM, Sense.KEEP, Sense.YES},
    Intent.STOP: frozenset({Sense.KEEP_TEXTS, Sense.MISTAKEN, Sense.START, Sense.START_WORD}),
}


@dataclass(frozen=True, slots=True)
class Seconded:
    """A reading, and the meaning whose likeness alone decided it, if that did."""

    reading: Reading
    like: Intent | None = None


def seconded(
    first: Reading, text: Words, context: Context, found: Explained, likeness: Likeness
) -> Seconded:
    """The reading that comes of the rules' one, `first`, and of what the text is like."""
    size = len(text.tokens)
    plain = first.certainty == CERTAIN or (first.certainty >= PLAIN and size <= PLAIN_WORDS)
    if plain or not 0 < size <= MOST:
        return Seconded(first)
    shares = likeness.shares(text, context, found, first)
    danger = shares[Intent.EMERGENCY]
    if danger >= PERHAPS_DANGER and found.alarms.calm and not found.alarm:
        rest = likeness.shares(found.beside_calm, context, found, first)
        danger = min(danger, rest[Intent.EMERGENCY])
    return _safety(first, found, shares, danger) or _weighed(first, found, context, shares)


def _safety(first: Reading, found: Explained, shares: Shares, danger: float) -> Seconded | None:
    """`danger`: how like danger it is but for what it says of danger in other senses."""
    opt_out = shares[Intent.STOP]
    if first.intent is Intent.EMERGENCY:
        return Seconded(first) if danger >= DANGER_HEARD else _doubted(first)
    if danger >= DANGER:
        return _taken(Intent.EMERGENCY, shares, _LIKE_DANGER)
    if first.intent is Intent.STOP:
        word = Sense.STOP_WORD in found.alone and opt_out >= OPT_OUT_WORD
        heard = opt_out >= OPT_OUT_HEARD or word or Sense.STOP_WORD in found.plainly
        return Seconded(first) if heard else _doubted(first)
    explained = not found.loose + found.told
    needed = OPT_OUT_BESIDE if explained or Sense.ASK in found.said else OPT_OUT
    if opt_out >= needed and not found.said & _AGAINST[Intent.STOP]:
        return _taken(Intent.STOP, shares, _LIKE_OPT_OUT)
    if danger >= PERHAPS_DANGER:
        reading = Reading(Intent.AGENT, DOUBTFUL, _SOMEWHAT_DANGER)
        return Seconded(reading, Intent.EMERGENCY)
    return None


def _weighed(first: Reading, found: Explained, context: Context, shares: Shares) -> Seconded:
    if context.slots and first.intent not in _ANSWERS and shares[PICK] >= ANSWER_TOLD:
        picked = _picked(first, found, context, shares)
        if picked:
            return picked
    likeliest = max(shares, key=shares.__getitem__)
    share = shares[likeliest]
    if first.intent in _ANSWERS | SLOTS:
        needed = ANSWER_PLAIN if _is_plain(first, found) else ANSWER_TOLD
        if shares[learned_as(first.intent)] >= needed:
            return Seconded(first)
    if likeliest is learned_as(first.intent):
        return Seconded(first) if likeliest not in _ACTS else _doubted(first)
    if first.intent is Intent.UNCLEAR and found.choice and found.choice.refused:
        return Seconded(first)  # which of the offered times are left, the rules alone can say
    if likeliest is Intent.SLOT_NONE and _agrees(found):
        return Seconded(first)  # "2 of those work"
    if likeliest is Intent.START and found.choice and found.choice.named:
        return Seconded(first)  # the texts again, and a pick: for a person
    if likeliest in _ANSWERS and first.intent not in _ACTS:
        against = found.said & _AGAINST[likeliest]
        needed = ANSWER_BESIDE if against else ANSWER
        refused = not against <= _BESIDE_ANSWERS or found.asks or found.negated
        if share >= needed and not refused and not names_another_time(found, context):
            return _taken(likeliest, shares, _LIKE_ANSWER)
    if likeliest in _ACTS or share < _NEEDED.get(likeliest, MEANT):
        return _doubted(first)
    return _taken(likeliest, shares, _LIKE_OTHERS)


def _picked(first: Reading, found: Explained, context: Context, shares: Shares) -> Seconded | None:
    """The offered time that a text picks as others have picked; None if that says nothing."""
    picks = found.lexicon.picks()
    if picks is None or found.choice is None or not found.choice.named:
        return None
    likely = [picks.share(found, offer) for offer in range(min(len(context.slots), len(PICKS)))]
    if first.intent in SLOTS:
        heard = likely[PICKS.index(first.intent)] >= PICKED_HEARD
        return Seconded(first) if heard else _doubted(first)
    most = max(likely)
    certainty = most * shares[PICK]
    offer = likely.index(most)
    if certainty < PICKED or _speaks_against(offer, found.choice, found):
        return None
    reading = Reading(PICKS[offer], min(round(certainty, 2), LIKELY), _LIKE_PICK)
    return Seconded(reading, PICK)


def _speaks_against(offer: int, choice: "Choice", found: Explained) -> bool:
    """Whether the rules heard something that takes a pick back, or another time."""
    otherwise = choice.picked not in {None, offer} or offer in choice.refused
    elsewhen = choice.elsewhen or choice.shifted
    starts = Sense.START_WORD in found.alone
    return bool(otherwise or elsewhen or starts or found.asks or found.said & _AGAINST_PICKS)


def _agrees(found: Explained) -> bool:
    """Whether a text says but that times do, or names some and refuses none."""
    agrees = bool(found.said) and found.said <= AGREES and not found.loose + found.told
    choice = found.choice
    named = choice is not None and (choice.named or choice.names_otherwise) and not choice.refused
    return agrees or (named and not found.said & _REFUSES and not found.negated)


def _is_plain(first: Reading, found: Explained) -> bool:
    refused = first.intent is Intent.CANCEL and Sense.BUT in found.said
    return first.certainty >= PLAIN and not refused


def _taken(intent: Intent, shares: Shares, reason: str) -> Seconded:
    return Seconded(Reading(intent, min(round(shares[intent], 2), LIKELY), reason), intent)


def _doubted(first: Reading) -> Seconded:
    """What only one of them would do is not done: a person reads the text."""
    if first.intent not in _ACTS:
        return Seconded(first)
    return Seconded(Reading(Intent.AGENT, DOUBTFUL, "an answer that reads like another"))
