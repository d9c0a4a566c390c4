"""Which reminders a visit has ahead of it."""

from dataclasses import replace
from datetime import datetime

from textback.domain.composing import compose
from textback.domain.conversation import Appointment, Conversation, Timer, TimerKind, Visit
from textback.domain.playbook import Audience, Line, ReminderStep
from textback.domain.segments import segments


def plan_reminders(
    conversation: Conversation, visit: Appointment, line: Line, now: datetime
) -> Conversation:
    """Give `visit` the timers it should have from now on; steps that are past are dropped."""
    cleared = conversation.without_timers(visit.id)
    timers = tuple(
        Timer(
            id=f"{visit.id}:{step.name}",
            kind=TimerKind.REMINDER,
            due=visit.start - step.before,
            about=visit.id,
            step=step.name,
            parts=segments(compose(step.text, cleared, line, now, visit=visit).body).segments,
        )
        for step in line.playbook.cadence
        if visit.start - step.before > now and is_for(step, visit)
    )
    return replace(cleared, timers=cleared.timers + timers)


def plan_all(conversation: Conversation, line: Line, now: datetime) -> Conversation:
    """Plan the reminders of every upcoming visit anew."""
    for visit in conversation.upcoming(now):
        conversation = plan_reminders(conversation, visit, line, now)
    return conversation


def is_for(step: ReminderStep, visit: Appointment) -> bool:
    match visit.status:
        case Visit.BOOKED:
            return True
        case Visit.CONFIRMED:
            return step.to is Audience.ALL
        case Visit.CANCELLED:
            return False
