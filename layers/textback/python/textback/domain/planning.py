"""Which reminders a visit has ahead of it."""

from textback.domain.composing import compose
from textback.domain.conversation import Appointment, Timer, TimerKind, Visit
from textback.domain.draft import Draft
from textback.domain.playbook import Audience, ReminderStep
from textback.domain.segments import segments


def plan_reminders(draft: Draft, visit: Appointment) -> Draft:
    """Give `visit` the timers it should have from now on; steps that are past are dropped. One that
    came due and is still on its way stays: to hear of the same time again must not lose it."""
    others = draft.conversation.without_timers(visit.id).timers
    if not draft.conversation.may_text:
        return draft.having(timers=others)
    on_their_way = {(timer.id, timer.due) for timer in draft.conversation.timers}
    planned = (_timer(draft, visit, step) for step in draft.playbook.cadence if is_for(step, visit))
    own = tuple(t for t in planned if t.due > draft.now or (t.id, t.due) in on_their_way)
    return draft.having(timers=others + own)


def plan_all(draft: Draft) -> Draft:
    """Plan the reminders of every upcoming visit anew."""
    for visit in draft.upcoming:
        draft = plan_reminders(draft, visit)
    return draft


def is_for(step: ReminderStep, visit: Appointment) -> bool:
    match visit.status:
        case Visit.BOOKED:
            return True
        case Visit.CONFIRMED:
            return step.to is Audience.ALL
        case Visit.CANCELLED:
            return False


def _timer(draft: Draft, visit: Appointment, step: ReminderStep) -> Timer:
    text = compose(step.text, draft.language, draft.line, draft.now, visit=visit)
    return Timer(
        id=f"{visit.id}:{step.name}",
        kind=TimerKind.REMINDER,
        due=visit.start - step.before,
        about=visit.id,
        step=step.name,
        parts=segments(text.body).segments,
    )
