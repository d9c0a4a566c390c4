"""The effects of turns: journal entries from the table's stream → texts, cases, events."""

from textback import starting

starting.begin()

from typing import Any

from textback import edge
from textback.wiring import wiring


def handler(event: dict[str, Any], context: Any) -> edge.Response:  # noqa: ARG001 - AWS's shape
    """Perform a batch of the stream."""
    return edge.each_entry(event, wiring().performer.perform)
