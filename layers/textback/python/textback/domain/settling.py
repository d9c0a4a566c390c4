"""A visit confirmed or cancelled, by the contact or by an agent for them."""

from dataclasses import replace
from datetime import datetime

from textback.domain.conversation import Appointment, Awaiting, Conversation, Visit
from textback.domain.effects import Effect, News, Publish
from textback.domain.planning import plan_reminders
from textback.domain.playbook import Line

NEWS = {
    Visit.CONFIRMED: News.APPOINTMENT_CONFIRMED,
    Visit.CANCELLED: News.APPOINTMENT_CANCELLED,
}


def settle(
    conversation: Conversation,
    visit: Appointment,
    status: Visit,
    at: datetime,
    line: Line,
    now: datetime,
) -> tuple[Conversation, tuple[Effect, ...]]:
    """Record the answer to a visit, with the reminders that remain; tell the scheduling system."""
    settled = replace(visit, status=status, settled_at=at)
    changed = replace(conversation.with_appointment(settled), awaiting=Awaiting())
    return (
        plan_reminders(changed, settled, line, now),
        (Publish(NEWS[status], facts_of(visit)),),
    )


def facts_of(visit: Appointment) -> tuple[tuple[str, str | bool], ...]:
    return (("appointment", visit.id), ("start", visit.start.isoformat()))
