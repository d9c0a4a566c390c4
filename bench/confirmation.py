"""How many calls a confirmation makes, all of it: its turn, the event for the booking system, the
reply with its claim and its mark, and the receipt. Counted at the clients of the deployed handlers,
once the line's settings have been read."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from moto import mock_aws
from textback import edge
from textback.domain.events import AppointmentScheduled, TimerFired
from textback.domain.identity import conversation_id
from textback.domain.ledger import EntryKey
from textback.performing import CONVERSATION, EVENT, POSITION

from bench.rounds import ROOT
from bench.row import Row
from tests.support.aws import client
from tests.support.deployed import SALT, SERVICES, Deployed, batch
from tests.support.samples import LINE, NOW, clock, visit

# What has to be asked of AWS whatever the design, if nothing is to be lost or sent twice.
FLOOR = (
    "read the conversation",
    "write the turn",
    "tell the booking system",
    "claim the text",
    "send it",
    "mark it",
    "mark its receipt",
)
BATCHED = len(FLOOR) - 1 + 1 / 10  # events go to the bus ten at a time
# The obvious design: an idempotency table, a table of messages, a contact to look up.
NAIVE = (
    "open the idempotency record",
    "read the line",
    "read the contact",
    "read the conversation",
    "write the text that came",
    "write the conversation",
    "tell the booking system",
    "write the text that goes",
    "send it",
    "mark it",
    "close the idempotency record",
    "find the text of the receipt",
    "mark its receipt",
)
UNIT = "calls"


def rows() -> Iterator[Row]:
    yield Row("calls a confirmation", sum(counted(1).values()), UNIT, 7, len(FLOOR), len(NAIVE))
    ten = sum(counted(10).values()) / 10
    yield Row("calls a confirmation, ten at once", ten, UNIT, 6.2, BATCHED, len(NAIVE))


def counted(contacts: int) -> Counter[str]:
    """The operations that are called when so many contacts confirm at once."""
    with _deployed() as stack:
        phones = [f"+120655501{n:02}" for n in range(contacts)]
        for phone in phones:
            _remind(stack, phone)
        stack.handle("inbound", batch(_heard("+12065550199", "99")))  # whose settings are read now
        stack.clock.forward(timedelta(seconds=1))
        calls: Counter[str] = Counter()

        def count(model: Any, **_: Any) -> None:
            calls[model.name] += 1

        for aws in stack.clients.values():
            aws.meta.events.register("provide-client-params.*.*", count)
        stack.handle("inbound", batch(*(_heard(phone, phone[-2:]) for phone in phones)))
        before = Counter(calls)
        new = stack.stream(after=stack.clock.at)
        of_the_bench = calls - before
        stack.handle("perform", new)
        stack.handle("receipts", batch(*map(_delivered, phones)))
        return calls - of_the_bench


@contextmanager
def _deployed() -> Iterator[Deployed]:
    level = edge.logger.log_level
    edge.logger.setLevel("CRITICAL")  # the log goes to where the figures are told
    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        stack = Deployed(patch, {name: client(name) for name in SERVICES}, clock())
        yield stack
        stack.close()
    edge.logger.setLevel(level)


def _remind(stack: Deployed, phone: str) -> None:
    booked = visit(f"apt-{phone}", start=NOW + timedelta(days=2))
    wiring = stack.wirings["requests"]
    contact = wiring.contact(LINE, phone)
    wiring.scheduling.scheduled(contact, AppointmentScheduled(f"bus:{phone}", NOW, booked))
    wiring.turns.take(contact, TimerFired(f"timer:{phone}", NOW))


def _heard(phone: str, id: str) -> str:  # noqa: A002 - the carrier's own name
    text = {"originationNumber": phone, "destinationNumber": LINE, "messageBody": "Yes"}
    return _notice("inbound", text | {"inboundMessageId": id})


def _delivered(phone: str) -> str:
    text = EntryKey(conversation_id(SALT, LINE, phone), f"text:{phone[-2:]}")
    context = {CONVERSATION: text.conversation, EVENT: text.event, POSITION: "1"}
    return _notice("receipts", {"context": context})


def _notice(function: str, changed: dict[str, Any]) -> str:
    """The last message of a function's sample, with something changed, in its envelope."""
    sample = json.loads((ROOT / f"events/{function}.json").read_text(encoding="utf-8"))
    envelope = json.loads(sample["Records"][-1]["body"])
    message = json.loads(envelope["Message"]) | changed
    return json.dumps(envelope | {"Message": json.dumps(message)})
