"""SQS in memory: standard and FIFO queues, and the calls of its client that the code makes."""
# ruff: noqa: N803 - boto3 names these arguments

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from textback.adapters.memory import MemoryClock

from tests.faults.refusals import NotFaked, refusal

MOST_DELAY = 900
DEDUPLICATES_FOR = timedelta(minutes=5)
MOST_IN_A_BATCH = 10
HELD = timedelta(days=3650)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def url_of(name: str) -> str:
    return f"https://sqs.test/{name}"


@dataclass
class Message:
    id: str
    body: str
    sent: datetime
    visible_at: datetime
    group: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    received: int = 0


@dataclass
class Queue:
    """`receives` and `dead_letters` are its redrive policy."""

    name: str
    clock: MemoryClock
    visibility: timedelta = timedelta(seconds=30)
    fifo: bool = False
    by_content: bool = False
    receives: int = 0
    dead_letters: "Queue | None" = None
    messages: list[Message] = field(default_factory=list)
    sends: int = 0
    overtaken: int = 0  # the n-th message sent is to be overtaken by the one after it
    _taken: dict[str, datetime] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return url_of(self.name)

    def send(
        self, body: str, *, delay: int = 0, group: str = "", id_: str = "", **attributes: Any
    ) -> str:
        if self.fifo:
            id_ = id_ or sha256(body.encode()).hexdigest()
            if self.clock.at - self._taken.get(id_, LONG_AGO) < DEDUPLICATES_FOR:
                return id_
            self._taken[id_] = self.clock.at
        self.sends += 1
        now = self.clock.at
        message = Message(
            f"{self.name}-{self.sends}",
            body,
            now,
            now + timedelta(seconds=delay),
            group,
            attributes,
        )
        if self.sends == self.overtaken:
            message.visible_at = now + HELD
        self.messages.append(message)
        return message.id

    def receive(self, most: int) -> list[Message]:
        """Up to `most` visible messages, now hidden. FIFO: each group in order, and no group of
        which a message is hidden. One received too often goes to the dead letters."""
        found: list[Message] = []
        busy: set[str] = set()
        for message in list(self.messages):
            if message.visible_at > self.clock.at:
                busy.add(message.group)
            elif not (self.fifo and message.group in busy) and len(found) < most:
                if self.dead_letters and message.received >= self.receives:
                    self.messages.remove(message)
                    self.dead_letters.messages.append(message)
                    continue
                message.received += 1
                message.visible_at = self.clock.at + self.visibility
                found.append(message)
        return found

    def delete(self, message: Message) -> None:
        if message in self.messages:
            self.messages.remove(message)
            self._let_go()

    def next_at(self) -> datetime | None:
        """When a hidden message is seen again."""
        hidden = (m for m in self.messages if m.visible_at > self.clock.at)
        return min((m.visible_at for m in hidden if not _is_held(m, self.clock)), default=None)

    def _let_go(self) -> None:
        """Once another message went by, the one that was overtaken comes."""
        for message in self.messages:
            if _is_held(message, self.clock):
                message.visible_at = self.clock.at

    def let_go(self) -> bool:
        """Nothing overtook it after all."""
        held = [m for m in self.messages if _is_held(m, self.clock)]
        self._let_go()
        return bool(held)


def _is_held(message: Message, clock: MemoryClock) -> bool:
    return message.visible_at > clock.at + HELD / 2


@dataclass
class SQS:
    """The client."""

    queues: dict[str, Queue]  # by URL

    def send_message(
        self,
        *,
        QueueUrl: str,
        MessageBody: str,
        DelaySeconds: int = 0,
        MessageGroupId: str = "",
        MessageDeduplicationId: str = "",
        MessageAttributes: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        queue = self._queue(QueueUrl)
        _allowed("SendMessage", queue, DelaySeconds, MessageGroupId, MessageDeduplicationId)
        sent = queue.send(
            MessageBody,
            delay=DelaySeconds,
            group=MessageGroupId,
            id_=MessageDeduplicationId,
            **MessageAttributes or {},
        )
        return {"MessageId": sent}

    def send_message_batch(
        self,
        *,
        QueueUrl: str,
        Entries: list[dict[str, Any]],
    ) -> dict[str, Any]:
        if not 0 < len(Entries) <= MOST_IN_A_BATCH:
            raise NotFaked(f"a batch of {len(Entries)}")
        sent = []
        for entry in Entries:
            rest = {name: value for name, value in entry.items() if name != "Id"}
            sent.append({"Id": entry["Id"], **self.send_message(QueueUrl=QueueUrl, **rest)})
        return {"Successful": sent}

    def _queue(self, url: str) -> Queue:
        if url not in self.queues:
            raise NotFaked(f"a queue at {url!r}")
        return self.queues[url]


def _allowed(operation: str, queue: Queue, delay: int, group: str, id_: str) -> None:
    if not 0 <= delay <= MOST_DELAY:
        raise refusal(
            operation,
            "InvalidParameterValue",
            f"Value {delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be "
            f">= 0 and <= {MOST_DELAY}.",
        )
    if queue.fifo and not group:
        raise refusal(
            operation,
            "MissingParameter",
            "The request must contain the parameter MessageGroupId.",
        )
    if queue.fifo and not id_ and not queue.by_content:
        raise refusal(
            operation,
            "InvalidParameterValue",
            "The queue should either have ContentBasedDeduplication enabled or "
            "MessageDeduplicationId provided explicitly",
        )
    if queue.fifo and delay:
        raise NotFaked("a delay of one message in a FIFO queue")
    if not queue.fifo and id_:
        raise NotFaked("a deduplication id in a standard queue")
