"""Which reminders a visit has ahead of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from textback.domain.cadence import SOON, due_of, fitted, is_for
from textback.domain.composing import compose
from textback.domain.conversation import Appointment, Timer, TimerKind, Visit
from textback.domain.draft import Draft
from textback.domain.playbook import ON_BOOKING, ReminderStep
from textback.domain.segments import segments
from textback.domain.texts import Name

# Of two reminders of a visit that the texting hours push closer than this, only the later goes.
APART = timedelta(hours=2)
LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


def plan_reminders(draft: Draft, visit: Appointment) -> Draft:
    """Give `visit` the timers of its cadence from now on; steps that are past are dropped."""
    return _planned(draft, visit, _apart(list(_first_plan(draft, visit))))


def plan_again(draft: Draft, visit: Appointment) -> Draft:
    """Give `visit` the timers that it should have now that something else of it is known. What has
    gone does not go twice, what waits keeps waiting."""
    return _planned(draft, visit, _apart(list(_new_plan(draft, visit))))


def plan_all(draft: Draft) -> Draft:
    """Plan the reminders of every visit anew."""
    for visit in draft.conversation.appointments:
        draft = plan_again(draft, visit)
    return draft


def plan_on_booking(draft: Draft, visit: Appointment) -> Draft:
    """Plan the text that a booking itself sends, if the playbook has one."""
    step = draft.playbook.step(ON_BOOKING)
    soon = draft.now + SOON
    if step is None or not draft.may_remind or visit.start <= soon:
        return draft
    due = fitted(step, soon, draft.now, visit, draft.playbook, draft.zone)
    if due is None:
        return draft
    timer = timer_of(draft, visit, TimerKind.REMINDER, step.text, due, step.name)
    return draft.having(timers=(*draft.conversation.timers, timer))


def timer_id(visit: Appointment, step: str) -> str:
    return f"{visit.id}:{step}"


def timer_of(
    draft: Draft, visit: Appointment, kind: TimerKind, text: Name, due: datetime, step: str
) -> Timer:
    """A timer that sends `text`; it knows how many parts of the line's rate that costs."""
    body = compose(text, draft.language, draft.line, draft.now, visit=visit).body
    id_, parts = timer_id(visit, step), segments(body).segments
    return Timer(id_, kind, due, about=visit.id, step=step, parts=parts)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A step, `due` by the visit alone and `at` in the texting hours; without a timer it went, or
    was let go, before."""

    due: datetime
    at: datetime
    timer: Timer | None


def _planned(draft: Draft, visit: Appointment, plan: Iterable[_Planned]) -> Draft:
    others = draft.conversation.without_timers(visit.id).timers
    if not draft.may_remind:
        return draft.having(timers=others)
    return draft.having(timers=others + tuple(p.timer for p in plan if p.timer))


def _first_plan(draft: Draft, visit: Appointment) -> Iterator[_Planned]:
    """What lies ahead of a visit at this time that nothing was planned for, but what its booking
    itself sends."""
    yield from _on_its_own(draft, visit)
    for step in draft.playbook.cadence:
        due = due_of(step, visit, draft.playbook, draft.zone)
        if due <= draft.now or not is_for(step, visit):
            continue
        at = fitted(step, due, draft.now, visit, draft.playbook, draft.zone)
        if at is not None:
            yield _Planned(due, at, _timer(draft, visit, step, at))


def _new_plan(draft: Draft, visit: Appointment) -> Iterator[_Planned]:
    """Every step as it would have been planned long ago. What would have gone by now is past, even
    if the hours brought it forward from a moment that is still to come."""
    yield from _on_its_own(draft, visit)
    for step in draft.playbook.cadence:
        if not is_for(step, visit):
            continue
        there = draft.conversation.timer(timer_id(visit, step.name))
        due = due_of(step, visit, draft.playbook, draft.zone)
        at = fitted(step, due, LONG_AGO, visit, draft.playbook, draft.zone)
        if at is not None and draft.now < min(due, at):
            yield _Planned(due, at, _timer(draft, visit, step, at))
        elif there:
            yield _Planned(due, there.due, there)
        elif at is not None and not step.case:
            yield _Planned(due, at, None)


def _on_its_own(draft: Draft, visit: Appointment) -> Iterator[_Planned]:
    """What is planned by something else than the cadence, and waits."""
    booking = draft.playbook.step(ON_BOOKING)
    for timer in draft.conversation.timers:
        if timer.kind is TimerKind.CLOSING:
            is_right = visit.status is Visit.CLOSED
        else:
            is_right = timer.step == ON_BOOKING and booking is not None and is_for(booking, visit)
        if timer.about == visit.id and is_right:
            yield _Planned(timer.since, timer.due, timer)


def _timer(draft: Draft, visit: Appointment, step: ReminderStep, due: datetime) -> Timer:
    if step.case:
        id_ = timer_id(visit, step.name)
        return Timer(id_, TimerKind.NO_ANSWER, due, about=visit.id, step=step.name)
    return timer_of(draft, visit, TimerKind.REMINDER, step.text, due, step.name)


def _apart(plan: list[_Planned]) -> Iterator[_Planned]:
    """Without reminders that the texting hours moved close to the one that follows them, or behind
    it."""
    texts = [p for p in plan if p.timer is None or p.timer.paced]
    texts.sort(key=lambda planned: planned.due)
    crowded = {
        n
        for n, (one, after) in enumerate(pairwise(texts))
        if (one.at, after.at) != (one.due, after.due) and after.at - one.at < APART
    }
    dropped = [texts[n] for n in crowded]
    return (planned for planned in plan if planned not in dropped)
