"""A practice with many contacts, of whom some have a reminder due at this very minute: the product
itself, from the due index to the text, over a table and queues in this process."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any

from textback.adapters.dynamodb import items
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.contracts.incoming import WakeIn, read
from textback.domain.conversation import Timer
from textback.domain.events import AppointmentScheduled
from textback.domain.playbook import Line
from textback.domain.step import step
from textback.fan_out import FanOut
from textback.playbooks import load
from textback.wiring import CARRIER, Wiring

from bench.metered import Meter, MeteredTable, metered
from tests.faults.outside import Carrier
from tests.faults.queues import SQS, Queue
from tests.faults.stack import new_queues, new_table, settings_of
from tests.support.samples import LINE, NOW, blank, clock, visit

MINUTE = timedelta(minutes=1)
STEP = "two_days"
LEAD = timedelta(days=2)
NEXT = timedelta(hours=1)  # then the first of those that are not due yet comes due
APART = timedelta(seconds=30)


@cache
def contact(number: int, wait: timedelta) -> items.Item:
    """The stored conversation of a contact whose reminder is due in so long."""
    id_, phone = f"apt-{number:06}", f"+1206{number:07}"
    timer = replace(_timer(), id=f"{id_}:{STEP}", about=id_, due=NOW + wait)
    return items.conversation_item(
        replace(
            blank(phone),
            version=1,
            zone="America/Los_Angeles",
            appointments=(visit(id_, start=NOW + LEAD + wait),),
            timers=(timer,),
        )
    )


@cache
def _timer() -> Timer:
    """The reminder that a booking plans, so that its parts are those of its text."""
    booked = AppointmentScheduled("bus:1", NOW, visit(start=NOW + LEAD + MINUTE))
    planned = step(blank(), booked, NOW, Line(LINE, load())).conversation
    return next(timer for timer in planned.timers if timer.step == STEP)


@dataclass
class Practice:
    """`rate` is the line's, in parts a second. The fan-out's calls go through real clients and are
    metered; what follows asks the table and the queues directly."""

    stored: int
    due: int
    rate: float
    meter: Meter = field(default_factory=Meter)

    def __post_init__(self) -> None:
        self.clock = clock()
        plain = new_table()
        self.table = MeteredTable(plain.name, plain.indexes)
        self.queues = new_queues(self.clock)
        self.carrier = Carrier(self.clock, {LINE}, "OptOutList", receipts_arrive=False)
        self.woken: Counter[str] = Counter()  # how often each reminder was handed over
        self.sqs = SQS({queue.url: queue for queue in self.queues.values()})
        self.fan_out = self.another_fan_out(self.meter)
        nobody = object()  # a reminder says nothing to the bus
        backends = {
            "dynamodb": self.table,
            "sqs": self.sqs,
            "events": nobody,
            CARRIER: self.carrier,
        }
        self._turns = Wiring(settings_of("wake"), backends.__getitem__, given_clock=self.clock)
        self._texts = Wiring(settings_of("perform"), backends.__getitem__, given_clock=self.clock)
        playbook = replace(load(), parts_per_second=self.rate)
        DynamoDBLines(self.table, plain.name, self.clock).apply(LINE, playbook)
        for number in range(self.stored):
            wait = timedelta() if number < self.due else NEXT + number * APART
            self.table.store(contact(number, wait))
        self._performed = len(self.table.changes)

    def another_fan_out(self, meter: Meter) -> FanOut:
        """The function in another execution environment."""
        clients: Mapping[str, Any] = {
            "dynamodb": metered("dynamodb", self.table, meter),
            "sqs": metered("sqs", self.sqs, meter),
        }
        settings = settings_of("fan_out")
        return Wiring(settings, clients.__getitem__, given_clock=self.clock).fan_out

    def hand_over(self, fan_out: FanOut | None = None) -> float:
        """Run the fan-out once; the CPU seconds that it took."""
        self.table.meter = self.meter
        before = time.process_time()
        try:
            (fan_out or self.fan_out).run()
        finally:
            self.table.meter = Meter()
        return time.process_time() - before

    def pass_(self, by: timedelta = MINUTE) -> None:
        """Let time pass. Whatever the queues show in it is done: turns, and the texts of them."""
        end = self.clock.at + by
        while True:
            while self._wake() or self._perform():
                pass
            coming = self._wake_queue.next_at()
            if coming is None or coming > end:
                self.clock.at = end
                return
            self.clock.at = coming

    def hand_all_over(self) -> float:
        """Only the fan-out, minute by minute, until it has nothing new; the CPU seconds of it."""
        used = 0.0
        while sum(self.handed().values()) < self.due:
            used += self.hand_over()
            self.clock.at += MINUTE
        return used

    def afresh(self) -> None:
        """As if nothing had been handed over yet."""
        self.clock.at = NOW
        self._wake_queue.messages.clear()
        self.table.drop((f"pacing#{LINE}", "pacing"))
        self.meter.reset()

    def handed(self) -> Counter[str]:
        """How often each conversation stands on the wake queue."""
        bodies = (read(WakeIn, message.body) for message in self._wake_queue.messages)
        return Counter(p["conversation"] for body in bodies for p in body.pointers or ())

    @property
    def texts(self) -> Counter[str]:
        """How many texts each phone got."""
        return Counter(text.phone for text in self.carrier.texts)

    @property
    def dead_letters(self) -> int:
        return len(self.queues["WakeDeadLetters"].messages)

    @property
    def _wake_queue(self) -> Queue:
        return self.queues["WakeQueue"]

    def _wake(self) -> bool:
        messages = self._wake_queue.receive(10)
        for message in messages:
            body = read(WakeIn, message.body)
            self.woken.update(pointer["conversation"] for pointer in body.pointers or ())
            self._turns.waking.hear(body)
            self._wake_queue.delete(message)
        return bool(messages)

    def _perform(self) -> bool:
        new = self.table.changes[self._performed :]
        self._performed += len(new)
        for change in new:
            image = change["dynamodb"]["NewImage"]
            if change["eventName"] == "INSERT" and "todo" in image:
                self._texts.performer.perform(items.entry_of(image))
        return bool(new)
