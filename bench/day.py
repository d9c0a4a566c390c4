"""A day of a line, on a clock of its own.

What is the product's: the fan-out with its pacing, its sweeps and `spread`, and what becomes of a
reminder and of a text that comes back (`bench/alike.py`). What is modelled here: the index; the
wake queue, of which a message is seen some time after its delay, now and then twice, and whose
turns come one after the other and fail now and then; the stream's delay; the `later` queue; and
the carrier (`bench/carrier.py`). Nobody replies.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count, islice
from zoneinfo import ZoneInfo

from textback.adapters.memory import MemoryClock, MemoryLines
from textback.domain.due import instant
from textback.domain.playbook import Late
from textback.errors import LostRace
from textback.fan_out import FanOut
from textback.ports import ClosingCall, Due, Pacing, WakeUp

from bench.alike import LATE, Deciding, Shape, line
from bench.carrier import Bucket
from bench.places import Places
from tests.support.samples import LINE, NOW

STARTS = NOW.replace(hour=13)  # before the first of the zones comes to its hours
DAY = 86_400
MINUTE = 60
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
LONG_NAMES = 5  # of so many contacts one has a name that makes the reminder two parts
NAMES = ("Ana", "Maximiliana-Alexandra Konstantina")

BEGINS_WITHIN = 3.0  # seconds after its minute: a run of the fan-out
SEEN = (0.02, 0.3)  # seconds from the end of a message's delay to its first turn
TURN = 0.02  # seconds
STREAM = (0.1, 0.4)  # seconds from a turn to its text
TWICE = 0.001  # of the messages come twice
FAILS = 0.0002  # of the turns
VISIBLE_AGAIN = 360  # seconds
ALIKE = 5  # seconds whose decisions are taken as if at once
MOST_RECEIVED = 5
MOST_WAIT = 900  # seconds on `later`
MORE = 2  # minutes at the line's whole rate: with so much due, the next minute cannot run dry


@dataclass
class Index:
    places: Places[Due]
    kept: Pacing = field(default_factory=lambda: Pacing(LINE))

    def now(self, line: str, until: str, limit: int) -> Sequence[Due]:  # noqa: ARG002 - the port's
        return ()

    def paced(self, line: str, after: str, until: str, limit: int) -> Sequence[Due]:  # noqa: ARG002
        return list(islice(self.places.between(after, until), limit))

    def pacing(self, line: str) -> Pacing:  # noqa: ARG002
        return self.kept

    def take(self, pacing: Pacing) -> None:
        if pacing.version != self.kept.version:
            raise LostRace("another run took it")
        self.kept = replace(pacing, version=pacing.version + 1)


@dataclass
class Told:
    """What a day came to."""

    handed_over: int = 0  # pointers
    woken: int = 0  # reminders that were handed over at all
    calls: int = 0  # to the carrier
    accepted: int = 0  # texts
    outside: int = 0  # of them, those that left the line outside the hours of their contact
    unruled: int = 0  # of them, those that came late and do not say what the rule says
    sent: Counter[tuple[Late, bool]] = field(default_factory=Counter)  # by rule, and whether late
    dropped: int = 0  # by their rule
    waits: int = 0  # until the hours begin again
    left: int = 0  # in the index
    dead_letters: int = 0
    used: int = 0  # parts accepted in the minutes that had more due than they could hold
    allowed: float = 0  # parts that the line may have in them for reminders

    @property
    def utilisation(self) -> float:
        return self.used / self.allowed

    @property
    def wakes_each(self) -> float:
        return self.handed_over / self.woken

    @property
    def calls_each(self) -> float:
        """Calls to the carrier for a text that it accepts."""
        return self.calls / self.accepted


@dataclass
class Day:
    """`rate` in parts a second; `due` reminders, each zone's at the same moment."""

    rate: float
    due: int
    zones: Sequence[str] = ZONES
    rules: Sequence[Late] = tuple(Late)
    burst: float = 1.0
    seed: int = 1

    def run(self) -> Told:
        """Live through it."""
        return Course(self).run()


class Course:
    """What happens on a day, from its first minute to its last."""

    def __init__(self, day: Day) -> None:
        self.day, self.told = day, Told()
        self.chance = random.Random(day.seed)  # noqa: S311 - no secret
        self.clock = MemoryClock(STARTS)
        self.line = line(day.rate)
        self.deciding = Deciding(self.line)
        self.carrier = Bucket(day.rate, day.burst)
        self.contacts = self._contacts()
        due = {shape: instant(shape.due) for shape in set(self.contacts)}
        self.placed: list[Due | None] = [
            Due(str(n), f"{due[shape]}#{n:07}", shape.parts)
            for n, shape in enumerate(self.contacts)
        ]
        self.index = Index(Places.of((due.at, due) for due in self.placed if due))
        self.fan_out = FanOut(MemoryLines({LINE: self.line}), self.index, self, self.clock)
        self.accepted_in: Counter[int] = Counter()  # parts, by minute
        self.backlogged: set[int] = set()  # minutes with more due in open hours than they hold
        self.waiting = Counter((shape.zone, shape.due) for shape in self.contacts)
        self._coming: list[tuple[float, int, Callable[[float], object]]] = []
        self._numbers = count()
        self._woken = bytearray(day.due)
        self._is_open: dict[tuple[int, ZoneInfo], bool] = {}

    def run(self) -> Told:
        for minute in range(DAY // MINUTE):
            self._at(minute * MINUTE + self.chance.random() * BEGINS_WITHIN, self._fan_out)
        while self._coming and self._coming[0][0] < DAY:
            at, _, act = heappop(self._coming)
            act(at)
        per_minute = self.day.rate * (1 - self.line.playbook.kept_for_replies) * MINUTE
        self.told.allowed = len(self.backlogged) * per_minute
        self.told.used = sum(self.accepted_in[minute] for minute in self.backlogged)
        self.told.left = len(self.index.places)
        self.told.woken = sum(self._woken)
        return self.told

    def hand_over(self, messages: Iterable[WakeUp]) -> None:
        now = (self.clock.at - STARTS).total_seconds()
        for message in messages:
            self.told.handed_over += len(message.pointers)
            for _ in range(1 + (self.chance.random() < TWICE)):
                seen = now + message.delay + self.chance.uniform(*SEEN)
                self._at(seen, partial(self._wake, message, 1))

    def call(self, messages: Iterable[ClosingCall]) -> None:
        raise NotImplementedError("no practice closes on this day")

    # ----------------------------------------------------------------

    def _contacts(self) -> list[Shape]:
        kinds = [
            self.deciding.first(zone, rule, name)
            for name in NAMES
            for zone in self.day.zones
            for rule in self.day.rules
        ]
        half = len(kinds) // 2
        usual, long = kinds[:half], kinds[half:]
        return [
            (long if n // half % LONG_NAMES == 0 else usual)[n % half] for n in range(self.day.due)
        ]

    def _at(self, moment: float, act: Callable[[float], object]) -> None:
        heappush(self._coming, (moment, next(self._numbers), act))

    def _fan_out(self, at: float) -> None:
        self.clock.at = STARTS + timedelta(seconds=at)
        self._note_backlog(int(at // MINUTE))
        self.fan_out.run()

    def _note_backlog(self, minute: int) -> None:
        """Whether those whom it may go to have more due than this minute can hold."""
        now = self.clock.at
        hours = self.line.playbook.hours
        then = now + timedelta(minutes=1)
        due = sum(
            number
            for (zone, at), number in self.waiting.items()
            if at <= now and number and hours.open_at(now, zone) and hours.open_at(then, zone)
        )
        if due >= MORE * MINUTE * self.day.rate:
            self.backlogged.add(minute)

    def _wake(self, message: WakeUp, received: int, at: float) -> None:
        failed = False
        for n, pointer in enumerate(message.pointers, 1):
            if self.chance.random() < FAILS:
                failed = True
            else:
                self._turn(at + n * TURN, int(pointer.conversation), pointer.at)
        if not failed:
            return
        if received == MOST_RECEIVED:
            self.told.dead_letters += 1
            return
        self._at(at + VISIBLE_AGAIN, partial(self._wake, message, received + 1))

    def _turn(self, at: float, number: int, place: str) -> None:
        due = self.placed[number]
        if due is None or due.at != place:
            return  # it fired before
        self._woken[number] = 1
        self.index.places.drop(place)
        self.placed[number] = None
        shape = self.contacts[number]
        self.waiting[shape.zone, shape.wakes_at or shape.due] -= 1
        self._decided(at, number, shape)

    def _decided(self, at: float, number: int, shape: Shape) -> None:
        """The timer fired, or the text came back."""
        now = STARTS + timedelta(seconds=at // ALIKE * ALIKE)
        shape = self.contacts[number] = self.deciding.decide(shape, now)
        if shape.text:
            sends = at + self.chance.uniform(*STREAM)
            self._at(sends, lambda at: self._send(at, number, shape))
        elif shape.wakes_at:
            place = f"{instant(shape.wakes_at)}#{number:07}"
            self.placed[number] = due = Due(str(number), place, shape.parts)
            self.index.places.put(place, due)
            self.waiting[shape.zone, shape.wakes_at] += 1
            self.told.waits += 1
        else:
            self.told.dropped += 1

    def _send(self, at: float, number: int, shape: Shape) -> None:
        self.told.calls += 1
        if self.carrier.take(at, shape.parts):
            self.accepted_in[int(at // MINUTE)] += shape.parts
            self._note(at, shape)
            return
        attempt = shape.text.attempt if shape.text else 1
        # As the performer parks what was throttled.
        wait = int(min(MOST_WAIT, 2**attempt) * self.chance.uniform(1, 2))
        back = at + min(wait, MOST_WAIT) + self.chance.uniform(*SEEN)
        self._at(back, lambda at: self._decided(at, number, shape))

    def _note(self, at: float, shape: Shape) -> None:
        """Hold a text that was accepted against the hours and the rule of its reminder."""
        told = self.told
        told.accepted += 1
        told.outside += not self._open(int(at), shape.zone)
        is_late = shape.decided_at - shape.due > LATE
        told.sent[shape.rule, is_late] += 1
        match shape.rule:
            case Late.SEND:
                is_right = not shape.is_short
            case Late.SHORTEN:
                is_right = shape.is_short is is_late
            case Late.DROP:
                is_right = not is_late
        told.unruled += not is_right

    def _open(self, second: int, zone: ZoneInfo) -> bool:
        known = self._is_open.get((second, zone))
        if known is None:
            at = STARTS + timedelta(seconds=second)
            known = self._is_open[second, zone] = self.line.playbook.hours.open_at(at, zone)
        return known
