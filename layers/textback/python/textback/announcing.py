"""What the world is told: the contract's messages, made from a journal entry."""

from collections.abc import Sequence
from datetime import datetime

from textback.contracts.outgoing import CaseMessage, Contact, Said, VisitLine, WhoseVisit
from textback.domain.conversation import Appointment
from textback.domain.effects import HandOff, Publish, Purpose, SendText, Speaker
from textback.domain.events import TextReceived
from textback.domain.identity import effect_id
from textback.domain.ledger import JournalEntry
from textback.ports import BusEvent, HandoffMessage


def effect_id_of(entry: JournalEntry, position: int) -> str:
    return effect_id(entry.conversation, entry.event.id, position)


def bus_event(entry: JournalEntry, position: int, effect: Publish) -> BusEvent:
    return BusEvent(effect.news, detail(entry, effect_id_of(entry, position), dict(effect.facts)))


def detail(entry: JournalEntry, id_: str, facts: dict[str, str | bool]) -> dict[str, object]:
    """What every event carries, and what this one says."""
    return {
        "id": id_,
        "at": entry.at.isoformat(),
        "line": entry.line,
        "phone": entry.phone,
        "reason": entry.reason,
        **facts,
    }


def handoff_message(
    entry: JournalEntry,
    position: int,
    effect: HandOff,
    recent: Sequence[JournalEntry],
    actions_queue: str,
) -> HandoffMessage:
    id_ = effect_id_of(entry, position)
    message = CaseMessage(
        type=effect.news,
        id=id_,
        case=effect.case,
        conversation=entry.conversation,
        seq=entry.seq,
        at=entry.at,
        line=entry.line,
        contact=Contact(phone=entry.phone, language=effect.language),
        patient=_only_patient(effect.appointments),
        why=effect.why,
        urgency=effect.urgency,
        answer_by=effect.answer_by,
        appointments=[
            VisitLine(id=visit.id, start=visit.start, status=visit.status)
            for visit in effect.appointments
        ],
        text=effect.text,
        action=effect.action,
        transcript=transcript(recent),
        actions_queue=actions_queue,
    )
    # In ASCII, since a text may hold what a queue's message may not (U+FFFF).
    body = message.model_dump_json(by_alias=True, exclude_none=True, ensure_ascii=True)
    return HandoffMessage(id_, entry.conversation, effect.urgency, body)


def _only_patient(visits: Sequence[Appointment]) -> WhoseVisit | None:
    """The patient, when all the visits are theirs; on a shared phone nobody is assumed."""
    patients = {visit.patient for visit in visits if visit.patient.id or visit.patient.first_name}
    if len(patients) != 1:
        return None
    (patient,) = patients
    return WhoseVisit(id=patient.id, first_name=patient.first_name)


def transcript(entries: Sequence[JournalEntry]) -> list[Said]:
    """Who said what, oldest first."""
    said: list[Said] = []
    for entry in entries:
        if isinstance(entry.event, TextReceived):
            said.append(Said.by(Speaker.CONTACT, entry.event.at, entry.event.text))
        said += [_line_said(entry.at, e) for e in entry.effects if isinstance(e, SendText)]
    return said


def _line_said(at: datetime, text: SendText) -> Said:
    speaker = Speaker.AGENT if text.purpose is Purpose.AGENT else Speaker.LINE
    return Said.by(speaker, at, text.body)
