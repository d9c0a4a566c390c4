"""What a step answers: the new conversation, the effects, and the reason for both."""

from dataclasses import dataclass
from enum import StrEnum

from textback.domain.conversation import Conversation
from textback.domain.effects import Effect


class Reason(StrEnum):
    """Why a step did what it did. It is written to the journal and to logs: it quotes nobody."""

    STOPPED = "the contact asked for no more texts"
    STOPPED_ALREADY = "the contact had already asked for no more texts"
    STARTED = "the contact asked for texts again"
    START_OLDER = "this START is older than the opt-out"
    SILENT = "the contact opted out, so nothing is sent"
    HELPED = "the contact asked who this is"
    EMERGENCY = "a possible emergency"
    WRONG_NUMBER = "the contact says this is the wrong number"
    CONFIRMED = "the contact confirmed the visit"
    CONFIRMED_ALREADY = "the visit was confirmed already"
    CANCELLED = "the contact cancelled the visit"
    CANCEL_ASKED = "CANCEL may mean the visit or all texts, so the contact is asked"
    CANCEL_UNCLEAR = "CANCEL twice, with no word on what it means, ends all texts"
    CANCEL_SILENCE = "no answer to what CANCEL meant, so it ends all texts"
    RESCHEDULE = "the contact wants another time"
    LATE = "the contact will be late"
    QUESTION_ANSWERED = "the record answers the contact's question"
    THANKED = "nothing needs to be done"
    FOR_A_PERSON = "question for a person"
    UNSURE = "the reading is not sure enough to act on"
    NO_VISIT = "there is no upcoming visit that this answer could be about"
    SEVERAL_VISITS = "several visits are coming up and the answer names none"
    OLDER_ANSWER = "an older answer disagrees with the one that settled the visit"
    CASE_IS_OPEN = "a person has this conversation"
    SCHEDULED = "the visit was put into the record"
    VISIT_CANCELLED = "the practice cancelled the visit"
    VISIT_LEFT = "the visit went to another phone"
    VERSION_OLD = "a newer version of the visit is known"
    CLOSED = "the practice closes on the day of a visit"
    CLOSED_ALREADY = "no visit of this contact falls into the closing"
    CLOSING_OPTED_OUT = "the practice closes, and the contact, who opted out, is not told"
    CLOSING_NO_CONSENT = "the practice closes, and the contact is not told: no consent"
    CONSENT_GIVEN = "the practice recorded consent"
    CONSENT_ENDED = "the practice recorded the end of consent"
    CONSENT_OLDER = "a newer word on consent is known"
    REMINDED = "a reminder came due"
    REMINDER_VOID = "the reminder that came due is no longer right"
    REMINDER_WAITS = "the reminder waits for the contact's texting hours"
    REMINDER_LATE = "the reminder came too late to be sent"
    PAUSED = "texting stands still, so the reminder waits"
    NO_ANSWER = "the reminders stayed unanswered"
    CLOSED_VISIT = "the answer is to a visit that the practice closed on"
    NOTHING_DUE = "no timer is due"
    AGENT_REPLIED = "an agent replied"
    AGENT_CLAIMED = "an agent took the case"
    AGENT_NOTED = "an agent left a note"
    AGENT_CLOSED = "an agent closed the case"
    AGENT_RELEASED = "an agent gave the case back"
    AGENT_OPTED_OUT = "an agent recorded an opt-out"
    AGENT_CONFIRMED = "an agent confirmed the visit"
    AGENT_CANCELLED = "an agent cancelled the visit"
    ACTION_REFUSED = "the case is closed or unknown"
    ACTION_EMPTY = "a reply needs a text"
    ACTION_TOO_LONG = "the carrier sends no text as long as this reply"
    UNDELIVERABLE = "the text cannot be delivered"
    CARRIER_OPT_OUT = "the contact opted out at the carrier"
    SENT_AGAIN = "a parked text is still right, so it is sent"
    SENT_AFTER_ALL = "a parked text turned out to be settled, so what waited for it is done"
    NOT_SENT_AGAIN = "a parked text is no longer right, so it is not sent"
    OUTCOME_UNKNOWN = "nobody knows whether the text went out, so it is not sent again"


@dataclass(frozen=True, slots=True)
class Step:
    conversation: Conversation
    reason: Reason
    effects: tuple[Effect, ...] = ()
