"""What the engine kept of its last run, made fit for the next one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def show_again(engine: Path) -> None:
    """Let queues show at once what was in a function's hands when the engine stopped.

    Nobody holds it any longer, and to wait until each message's time is up takes minutes.
    """
    queues = engine / "sqs.json"
    if not queues.exists():
        return
    kept = json.loads(queues.read_text())
    for message in _received(kept):
        message["visible_at"] = message["sent_at"]
    queues.write_text(json.dumps(kept))


def _received(kept: Any) -> Iterator[dict[str, Any]]:
    """Every message in there that somebody has received and not deleted."""
    if isinstance(kept, dict):
        if kept.get("receipt_handle") and "visible_at" in kept:
            yield kept
        for value in kept.values():
            yield from _received(value)
    elif isinstance(kept, list):
        for value in kept:
            yield from _received(value)
