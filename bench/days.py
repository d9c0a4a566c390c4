"""A million reminders that come due within a minute, as a line of each rate gets through them in a
day: whether it uses its rate, what the carrier refuses, and that none goes at the wrong time.

`bench/day.py` says what of it is the product's own and what is modelled. At the lower rates a day
cannot hold a million: what is left waits, and what comes late follows its rule.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from textback.domain.playbook import Late

from bench.day import ZONES, Day, Told
from bench.row import Better, Row
from bench.unpaced import Unpaced, unpaced

MILLION = 1_000_000
# A new number, toll-free, vetted, short code; and the seconds of its rate that a carrier lets
# through at once. With one part a second and nothing to spare, every second text would come too
# early by what the queue and the stream vary: a row of its own tells what that costs.
LINES = ((1, 2.0), (3, 1.0), (20, 1.0), (100, 1.0))
ONE_ZONE = ZONES[:1]
SENDING = (Late.SEND, Late.SHORTEN)
FEWEST = 10_000
# Without pacing: as many as take ten thousand seconds, or a million at the highest rate.
UNPACED = tuple((rate, int(rate * 10_000), burst) for rate, burst in LINES)
MIXED, MIXED_RATE = 200_000, 3


DAYS = (
    *(Day(rate, MILLION, ONE_ZONE, SENDING, burst) for rate, burst in LINES),
    Day(1, FEWEST, ONE_ZONE, SENDING),
    Day(MIXED_RATE, MIXED),
)


def rows() -> Iterator[Row]:
    with ProcessPoolExecutor(max_workers=2) as pool:  # each holds a million reminders
        days = list(pool.map(Day.run, DAYS))
        naive = list(pool.map(unpaced, *zip(*UNPACED, strict=True)))
    for (rate, _), told, nobody in zip(LINES, days, naive, strict=False):
        yield from _of_a_line(rate, told, nobody)
    *_, strict, mixed = days
    yield Row(
        "a day at 1/s, a carrier with nothing to spare",
        strict.calls_each,
        "calls a text",
        target=1.02,
        floor=1,
    )
    yield Row(
        f"a day at {MIXED_RATE}/s, four zones, a third dropped when late",
        mixed.utilisation,
        "of the rate",
        target=0.95,
        floor=1,
        better=Better.LARGER,
    )
    yield Row(
        "days, wakes a reminder", max(day.wakes_each for day in days), "wakes", target=1.02, floor=1
    )
    yield Row(
        "days, texts outside their hours",
        sum(day.outside for day in days),
        "texts",
        target=0,
        floor=0,
    )
    yield Row(
        "days, late texts that broke their rule",
        sum(day.unruled for day in days),
        "texts",
        target=0,
        floor=0,
    )


def _of_a_line(rate: float, told: Told, naive: Unpaced) -> Iterator[Row]:
    day = f"a day at {rate}/s"
    yield Row(
        f"{day}, used",
        told.utilisation,
        "of the rate",
        target=0.95,
        floor=1,
        better=Better.LARGER,
    )
    yield Row(
        f"{day}, calls",
        told.calls_each,
        "calls a text",
        target=1.02,
        floor=1,
        naive=naive.calls / naive.accepted,
    )
    yield Row(
        f"{day}, dead letters",
        100 * told.dead_letters / told.woken,
        "% of the due",
        target=0,
        floor=0,
        naive=100 * naive.dead_letters / (naive.dead_letters + naive.accepted),
    )
