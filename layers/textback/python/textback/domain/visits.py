"""The record of visits as the scheduling system tells it, and the reminders that come of it."""

from dataclasses import replace

from textback.domain.answers import silence
from textback.domain.conversation import (
    Appointment,
    Awaited,
    Awaiting,
    Conversation,
    Standing,
    Timer,
    TimerKind,
)
from textback.domain.decision import Reason, Step
from textback.domain.draft import Draft
from textback.domain.due import end_of, place
from textback.domain.effects import Purpose
from textback.domain.events import (
    AppointmentCancelled,
    AppointmentLeft,
    AppointmentScheduled,
    TimerFired,
)
from textback.domain.planning import is_for, plan_reminders


def scheduled(draft: Draft, event: AppointmentScheduled) -> Step:
    conversation, visit = draft.conversation, event.appointment
    known = conversation.appointment(visit.id)
    if known and known.version >= visit.version:
        return draft.because(Reason.VERSION_OLD)
    if known and known.start == visit.start:  # what the contact said of this time holds
        visit = replace(visit, status=known.status, settled_at=known.settled_at)
    is_first_word = event.consent and conversation.consent.standing is Standing.ASSUMED
    draft = draft.become(conversation.with_appointment(visit)).having(
        language=event.language or conversation.language,
        zone=event.zone or conversation.zone,
        consent=event.consent if is_first_word else conversation.consent,
    )
    return plan_reminders(draft, visit).because(Reason.SCHEDULED)


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


def timer_fired(draft: Draft, event: TimerFired) -> Step:
    """Look at every timer that is due. Nothing is sent on what was true when it was set."""
    timers, end = draft.conversation.timers, end_of(event.at)
    due = tuple(t for t in timers if place(t) <= end)  # as the index has it: to the millisecond
    if not due:
        return draft.because(Reason.NOTHING_DUE)
    draft = draft.having(timers=tuple(t for t in timers if t not in due))
    if _stayed_silent(draft.conversation, due):
        return silence(draft)
    if draft.conversation.awaiting.what is Awaited.CANCEL_MEANING:
        return draft.because(Reason.REMINDER_VOID)  # until they say what ends, nothing is sent
    said = draft
    for visit in draft.upcoming:
        said = _remind(said, visit, tuple(t for t in due if t.about == visit.id))
    reminded = len(said.effects)
    if reminded > 1:  # an answer that names no visit could be about any of them
        said = said.having(awaiting=Awaiting(Awaited.CONFIRMATION, since=draft.now))
    return said.because(Reason.REMINDED if reminded else Reason.REMINDER_VOID)


def _stayed_silent(conversation: Conversation, due: tuple[Timer, ...]) -> bool:
    return conversation.awaiting.what is Awaited.CANCEL_MEANING and any(
        timer.kind is TimerKind.SILENCE for timer in due
    )


def _remind(draft: Draft, visit: Appointment, due: tuple[Timer, ...]) -> Draft:
    """Send the newest step that is due, if the cadence still has it and it is for them; a step
    that was overtaken by the next one is dropped."""
    newest = max(due, key=lambda timer: timer.due, default=None)
    step = next((s for s in draft.playbook.cadence if newest and s.name == newest.step), None)
    if step is None or not is_for(step, visit) or not draft.conversation.may_text:
        return draft
    return draft.say(step.text, visit, Purpose.REMINDER).having(
        awaiting=Awaiting(Awaited.CONFIRMATION, visit.id, draft.now)
    )
