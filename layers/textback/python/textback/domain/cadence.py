"""When the steps of a visit's cadence are due, and when they can go."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from textback.domain.conversation import Appointment, Visit
from textback.domain.hours import Hours
from textback.domain.localtime import days_from, has, moment
from textback.domain.playbook import ON_BOOKING, Audience, Outside, Playbook, ReminderStep

ONE_DAY = timedelta(days=1)
FOLLOW_UP_KEEPS = timedelta(days=7)  # then a question about the visit only puzzles
# Long enough for the due index to show a timer before the fan-out has read past its place.
SOON = timedelta(seconds=5)


def ends(visit: Appointment, playbook: Playbook) -> datetime:
    minutes = playbook.visit_minutes if visit.minutes is None else visit.minutes
    return visit.start + timedelta(minutes=minutes)


def due_of(step: ReminderStep, visit: Appointment, playbook: Playbook, zone: ZoneInfo) -> datetime:
    """When the step is due by the visit alone. Whole days are days of the contact's calendar, at
    the same time on their clock whatever DST does between; the rest is time that passes."""
    span = -step.before if step.before is not None else step.after or timedelta()
    anchor = visit.start if step.before is not None else ends(visit, playbook)
    whole = int(span / ONE_DAY) * ONE_DAY  # towards the visit
    if step.before is not None and not has(zone, anchor.astimezone(zone).date() + whole):
        span, whole = span - ONE_DAY, whole - ONE_DAY  # the day before it is one day further back
    if step.at is not None:
        return moment(anchor.astimezone(zone).date() + whole, step.at, zone)
    return days_from(anchor, whole.days, zone) + (span - whole)


def fitted(
    step: ReminderStep,
    due: datetime,
    since: datetime,
    visit: Appointment,
    playbook: Playbook,
    zone: ZoneInfo,
) -> datetime | None:
    """The moment in the texting hours that the step goes at, by its own rule, else by the other
    one, and not before `since`. A reminder never goes once the visit began, a follow-up never
    before it ended; None when no moment is left."""
    begins, ends_ = span_of(step, since, visit, playbook)
    if step.case or playbook.hours.open_at(due, zone):
        return due if begins <= due < ends_ else None
    ways = [Outside.WAIT, Outside.EARLIER]
    if step.outside is Outside.EARLIER:
        ways.reverse()
    for way in ways:
        moved = _moved(way, due, begins + SOON, playbook.hours, zone)
        if moved and begins <= moved < ends_:
            return moved
    return None


def span_of(
    step: ReminderStep, since: datetime, visit: Appointment, playbook: Playbook
) -> tuple[datetime, datetime]:
    """From when, `since` or later, and until when the step may go."""
    if step.before is not None or step.name == ON_BOOKING:
        return since, visit.start
    ended = ends(visit, playbook)
    return max(since, ended), ended + (step.after or timedelta()) + FOLLOW_UP_KEEPS


def _moved(
    way: Outside, due: datetime, since: datetime, hours: Hours, zone: ZoneInfo
) -> datetime | None:
    match way:
        case Outside.WAIT:
            return hours.next_open(due, zone)
        case Outside.EARLIER:
            return hours.last_open(due, zone, since)


def is_for(step: ReminderStep, visit: Appointment) -> bool:
    match visit.status:
        case Visit.BOOKED:
            return True
        case Visit.CONFIRMED:
            return step.to is Audience.ALL
        case Visit.CANCELLED | Visit.CLOSED:
            return False
