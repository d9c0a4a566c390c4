"""Dead letters sent back to where they came from, once what killed them is mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

BATCH = 10
UNSEEN = 60  # seconds that a letter stays with us; one that is left comes back after that
REFUSED = "error"  # the attribute of a message that can never be used as it is


@dataclass(frozen=True, slots=True)
class Redriven:
    sent: int
    left: int  # refused for what they say: mend the sender, or ask for them too


@dataclass(frozen=True, slots=True)
class Redrive:
    """By hand and not by StartMessageMoveTask, which moves all or nothing. A letter is sent before
    it is deleted: a crash in between sends it twice, and its event is only taken once."""

    sqs: Any

    def sources(self, dead_letters: str) -> list[str]:
        """The queues whose dead letters these are; none for a queue that holds reports only."""
        try:
            answer = self.sqs.list_dead_letter_source_queues(QueueUrl=dead_letters)
        except ClientError:  # an engine that does not know the question; the queues know the answer
            return self._by_policy(dead_letters)
        found: list[str] = answer["queueUrls"]
        return found

    def _by_policy(self, dead_letters: str) -> list[str]:
        target = self._attribute(dead_letters, "QueueArn")
        pages = self.sqs.get_paginator("list_queues").paginate()
        queues = [queue for page in pages for queue in page.get("QueueUrls", [])]
        return [queue for queue in queues if target in self._attribute(queue, "RedrivePolicy")]

    def _attribute(self, queue: str, name: str) -> str:
        answer = self.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[name])
        attribute: str = answer.get("Attributes", {}).get(name, "")
        return attribute

    def run(self, dead_letters: str, source: str, *, refused_too: bool = False) -> Redriven:
        sent, left = 0, 0
        for letter in self._letters(dead_letters):
            if REFUSED in letter.get("MessageAttributes", {}) and not refused_too:
                left += 1
                continue
            self._send(letter, source)
            self.sqs.delete_message(QueueUrl=dead_letters, ReceiptHandle=letter["ReceiptHandle"])
            sent += 1
        return Redriven(sent, left)

    def _letters(self, dead_letters: str) -> Iterator[dict[str, Any]]:
        """Every letter once, as many as are there now."""
        seen: set[str] = set()
        while True:
            received = self.sqs.receive_message(
                QueueUrl=dead_letters,
                MaxNumberOfMessages=BATCH,
                VisibilityTimeout=UNSEEN,
                WaitTimeSeconds=1,
                MessageAttributeNames=["All"],
                MessageSystemAttributeNames=["All"],
            ).get("Messages", [])
            letters = [letter for letter in received if letter["MessageId"] not in seen]
            if not letters:
                return
            seen.update(letter["MessageId"] for letter in letters)
            yield from letters

    def _send(self, letter: dict[str, Any], source: str) -> None:
        fifo = {}
        if source.endswith(".fifo"):
            fifo = {
                "MessageGroupId": letter["Attributes"]["MessageGroupId"],
                # Its own would be taken for the message that died.
                "MessageDeduplicationId": f"redriven-{letter['MessageId']}",
            }
        attributes = {
            name: {key: value[key] for key in ("DataType", "StringValue") if key in value}
            for name, value in letter.get("MessageAttributes", {}).items()
            if name != REFUSED
        }
        self.sqs.send_message(
            QueueUrl=source, MessageBody=letter["Body"], MessageAttributes=attributes, **fifo
        )
