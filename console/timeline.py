"""A conversation in time: its visits, what is planned and what would be done then, what stands
still, and what came of what was planned before, in words for the page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, assert_never

from textback.domain.cadence import ends
from textback.domain.composing import compose
from textback.domain.conversation import (
    REMINDERS,
    Appointment,
    Consent,
    Conversation,
    Standing,
    Timer,
    TimerKind,
)
from textback.domain.decision import Reason
from textback.domain.draft import Draft
from textback.domain.effects import HandOff, SendText
from textback.domain.events import PracticeClosed, TimerFired
from textback.domain.ledger import JournalEntry
from textback.domain.planning import plan_all
from textback.domain.playbook import Audience, Late, Line, Pause, Paused, ReminderStep
from textback.domain.texts import Name, Text
from textback.domain.zones import zone_of
from textback.playbooks.durations import written

_PUNCTUAL = timedelta(minutes=1)  # nobody wants to hear of less

# What became of something that was planned, in a word, and whether that is good.
_OUTCOMES = {
    Reason.REMINDED: ("texted", "good"),
    Reason.CLOSED: ("texted", "good"),
    Reason.NO_ANSWER: ("case", "open"),
    Reason.CANCEL_SILENCE: ("opted out", "bad"),
    Reason.REMINDER_WAITS: ("waits", "open"),
    Reason.PAUSED: ("waits", "open"),
    Reason.REMINDER_LATE: ("dropped", "bad"),
    Reason.REMINDER_VOID: ("dropped", "bad"),
}


def timeline(
    line: Line, conversation: Conversation, entries: Sequence[JournalEntry], now: datetime
) -> dict[str, Any]:
    """Tell of a conversation at `now`; `entries` are the latest of its journal, oldest first."""
    visits = sorted(conversation.appointments, key=lambda visit: visit.start)
    silence = _silence(conversation, line, now)
    would_be = _would_be(conversation, line, now) if silence else ()
    timers = sorted((*conversation.timers, *would_be), key=lambda timer: timer.due)
    return {
        "zone": zone_of(conversation, line.playbook).key,
        "practice_zone": line.playbook.zone,
        "now": _iso(now),
        "visits": [_visit(visit, line, now) for visit in visits],
        "planned": [
            _planned(timer, conversation, line, now)
            | {"not_told": silence if timer in would_be else ""}
            for timer in timers
        ],
        "standing_still": pauses(line, now),
        "happened": [_happened(entry) for entry in reversed(entries)],
    }


def pauses(line: Line, now: datetime) -> list[dict[str, Any]]:
    """What stands still on the line, since when and until when."""
    return [
        {"what": pause.what, "since": _iso(pause.at), "until": _iso(pause.until), "how": pause.how}
        for pause in line.pauses
        if pause.holds(now)
    ]


def _visit(visit: Appointment, line: Line, now: datetime) -> dict[str, Any]:
    return {
        "id": visit.id,
        "start": _iso(visit.start),
        "provider": visit.provider,
        "patient": visit.patient.first_name,
        "status": visit.status,
        "over": ends(visit, line.playbook) <= now,
    }


def _silence(conversation: Conversation, line: Line, now: datetime) -> str:
    """Why nobody is texted about visits unasked; "" if they are."""
    if Draft(conversation, line, now, cause="").may_remind:
        return ""
    return "opted out" if conversation.standing(REMINDERS) is Standing.REVOKED else "no consent"


def _would_be(conversation: Conversation, line: Line, now: datetime) -> tuple[Timer, ...]:
    """The texts that would be planned if there was consent."""
    given = replace(conversation, consent=Consent(Standing.GRANTED), topics=(), timers=())
    planned = plan_all(Draft(given, line, now, cause="")).conversation.timers
    return tuple(timer for timer in planned if timer.paced)


def _planned(timer: Timer, conversation: Conversation, line: Line, now: datetime) -> dict[str, Any]:
    visit = conversation.appointment(timer.about)
    does, text = _deed(timer, line)
    body = ""
    if text and visit:
        language = line.playbook.language(conversation.language)
        body = compose(text, language, line, now, visit=visit).body
    held = _held(timer, line, now)
    return {
        "id": timer.id,
        "at": _iso(timer.due),
        "step": timer.step.replace("_", " "),
        "visit": timer.about,
        "does": does,
        "text": body,
        "waits_since": _iso(timer.planned),
        "held": held is not None,
        "held_until": _iso(held.until) if held else None,
    }


def _held(timer: Timer, line: Line, now: datetime) -> Pause | None:
    """The pause that it will meet when it comes due, if it lasts until then."""
    return line.pause(Paused.REMINDERS, max(timer.due, now)) if timer.paced else None


def _deed(timer: Timer, line: Line) -> tuple[str, Name | None]:
    """What the timer will do, and the text that it sends, if it sends one."""
    step = line.playbook.step(timer.step)
    match timer.kind:
        case TimerKind.REMINDER if step:
            return _text(step), step.text
        case TimerKind.NO_ANSWER if step:
            return f"a case of {step.case} urgency, if the visit is still unanswered", None
        case TimerKind.CLOSING:
            return f"text “{Text.CLOSED}”: the practice closes then", Text.CLOSED
        case TimerKind.SILENCE:
            return "no more texts, if nobody says what CANCEL meant", None
        case TimerKind.REMINDER | TimerKind.NO_ANSWER:
            return "nothing: the playbook has this step no more", None
        case _:
            assert_never(timer.kind)


def _text(step: ReminderStep) -> str:
    said = f"text “{step.text}”"
    if step.to is Audience.UNCONFIRMED:
        said += ", unless confirmed"
    match step.late:
        case Late.SEND:
            return said
        case Late.DROP:
            return f"{said}; nothing if over {written(step.late_after)} late"
        case Late.SHORTEN:
            return f"{said}; “{step.late_text}” if over {written(step.late_after)} late"
        case _:
            assert_never(step.late)


def _happened(entry: JournalEntry) -> dict[str, Any]:
    step, due = _fired(entry)
    word, tone = _outcome(entry)
    return {
        "at": _iso(entry.at),
        "reason": entry.reason,
        "outcome": word,
        "tone": tone,
        "step": step,
        "due": _iso(due) if due and entry.at - due > _PUNCTUAL else None,
    }


def _outcome(entry: JournalEntry) -> tuple[str, str]:
    if isinstance(entry.event, PracticeClosed):  # heard of: its text is planned only then
        return ("case", "open") if _calls_a_person(entry) else ("", "")
    return next((told for reason, told in _OUTCOMES.items() if reason == entry.reason), ("", ""))


def _calls_a_person(entry: JournalEntry) -> bool:
    return any(isinstance(effect, HandOff) for effect in entry.effects)


def _fired(entry: JournalEntry) -> tuple[str, datetime | None]:
    """Which step came due, and when it was due; the event's id is `timer:{visit}:{step}:{due}`."""
    if not isinstance(entry.event, TimerFired):
        return "", None
    _, _, rest = entry.event.id.partition(":")
    timer, due = rest[: -len(_INSTANT) - 1], rest[-len(_INSTANT) :]
    steps = _steps(entry.effects) or [timer.rpartition(":")[2]]
    return ", ".join(steps).replace("_", " "), datetime.fromisoformat(due)


_INSTANT = "2026-12-06T17:00:00.000Z"  # of fixed width, as domain/due.py writes it


def _steps(effects: Iterable[object]) -> list[str]:
    """The steps whose texts went out: of several that are due at once only the newest does."""
    return [effect.step for effect in effects if isinstance(effect, SendText) and effect.step]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
