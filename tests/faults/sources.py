"""What starts the functions: the queues and the stream, as Lambda reads them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from textback.adapters.memory import MemoryClock

from tests.faults.outside import matches
from tests.faults.queues import Message, Queue
from tests.faults.table import Table

RETRY_AFTER = timedelta(seconds=1)  # a stream's batch that failed

type Event = dict[str, Any]
type Response = dict[str, Any]


class Source(Protocol):
    @property
    def function(self) -> str: ...

    def next(self) -> "Delivery | None":
        """What the function is given now, if anything."""
        ...

    def next_at(self) -> datetime | None:
        """When there will be something, as far as one can tell."""
        ...


class Delivery(Protocol):
    @property
    def event(self) -> Event: ...

    def settled(self, response: Response | None) -> None:
        """The function answered, or failed as a whole (None)."""
        ...


def _failed(response: Response) -> set[str]:
    return {failure["itemIdentifier"] for failure in response["batchItemFailures"]}


@dataclass
class QueueSource:
    function: str
    queue: Queue
    batch: int

    def next(self) -> "QueueDelivery | None":
        messages = self.queue.receive(self.batch)
        return QueueDelivery(self.queue, messages) if messages else None

    def next_at(self) -> datetime | None:
        return self.queue.next_at()


@dataclass
class QueueDelivery:
    queue: Queue
    messages: list[Message]
    event: Event = field(init=False)

    def __post_init__(self) -> None:
        self.event = {"Records": [_record(self.queue, message) for message in self.messages]}

    def settled(self, response: Response | None) -> None:
        if response is None:
            return  # all of them come back when they are visible again
        failed = _failed(response)
        for message in self.messages:
            if message.id not in failed:
                self.queue.delete(message)


def _record(queue: Queue, message: Message) -> Event:
    attributes = {
        "ApproximateReceiveCount": str(message.received),
        "SentTimestamp": str(int(message.sent.timestamp() * 1000)),
    }
    if queue.fifo:
        attributes["MessageGroupId"] = message.group
    return {
        "messageId": message.id,
        "receiptHandle": f"{message.id}-{message.received}",
        "body": message.body,
        "attributes": attributes,
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": f"arn:aws:sqs:us-east-1:111122223333:{queue.name}",
        "awsRegion": "us-east-1",
    }


@dataclass
class Batch:
    records: list[Event]
    tries: int = 0
    ready_at: datetime | None = None


@dataclass
class StreamSource:
    """The table's stream as one shard, read by one reader: every conversation's entries in order.
    A failure is retried from its lowest sequence number on, a crash with the batch in halves."""

    function: str
    table: Table
    clock: MemoryClock
    pattern: dict[str, Any]
    batch: int
    retries: int
    dead_letters: Queue
    waiting: list[Batch] = field(default_factory=list)
    is_read: bool = False  # by a reader that has not answered yet
    down_until: datetime | None = None
    _seen: int = 0

    def next(self) -> "StreamDelivery | None":
        if self.is_read or self._is_down:
            return None
        if not self.waiting:
            new = list(self._new())
            self.waiting = [Batch(new)] if new else []
        if not self.waiting or self.next_at():
            return None
        self.is_read = True
        return StreamDelivery(self, self.waiting.pop(0))

    def next_at(self) -> datetime | None:
        if self._is_down:
            return self.down_until
        ready_at = self.waiting[0].ready_at if self.waiting and not self.is_read else None
        return ready_at if ready_at and ready_at > self.clock.at else None

    @property
    def _is_down(self) -> bool:
        return self.down_until is not None and self.clock.at < self.down_until

    def _new(self) -> Iterator[Event]:
        found = 0
        while found < self.batch and self._seen < len(self.table.changes):
            record = self.table.changes[self._seen]
            self._seen += 1
            if matches(self.pattern, record):
                found += 1
                yield record

    def retry(self, batch: Batch, records: list[Event], *, in_halves: bool) -> None:
        ready_at = self.clock.at + RETRY_AFTER
        if in_halves and len(records) > 1:
            middle = len(records) // 2
            halves = [records[:middle], records[middle:]]
            self.waiting[:0] = [Batch(half, batch.tries, ready_at) for half in halves]
        elif batch.tries >= self.retries:
            self.dead_letters.send(str([r["dynamodb"]["SequenceNumber"] for r in records]))
        else:
            self.waiting.insert(0, Batch(records, batch.tries + 1, ready_at))


@dataclass
class StreamDelivery:
    source: StreamSource
    batch: Batch

    @property
    def event(self) -> Event:
        return {"Records": self.batch.records}

    def settled(self, response: Response | None) -> None:
        self.source.is_read = False
        records = self.batch.records
        if response is None:
            self.source.retry(self.batch, records, in_halves=True)
        elif failed := _failed(response):
            lowest = min(failed)
            rest = [r for r in records if r["dynamodb"]["SequenceNumber"] >= lowest]
            self.source.retry(self.batch, rest, in_halves=False)
