"""Conversations with a timer due: pointers from the wake queue → a turn each."""

from textback import starting

starting.begin()

from typing import Any

from textback import edge
from textback.contracts.incoming import WakeIn, read
from textback.wiring import wiring


def handler(event: dict[str, Any], context: Any) -> edge.Response:
    """Take a batch of the wake queue."""
    return edge.each_message(event, context, wake, wiring().dead_letters)


def wake(message: edge.Message) -> str:
    """Wake every conversation that the message points to; the reasons."""
    return wiring().waking.hear(read(WakeIn, message.body))
