"""Texts from contacts: End User Messaging → SNS → SQS → a turn each."""

from textback import starting

starting.begin()

from typing import Any

from textback import edge
from textback.contracts.incoming import InboundTextIn, NotificationIn, phone, read
from textback.domain.events import TextReceived
from textback.wiring import wiring


def handler(event: dict[str, Any], context: Any) -> edge.Response:
    """Take a batch of the inbound queue."""
    return edge.each_message(event, context, receive, wiring().dead_letters)


def receive(message: edge.Message) -> str:
    """Take one text; the reason of what was decided."""
    notification = read(NotificationIn, message.body)
    text = read(InboundTextIn, notification.message)
    region = wiring().settings.region_of_phones
    contact = wiring().contact(
        line=phone(text.destination, region, "destinationNumber"),
        phone=phone(text.origination, region, "originationNumber"),
    )
    at = edge.finer(notification.at, message.sent)
    received = TextReceived(f"text:{text.id}", at, text.body)
    step = wiring().turns.take(contact, received)
    return step.reason if step else "heard before"
