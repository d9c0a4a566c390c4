"""The queues and the bus that Textback speaks to."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from textback.errors import TextbackError
from textback.ports import BusEvent, ClosingCall, HandoffMessage, ParkedText, WakeUp

BATCH = 10  # entries that one SendMessageBatch or PutEvents takes
SOURCE = "textback"
MOST_DELAY = 900  # seconds: SQS


@dataclass(frozen=True, slots=True)
class SQSDesk:
    client: Any
    queue: str

    def push(self, message: HandoffMessage) -> None:
        self.client.send_message(
            QueueUrl=self.queue,
            MessageGroupId=message.conversation,
            MessageDeduplicationId=message.id,
            MessageBody=message.body,
            MessageAttributes={
                "urgency": {"DataType": "String", "StringValue": message.urgency},
            },
        )


@dataclass(frozen=True, slots=True)
class EventBridgeBus:
    client: Any
    bus: str

    def publish(self, events: Sequence[BusEvent]) -> None:
        for some in batched(events, BATCH, strict=False):
            answer = self.client.put_events(
                Entries=[
                    {
                        "EventBusName": self.bus,
                        "Source": SOURCE,
                        "DetailType": event.name,
                        "Detail": json.dumps(event.detail, ensure_ascii=False),
                    }
                    for event in some
                ]
            )
            if answer["FailedEntryCount"]:
                codes = {entry.get("ErrorCode") for entry in answer["Entries"]} - {None}
                raise TextbackError(f"the bus did not take an event: {codes}")


@dataclass(frozen=True, slots=True)
class SQSLater:
    client: Any
    queue: str

    def park(self, text: ParkedText, delay: int) -> None:
        self.client.send_message(
            QueueUrl=self.queue,
            DelaySeconds=min(delay, MOST_DELAY),
            MessageBody=json.dumps(
                {
                    "conversation": text.key.conversation,
                    "event": text.key.event,
                    "position": text.position,
                }
            ),
        )


@dataclass(frozen=True, slots=True)
class SQSWakeQueue:
    client: Any
    queue: str

    def hand_over(self, messages: Iterable[WakeUp]) -> None:
        self._send((_wake_up(message), message.delay) for message in messages)

    def call(self, messages: Iterable[ClosingCall]) -> None:
        self._send((_closing_call(message), 0) for message in messages)

    def _send(self, messages: Iterable[tuple[dict[str, object], int]]) -> None:
        for some in batched(messages, BATCH, strict=False):
            answer = self.client.send_message_batch(
                QueueUrl=self.queue,
                Entries=[
                    {"Id": str(n), "DelaySeconds": delay, "MessageBody": json.dumps(body)}
                    for n, (body, delay) in enumerate(some)
                ],
            )
            if answer.get("Failed"):
                codes = {failed["Code"] for failed in answer["Failed"]}
                raise TextbackError(f"the wake queue did not take a message: {codes}")


def _wake_up(message: WakeUp) -> dict[str, object]:
    return {
        "pointers": [{"conversation": d.conversation, "at": d.at} for d in message.pointers],
    }


def _closing_call(message: ClosingCall) -> dict[str, object]:
    closing = message.closing
    return {
        "closing": {
            "id": closing.id,
            "from": closing.since.isoformat(),
            "to": closing.until.isoformat(),
            "at": message.at.isoformat(),
        },
        "conversations": list(message.conversations),
    }


@dataclass(frozen=True, slots=True)
class SQSDeadLetters:
    """The dead-letter queue, written to directly: a message that can never be used need not be
    tried five times first, and here it can say what is wrong with it."""

    client: Any
    queue: str

    def bury(self, body: str, why: str, group: str) -> None:
        fifo = {"MessageGroupId": group} if self.queue.endswith(".fifo") else {}
        self.client.send_message(
            QueueUrl=self.queue,
            MessageBody=body,
            MessageAttributes={"error": {"DataType": "String", "StringValue": why}},
            **fifo,
        )
