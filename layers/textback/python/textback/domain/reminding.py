"""Timers that came due. Nothing is sent on what was true when they were set."""

from dataclasses import replace
from datetime import datetime, timedelta

from textback.domain.answers import silence
from textback.domain.cadence import fitted, is_for, span_of
from textback.domain.cases import bring_in_a_person
from textback.domain.closing import when_told
from textback.domain.conversation import Appointment, Awaited, Awaiting, Timer, TimerKind, Visit
from textback.domain.decision import Reason, Step
from textback.domain.draft import Draft
from textback.domain.due import end_of, place
from textback.domain.effects import Purpose
from textback.domain.events import TimerFired
from textback.domain.playbook import Late, Paused, ReminderStep
from textback.domain.texts import Text

TWO = 2
HELD = timedelta(minutes=1)  # then the fan-out, which knows of the pause too, keeps it back

# Of several things that came of the timers that were due, the one that the journal tells.
_FIRST_TOLD = (
    Reason.REMINDED,
    Reason.CLOSED,
    Reason.NO_ANSWER,
    Reason.PAUSED,
    Reason.REMINDER_WAITS,
    Reason.REMINDER_LATE,
    Reason.REMINDER_VOID,
)


def timer_fired(draft: Draft, event: TimerFired) -> Step:
    timers, end = draft.conversation.timers, end_of(event.at)
    due = tuple(t for t in timers if place(t) <= end)  # as the index has it: to the millisecond
    if not due:
        return draft.because(Reason.NOTHING_DUE)
    # A timer that is due is due, even if this clock is behind the one that said so: what waits for
    # the hours would else wait for a moment whose event is used up.
    draft = replace(draft, now=max(draft.now, event.at, *(timer.due for timer in due)))
    draft = draft.having(timers=tuple(t for t in timers if t not in due))
    is_torn = draft.conversation.awaiting.what is Awaited.CANCEL_MEANING
    if is_torn and any(timer.kind is TimerKind.SILENCE for timer in due):
        return silence(draft)
    told, asked = [Reason.REMINDER_VOID], [draft.conversation.awaiting]
    for visit in sorted(draft.conversation.appointments, key=lambda a: a.start):
        for timer in _newest(tuple(t for t in due if t.about == visit.id)):
            draft, reason = _fire(draft, visit, timer)
            told.append(reason)
            if draft.conversation.awaiting != asked[-1]:
                asked.append(draft.conversation.awaiting)
    return _asked(draft, asked[1:]).because(min(told, key=_FIRST_TOLD.index))


def _newest(due: tuple[Timer, ...]) -> tuple[Timer, ...]:
    """Of the texts of a visit only the newest: a step that was overtaken by the next is dropped."""
    texts = [timer for timer in due if timer.paced]
    newest = max(texts, key=lambda timer: timer.since, default=None)
    return tuple(timer for timer in due if timer is newest or not timer.paced)


def _asked(draft: Draft, asked: list[Awaiting]) -> Draft:
    """After two questions at once an answer that names no visit could be about either."""
    if len(asked) < TWO:
        return draft
    is_any = any(question.what is Awaited.CONFIRMATION for question in asked)
    what = Awaited.CONFIRMATION if is_any else Awaited.NEW_TIME
    return draft.having(awaiting=Awaiting(what, since=draft.now))


def _fire(draft: Draft, visit: Appointment, timer: Timer) -> tuple[Draft, Reason]:
    match timer.kind:
        case TimerKind.REMINDER:
            step = draft.playbook.step(timer.step)
            if step is None:
                return draft, Reason.REMINDER_VOID
            return remind(draft, visit, step, timer)
        case TimerKind.CLOSING:
            return tell_of_closing(draft, visit, timer)
        case TimerKind.NO_ANSWER:
            return _no_answer(draft, visit, timer)
        case TimerKind.SILENCE:
            return draft, Reason.REMINDER_VOID  # they have answered meanwhile


def remind(
    draft: Draft, visit: Appointment, step: ReminderStep, timer: Timer
) -> tuple[Draft, Reason]:
    """Send what the step says, if it is still for them; else wait for the end of a pause or for
    the texting hours. What comes too late follows the step's rule."""
    begins, ends = span_of(step, draft.now, visit, draft.playbook)
    is_right = is_for(step, visit) and not step.case and begins <= draft.now < ends
    if not (is_right and draft.may_remind):
        return draft, Reason.REMINDER_VOID
    if until := _held_until(draft):
        return _again(draft, timer, until), Reason.PAUSED
    if not draft.playbook.hours.open_at(draft.now, draft.zone):
        at = fitted(step, draft.now, draft.now, visit, draft.playbook, draft.zone)
        if at is None or at <= draft.now:
            return draft, Reason.REMINDER_LATE
        return _again(draft, timer, at), Reason.REMINDER_WAITS
    is_late = draft.now - timer.since > step.late_after
    if is_late and step.late is Late.DROP:
        return draft, Reason.REMINDER_LATE
    text = step.late_text if is_late and step.late is Late.SHORTEN else step.text
    draft = draft.say(text, visit, Purpose.REMINDER, step.name)
    if step.before is not None and visit.start > draft.now:
        draft = draft.having(awaiting=Awaiting(Awaited.CONFIRMATION, visit.id, draft.now))
    return draft, Reason.REMINDED


def tell_of_closing(draft: Draft, visit: Appointment, timer: Timer) -> tuple[Draft, Reason]:
    """Tell that the practice closes, as long as that helps; outside the texting hours rather than
    too late."""
    is_right = visit.status is Visit.CLOSED and visit.start > draft.now
    if not (is_right and draft.may_remind):
        return draft, Reason.REMINDER_VOID
    if until := _held_until(draft):
        return _again(draft, timer, until), Reason.PAUSED
    at = when_told(draft, visit, draft.now)
    if at > draft.now:
        return _again(draft, timer, at), Reason.REMINDER_WAITS
    told = draft.say(Text.CLOSED, visit, Purpose.CLOSING, timer.step)
    return told.having(awaiting=Awaiting(Awaited.NEW_TIME, visit.id, draft.now)), Reason.CLOSED


def _no_answer(draft: Draft, visit: Appointment, timer: Timer) -> tuple[Draft, Reason]:
    step = draft.playbook.step(timer.step)
    if step is None or step.case is None or visit.status is not Visit.BOOKED:
        return draft, Reason.REMINDER_VOID
    if visit.start <= draft.now and step.before is not None:
        return draft, Reason.REMINDER_LATE
    if silent := _silence(draft):
        return _again(draft, timer, silent), Reason.PAUSED
    return bring_in_a_person(draft, Reason.NO_ANSWER, urgency=step.case), Reason.NO_ANSWER


def _held_until(draft: Draft) -> datetime | None:
    """Until when nothing may be sent that nobody asked for; None if it may."""
    if silent := _silence(draft):
        return silent
    pause = draft.line.pause(Paused.REMINDERS, draft.now)
    return max(draft.now + HELD, pause.until or draft.now) if pause else None


def _silence(draft: Draft) -> datetime | None:
    """Until when the contact is asked what CANCEL meant. Before they say what ends, nothing goes
    out, and what was to go waits: they may say something else."""
    if draft.conversation.awaiting.what is not Awaited.CANCEL_MEANING:
        return None
    silences = (t.due for t in draft.conversation.timers if t.kind is TimerKind.SILENCE)
    return max(next(silences, draft.now), draft.now + HELD)


def _again(draft: Draft, timer: Timer, due: datetime) -> Draft:
    """Look at it again at `due`; how late it then is counts from when it was to go first. A text
    that comes back twice may find its timer there."""
    later = replace(timer, due=due, planned=timer.since)
    others = (t for t in draft.conversation.timers if t.id != timer.id)
    return draft.having(timers=(*others, later))
