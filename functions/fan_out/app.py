"""Reminders that came due: EventBridge Scheduler, every minute → pointers on the wake queue."""

from textback import starting

starting.begin()

from typing import Any

from textback.edge import logger
from textback.wiring import wiring


def handler(event: dict[str, Any], context: Any) -> dict[str, int]:  # noqa: ARG001 - AWS's shape
    """Hand over what is due; how many pointers."""
    handed_over = wiring().fan_out.run()
    logger.info("handed over", pointers=handed_over)
    return {"handed_over": handed_over}
