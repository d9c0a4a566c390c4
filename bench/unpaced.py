"""Reminders sent as fast as they can be: each is a message, taken by whichever of a thousand
workers is free, whose client tries again by itself when the carrier throttles."""

import random
from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from bench.carrier import Bucket

WORKERS = 1_000
CALL = 0.1  # seconds
TRIES = 5  # of boto3 where nothing is set, with a random part of 1, 2, 4, 8 seconds between
VISIBLE_AGAIN = 180  # seconds
MOST_RECEIVED = 5


@dataclass
class Unpaced:
    calls: int = 0
    accepted: int = 0
    dead_letters: int = 0


def unpaced(rate: float, due: int, burst: float = 1.0, seed: int = 1) -> Unpaced:
    """What comes of so many reminders of a part each at a carrier's rate."""
    chance, carrier, told = random.Random(seed), Bucket(rate, burst), Unpaced()  # noqa: S311
    ready = deque([0] * due)  # how often each message was received
    numbers = count()
    # (when, number, received, tried): a worker calls; tried 0: a message is seen again.
    coming = [(0.0, next(numbers), 1, 1) for _ in range(min(WORKERS, due))]
    for _ in coming:
        ready.popleft()
    idle = WORKERS - len(coming)
    while coming:
        at, _, received, tried = heappop(coming)
        if not tried:
            ready.append(received)
        else:
            told.calls += 1
            if carrier.take(at, 1):
                told.accepted += 1
                idle += 1
            elif tried < TRIES:
                again = at + CALL + chance.random() * 2 ** (tried - 1)
                heappush(coming, (again, next(numbers), received, tried + 1))
            else:
                idle += 1
                if received == MOST_RECEIVED:
                    told.dead_letters += 1
                else:
                    heappush(coming, (at + VISIBLE_AGAIN, next(numbers), received, 0))
        while idle and ready:
            idle -= 1
            heappush(coming, (at + CALL, next(numbers), ready.popleft() + 1, 1))
    return told
