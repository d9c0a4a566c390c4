"""What scheduling systems say on the bus: each event the turn, or the setting, that it asks for."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from textback.contracts.incoming import (
    AppointmentIn,
    BusEventIn,
    CancellationIn,
    ConsentChangedIn,
    PracticeClosedIn,
    TextingPausedIn,
    phone,
    read,
)
from textback.domain.conversation import Conversation
from textback.domain.effects import News
from textback.domain.events import AppointmentCancelled, AppointmentScheduled, ConsentChanged
from textback.domain.phones import NotAPhone, e164
from textback.domain.playbook import Pause
from textback.errors import BadInput
from textback.ports import (
    Bus,
    BusEvent,
    Closing,
    ClosingCall,
    Lines,
    VisitIndex,
    WakeQueue,
)
from textback.scheduling import Scheduling
from textback.turn import Turns

CALLED_AT_ONCE = 100  # conversations in one message: as many turns as one invocation takes


@dataclass(frozen=True, slots=True)
class Requests:
    """`contact` names the conversation between a line and a phone, both E.164; `region` is the
    country of phones that come without one."""

    scheduling: Scheduling
    turns: Turns
    lines: Lines
    visits: VisitIndex
    wake: WakeQueue
    bus: Bus
    contact: Callable[[str, str], Conversation]
    region: str = "US"

    def hear(self, body: str, sent: datetime) -> str:
        """Take one event, which the queue got at `sent`; the reason of what was decided. Raises
        BadInput for one that is not understood, after its sender was told by `request.refused`."""
        try:
            return self._take(read(BusEventIn, body))
        except BadInput as bad:
            self.bus.publish([_refusal(body, sent, self.region, bad)])
            raise

    def _take(self, event: BusEventIn) -> str:
        match event.detail_type:
            case "appointment.booked" | "appointment.changed":
                return self._scheduled(event, read(AppointmentIn, event.detail))
            case "appointment.cancelled":
                return self._cancelled(event, read(CancellationIn, event.detail))
            case "consent.changed":
                return self._consent(event, read(ConsentChangedIn, event.detail))
            case "practice.closed":
                return self._closed(event, read(PracticeClosedIn, event.detail))
            case "texting.paused":
                return self._paused(event, read(TextingPausedIn, event.detail))
            case _:
                raise BadInput("detail-type: this is not an event that Textback takes")

    def _scheduled(self, event: BusEventIn, detail: AppointmentIn) -> str:
        scheduled = AppointmentScheduled(
            id=f"bus:{event.id}",
            at=event.time,
            appointment=detail.appointment(),
            language=detail.contact.language or "",
            zone=detail.contact.time_zone or "",
            consent=detail.consent_given(),
        )
        contact = self._contact(detail.line, detail.contact.phone, "contact.phone")
        return self.scheduling.scheduled(contact, scheduled)

    def _cancelled(self, event: BusEventIn, detail: CancellationIn) -> str:
        contact = self._contact(detail.line, detail.contact.phone, "contact.phone")
        cancelled = AppointmentCancelled(f"bus:{event.id}", event.time, detail.id, detail.version)
        return self.scheduling.cancelled(contact, cancelled)

    def _consent(self, event: BusEventIn, detail: ConsentChangedIn) -> str:
        changed = ConsentChanged(
            f"bus:{event.id}", event.time, detail.topic, detail.granted, detail.how
        )
        contact = self._contact(detail.line, detail.phone, "phone")
        taken = self.turns.take(contact, changed)
        return taken.reason if taken else "heard before"

    def _closed(self, event: BusEventIn, detail: PracticeClosedIn) -> str:
        """Let every conversation with a visit in that time hear of it: each plans its own text,
        which then goes at the line's rate."""
        line = self.lines.get(self._line(detail.line)).number
        hit = self.visits.starting(line, detail.since, detail.until)
        closing = Closing(detail.id, detail.since, detail.until)
        self.wake.call(_calls(hit, closing, event.time))
        return "the closing is told to whom it concerns"

    def _paused(self, event: BusEventIn, detail: TextingPausedIn) -> str:
        pause = Pause(detail.what, event.time, detail.until, detail.how)
        if self.lines.pause(self._line(detail.line), pause):
            return f"{detail.what} stand still"
        return "a newer word on this is known"

    def _contact(self, line: str, number: str, field: str) -> Conversation:
        return self.contact(self._line(line), phone(number, self.region, field))

    def _line(self, number: str) -> str:
        return phone(number, self.region, "line")


def _calls(hit: Iterable[str], closing: Closing, at: datetime) -> Iterator[ClosingCall]:
    once = dict.fromkeys(hit)  # a contact with two visits that day hears of both in one turn
    for some in batched(once, CALLED_AT_ONCE, strict=False):
        yield ClosingCall(closing, at, some)


def _refusal(body: str, sent: datetime, region: str, bad: BadInput) -> BusEvent:
    """Which event, which field, why; nothing of what stood there. What is told again, after a
    failure, says the same: nothing of it depends on when it is told."""
    said = _said(body)
    facts = {
        "id": hashlib.blake2b(body.encode(errors="replace"), digest_size=16).hexdigest(),
        "at": sent.isoformat(),
        "line": _line_of(said.get("detail"), region),
        "phone": "",
        "reason": "the request was not understood",
        "event": _word(said.get("id")),
        "name": _word(said.get("detail-type")),
        "field": bad.field,
        "why": str(bad),
    }
    return BusEvent(News.REQUEST_REFUSED, facts)


def _said(body: str) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _word(value: Any) -> str:
    """A name that the sender gave, as far as it can be one."""
    is_word = isinstance(value, str) and len(value) <= 128 and value.isprintable()  # noqa: PLR2004
    return value if is_word else ""


def _line_of(detail: Any, region: str) -> str:
    number = detail.get("line") if isinstance(detail, dict) else None
    try:
        return e164(number, region) if isinstance(number, str) else ""
    except NotAPhone:
        return ""
