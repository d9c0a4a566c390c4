"""The record of visits as the scheduling system tells it, and the reminders that come of it."""

from dataclasses import replace

from textback.domain.conversation import Awaited, Awaiting, Conversation, Standing
from textback.domain.decision import Reason, Step
from textback.domain.draft import Draft
from textback.domain.events import AppointmentCancelled, AppointmentLeft, AppointmentScheduled
from textback.domain.planning import (
    plan_again,
    plan_all,
    plan_on_booking,
    plan_reminders,
    timer_id,
)
from textback.domain.playbook import ON_BOOKING


def scheduled(draft: Draft, event: AppointmentScheduled) -> Step:
    conversation, visit = draft.conversation, event.appointment
    known = conversation.appointment(visit.id)
    if known and known.version >= visit.version:
        return draft.because(Reason.VERSION_OLD)
    is_as_known = known is not None and known.start == visit.start
    is_untold = known is None or conversation.timer(timer_id(visit, ON_BOOKING)) is not None
    if known and is_as_known:  # what the contact said of this time holds
        visit = replace(visit, status=known.status, settled_at=known.settled_at)
    else:
        conversation = _of_another_time(conversation, visit.id)
    is_first_word = event.consent and conversation.consent.standing is Standing.ASSUMED
    draft = draft.become(conversation.with_appointment(visit)).having(
        language=event.language or conversation.language,
        zone=event.zone or conversation.zone,
        consent=event.consent if is_first_word else conversation.consent,
    )
    if is_first_word or draft.conversation.zone != conversation.zone:
        draft = plan_all(draft)  # what is new of the contact matters to their other visits too
    if is_as_known:
        return plan_again(draft, visit).because(Reason.SCHEDULED)
    if is_untold:
        draft = plan_on_booking(draft, visit)
    return plan_reminders(draft, visit).because(Reason.SCHEDULED)


def _of_another_time(conversation: Conversation, visit: str) -> Conversation:
    """Without what was planned for the old time, and without the question for a new one."""
    awaiting = conversation.awaiting
    is_answered = awaiting.what is Awaited.NEW_TIME and awaiting.about == visit
    return replace(
        conversation.without_timers(visit), awaiting=Awaiting() if is_answered else awaiting
    )


def cancelled(draft: Draft, event: AppointmentCancelled) -> Step:
    return _remove(draft, event, Reason.VISIT_CANCELLED)


def left(draft: Draft, event: AppointmentLeft) -> Step:
    return _remove(draft, event, Reason.VISIT_LEFT)


def _remove(draft: Draft, event: AppointmentCancelled | AppointmentLeft, reason: Reason) -> Step:
    gone = event.appointment
    known = draft.conversation.appointment(gone)
    if known and known.version >= event.version:
        return draft.because(Reason.VERSION_OLD)
    awaiting = draft.conversation.awaiting
    is_asked = awaiting.about == gone and awaiting.what is not Awaited.CANCEL_MEANING
    return draft.having(
        timers=draft.conversation.without_timers(gone).timers,
        appointments=tuple(a for a in draft.conversation.appointments if a.id != gone),
        awaiting=Awaiting() if is_asked else awaiting,
    ).because(reason)
