"""The record of visits as the scheduling system tells it, and the reminders that come of it."""

from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from textback.domain.answers import silence
from textback.domain.composing import compose
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
from textback.domain.effects import Effect, Purpose
from textback.domain.events import (
    AppointmentCancelled,
    AppointmentLeft,
    AppointmentScheduled,
    TimerFired,
)
from textback.domain.planning import is_for, plan_reminders
from textback.domain.playbook import Line

due_of = attrgetter("due")


def scheduled(
    conversation: Conversation, event: AppointmentScheduled, now: datetime, line: Line
) -> Step:
    known = conversation.appointment(event.appointment.id)
    if known and known.version >= event.appointment.version:
        return Step(conversation, Reason.VERSION_OLD)
    visit = event.appointment
    if known and known.stands and known.start == visit.start:
        visit = replace(visit, status=known.status, settled_at=known.settled_at)
    kept = replace(
        conversation.with_appointment(visit),
        language=event.language or conversation.language,
        zone=event.zone or conversation.zone,
    )
    if event.consent and kept.consent.standing is Standing.ASSUMED:
        kept = replace(kept, consent=event.consent)
    if kept.may_text:
        kept = plan_reminders(kept, visit, line, now)
    return Step(kept, Reason.SCHEDULED)


def cancelled(conversation: Conversation, event: AppointmentCancelled) -> Step:
    return _removed(conversation, event.appointment, event.version, Reason.VISIT_CANCELLED)


def left(conversation: Conversation, event: AppointmentLeft) -> Step:
    return _removed(conversation, event.appointment, event.version, Reason.VISIT_LEFT)


def _removed(conversation: Conversation, id_: str, version: int, reason: Reason) -> Step:
    known = conversation.appointment(id_)
    if known and known.version >= version:
        return Step(conversation, Reason.VERSION_OLD)
    awaiting = conversation.awaiting
    rest = replace(
        conversation.without_timers(id_),
        appointments=tuple(a for a in conversation.appointments if a.id != id_),
        awaiting=Awaiting() if awaiting.about == id_ else awaiting,
    )
    return Step(rest, reason)


def timer_fired(conversation: Conversation, event: TimerFired, now: datetime, line: Line) -> Step:
    """Look at every timer that is due by now. Nothing is sent on what was true when it was set."""
    due = tuple(t for t in conversation.timers if t.due <= now)
    rest = replace(conversation, timers=tuple(t for t in conversation.timers if t.due > now))
    if not due:
        return Step(conversation, Reason.NOTHING_DUE)
    if any(t.kind is TimerKind.SILENCE for t in due):
        if conversation.awaiting.what is Awaited.CANCEL_MEANING:
            return silence(rest, event.id, now, line)
        due = tuple(t for t in due if t.kind is not TimerKind.SILENCE)
    effects: list[Effect] = []
    for visit in rest.upcoming(now):
        steps = [t for t in due if t.about == visit.id]
        if steps and (text := _reminder(max(steps, key=due_of), visit, line)) and rest.may_text:
            effects.append(compose(text, rest, line, now, purpose=Purpose.REMINDER, visit=visit))
            rest = replace(rest, awaiting=Awaiting(Awaited.CONFIRMATION, visit.id, now))
    return Step(rest, Reason.REMINDED if effects else Reason.REMINDER_VOID, tuple(effects))


def _reminder(timer: Timer, visit: Appointment, line: Line) -> str | None:
    """The text that the newest due step sends, if the cadence still has it and it is for them;
    a step that was overtaken by the next one is dropped."""
    step = next((s for s in line.playbook.cadence if s.name == timer.step), None)
    return step.text if step and is_for(step, visit) else None
