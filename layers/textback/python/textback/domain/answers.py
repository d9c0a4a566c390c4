"""What is done about a text from the contact, by what it was understood as."""

from dataclasses import replace

from textback.domain.cases import bring_in_a_person
from textback.domain.consent import grant, revoke, revoke_again
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
from textback.domain.draft import Draft
from textback.domain.effects import News
from textback.domain.events import TextReceived
from textback.domain.playbook import BareCancel
from textback.domain.reading import BARE, Intent
from textback.domain.settling import facts_of, settle
from textback.domain.texts import Text


def text_received(draft: Draft, event: TextReceived) -> Step:
    """Decide about a text. STOP, START, HELP, emergencies and wrong numbers are answered at once,
    always; the rest is left to the person who has the conversation, or to the visit at hand."""
    was_asked, draft = draft.conversation.awaiting, _heard(_in_their_language(draft, event))
    match event.reading.intent:
        case Intent.STOP:
            return _stop(draft, event)
        case Intent.START:
            return _start(draft, event)
        case Intent.HELP:
            return draft.say(Text.HELP).because(Reason.HELPED)
        case Intent.EMERGENCY:
            return _emergency(draft, event)
        case Intent.WRONG_NUMBER:
            return _wrong_number(draft, event)
        case Intent.CANCEL if event.reading.detail == BARE and was_asked.what is (
            Awaited.CANCEL_MEANING
        ):
            return _cancel_again(draft, event)
        case _ if _is_a_persons(draft.conversation):
            return _hand_over(draft, event, Reason.CASE_IS_OPEN, say=None)
        case _ if event.reading.certainty < draft.playbook.sure_enough:
            return _hand_over(draft, event, Reason.UNSURE)
        case Intent.CONFIRM if was_asked.what is Awaited.CANCEL_MEANING:
            return _hand_over(draft, event, Reason.UNSURE)  # yes to which of the two?
        case Intent.ACK:
            return draft.because(Reason.THANKED)
        case Intent.CONFIRM | Intent.CANCEL | Intent.QUESTION | Intent.RESCHEDULE | Intent.LATE:
            return _about_a_visit(draft, event)
        case _:
            return _hand_over(draft, event, Reason.FOR_A_PERSON)


def silence(draft: Draft) -> Step:
    """The clarifying text about CANCEL stayed unanswered: that ends all texts (47 CFR
    64.1200(a)(12)), and a person looks at the visit."""
    silent = revoke(draft, "CANCEL, not clarified", draft.now)
    return bring_in_a_person(silent, Reason.CANCEL_SILENCE).because(Reason.CANCEL_SILENCE)


def _in_their_language(draft: Draft, event: TextReceived) -> Draft:
    """From a text that is clearly in another of the line's languages on, that one is used."""
    language = event.reading.language
    if language not in draft.playbook.wordings or language == draft.language:
        return draft
    return draft.having(language=language)


def _heard(draft: Draft) -> Draft:
    """Whatever the contact says, it is not silence: the clarifying text has its answer."""
    if draft.conversation.awaiting.what is not Awaited.CANCEL_MEANING:
        return draft
    awaiting = replace(draft.conversation.awaiting, what=Awaited.NOTHING)
    return draft.become(draft.conversation.without_silence()).having(awaiting=awaiting)


def _stop(draft: Draft, event: TextReceived) -> Step:
    if draft.conversation.may_text:
        return revoke(draft, "text", event.at, farewell=Text.STOPPED).because(Reason.STOPPED)
    return revoke_again(draft, event.at).because(Reason.STOPPED_ALREADY)


def _start(draft: Draft, event: TextReceived) -> Step:
    consent = draft.conversation.consent
    if not draft.conversation.may_text and consent.at and event.at <= consent.at:
        return draft.because(Reason.START_OLDER)
    return grant(draft, "text", event.at).say(Text.STARTED).because(Reason.STARTED)


def _emergency(draft: Draft, event: TextReceived) -> Step:
    why = Reason.EMERGENCY
    urgent = bring_in_a_person(draft, why, urgency=Urgency.URGENT, text=event.text)
    return urgent.say(Text.EMERGENCY, alone=True).because(why)


def _wrong_number(draft: Draft, event: TextReceived) -> Step:
    if not draft.conversation.may_text:
        return draft.because(Reason.SILENT)
    draft = revoke(draft.tell(News.WRONG_NUMBER), "wrong number", event.at, Text.WRONG_NUMBER)
    return bring_in_a_person(draft, Reason.WRONG_NUMBER).because(Reason.WRONG_NUMBER)


def _cancel_again(draft: Draft, event: TextReceived) -> Step:
    draft = revoke(draft, "CANCEL", event.at, farewell=Text.STOPPED)
    return bring_in_a_person(draft, Reason.CANCEL_UNCLEAR).because(Reason.CANCEL_UNCLEAR)


def _about_a_visit(draft: Draft, event: TextReceived) -> Step:
    visit = _visit_in_question(draft)
    if visit is None:
        why = Reason.SEVERAL_VISITS if draft.upcoming else Reason.NO_VISIT
        return _hand_over(draft, event, why)
    match event.reading.intent:
        case Intent.CONFIRM | Intent.QUESTION | Intent.LATE if visit.status is Visit.CLOSED:
            return _hand_over(draft, event, Reason.CLOSED_VISIT)  # it will not be as it was
        case Intent.CONFIRM:
            return _confirm(draft, event, visit)
        case Intent.CANCEL:
            return _cancel(draft, event, visit)
        case Intent.QUESTION:
            return draft.say(Text.DETAILS, visit).because(Reason.QUESTION_ANSWERED)
        case Intent.RESCHEDULE:
            wish = (*facts_of(visit), ("wish", event.text))
            return _hand_over(
                draft.tell(News.RESCHEDULE_REQUESTED, *wish), event, Reason.RESCHEDULE
            )
        case _:
            return _hand_over(draft, event, Reason.LATE)


def _confirm(draft: Draft, event: TextReceived, visit: Appointment) -> Step:
    if _is_older_answer(visit, event, Visit.CONFIRMED):
        return _hand_over(draft, event, Reason.OLDER_ANSWER)
    if visit.status is Visit.CONFIRMED:
        return draft.say(Text.CONFIRMED, visit).because(Reason.CONFIRMED_ALREADY)
    settled = settle(draft, visit, Visit.CONFIRMED, event.at)
    return settled.say(Text.CONFIRMED, visit).because(Reason.CONFIRMED)


def _cancel(draft: Draft, event: TextReceived, visit: Appointment) -> Step:
    if _is_older_answer(visit, event, Visit.CANCELLED):
        return _hand_over(draft, event, Reason.OLDER_ANSWER)
    is_bare = event.reading.detail == BARE
    match draft.playbook.bare_cancel:
        case BareCancel.ASK | BareCancel.OPT_OUT if is_bare and not draft.conversation.may_text:
            return _hand_over(draft, event, Reason.UNSURE)  # nobody can be asked by text
        case BareCancel.ASK if is_bare:
            return _ask_what_cancel_means(draft, visit)
        case BareCancel.OPT_OUT if is_bare:
            draft = revoke(draft, "CANCEL", event.at, farewell=Text.STOPPED)
            return bring_in_a_person(draft, Reason.STOPPED).because(Reason.STOPPED)
        case _:
            answer = Text.CANCELLED_STOP_ENDS_TEXTS if is_bare else Text.CANCELLED
            settled = settle(draft, visit, Visit.CANCELLED, event.at)
            return settled.say(answer, visit).because(Reason.CANCELLED)


def _ask_what_cancel_means(draft: Draft, visit: Appointment) -> Step:
    silence_at = Timer("silence", TimerKind.SILENCE, draft.now + draft.playbook.clarify_for)
    others = draft.conversation.without_silence().timers
    asking = draft.having(
        awaiting=Awaiting(Awaited.CANCEL_MEANING, visit.id, draft.now),
        timers=(*others, silence_at),
    )
    return asking.say(Text.ASK_CANCEL, visit).because(Reason.CANCEL_ASKED)


def _hand_over(
    draft: Draft, event: TextReceived, why: Reason, *, say: Text | None = Text.FOR_A_PERSON
) -> Step:
    draft = bring_in_a_person(draft, why, text=event.text)
    return (draft.say(say) if say else draft).because(why)


def _is_a_persons(conversation: Conversation) -> bool:
    """While a case is open the line is silent, but for answers to what it asked since."""
    case, asked = conversation.case, conversation.awaiting.since
    return case is not None and (asked is None or asked <= case.opened_at)


def _visit_in_question(draft: Draft) -> Appointment | None:
    """The visit that was asked about, else the only one ahead."""
    visits = draft.upcoming
    asked = next((v for v in visits if v.id == draft.conversation.awaiting.about), None)
    return asked or (visits[0] if len(visits) == 1 else None)


def _is_older_answer(visit: Appointment, event: TextReceived, status: Visit) -> bool:
    """Texts can overtake one another: an older one never undoes what a newer one settled."""
    settled_at = visit.settled_at
    return settled_at is not None and event.at < settled_at and visit.status is not status
