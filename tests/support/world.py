"""The whole line in memory, between a carrier, a bus and a desk that can be looked at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from textback.adapters.carrier import OPTED_OUT
from textback.adapters.memory import MemoryClock, MemoryLines, MemoryTable
from textback.adapters.reader import LexiconReader
from textback.contracts.incoming import ClosingIn
from textback.contracts.outgoing import CaseMessage
from textback.contracts.published import PUBLISHED
from textback.domain.effects import News
from textback.domain.ledger import JournalEntry
from textback.errors import OutcomeUnknown, Refused
from textback.fan_out import FanOut
from textback.performing import Performer
from textback.ports import BusEvent, ClosingCall, Due, HandoffMessage, ParkedText, WakeUp
from textback.receipts import Receipts
from textback.requesting import Requests
from textback.returning import Returning
from textback.scheduling import Scheduling
from textback.turn import Turns
from textback.waking import Waking

from tests.support.samples import LINE, blank, line

MINUTE = timedelta(minutes=1)
PATIENCE = 200  # rounds in which all that is due must have happened


def _at_once(_: float) -> None:
    """Nobody waits in a test."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A text that reached the phone."""

    id: str
    phone: str
    body: str
    context: Mapping[str, str]


class AnswerLost(OutcomeUnknown):
    """The carrier took the text, and its answer never came."""


@dataclass(slots=True)
class AirCarrier:
    """A carrier that does what AWS does: it sends whatever it is given, and refuses a number on
    its opt-out list. `trouble` is what the next sends meet."""

    sent: list[Sent] = field(default_factory=list)
    opted_out: set[str] = field(default_factory=set)
    trouble: list[Exception] = field(default_factory=list)

    def send(self, line: str, phone: str, body: str, context: Mapping[str, str]) -> str:  # noqa: ARG002
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble and not isinstance(trouble, AnswerLost):
            raise trouble
        if phone in self.opted_out:
            raise Refused(OPTED_OUT, opted_out=True)
        text = Sent(f"message-{len(self.sent) + 1}", phone, body, context)
        self.sent.append(text)
        if trouble:
            raise trouble
        return text.id

    def block(self, phone: str) -> None:
        self.opted_out.add(phone)

    def unblock(self, phone: str) -> None:
        self.opted_out.discard(phone)


@dataclass(slots=True)
class Outside:
    """The bus, the desk, and the two queues that come back. Bus and desk take what the contracts
    say, and keep one of each id, as whoever reads them does."""

    clock: MemoryClock
    events: dict[object, BusEvent] = field(default_factory=dict)
    cases: dict[str, HandoffMessage] = field(default_factory=dict)
    parked: list[tuple[datetime, ParkedText]] = field(default_factory=list)
    woken: list[tuple[datetime, Due]] = field(default_factory=list)
    called: list[tuple[str, ClosingIn]] = field(default_factory=list)

    def publish(self, events: Sequence[BusEvent]) -> None:
        for event in events:
            PUBLISHED[News(event.name)].model_validate(dict(event.detail))
            self.events.setdefault(event.detail["id"], event)

    def push(self, message: HandoffMessage) -> None:
        CaseMessage.model_validate_json(message.body)
        self.cases.setdefault(message.id, message)

    def park(self, text: ParkedText, delay: int) -> None:
        self.parked.append((self.clock.at + timedelta(seconds=delay), text))

    def hand_over(self, messages: Iterable[WakeUp]) -> None:
        for message in messages:
            due = self.clock.at + timedelta(seconds=message.delay)
            self.woken += [(due, pointer) for pointer in message.pointers]

    def call(self, messages: Iterable[ClosingCall]) -> None:
        for message in messages:
            told = ClosingIn.model_validate(
                {
                    "id": message.closing.id,
                    "from": message.closing.since,
                    "to": message.closing.until,
                    "at": message.at,
                }
            )
            self.called += [(conversation, told) for conversation in message.conversations]


@dataclass
class World:
    """`twice` delivers every message twice and performs every entry twice, as at-least-once
    queues and streams may."""

    at: datetime
    lines: MemoryLines = field(default_factory=lambda: MemoryLines({LINE: line()}))
    twice: bool = False

    def __post_init__(self) -> None:
        self.clock = MemoryClock(self.at)
        self.table = MemoryTable()
        self.carrier = AirCarrier()
        self.outside = Outside(self.clock)
        self.turns = Turns(self.table, self.lines, LexiconReader(), self.clock, pause=_at_once)
        self.performer = Performer(
            journal=self.table,
            carrier=self.carrier,
            desk=self.outside,
            bus=self.outside,
            later=self.outside,
            turns=self.turns,
            clock=self.clock,
            pause=_at_once,
        )
        self.scheduling = Scheduling(self.table, self.turns)
        self.returning = Returning(self.table, self.turns, self.clock)
        self.receipts = Receipts(self.performer)
        self.waking = Waking(self.turns, self.clock)
        self.fan_out = FanOut(self.lines, self.table, self.outside, self.clock)
        self.requests = Requests(
            scheduling=self.scheduling,
            turns=self.turns,
            lines=self.lines,
            visits=self.table,
            wake=self.outside,
            bus=self.outside,
            contact=lambda _, phone: blank(phone),
        )
        self._performed: list[JournalEntry] = []

    def deliver(self, act: Callable[[], object]) -> None:
        """Do what a message wants, as often as it is delivered; then all that comes of it."""
        for _ in range(1 + self.twice):
            act()
        self.settle()

    def settle(self) -> None:
        """Perform every new entry, and hand out what the queues hold that is due by now."""
        for _ in range(PATIENCE):
            if not (self._perform_new() or self._return_parked() or self._wake()):
                return
        raise AssertionError("the line never came to rest")

    def forward(self, by: timedelta) -> None:
        """Let time pass, with a fan-out at every minute that has something due."""
        end = self.clock.at + by
        for _ in range(PATIENCE):
            coming = min((m for m in self._moments() if m <= end), default=None)
            if coming is None:
                self.clock.at = end
                return
            self.clock.at = max(self.clock.at, coming)
            for _ in range(1 + self.twice):
                self.fan_out.run()
            self.settle()
        raise AssertionError("a timer that is due never went")

    def again(self) -> None:
        """Everything that was ever performed comes once more, as after a stream was reset."""
        for entry in self._performed:
            self.performer.perform(entry)
        self.settle()

    def _moments(self) -> Iterable[datetime]:
        """When something is to happen next: parked texts, wake-ups, and the first whole minute
        after a timer comes due, or after it ought to have gone."""
        yield from (due for due, _ in self.outside.parked)
        yield from (due for due, _ in self.outside.woken)
        for id_ in self.table.conversations:
            conversation = self.table.load(id_)
            for timer in conversation.timers if conversation else ():
                after = max(timer.due, self.clock.at + timedelta(milliseconds=1))
                yield after.replace(second=0, microsecond=0) + MINUTE

    def _perform_new(self) -> bool:
        new = self.table.written[len(self._performed) :]
        for key in new:
            entry = self.table.entry(key)  # as it was written: the stream's image of it
            assert entry
            self._performed.append(entry)
            if entry.effects:
                for _ in range(1 + self.twice):
                    self.performer.perform(entry)
        return bool(new)

    def _return_parked(self) -> bool:
        due = [text for at, text in self.outside.parked if at <= self.clock.at]
        self.outside.parked = [p for p in self.outside.parked if p[0] > self.clock.at]
        for text in due * (1 + self.twice):
            self.returning.decide(text.key, text.position)
        return bool(due)

    def _wake(self) -> bool:
        due = [pointer for at, pointer in self.outside.woken if at <= self.clock.at]
        self.outside.woken = [w for w in self.outside.woken if w[0] > self.clock.at]
        for pointer in due * (1 + self.twice):
            self.waking.wake(pointer.conversation, pointer.at)
        called, self.outside.called = self.outside.called, []
        for conversation, closing in called * (1 + self.twice):
            self.waking.close(conversation, closing)
        return bool(due or called)
