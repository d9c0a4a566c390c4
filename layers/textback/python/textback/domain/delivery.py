"""Texts that could not go out: what the conversation makes of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from textback.domain.consent import revoke
from textback.domain.conversation import Conversation, Urgency, Visit
from textback.domain.decision import Reason, Step
from textback.domain.desk import bring_in_a_person
from textback.domain.effects import Block, Effect, News, Publish, Purpose, SendText
from textback.domain.events import Parked, TextFailed, TextReturned
from textback.domain.playbook import Line

REPLY_KEEPS = timedelta(hours=24)  # an answer that comes later than that confuses
# The one confirmation of an opt-out is presumed fine within five minutes: 47 CFR 64.1200(a)(12).
FAREWELL_KEEPS = timedelta(minutes=5)


def text_failed(conversation: Conversation, event: TextFailed, now: datetime, line: Line) -> Step:
    """The carrier's last word on a text."""
    facts = (("text", event.effect), ("why", event.why), ("permanent", True))
    effects: tuple[Effect, ...] = (Publish(News.TEXT_FAILED, facts),)
    if event.opted_out:
        if conversation.may_text:
            conversation, more = revoke(conversation, "opted out at the carrier", event.at)
            effects += tuple(e for e in more if not isinstance(e, Block))
        return Step(conversation, Reason.CARRIER_OPT_OUT, effects)
    if event.text.purpose is not Purpose.OPT_OUT:
        conversation, more = bring_in_a_person(
            conversation, line, event.id, now, Reason.UNDELIVERABLE, urgency=Urgency.LOW
        )
        effects += more
    return Step(conversation, Reason.UNDELIVERABLE, effects)


def text_returned(
    conversation: Conversation, event: TextReturned, now: datetime, line: Line
) -> Step:
    """Decide again about a text that was set aside."""
    text = event.text
    last_word = (Block(),) if text.purpose is Purpose.OPT_OUT else ()
    if event.why is Parked.UNKNOWN and not _may_double(text, line):
        return Step(conversation, Reason.OUTCOME_UNKNOWN, last_word)
    if not _still_right(conversation, text, now):
        return Step(conversation, Reason.NOT_SENT_AGAIN, last_word)
    again = replace(text, attempt=text.attempt + 1)
    return Step(conversation, Reason.SENT_AGAIN, (again, *last_word))


def _may_double(text: SendText, line: Line) -> bool:
    """The practice's policy for an unknown outcome: once more, or never."""
    return text.attempt == 1 and text.purpose in line.playbook.unknown_outcome_again


def _still_right(conversation: Conversation, text: SendText, now: datetime) -> bool:
    match text.purpose:
        case Purpose.OPT_OUT:
            return now - text.decided_at <= FAREWELL_KEEPS
        case Purpose.REPLY | Purpose.AGENT:
            return conversation.may_text and now - text.decided_at <= REPLY_KEEPS
        case Purpose.REMINDER:
            visit = conversation.appointment(text.about)
            return (
                conversation.may_text
                and visit is not None
                and visit.status is Visit.BOOKED
                and visit.start == text.start
                and visit.start > now
            )
