"""Texts that could not go out: what the conversation makes of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from textback.domain.cadence import due_of, fitted
from textback.domain.cases import bring_in_a_person
from textback.domain.closing import STEP as CLOSING_STEP
from textback.domain.consent import revoke
from textback.domain.conversation import Appointment, Timer, TimerKind, Urgency
from textback.domain.decision import Reason, Step
from textback.domain.disclosing import discloses, undisclosed
from textback.domain.draft import Draft
from textback.domain.effects import Block, Effect, News, Purpose, SendText
from textback.domain.events import Parked, TextFailed, TextReturned
from textback.domain.playbook import ON_BOOKING, ReminderStep
from textback.domain.reminding import remind, tell_of_closing

REPLY_KEEPS = timedelta(hours=24)  # an answer that comes later than that confuses
# The one confirmation of an opt-out is presumed fine within five minutes: 47 CFR 64.1200(a)(12).
FAREWELL_KEEPS = timedelta(minutes=5)


def text_failed(draft: Draft, event: TextFailed) -> Step:
    """The carrier's last word on a text."""
    draft = draft.tell(
        News.TEXT_FAILED, ("text", event.effect), ("why", event.why), ("permanent", True)
    )
    draft = draft.become(undisclosed(draft.conversation, event.text))
    if event.opted_out:
        if draft.conversation.may_text:
            draft = revoke(draft, "opted out at the carrier", event.at)
        return draft.because(Reason.CARRIER_OPT_OUT)
    if event.text.purpose is not Purpose.OPT_OUT:
        draft = bring_in_a_person(draft, Reason.UNDELIVERABLE, urgency=Urgency.LOW)
    return draft.because(Reason.UNDELIVERABLE)


def text_returned(draft: Draft, event: TextReturned) -> Step:
    """Decide again about a text that was set aside."""
    text = event.text
    if event.settled:
        reason = Reason.SENT_AFTER_ALL
    elif event.why is Parked.UNKNOWN and not _may_risk(draft, text):
        reason = Reason.OUTCOME_UNKNOWN
    else:
        unknown = text.may_double or event.why is Parked.UNKNOWN
        draft, reason = _anew(draft, replace(text, attempt=text.attempt + 1, may_double=unknown))
        if reason is not Reason.SENT_AGAIN and not unknown:
            draft = draft.become(undisclosed(draft.conversation, text))
    if text.purpose is Purpose.OPT_OUT and not draft.conversation.may_text:
        draft = draft.do(Block())  # it waited for this text
    return draft.because(reason)


def _may_risk(draft: Draft, text: SendText) -> bool:
    """The practice's policy for an unknown outcome: once more, or never. Attempts that surely
    failed do not count."""
    return not text.may_double and text.purpose in draft.playbook.unknown_outcome_again


def _anew(draft: Draft, text: SendText) -> tuple[Draft, Reason]:
    """Send the text if it may go and says what is so. What nobody asked for is decided as if its
    timer came due now, so hours, pauses and lateness count."""
    waited = draft.now - text.decided_at
    match text.purpose:
        case Purpose.OPT_OUT:
            is_right = not draft.conversation.may_text and waited <= FAREWELL_KEEPS
        case Purpose.REPLY | Purpose.AGENT:
            visit = draft.conversation.appointment(text.about)
            is_as_said = not text.about or (visit is not None and visit.start == text.start)
            is_right = draft.conversation.may_text and waited <= REPLY_KEEPS and is_as_said
        case Purpose.REMINDER | Purpose.CLOSING:
            visit = draft.conversation.appointment(text.about)
            if visit is None or not _is_as_it_was(visit, text):
                return draft, Reason.NOT_SENT_AGAIN
            return _fired_again(draft, visit, text)
    if not is_right:
        return draft, Reason.NOT_SENT_AGAIN
    return draft.do(text), Reason.SENT_AGAIN


def _is_as_it_was(visit: Appointment, text: SendText) -> bool:
    return visit.start == text.start and visit.settled_at == text.settled_at


def _fired_again(draft: Draft, visit: Appointment, text: SendText) -> tuple[Draft, Reason]:
    is_closing = text.purpose is Purpose.CLOSING
    name = CLOSING_STEP if is_closing else text.step
    kind = TimerKind.CLOSING if is_closing else TimerKind.REMINDER
    step = draft.playbook.step(name)
    timer = Timer(
        f"{visit.id}:{name}",
        kind,
        text.decided_at,
        about=visit.id,
        step=name,
        planned=_was_due(draft, visit, step, text) if step else None,
    )
    before, asked = draft.effects, draft.conversation.awaiting
    if is_closing:
        draft, reason = tell_of_closing(draft, visit, timer)
    elif step:
        draft, reason = remind(draft, visit, step, timer)
    else:
        return draft, Reason.NOT_SENT_AGAIN
    sent = draft.effects[len(before) :]
    if not sent:
        waits = reason in {Reason.PAUSED, Reason.REMINDER_WAITS}
        return draft, reason if waits else Reason.NOT_SENT_AGAIN
    again = tuple(_attempted(effect, text) for effect in sent)
    # What an answer is about was settled when the text was decided first.
    draft = replace(draft.having(awaiting=asked), effects=(*before, *again))
    if discloses(text.body, draft.playbook):
        # Its words are new: what they disclose is looked at anew, as for a first text.
        draft = draft.become(undisclosed(draft.conversation, text))
    return draft, Reason.SENT_AGAIN


def _was_due(draft: Draft, visit: Appointment, step: ReminderStep, text: SendText) -> datetime:
    """When the reminder was to go: how late it is does not begin anew with each attempt."""
    if step.name == ON_BOOKING:
        return text.decided_at
    due = due_of(step, visit, draft.playbook, draft.zone)
    at = fitted(step, due, due, visit, draft.playbook, draft.zone)
    return min(at or due, text.decided_at)


def _attempted(effect: Effect, text: SendText) -> Effect:
    """What is sent now, as one more attempt of `text`."""
    if not isinstance(effect, SendText):
        return effect
    return replace(
        effect,
        decided_at=text.decided_at,
        attempt=text.attempt,
        may_double=text.may_double,
    )
