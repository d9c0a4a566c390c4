"""What a text was understood as."""

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """The meanings a reply can have: the labels of the guide to replies."""

    EMERGENCY = "emergency"
    STOP = "stop"
    START = "start"
    HELP = "help"
    WRONG_NUMBER = "wrong_number"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    RESCHEDULE = "reschedule"
    LATE = "late"
    QUESTION = "question"
    SLOT_1 = "slot1"
    SLOT_2 = "slot2"
    SLOT_3 = "slot3"
    SLOT_NONE = "slot_none"
    AGENT = "agent"
    ACK = "ack"
    UNCLEAR = "unclear"


BARE = "bare"  # the detail of a bare CANCEL, or of what says no more: "not interested"
PICKS = (Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3)  # in the order that times are offered in


@dataclass(frozen=True, slots=True)
class Reading:
    """An intent with how certain it is (0 to 1) and why. `detail` holds what decided within the
    intent: for `cancel`, "bare" when the text was nothing but the word CANCEL. `language` is the
    one that the text is clearly written in, if that is not the contact's own."""

    intent: Intent
    certainty: float
    reason: str
    detail: str = ""
    language: str = ""


UNREAD = Reading(Intent.UNCLEAR, 0.0, "nobody has read this text yet")
