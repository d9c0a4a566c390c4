"""Which reminders a visit has ahead of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from textback.domain.cadence import SOON, due_of, fitted, is_for
from textback.domain.composing import compose
from textback.domain.conversation import Appointment, Timer, TimerKind
from textback.domain.draft import Draft
from textback.domain.playbook import ON_BOOKING, ReminderStep
from textback.domain.segments import segments
from textback.domain.texts import Name

# Of two reminders of a visit that the texting hours push closer than this, only the later goes.
APART = timedelta(hours=2)


def plan_reminders(draft: Draft, visit: Appointment) -> Draft:
    """Give `visit` the timers it should have from now on. Steps that are past are dropped, but for
    one that was planned and waits."""
    others = draft.conversation.without_timers(visit.id).timers
    if not draft.may_remind:
        return draft.having(timers=others)
    return draft.having(timers=others + tuple(_apart(list(_timers(draft, visit)))))


def plan_all(draft: Draft) -> Draft:
    """Plan the reminders of every visit anew."""
    for visit in draft.conversation.appointments:
        draft = plan_reminders(draft, visit)
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


def timer_of(
    draft: Draft, visit: Appointment, kind: TimerKind, text: Name, due: datetime, step: str
) -> Timer:
    """A timer that sends `text`; it knows how many parts of the line's rate that costs."""
    body = compose(text, draft.language, draft.line, draft.now, visit=visit).body
    return Timer(
        f"{visit.id}:{step}", kind, due, about=visit.id, step=step, parts=segments(body).segments
    )


def _timers(draft: Draft, visit: Appointment) -> Iterator[tuple[datetime, Timer]]:
    """The timers of the cadence that lie ahead, each with when it is due by the visit alone."""
    known = {timer.id: timer for timer in draft.conversation.timers}
    for step in draft.playbook.steps:
        if not is_for(step, visit):
            continue
        there = known.get(f"{visit.id}:{step.name}")
        if step.name == ON_BOOKING:
            if there:
                yield there.since, there
            continue
        due = due_of(step, visit, draft.playbook, draft.zone)
        if due <= draft.now:
            if there and there.since >= due:
                yield due, there
            continue
        at = fitted(step, due, draft.now, visit, draft.playbook, draft.zone)
        if at is not None:
            yield due, _timer(draft, visit, step, at)


def _timer(draft: Draft, visit: Appointment, step: ReminderStep, due: datetime) -> Timer:
    if step.case:
        id_ = f"{visit.id}:{step.name}"
        return Timer(id_, TimerKind.NO_ANSWER, due, about=visit.id, step=step.name)
    return timer_of(draft, visit, TimerKind.REMINDER, step.text, due, step.name)


def _apart(timers: list[tuple[datetime, Timer]]) -> Iterator[Timer]:
    """Without reminders that the texting hours moved close to the one that follows them."""
    texts = sorted((pair for pair in timers if pair[1].paced), key=lambda pair: pair[0])
    crowded = {
        timer.id
        for (due, timer), (next_due, after) in pairwise(texts)
        if (timer.due, after.due) != (due, next_due) and after.due - timer.due < APART
    }
    return (timer for _, timer in timers if timer.id not in crowded)
