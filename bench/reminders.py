"""Reminders that come due at once, from the due index to their texts: what finding them and handing
them over asks of AWS, and whether each goes out exactly once, whatever dies.

The fan-out, the turns and the texts are the product's own; the table and the queues are in this
process (bench/metered.py), and so is the clock.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from math import ceil, log10

from textback.domain.due import end_of

from bench.metered import MOST_IN_A_BATCH, PAGE, Meter, metered, size_of
from bench.naive import CURSOR, NaiveFanOut
from bench.practice import Practice
from bench.rounds import interleaved_by
from bench.row import Row
from tests.faults.calls import Died
from tests.faults.stack import settings_of
from tests.support.samples import NOW

MILLION = 1_000_000
STORED, DUE = 100_000, 20_000
FEWER_STORED, FEWER_DUE = STORED // 10, DUE // 10
FAST = 400  # parts a second: then two minutes do for all that is due
VETTED = 20  # a usual 10DLC line, whose fan-outs hand over little each
ROUNDS = 5
SMALL = 60  # due where the fan-out is killed at every call
SLOW = 2  # parts a second: then a minute does for these
SETTLES = 45  # minutes in which a sweep has found what was lost


def rows() -> Iterator[Row]:
    few, many = Practice(FEWER_STORED, FEWER_DUE, FAST), Practice(STORED, DUE, FAST)
    few_of_many = Practice(STORED, FEWER_DUE, FAST)
    for practice in (few, few_of_many, many):
        practice.hand_all_over()
    naive = naively(few)
    yield Row(
        "fan-out, requests a million due",
        many.meter.requests / DUE * MILLION,
        "requests",
        target=20_000,
        floor=fewest(many) / DUE * MILLION,
        naive=naive.requests / FEWER_DUE * MILLION,
    )
    vetted = Practice(FEWER_STORED, FEWER_DUE, VETTED)
    vetted.hand_all_over()
    yield Row(
        f"fan-out, the same at {VETTED} parts a second",
        vetted.meter.requests / FEWER_DUE * MILLION,
        "requests",
        target=20_000,
        floor=fewest(many) / DUE * MILLION,
        naive=naive.requests / FEWER_DUE * MILLION,
    )
    yield Row(
        "fan-out, growth of requests with what is due",
        exponent(few_of_many.meter.requests, many.meter.requests),
        "exponent",
        target=1.05,
        naive=exponent(naive.requests, naively(many).requests),
    )
    yield Row(
        "fan-out, growth of CPU with what is due",
        exponent(*interleaved_by(_cpu, [few_of_many, many], ROUNDS)),
        "exponent",
        target=1.05,
        floor=1,
    )
    yield Row(
        "fan-out, growth of reads with what is stored",
        exponent(few.meter.read_units, few_of_many.meter.read_units),
        "exponent",
        target=0,
        floor=0,
        naive=exponent(few.table.stored_units(), few_of_many.table.stored_units()),
    )
    yield from _exactly_once(many)
    yield from _whatever_dies()


def _cpu(practice: Practice) -> float:
    practice.afresh()
    return practice.hand_all_over()


def exponent(few: float, many: float) -> float:
    """How a figure grows when what it is about grows tenfold: 1 is in proportion."""
    return log10(many / few)


def fewest(practice: Practice) -> int:
    """Requests of any design that reads what is due in the index and puts it on a queue: pages and
    messages as full as they can be, and taking the stretch."""
    due = end_of(NOW)
    index = practice.table.indexes["due_paced"]
    shown = [
        {name: value for name, value in item.items() if name in index.shown}
        for item in practice.table.items.values()
        if index.range in item and item[index.range]["S"] <= due
    ]
    size = sum(map(size_of, shown))
    told = sum(len(message.body) for message in practice.queues["WakeQueue"].messages)
    return ceil(size / PAGE) + ceil(told / MOST_IN_A_BATCH) + 1


def naively(practice: Practice) -> Meter:
    """What the obvious fan-out asks for the same."""
    meter = Meter()
    practice.afresh()
    naive_fan_out(practice, meter).run()
    practice.table.drop((CURSOR["pk"], CURSOR["sk"]))
    practice.afresh()
    practice.hand_all_over()
    return meter


def naive_fan_out(practice: Practice, meter: Meter | None = None) -> NaiveFanOut:
    return NaiveFanOut(
        metered("dynamodb", practice.table, meter) if meter else practice.table,
        metered("sqs", practice.sqs, meter) if meter else practice.sqs,
        practice.table.name,
        settings_of("fan_out").wake_queue,
        practice.clock,
    )


def _exactly_once(practice: Practice) -> Iterator[Row]:
    practice.afresh()
    while sum(practice.woken.values()) < practice.due:
        practice.hand_over()
        practice.pass_()
    texts = practice.texts
    yield Row(
        "reminders, wakes each",
        practice.woken.total() / practice.due,
        "wakes",
        target=1.02,
        floor=1,
    )
    yield Row("reminders, lost", practice.due - len(texts), "texts", target=0, floor=0)
    yield Row("reminders, doubled", texts.total() - len(texts), "texts", target=0, floor=0)


@dataclass(frozen=True)
class Ends:
    """How many reminders were lost, and how many went twice, over all the points tried."""

    points: int = 0
    lost: int = 0
    doubled: int = 0

    def __add__(self, other: "Ends") -> "Ends":
        return Ends(
            self.points + other.points, self.lost + other.lost, self.doubled + other.doubled
        )


type Another = Callable[[], object]  # another fan-out, run
type Fault = Callable[[Another], object]
type Story = Callable[[int, Fault], tuple[Counter[str], bool]]


def _whatever_dies() -> Iterator[Row]:
    for fault, name in (
        (die, "fan-out killed between any two calls"),
        (rival, "two fan-outs at once"),
    ):
        value, naive = at_every_call(ours, fault), at_every_call(naives, fault)
        yield Row(f"{name}, lost", value.lost, "texts", target=0, floor=0, naive=naive.lost)
        yield Row(
            f"{name}, doubled", value.doubled, "texts", target=0, floor=0, naive=naive.doubled
        )


def die(_: Another) -> None:
    raise Died


def rival(another: Another) -> None:
    another()


def at_every_call(story: Story, fault: Fault) -> Ends:
    """Let the fault happen before each call of the fan-out that finds the reminders, in a run of
    the story for each."""
    ends = Ends()
    for number in count(1):
        texts, struck = story(number, fault)
        if not struck:
            return ends
        ends += Ends(1, SMALL - len(texts), texts.total() - len(texts))
    raise AssertionError("a fan-out that calls for ever")


def ours(number: int, fault: Fault) -> tuple[Counter[str], bool]:
    """The texts of each phone when the fault happens before this call, and whether it did."""
    practice = Practice(2 * SMALL, SMALL, SLOW)
    meter = _trap(number, fault, practice.fan_out.run)
    with suppress(Died):
        practice.another_fan_out(meter).run()
    for _ in range(SETTLES):
        practice.pass_()
        practice.hand_over()
    practice.pass_()
    return practice.texts, meter.requests >= number


def naives(number: int, fault: Fault) -> tuple[Counter[str], bool]:
    practice = Practice(2 * SMALL, SMALL, SLOW)
    fan_out = naive_fan_out(practice)
    meter = _trap(number, fault, fan_out.run)
    with suppress(Died):
        naive_fan_out(practice, meter).run()
    fan_out.run()
    return practice.handed(), meter.requests >= number  # each of them is a text


def _trap(number: int, fault: Fault, another: Another) -> Meter:
    return Meter(before=lambda call: fault(another) if call == number else None)
