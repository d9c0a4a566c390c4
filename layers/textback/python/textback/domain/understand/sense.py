"""What a phrase of a language can say: the sections of a language's data files."""

from enum import StrEnum


class Sense(StrEnum):
    """In order of weight: where one phrase could say two things, the earlier is taken."""

    EMERGENCY = "emergency"
    CALM = "calm"  # a word of alarm used otherwise: "work emergency", "traffic is killing me"
    MISTAKEN = "mistaken"  # only sounds like what stands below: "make it stop", "no texts at night"
    STOP = "stop"  # says by itself that texts shall end: "stop texting me"
    STOP_WORD = "stop_word"  # says so only where nothing else is said: "stop"
    KEEP_TEXTS = "keep_texts"  # "don't stop the texts"
    START = "start"
    START_WORD = "start_word"
    WRONG_NUMBER = "wrong_number"
    HELP = "help"
    HELP_WORD = "help_word"

    NONE = "none"  # none of the times that were offered
    UNSURE = "unsure"  # "maybe", "let me check"
    RESCHEDULE = "reschedule"
    OTHER_TIME = "other_time"  # "next week", "another day": asks for one, beside a refusal
    LATE = "late"
    QUESTION = "question"  # when, where, with whom
    CANCEL = "cancel"
    ABSENT = "absent"  # "can't make it": refuses the visit, or the time
    CANCEL_WORD = "cancel_word"  # the bare word, an opt-out where no visit is awaited
    KEEP = "keep"  # "don't cancel"
    CONFIRM = "confirm"
    YES = "yes"
    OKAY = "okay"  # accepts what was asked; where nothing was, it is a thank-you
    NO = "no"
    UNCONFIRMED = "unconfirmed"  # "can't confirm": no answer yet, or the beginning of a refusal

    TAKE = "take"  # "I'll take ...": of what was offered
    WISH = "wish"  # begins a request: "could you", "is there"; what is wished stands behind it
    CONDITION = "condition"  # "if", "unless"
    BUT = "but"
    ASK = "ask"  # a request or a question that only a person can answer
    TOPIC = "topic"  # what only a person talks about: bills, medicine, complaints
    AILMENT = "ailment"  # how somebody is: a reason not to come, else for a person
    PAST = "past"  # what was said, meant or feared before: takes nothing, gives nothing
    CIRCUMSTANCE = "circumstance"  # why somebody cannot come: explains, asks nothing
    ASIDE = "aside"  # said beside an answer, and takes nothing from it: "bright and early"

    THANKS = "thanks"
    POLITE = "polite"  # greetings, "please", "sorry"
    WHEN = "when"  # a day or an hour named in passing
    OPENER = "opener"  # a word that begins a clause: "my", "because"
    FILLER = "filler"


SILENT = frozenset(
    {
        Sense.POLITE,
        Sense.WHEN,
        Sense.OPENER,
        Sense.FILLER,
        Sense.CIRCUMSTANCE,
        Sense.ASIDE,
        Sense.PAST,
    }
)
SAFETY = frozenset(
    {
        Sense.EMERGENCY,
        Sense.CALM,
        Sense.MISTAKEN,
        Sense.STOP,
        Sense.STOP_WORD,
        Sense.KEEP_TEXTS,
    }
)
REFUSES = frozenset({Sense.CANCEL, Sense.CANCEL_WORD, Sense.ABSENT})
ACTIONS = REFUSES | {Sense.CONFIRM, Sense.KEEP, Sense.RESCHEDULE, Sense.LATE, Sense.QUESTION}
MOVES = frozenset({Sense.RESCHEDULE, Sense.OTHER_TIME})
FOR_A_PERSON = frozenset({Sense.MISTAKEN, Sense.ASK, Sense.TOPIC, Sense.WISH})
