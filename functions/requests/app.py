"""What scheduling systems say: EventBridge → SQS → a turn each."""

from textback import starting

starting.begin()

from typing import Any

from textback import edge
from textback.wiring import wiring


def handler(event: dict[str, Any], context: Any) -> edge.Response:
    """Take a batch of the requests queue."""
    return edge.each_message(event, context, hear, wiring().dead_letters)


def hear(message: edge.Message) -> str:
    """Take one event of the bus; the reason of what was decided."""
    return wiring().requests.hear(message.body, message.sent)
