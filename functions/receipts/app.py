"""What became of texts: End User Messaging → SNS → SQS → the ledger."""

from textback import starting

starting.begin()

from typing import Any

from textback import edge
from textback.contracts.incoming import NotificationIn, ReceiptIn, read
from textback.wiring import wiring


def handler(event: dict[str, Any], context: Any) -> edge.Response:
    """Take a batch of the receipts queue."""
    return edge.each_message(event, context, hear, wiring().dead_letters)


def hear(message: edge.Message) -> str:
    """Take one receipt; what was made of it."""
    return wiring().receipts.hear(read(ReceiptIn, read(NotificationIn, message.body).message))
