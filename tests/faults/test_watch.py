"""The watch over the promises barks: with a part of the system broken, it finds what breaks."""

from collections.abc import Callable
from typing import Any

import pytest
from textback.adapters.dynamodb.journal import DynamoDBJournal
from textback.adapters.queues import SQSDeadLetters, SQSLater, SQSWakeQueue
from textback.domain.effects import Unblock
from textback.domain.ledger import JournalEntry
from textback.performing import Performer

from tests.faults.calls import Fault
from tests.faults.points import play_clean, try_every_point
from tests.faults.scenarios import SCENARIOS

BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}


def nothing(*_: Any, **__: Any) -> None:
    return None


def _blocks(_: Performer, entry: JournalEntry) -> bool:
    return any(isinstance(effect, Unblock) for effect in entry.effects)


BROKEN = [
    pytest.param(
        (DynamoDBJournal, "claim", nothing),
        ("a visit is confirmed", Fault.RIVAL, "text not meant to be, or twice"),
        id="without the claim a rival sends the text too",
    ),
    pytest.param(
        (SQSLater, "park", nothing),
        ("a visit is confirmed", Fault.SERVER_ERROR, "text lost"),
        id="without parking a reply is lost",
    ),
    pytest.param(
        (SQSWakeQueue, "hand_over", nothing),
        ("a reminder", Fault.CRASH_AFTER, "text lost"),
        id="without the hand-over a reminder is lost",
    ),
    pytest.param(
        (SQSWakeQueue, "call", nothing),
        ("the practice closes", Fault.CRASH_BEFORE, "text lost"),
        id="without the call nobody hears of a closing",
    ),
    pytest.param(
        (Performer, "report_failure", nothing),
        ("a number that is none", Fault.CRASH_BEFORE, "failed"),
        id="without its turn a refusal is not heard of",
    ),
    pytest.param(
        (Performer, "_may_text", _blocks),
        ("STOP and START", Fault.AGAIN_LATE, "the carrier's list"),
        id="a block that is repeated undoes a START",
    ),
    pytest.param(
        (SQSDeadLetters, "bury", nothing),
        ("requests that are refused", Fault.CRASH_AFTER, "buried"),
        id="a refused request that is not kept is missed",
    ),
    pytest.param(
        (DynamoDBJournal, "done", nothing),
        ("STOP", Fault.CRASH_AFTER, "not done"),
        id="an entry that is left open is found",
    ),
]


@pytest.mark.parametrize(("broken", "found"), BROKEN)
def test_what_is_broken_is_found(
    broken: tuple[type, str, Callable[..., Any]],
    found: tuple[str, Fault, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name, fault, barks = found
    clean = play_clean(BY_NAME[name])
    monkeypatch.setattr(*broken)
    assert any(barks in violation for violation in try_every_point(clean, fault).violations)
