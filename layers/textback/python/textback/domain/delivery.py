"""Texts that could not go out: what the conversation makes of it."""

from dataclasses import replace
from datetime import timedelta

from textback.domain.cases import bring_in_a_person
from textback.domain.consent import revoke
from textback.domain.conversation import Urgency
from textback.domain.decision import Reason, Step
from textback.domain.draft import Draft
from textback.domain.effects import Block, News, Purpose, SendText
from textback.domain.events import Parked, TextFailed, TextReturned

REPLY_KEEPS = timedelta(hours=24)  # an answer that comes later than that confuses
# The one confirmation of an opt-out is presumed fine within five minutes: 47 CFR 64.1200(a)(12).
FAREWELL_KEEPS = timedelta(minutes=5)


def text_failed(draft: Draft, event: TextFailed) -> Step:
    """The carrier's last word on a text."""
    draft = draft.tell(
        News.TEXT_FAILED, ("text", event.effect), ("why", event.why), ("permanent", True)
    )
    if event.opted_out:
        if draft.conversation.may_text:
            draft = revoke(draft, "opted out at the carrier", event.at)
        return draft.because(Reason.CARRIER_OPT_OUT)
    if event.text.purpose is not Purpose.OPT_OUT:
        draft = bring_in_a_person(draft, Reason.UNDELIVERABLE, urgency=Urgency.LOW)
    return draft.because(Reason.UNDELIVERABLE)


def text_returned(draft: Draft, event: TextReturned) -> Step:
    """Decide again about a text that was set aside."""
    text, reason = event.text, Reason.SENT_AGAIN
    if event.settled:
        reason = Reason.SENT_AFTER_ALL
    elif event.why is Parked.UNKNOWN and not _may_risk(draft, text):
        reason = Reason.OUTCOME_UNKNOWN
    elif not _still_right(draft, text):
        reason = Reason.NOT_SENT_AGAIN
    else:
        unknown = text.may_double or event.why is Parked.UNKNOWN
        draft = draft.do(replace(text, attempt=text.attempt + 1, may_double=unknown))
    if text.purpose is Purpose.OPT_OUT and not draft.conversation.may_text:
        draft = draft.do(Block())  # it waited for this text
    return draft.because(reason)


def _may_risk(draft: Draft, text: SendText) -> bool:
    """The practice's policy for an unknown outcome: once more, or never. Attempts that surely
    failed do not count."""
    return not text.may_double and text.purpose in draft.playbook.unknown_outcome_again


def _still_right(draft: Draft, text: SendText) -> bool:
    """Whether the text may go, and says what is so."""
    waited = draft.now - text.decided_at
    match text.purpose:
        case Purpose.OPT_OUT:
            return not draft.conversation.may_text and waited <= FAREWELL_KEEPS
        case Purpose.REPLY | Purpose.AGENT:
            visit = draft.conversation.appointment(text.about)
            is_as_said = not text.about or (visit is not None and visit.start == text.start)
            return draft.conversation.may_text and waited <= REPLY_KEEPS and is_as_said
        case Purpose.REMINDER:
            visit = next((v for v in draft.upcoming if v.id == text.about), None)
            return (
                draft.conversation.may_text
                and visit is not None
                and visit.start == text.start
                and visit.settled_at == text.settled_at
            )
