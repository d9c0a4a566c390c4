"""A practice that closes for a time: whoever has a visit then is told, and can move it. Whoever may
not be texted is left to a person, who can phone them."""

from dataclasses import replace
from datetime import datetime, timedelta

from textback.domain.cadence import SOON
from textback.domain.cases import bring_in_a_person
from textback.domain.conversation import (
    REMINDERS,
    Appointment,
    Conversation,
    Standing,
    Timer,
    TimerKind,
    Visit,
)
from textback.domain.decision import Reason, Step
from textback.domain.draft import Draft
from textback.domain.effects import Purpose
from textback.domain.events import Event, PracticeClosed, TextFailed, TextReturned
from textback.domain.planning import timer_of
from textback.domain.texts import Text

STEP = "closed"
# A contact hears of it this long before the visit, or at once, whatever the texting hours: nobody
# is to set out for a closed door.
ON_THE_WAY = timedelta(hours=2)


def practice_closed(draft: Draft, event: PracticeClosed) -> Step:
    """Withdraw what was planned for the visits that fall into the closing, and plan its text."""
    hit = [
        visit
        for visit in draft.upcoming
        if event.since <= visit.start < event.until and visit.status is not Visit.CLOSED
    ]
    for visit in hit:
        closed = replace(visit, status=Visit.CLOSED)
        draft = draft.become(draft.conversation.with_appointment(closed).without_timers(visit.id))
        if draft.may_remind:
            timers = (*draft.conversation.timers, _timer(draft, closed))
            draft = draft.having(timers=timers)
    return draft.because(Reason.CLOSED if hit else Reason.CLOSED_ALREADY)


def _timer(draft: Draft, visit: Appointment) -> Timer:
    due = when_told(draft, visit, draft.now + SOON)
    return timer_of(draft, visit, TimerKind.CLOSING, Text.CLOSED, due, STEP)


def when_told(draft: Draft, visit: Appointment, soon: datetime) -> datetime:
    """When the contact is told that the practice closes: `soon`, or in their texting hours."""
    opens = draft.playbook.hours.next_open(soon, draft.zone)
    return opens if opens and opens <= visit.start - ON_THE_WAY else soon


def told_by_a_person(before: Draft, event: Event, taken: Step) -> Step:
    """Bring in a person, once, if by this step contacts will not hear of a closing that they have
    a visit in: they opted out, or gave no consent, before it was told or while its text waited."""
    after = replace(before, conversation=taken.conversation, effects=taken.effects)
    if after.may_remind or taken.reason is Reason.SENT_AFTER_ALL:
        return taken
    were_to_hear = _to_be_told(before.conversation) | _of_text(event)
    if not any(
        visit.status is Visit.CLOSED and (visit.id in were_to_hear or _is_new(before, visit))
        for visit in after.upcoming
    ):
        return taken
    has_ended = taken.conversation.standing(REMINDERS) is Standing.REVOKED
    why = Reason.CLOSING_OPTED_OUT if has_ended else Reason.CLOSING_NO_CONSENT
    return bring_in_a_person(after, why).because(taken.reason)


def _to_be_told(conversation: Conversation) -> set[str]:
    return {timer.about for timer in conversation.timers if timer.kind is TimerKind.CLOSING}


def _of_text(event: Event) -> set[str]:
    """The visit of a closing's text that did not reach the contact."""
    match event:
        case TextReturned(text=text) | TextFailed(text=text) if text.purpose is Purpose.CLOSING:
            return {text.about}
        case _:
            return set()


def _is_new(before: Draft, visit: Appointment) -> bool:
    known = before.conversation.appointment(visit.id)
    return known is not None and known.status is not Visit.CLOSED
