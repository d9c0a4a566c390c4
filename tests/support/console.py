"""The console, served, on a stack that stands in moto: its functions run only as `fan_out` does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto import mock_aws
from textback.adapters.dynamodb.conversations import DynamoDBConversations
from textback.adapters.dynamodb.due import DynamoDBDueIndex
from textback.adapters.dynamodb.journal import DynamoDBJournal
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.adapters.reader import LexiconReader
from textback.domain.conversation import Conversation
from textback.domain.due import end_of, event_id, instant
from textback.domain.events import Event, TimerFired
from textback.domain.identity import conversation_id
from textback.domain.ledger import EntryKey
from textback.domain.playbook import Paused
from textback.turn import Turns

from console.api import Api
from console.app import Console
from console.aws import Stack
from console.carrier import Carrier
from console.clock import Clock
from console.faults import Faults
from console.phones import Phones
from console.playing import Playing
from tests.integration.serving import ask, served
from tests.support.aws import client, new_table

LINE = "+12065550100"
SALT = "a salt for the tests"


@dataclass(frozen=True)
class StackInMoto(Stack):
    """Moto runs no functions: the fan-out that the console asks for wakes what is due in place, and
    what that decides counts as performed."""

    fanned_out: list[str] = field(default_factory=list)

    def fan_out(self) -> None:
        self.fanned_out.append("once")
        clock = Clock(self.dynamodb, self.table)
        for line in DynamoDBLines(self.dynamodb, self.table, clock).all():
            index, until = DynamoDBDueIndex(self.dynamodb, self.table), end_of(clock.now())
            due = [*index.now(line.number, until, 100)]
            if not line.pause(Paused.REMINDERS, clock.now()):
                due += index.paced(line.number, "", until, 100)
            for one in due:
                self.happen(one.conversation, TimerFired(event_id(one.at), clock.now()))

    def wake(self, phone: str, due: datetime) -> None:
        """Fire what was handed over for a phone before texting was made to stand still."""
        id_ = conversation_id(SALT, LINE, phone)
        self.happen(id_, TimerFired(f"timer:apt-{phone}:three_hours:{instant(due)}", due))

    def happen(self, conversation: Conversation | str, event: Event) -> None:
        """Let an event happen to a conversation, in a turn."""
        blank = (
            Conversation(conversation, "", "") if isinstance(conversation, str) else conversation
        )
        clock = Clock(self.dynamodb, self.table)
        lines = DynamoDBLines(self.dynamodb, self.table, clock)
        conversations = DynamoDBConversations(self.dynamodb, self.table)
        Turns(conversations, lines, LexiconReader(), clock).take(blank, event)
        DynamoDBJournal(self.dynamodb, self.table).done(EntryKey(blank.id, event.id))


@dataclass(frozen=True)
class Setting:
    """The console's address, its API behind it, and the queue that hears topic and bus."""

    address: str
    api: Api
    stack: StackInMoto
    queue: str

    def get(self, path: str) -> tuple[int, Any]:
        return ask(self.address + path)

    def post(self, path: str, body: object) -> tuple[int, Any]:
        return ask(self.address + path, body)

    def heard(self) -> list[dict[str, Any]]:
        """Give what came out of the topic or the bus since the last time."""
        answer = client("sqs").receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in answer.get("Messages", [])]


@contextmanager
def console() -> Iterator[Setting]:
    """Serve it, until the block ends."""
    with mock_aws(), Phones(":memory:") as phones:
        queue = client("sqs").create_queue(QueueName="heard")["QueueUrl"]
        stack = StackInMoto(None, _outputs(queue))
        clock = Clock(stack.dynamodb, stack.table)
        faults = Faults()
        api = Api(stack, phones, clock, faults, Playing(stack, clock), SALT)
        with served(Console(api, Carrier(phones, faults, clock.now)).app()) as address:
            yield Setting(address, api, stack, queue)


def _outputs(queue: str) -> dict[str, str]:
    """Make what the console uses of a stack, with one queue that hears all of it."""
    arn = client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    queue_arn = arn["Attributes"]["QueueArn"]
    topic = client("sns").create_topic(Name="inbound")["TopicArn"]
    client("sns").subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=queue_arn,
        Attributes={"RawMessageDelivery": "true"},
    )
    events = client("events")
    events.create_event_bus(Name="bus")
    events.put_rule(
        Name="all", EventBusName="bus", EventPattern='{"source": [{"anything-but": "textback"}]}'
    )
    events.put_targets(Rule="all", EventBusName="bus", Targets=[{"Id": "queue", "Arn": queue_arn}])
    return {
        "InboundTopicArn": topic,
        "ReceiptsTopicArn": topic,
        "EventBusName": "bus",
        "TableName": new_table(client("dynamodb")),
    }
