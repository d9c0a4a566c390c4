"""What a text says to the times that were offered: asked again is better than wrongly booked."""

from textback.domain.reading import PICKS, Intent, Reading
from textback.domain.understand.certainty import DOUBTFUL, PLAIN, TOLD, certain
from textback.domain.understand.choosing import Choice
from textback.domain.understand.explaining import AGREES, Explained
from textback.domain.understand.sense import Sense
from textback.domain.understand.words import OFFERED

# What may stand beside a pick and takes nothing from it.
_BESIDE_PICK = frozenset(
    {Sense.TAKE, Sense.YES, Sense.OKAY, Sense.CONFIRM, Sense.KEEP, Sense.ABSENT, Sense.CALM}
)
# What is said of a time that is refused, or of one that was corrected, says nothing of the pick.
_OF_THE_REFUSED = frozenset(
    {Sense.NO, Sense.ABSENT, Sense.UNCONFIRMED, Sense.OTHER_TIME, Sense.UNSURE}
)
_WHY_REFUSED = frozenset({Sense.RESCHEDULE, Sense.BUT, Sense.WISH})
_FOR_A_PERSON = frozenset({Sense.MISTAKEN, Sense.ASK, Sense.TOPIC, Sense.CONDITION})
_REFUSES_THEM = frozenset({Sense.NONE, Sense.NO, Sense.ABSENT, Sense.AILMENT, Sense.TOPIC})


def offered(text: Explained, count: int) -> Reading | None:
    """Read a pick, or the refusal of all; None where the text speaks of neither."""
    choice, said = text.choice, text.said
    if choice is None:
        return Reading(Intent.AGENT, DOUBTFUL, "a letter where a time was to be picked")
    if Sense.NONE in said:
        return _none(text, choice, count)
    if not choice.named:
        return _unnamed(text, count)
    if said & _FOR_A_PERSON:
        return Reading(Intent.AGENT, 0.9, "a pick with what only a person can settle")
    if choice.torn:
        return Reading(Intent.UNCLEAR, DOUBTFUL, "names a time in a way that may mean two things")
    if choice.picked is None:
        return _undecided(choice, count)
    if not choice.settled and _tells_of_it(text):
        return Reading(Intent.UNCLEAR, DOUBTFUL, "says what happens at an offered time")
    if choice.settled:
        said -= _OF_THE_REFUSED if text.asks else _OF_THE_REFUSED | _WHY_REFUSED
    if said & {Sense.UNSURE, Sense.UNCONFIRMED, Sense.NO} or (text.asks and Sense.TAKE not in said):
        return Reading(Intent.UNCLEAR, DOUBTFUL, "a pick that is not certain")
    if said - _BESIDE_PICK - {Sense.CANCEL, Sense.RESCHEDULE}:
        return Reading(Intent.AGENT, DOUBTFUL, "a pick beside something else")
    if said & {Sense.CANCEL, Sense.RESCHEDULE} and Sense.TAKE not in said:
        return Reading(Intent.AGENT, DOUBTFUL, "a pick beside something else")
    if choice.picked >= len(PICKS):
        return Reading(Intent.AGENT, DOUBTFUL, "a pick beyond the third")
    certainty = PLAIN if text.whole and not text.told else TOLD
    return certain(PICKS[choice.picked], certainty, "picks one of the offered times", text)


def _tells_of_it(text: Explained) -> bool:
    """Whether all that is said is what else happens then: "my son has a game Friday"."""
    if text.said or len(text.clauses) != 1:
        return False
    *before, (start, end, _) = text.clauses[0]
    told = any(says is Sense.CIRCUMSTANCE for _, _, says in before)
    return told and OFFERED in text.text.tokens[start:end]


def _none(text: Explained, choice: Choice, count: int) -> Reading:
    if choice.wanted - choice.refused or text.said - _REFUSES_THEM:
        return Reading(Intent.AGENT, DOUBTFUL, "refuses the offered times, and says more")
    if 0 < len(choice.refused) < count:
        return Reading(Intent.UNCLEAR, DOUBTFUL, "refuses some of the offered times")
    return Reading(Intent.SLOT_NONE, PLAIN, "none of the offered times")


def _undecided(choice: Choice, count: int) -> Reading:
    if len(choice.refused) == count and not choice.wanted:
        return Reading(Intent.SLOT_NONE, PLAIN, "refuses every offered time")
    return Reading(Intent.UNCLEAR, DOUBTFUL, "does not say which of the offered times")


def _unnamed(text: Explained, count: int) -> Reading | None:
    said = text.said
    if said & AGREES and said <= AGREES | {Sense.TAKE}:
        if count == 1 and text.whole and not text.told and not text.asks:
            return Reading(PICKS[0], PLAIN, "agrees to the one time that was offered")
        return Reading(Intent.UNCLEAR, DOUBTFUL, "agrees, and does not say to which time")
    if said == {Sense.NO} and text.whole and not text.told:
        return Reading(Intent.SLOT_NONE, TOLD, "no to what was offered")
    if Sense.ABSENT in said and not said & (_FOR_A_PERSON | {Sense.CANCEL, Sense.RESCHEDULE}):
        return Reading(Intent.UNCLEAR, DOUBTFUL, "refuses the visit or the times: not said which")
    return None
