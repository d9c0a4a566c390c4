"""Texts that were set aside: decided again, each by a turn."""

from textback import starting

starting.begin()

from typing import Any

from textback import edge
from textback.contracts.incoming import ParkedIn, read
from textback.domain.ledger import EntryKey
from textback.wiring import wiring


def handler(event: dict[str, Any], context: Any) -> edge.Response:
    """Take a batch of the later queue."""
    return edge.each_message(event, context, decide, wiring().dead_letters)


def decide(message: edge.Message) -> str:
    """Decide about one text; what was decided."""
    parked = read(ParkedIn, message.body)
    return wiring().returning.decide(EntryKey(parked.conversation, parked.event), parked.position)
