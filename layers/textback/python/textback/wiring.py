"""The composition root: which adapter stands behind which port. Nothing is made before it is
asked for, and then once."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import boto3
from botocore.config import Config

from textback import starting
from textback.adapters.carrier import EndUserMessaging
from textback.adapters.clock import ShiftedClock, SystemClock
from textback.adapters.dynamodb.conversations import DynamoDBConversations
from textback.adapters.dynamodb.due import DynamoDBDueIndex
from textback.adapters.dynamodb.journal import DynamoDBJournal
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.adapters.queues import (
    EventBridgeBus,
    SQSDeadLetters,
    SQSDesk,
    SQSLater,
    SQSWakeQueue,
)
from textback.adapters.reader import LexiconReader
from textback.domain.conversation import Conversation
from textback.domain.identity import conversation_id
from textback.fan_out import FanOut
from textback.performing import Performer
from textback.ports import Clock
from textback.receipts import Receipts
from textback.requesting import Requests
from textback.returning import Returning
from textback.scheduling import Scheduling
from textback.settings import Settings
from textback.turn import Turns
from textback.waking import Waking

# SendTextMessage has no idempotency token: a retried time-out would text a patient twice.
ONE_ATTEMPT = Config(retries={"total_max_attempts": 1}, connect_timeout=3, read_timeout=10)
PATIENT = Config(
    retries={"mode": "standard", "total_max_attempts": 4}, connect_timeout=3, read_timeout=10
)
CARRIER = "pinpoint-sms-voice-v2"


@cache
def _session() -> boto3.Session:
    return boto3.Session()


def aws_client(service: str) -> Any:
    return _session().client(service, config=ONE_ATTEMPT if service == CARRIER else PATIENT)


@dataclass
class Wiring:
    """`client` makes the AWS clients, by service, `pause` waits (seconds); tests give their own,
    and a clock."""

    settings: Settings
    client: Callable[[str], Any] = field(default=aws_client)
    pause: Callable[[float], None] = field(default=time.sleep)
    given_clock: Clock | None = None

    @cached_property
    def _dynamodb(self) -> Any:
        return self.client("dynamodb")

    @cached_property
    def _sqs(self) -> Any:
        return self.client("sqs")

    @cached_property
    def clock(self) -> Clock:
        if self.given_clock:
            return self.given_clock
        if self.settings.local_clock:
            return ShiftedClock(self._dynamodb, self.settings.table)
        return SystemClock()

    @cached_property
    def conversations(self) -> DynamoDBConversations:
        return DynamoDBConversations(self._dynamodb, self.settings.table)

    @cached_property
    def journal(self) -> DynamoDBJournal:
        return DynamoDBJournal(self._dynamodb, self.settings.table)

    @cached_property
    def lines(self) -> DynamoDBLines:
        return DynamoDBLines(self._dynamodb, self.settings.table, self.clock)

    @cached_property
    def turns(self) -> Turns:
        return Turns(self.conversations, self.lines, LexiconReader(), self.clock, self.pause)

    @cached_property
    def scheduling(self) -> Scheduling:
        return Scheduling(self.conversations, self.turns)

    @cached_property
    def performer(self) -> Performer:
        settings = self.settings
        carrier = EndUserMessaging(
            self.client(CARRIER),
            origination=settings.origination,
            configuration_set=settings.configuration_set,
            opt_out_list=settings.opt_out_list,
        )
        return Performer(
            journal=self.journal,
            carrier=carrier,
            desk=SQSDesk(self._sqs, settings.handoff_queue),
            bus=self.bus,
            later=SQSLater(self._sqs, settings.later_queue),
            turns=self.turns,
            clock=self.clock,
            actions_queue=settings.actions_queue,
            pause=self.pause,
        )

    @cached_property
    def receipts(self) -> Receipts:
        return Receipts(self.performer)

    @cached_property
    def returning(self) -> Returning:
        return Returning(self.journal, self.turns, self.clock)

    @cached_property
    def waking(self) -> Waking:
        return Waking(self.turns, self.clock)

    @cached_property
    def index(self) -> DynamoDBDueIndex:
        return DynamoDBDueIndex(self._dynamodb, self.settings.table)

    @cached_property
    def wake(self) -> SQSWakeQueue:
        return SQSWakeQueue(self._sqs, self.settings.wake_queue)

    @cached_property
    def fan_out(self) -> FanOut:
        return FanOut(self.lines, self.index, self.wake, self.clock)

    @cached_property
    def bus(self) -> EventBridgeBus:
        return EventBridgeBus(self.client("events"), self.settings.bus)

    @cached_property
    def requests(self) -> Requests:
        return Requests(
            scheduling=self.scheduling,
            turns=self.turns,
            lines=self.lines,
            visits=self.index,
            wake=self.wake,
            bus=self.bus,
            contact=self.contact,
            region=self.settings.region_of_phones,
        )

    @cached_property
    def dead_letters(self) -> SQSDeadLetters:
        return SQSDeadLetters(self._sqs, self.settings.dead_letters)

    def contact(self, line: str, phone: str) -> Conversation:
        """The conversation between a line and a phone (both E.164), as nobody has had it yet."""
        return Conversation(conversation_id(self.settings.salt, line, phone), line, phone)


@cache
def wiring() -> Wiring:
    """The wiring of this function, from its environment."""
    try:
        settings = Settings.of(os.environ)
        if settings.record_calls:
            from textback.adapters.calls import record  # noqa: PLC0415 - on AWS not even imported

            record(_session())
        return Wiring(settings)
    finally:
        starting.done()
