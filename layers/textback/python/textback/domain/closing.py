"""A practice that closes for a time: whoever has a visit then is told, and can move it."""

from dataclasses import replace
from datetime import datetime, timedelta

from textback.domain.cadence import SOON
from textback.domain.conversation import Appointment, Timer, TimerKind, Visit
from textback.domain.decision import Reason, Step
from textback.domain.draft import Draft
from textback.domain.events import PracticeClosed
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
