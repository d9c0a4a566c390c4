"""The one pure function that decides."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from textback.domain.answers import text_received
from textback.domain.closing import practice_closed, told_by_a_person
from textback.domain.consent import consent_changed
from textback.domain.conversation import Conversation
from textback.domain.decision import Step
from textback.domain.delivery import text_failed, text_returned
from textback.domain.desk import agent_acted
from textback.domain.disclosing import disclosed
from textback.domain.draft import Draft
from textback.domain.effects import Effect, Purpose, SendText
from textback.domain.events import (
    AgentActed,
    AppointmentCancelled,
    AppointmentLeft,
    AppointmentScheduled,
    ConsentChanged,
    Event,
    PracticeClosed,
    TextFailed,
    TextReceived,
    TextReturned,
    TimerFired,
)
from textback.domain.playbook import Line
from textback.domain.reminding import timer_fired
from textback.domain.visits import cancelled, left, scheduled

PAST_VISITS_KEEP = timedelta(days=1)  # then a visit is history, and history is the journal's


def step(conversation: Conversation, event: Event, now: datetime, line: Line) -> Step:
    """Decide what `event` makes of `conversation` at `now` (aware), by the line's playbook."""
    draft = Draft(conversation, line, now, event.id)
    taken = told_by_a_person(draft, event, _decide(draft, event))
    going = tuple(e for e in taken.effects if _may_go(e, taken.conversation))
    taken = disclosed(replace(taken, effects=going), line)
    return replace(taken, conversation=_without_history(taken, now))


def _decide(draft: Draft, event: Event) -> Step:
    match event:
        case TextReceived():
            return text_received(draft, event)
        case AppointmentScheduled():
            return scheduled(draft, event)
        case AppointmentCancelled():
            return cancelled(draft, event)
        case AppointmentLeft():
            return left(draft, event)
        case PracticeClosed():
            return practice_closed(draft, event)
        case ConsentChanged():
            return consent_changed(draft, event)
        case TimerFired():
            return timer_fired(draft, event)
        case AgentActed():
            return agent_acted(draft, event)
        case TextFailed():
            return text_failed(draft, event)
        case TextReturned():
            return text_returned(draft, event)
        case _:
            assert_never(event)


def _may_go(effect: Effect, conversation: Conversation) -> bool:
    """After an opt-out nothing is sent but the one text that confirms it."""
    return (
        not isinstance(effect, SendText)
        or conversation.may_text
        or effect.purpose is Purpose.OPT_OUT
    )


def _without_history(taken: Step, now: datetime) -> Conversation:
    """Without past visits that nothing is planned for, and no text is just going out about: that
    may come back."""
    conversation = taken.conversation
    planned = {timer.about for timer in conversation.timers}
    planned |= {effect.about for effect in taken.effects if isinstance(effect, SendText)}
    recent = now - PAST_VISITS_KEEP
    kept = tuple(a for a in conversation.appointments if a.start > recent or a.id in planned)
    return replace(conversation, appointments=kept)
