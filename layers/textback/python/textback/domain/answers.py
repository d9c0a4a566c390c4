"""What is done about a text from the contact, by what it was understood as."""

from dataclasses import replace
from datetime import datetime

from textback.domain.composing import compose
from textback.domain.consent import grant, revoke
from textback.domain.conversation import (
    Appointment,
    Awaited,
    Awaiting,
    Conversation,
    Timer,
    TimerKind,
    Urgency,
    Visit,
)
from textback.domain.decision import Reason, Step
from textback.domain.desk import bring_in_a_person
from textback.domain.effects import Effect, News, Publish, Purpose
from textback.domain.events import TextReceived
from textback.domain.planning import plan_all
from textback.domain.playbook import BareCancel, Line
from textback.domain.reading import Intent
from textback.domain.settling import facts_of, settle

BARE = "bare"  # the detail of a reading of the single word CANCEL


def text_received(
    conversation: Conversation, event: TextReceived, now: datetime, line: Line
) -> Step:
    """Decide about a text. Whatever it says, it is not silence, so the clarifying text has its
    answer; what remains open after an answer that does not settle it is for a person."""
    step = _answer(conversation, event, now, line)
    asked = conversation.awaiting
    if asked.what is Awaited.CANCEL_MEANING and step.conversation.awaiting == asked:
        return replace(step, conversation=_no_longer_asking(step.conversation))
    return step


def _answer(conversation: Conversation, event: TextReceived, now: datetime, line: Line) -> Step:
    """Answer at once what every line must answer; leave the rest to the person who has the
    conversation, or to what the visit at hand makes of it."""
    match event.reading.intent:
        case Intent.STOP:
            return _stop(conversation, event, now, line)
        case Intent.START:
            return _start(conversation, event, now, line)
        case Intent.HELP:
            return _say("help", Reason.HELPED, conversation, now, line)
        case Intent.EMERGENCY:
            return _hand_over(
                conversation,
                event,
                now,
                line,
                Reason.EMERGENCY,
                "emergency",
                urgency=Urgency.URGENT,
            )
        case Intent.WRONG_NUMBER:
            return _wrong_number(conversation, event, now, line)
        case _ if _is_a_persons(conversation):
            return _hand_over(conversation, event, now, line, Reason.CASE_IS_OPEN, None)
        case _ if event.reading.certainty < line.playbook.sure_enough:
            return _hand_over(conversation, event, now, line, Reason.UNSURE)
        case _:
            return _about_a_visit(conversation, event, now, line)


def _about_a_visit(
    conversation: Conversation, event: TextReceived, now: datetime, line: Line
) -> Step:
    match event.reading.intent:
        case Intent.ACK:
            return Step(conversation, Reason.THANKED)
        case Intent.CONFIRM | Intent.CANCEL | Intent.QUESTION | Intent.RESCHEDULE | Intent.LATE:
            pass
        case _:
            return _hand_over(conversation, event, now, line, Reason.FOR_A_PERSON)
    visit = _visit_in_question(conversation, now)
    if visit is None:
        why = Reason.SEVERAL_VISITS if conversation.upcoming(now) else Reason.NO_VISIT
        return _hand_over(conversation, event, now, line, why)
    match event.reading.intent:
        case Intent.CONFIRM:
            return _confirm(conversation, event, now, line, visit)
        case Intent.CANCEL:
            return _cancel(conversation, event, now, line, visit)
        case Intent.RESCHEDULE:
            wish = Publish(News.RESCHEDULE_REQUESTED, (*facts_of(visit), ("wish", event.text)))
            step = _hand_over(conversation, event, now, line, Reason.RESCHEDULE)
            return replace(step, effects=(*step.effects, wish))
        case Intent.QUESTION:
            return _say("details", Reason.QUESTION_ANSWERED, conversation, now, line, visit)
        case _:
            return _hand_over(conversation, event, now, line, Reason.LATE)


def silence(conversation: Conversation, event_id: str, now: datetime, line: Line) -> Step:
    """The clarifying text about CANCEL stayed unanswered: that ends all texts (47 CFR
    64.1200(a)(12)), and a person looks at the visit."""
    silent, effects = revoke(conversation, "CANCEL, not clarified", now)
    return _with_a_person(silent, event_id, now, line, Reason.CANCEL_SILENCE, effects)


def _stop(conversation: Conversation, event: TextReceived, now: datetime, line: Line) -> Step:
    if not conversation.may_text:
        return Step(conversation, Reason.STOPPED_ALREADY)
    farewell = compose("stopped", conversation, line, now, purpose=Purpose.OPT_OUT)
    silent, effects = revoke(conversation, "text", event.at, farewell)
    return Step(silent, Reason.STOPPED, effects)


def _start(conversation: Conversation, event: TextReceived, now: datetime, line: Line) -> Step:
    revoked_at = None if conversation.may_text else conversation.consent.at
    if revoked_at and event.at <= revoked_at:
        return Step(conversation, Reason.START_OLDER)
    granted, effects = grant(conversation, "text", event.at)
    planned = plan_all(granted, line, now)
    welcome = compose("started", planned, line, now)
    return Step(planned, Reason.STARTED, (*effects, welcome))


def _wrong_number(
    conversation: Conversation, event: TextReceived, now: datetime, line: Line
) -> Step:
    if not conversation.may_text:
        return Step(conversation, Reason.SILENT)
    farewell = compose("wrong_number", conversation, line, now, purpose=Purpose.OPT_OUT)
    silent, effects = revoke(conversation, "wrong number", event.at, farewell)
    told = Publish(News.WRONG_NUMBER)
    return _with_a_person(silent, event.id, now, line, Reason.WRONG_NUMBER, (told, *effects))


def _confirm(
    conversation: Conversation, event: TextReceived, now: datetime, line: Line, visit: Appointment
) -> Step:
    if conversation.awaiting.what is Awaited.CANCEL_MEANING:
        return _hand_over(conversation, event, now, line, Reason.UNSURE)
    if _is_older_answer(visit, event, Visit.CONFIRMED):
        return _hand_over(conversation, event, now, line, Reason.OLDER_ANSWER)
    if visit.status is Visit.CONFIRMED:
        return _say("confirmed", Reason.CONFIRMED_ALREADY, conversation, now, line, visit)
    settled, effects = settle(conversation, visit, Visit.CONFIRMED, event.at, line, now)
    answer = compose("confirmed", settled, line, now, visit=visit)
    return Step(settled, Reason.CONFIRMED, (*effects, answer))


def _cancel(
    conversation: Conversation, event: TextReceived, now: datetime, line: Line, visit: Appointment
) -> Step:
    if _is_older_answer(visit, event, Visit.CANCELLED):
        return _hand_over(conversation, event, now, line, Reason.OLDER_ANSWER)
    answer = "cancelled"
    if event.reading.detail == BARE:
        if conversation.awaiting.what is Awaited.CANCEL_MEANING:
            silent, effects = revoke(conversation, "CANCEL", event.at)
            return _with_a_person(silent, event.id, now, line, Reason.CANCEL_UNCLEAR, effects)
        match line.playbook.bare_cancel:
            case BareCancel.ASK:
                return _ask_what_cancel_means(conversation, now, line, visit)
            case BareCancel.OPT_OUT:
                step = _stop(conversation, event, now, line)
                return _with_a_person(
                    step.conversation, event.id, now, line, step.reason, step.effects
                )
            case BareCancel.APPOINTMENT:
                answer = "cancelled_stop_ends_texts"
    settled, effects = settle(conversation, visit, Visit.CANCELLED, event.at, line, now)
    settled = _no_longer_asking(settled)
    text = compose(answer, settled, line, now, visit=visit)
    return Step(settled, Reason.CANCELLED, (*effects, text))


def _ask_what_cancel_means(
    conversation: Conversation, now: datetime, line: Line, visit: Appointment
) -> Step:
    due = now + line.playbook.clarify_for
    asking = replace(
        conversation,
        awaiting=Awaiting(Awaited.CANCEL_MEANING, visit.id, now),
        timers=(
            *conversation.without_timers("", TimerKind.SILENCE).timers,
            Timer("silence", TimerKind.SILENCE, due),
        ),
    )
    return _say("ask_cancel", Reason.CANCEL_ASKED, asking, now, line, visit)


def _no_longer_asking(conversation: Conversation) -> Conversation:
    return replace(conversation.without_timers("", TimerKind.SILENCE), awaiting=Awaiting())


def _say(
    name: str,
    reason: Reason,
    conversation: Conversation,
    now: datetime,
    line: Line,
    visit: Appointment | None = None,
) -> Step:
    return Step(conversation, reason, (compose(name, conversation, line, now, visit=visit),))


def _hand_over(
    conversation: Conversation,
    event: TextReceived,
    now: datetime,
    line: Line,
    why: Reason,
    say: str | None = "for_a_person",
    *,
    urgency: Urgency = Urgency.NORMAL,
) -> Step:
    opened, effects = bring_in_a_person(
        conversation, line, event.id, now, why, urgency=urgency, text=event.text
    )
    said = (compose(say, opened, line, now),) if say else ()
    return Step(opened, why, (*effects, *said))


def _with_a_person(
    conversation: Conversation,
    cause: str,
    now: datetime,
    line: Line,
    why: Reason,
    effects: tuple[Effect, ...],
) -> Step:
    opened, more = bring_in_a_person(conversation, line, cause, now, why)
    return Step(opened, why, (*effects, *more))


def _is_a_persons(conversation: Conversation) -> bool:
    """While a case is open the line is silent, but for answers to what it asked since."""
    case, asked = conversation.case, conversation.awaiting.since
    return case is not None and (asked is None or asked <= case.opened_at)


def _visit_in_question(conversation: Conversation, now: datetime) -> Appointment | None:
    visits = conversation.upcoming(now)
    asked = next((v for v in visits if v.id == conversation.awaiting.about), None)
    return asked or (visits[0] if len(visits) == 1 else None)


def _is_older_answer(visit: Appointment, event: TextReceived, status: Visit) -> bool:
    return (
        visit.settled_at is not None and event.at < visit.settled_at and visit.status is not status
    )
