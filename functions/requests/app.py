"""What scheduling systems say: EventBridge → SQS → a turn each."""

from typing import Any

from textback import edge
from textback.contracts.incoming import AppointmentIn, BusEventIn, CancellationIn, phone, read
from textback.domain.events import AppointmentCancelled, AppointmentScheduled
from textback.errors import BadInput
from textback.wiring import wiring


def handler(event: dict[str, Any], context: Any) -> edge.Response:
    """Take a batch of the requests queue."""
    return edge.each_message(event, context, hear, wiring().dead_letters)


def hear(message: edge.Message) -> str:
    """Take one event of the bus; the reason of what was decided."""
    event = read(BusEventIn, message.body)
    match event.detail_type:
        case "appointment.booked" | "appointment.changed":
            return _scheduled(event, read(AppointmentIn, event.detail))
        case "appointment.cancelled":
            return _cancelled(event, read(CancellationIn, event.detail))
        case _:
            raise BadInput("detail-type: this is not an event that Textback takes")


def _scheduled(event: BusEventIn, detail: AppointmentIn) -> str:
    contact = wiring().contact(*_numbers(detail.line, detail.contact.phone))
    scheduled = AppointmentScheduled(
        id=f"bus:{event.id}",
        at=event.time,
        appointment=detail.appointment(),
        language=detail.contact.language or "",
        zone=detail.contact.time_zone or "",
        consent=detail.consent_given(),
    )
    return wiring().scheduling.scheduled(contact, scheduled)


def _cancelled(event: BusEventIn, detail: CancellationIn) -> str:
    contact = wiring().contact(*_numbers(detail.line, detail.contact.phone))
    cancelled = AppointmentCancelled(f"bus:{event.id}", event.time, detail.id, detail.version)
    return wiring().scheduling.cancelled(contact, cancelled)


def _numbers(line: str, contact: str) -> tuple[str, str]:
    region = wiring().settings.region_of_phones
    return phone(line, region, "line"), phone(contact, region, "contact.phone")
