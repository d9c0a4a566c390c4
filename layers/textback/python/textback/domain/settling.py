"""A visit confirmed or cancelled, by the contact or by an agent for them."""

from dataclasses import replace
from datetime import datetime

from textback.domain.conversation import Appointment, Awaiting, Visit
from textback.domain.draft import Draft
from textback.domain.effects import News
from textback.domain.planning import plan_again

_NEWS = {
    Visit.CONFIRMED: News.APPOINTMENT_CONFIRMED,
    Visit.CANCELLED: News.APPOINTMENT_CANCELLED,
}


def settle(draft: Draft, visit: Appointment, status: Visit, at: datetime) -> Draft:
    """Record the answer to a visit, with the reminders that remain; tell the scheduling system."""
    settled = replace(visit, status=status, settled_at=at)
    draft = draft.become(draft.conversation.with_appointment(settled)).having(awaiting=Awaiting())
    return plan_again(draft, settled).tell(_NEWS[status], *facts_of(visit))


def facts_of(visit: Appointment) -> tuple[tuple[str, str], ...]:
    """What events say of a visit."""
    return (("appointment", visit.id), ("start", visit.start.isoformat()))
