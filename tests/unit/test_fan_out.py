"""The fan-out: at the line's rate, each stretch by one run, nothing lost and nothing twice."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textback.adapters.memory import MemoryClock, MemoryLines
from textback.domain.due import instant
from textback.domain.events import AppointmentScheduled
from textback.domain.playbook import Line
from textback.errors import LostRace
from textback.fan_out import AGAIN_AFTER, AT_ONCE, WINDOW, FanOut, spread, within
from textback.ports import Due, Pacing, WakeUp

from tests.support.samples import LINE, NOW, blank, line, visit
from tests.support.world import World

MINUTE = timedelta(minutes=1)
RATES = [1, 3, 20, 100]  # parts per second: a new number, toll-free, vetted, short code


@dataclass
class Backlog:
    """A due index by hand, and whatever is to happen just before a stretch is taken."""

    due: list[Due] = field(default_factory=list)
    at_once: list[Due] = field(default_factory=list)
    kept: Pacing = field(default_factory=lambda: Pacing(LINE))
    before_take: Callable[[], object] | None = None

    def now(self, line: str, until: str, limit: int) -> Sequence[Due]:
        return [d for d in self.at_once if line == LINE and d.at <= until][:limit]

    def paced(self, line: str, after: str, until: str, limit: int) -> Sequence[Due]:
        return [d for d in self.due if line == LINE and after < d.at <= until][:limit]

    def pacing(self, line: str) -> Pacing:
        return self.kept if line == LINE else Pacing(line)

    def take(self, pacing: Pacing) -> None:
        act, self.before_take = self.before_take, None
        if act:
            act()
        if pacing.version != self.kept.version:
            raise LostRace("another run took it")
        self.kept = replace(pacing, version=pacing.version + 1)


class OneLineAway(Backlog):
    def now(self, line: str, until: str, limit: int) -> Sequence[Due]:
        if line != LINE:
            raise ConnectionError("that line's part of the index is away")
        return super().now(line, until, limit)


@dataclass
class Queue:
    """Remembers what it was given, and when each is to be seen."""

    clock: MemoryClock
    messages: list[WakeUp] = field(default_factory=list)
    seen: list[tuple[datetime, Due]] = field(default_factory=list)
    broken: bool = False

    def hand_over(self, messages: Iterable[WakeUp]) -> None:
        some = list(messages)
        if some and self.broken:
            raise ConnectionError("the queue is away")
        self.messages += some
        for message in some:
            at = self.clock.at + timedelta(seconds=message.delay)
            self.seen += [(at, due) for due in message.pointers]


@dataclass
class Minutely:
    """A fan-out, its index and its queue; `by` lets minutes pass, a run in each."""

    rate: float
    backlog: Backlog

    def __post_init__(self) -> None:
        self.clock = MemoryClock(NOW)
        self.queue = Queue(self.clock)
        playbook = replace(line().playbook, parts_per_second=self.rate)
        lines = MemoryLines({LINE: Line(LINE, playbook)})
        self.fan_out = FanOut(lines, self.backlog, self.queue, self.clock)

    def by(self, minutes: int, every: timedelta = MINUTE) -> None:
        for _ in range(minutes):
            self.fan_out.run()
            self.clock.forward(every)

    @property
    def handed(self) -> list[str]:
        return [due.conversation for _, due in self.queue.seen]


def waiting(count: int, parts: int = 1, since: timedelta = timedelta(hours=1)) -> list[Due]:
    """Reminders that came due one behind the other, the last of them not yet long ago."""
    first = NOW - since
    return [
        Due(f"{n:032x}", f"{instant(first + timedelta(milliseconds=n))}#apt-{n}:step", parts)
        for n in range(count)
    ]


def by_second(queue: Queue) -> Counter[datetime]:
    """How many parts are to be sent in each second."""
    parts: Counter[datetime] = Counter()
    for at, due in queue.seen:
        parts[at.replace(microsecond=0)] += due.parts
    return parts


@pytest.mark.parametrize("rate", RATES)
def test_a_backlog_goes_out_at_the_line_s_rate_and_leaves_room_for_replies(rate: int) -> None:
    kept = line().playbook.kept_for_replies
    backlog = Backlog(waiting(int(rate * 60 * 5)))
    minutely = Minutely(rate, backlog)
    minutely.by(4)
    assert max(by_second(minutely.queue).values()) <= rate
    paced = rate * (1 - kept) * (MINUTE * 3 + WINDOW).total_seconds()
    assert len(minutely.handed) == pytest.approx(paced, abs=1)
    assert minutely.handed == [due.conversation for due in backlog.due[: len(minutely.handed)]]


@pytest.mark.parametrize("rate", RATES)
def test_a_text_of_several_parts_counts_all_of_them(rate: int) -> None:
    minutely = Minutely(rate, Backlog(waiting(rate * 60 * 2, parts=3)))
    minutely.by(3)
    sent = sum(due.parts for _, due in minutely.queue.seen)
    paced = rate * 0.8 * (MINUTE * 2 + WINDOW).total_seconds()
    assert paced - 1 <= sent < paced + 3, "the last one may run over, and nothing is left unused"
    assert max(by_second(minutely.queue).values()) <= rate * 0.8 + 3


def test_runs_that_come_early_or_late_keep_the_rate() -> None:
    for every in (timedelta(seconds=40), timedelta(seconds=59), timedelta(seconds=95)):
        minutely = Minutely(3, Backlog(waiting(3_000)))
        minutely.by(6, every)
        assert max(by_second(minutely.queue).values()) <= 3
        assert len(minutely.handed) == len(set(minutely.handed))


def test_a_run_that_comes_late_leaves_the_line_nothing_to_wait_for() -> None:
    minutely = Minutely(3, Backlog(waiting(3_000)))
    for late in (0, 10, 0, 15, 3):
        minutely.by(1, MINUTE + timedelta(seconds=late))
    went = (minutely.clock.at - MINUTE - timedelta(seconds=3) + WINDOW - NOW).total_seconds()
    assert len(minutely.handed) == pytest.approx(3 * 0.8 * went, abs=1)
    assert max(by_second(minutely.queue).values()) <= 3


def test_a_slow_line_sends_what_it_may() -> None:
    """2,000 a day, as some carriers allow a new brand, are one in 43 seconds, and one in 54 where
    some are kept for replies."""
    minutely = Minutely(2_000 / 86_400, Backlog(waiting(100)))
    minutely.by(60)
    assert len(minutely.handed) == pytest.approx((60 * 59 + WINDOW.total_seconds()) / 54, abs=1)


def test_a_text_longer_than_a_minute_s_worth_goes_by_itself() -> None:
    minutely = Minutely(0.1, Backlog(waiting(2, parts=6)))
    minutely.by(1)
    assert len(minutely.handed) == 1
    minutely.by(2)
    assert len(minutely.handed) == 2


def test_what_is_not_due_yet_waits() -> None:
    soon = waiting(3, since=timedelta(milliseconds=1))  # due just before, at, and just after now
    minutely = Minutely(20, Backlog(soon))
    minutely.fan_out.run()
    assert minutely.handed == [due.conversation for due in soon[:2]]
    minutely.clock.forward(timedelta(milliseconds=1))
    minutely.fan_out.run()
    assert minutely.handed == [due.conversation for due in soon]


def test_two_runs_at_once_do_not_both_have_the_same_stretch() -> None:
    backlog = Backlog(waiting(100))
    minutely = Minutely(1, backlog)
    backlog.before_take = minutely.fan_out.run
    assert minutely.fan_out.run() == 0, "the one that came second has none of it"
    assert minutely.handed == [due.conversation for due in backlog.due[:60]]


def test_one_run_that_is_done_twice_has_nothing_to_do_the_second_time() -> None:
    minutely = Minutely(1, Backlog(waiting(100)))
    minutely.fan_out.run()
    once = list(minutely.handed)
    assert minutely.fan_out.run() == 0
    assert minutely.handed == once


def test_what_a_crash_left_behind_is_handed_over_by_a_later_sweep() -> None:
    """The stretch is taken, and then the queue is away: nobody has what is in it."""
    lost = waiting(10)
    minutely = Minutely(1, Backlog(lost))
    minutely.queue.broken = True
    with pytest.RaisesGroup(ConnectionError):
        minutely.fan_out.run()
    minutely.queue.broken = False
    minutely.clock.forward(MINUTE)
    minutely.by(9)
    assert minutely.handed == []
    minutely.by(12)
    assert minutely.handed[:10] == [due.conversation for due in lost]


def test_what_was_handed_over_is_left_in_peace_for_a_while() -> None:
    """Its wake-up is under way; the sweep is for what went astray."""
    minutely = Minutely(1, Backlog(waiting(5)))
    minutely.by(int(AGAIN_AFTER / MINUTE))
    assert len(minutely.handed) == 5


def test_a_sweep_begins_nothing_anew_that_is_under_way() -> None:
    astray, later = waiting(1)[0], Due("later", f"{instant(NOW + MINUTE * 15)}#apt:step")
    minutely = Minutely(1, Backlog([astray, later]))
    minutely.by(25)
    assert Counter(minutely.handed) == {astray.conversation: 2, "later": 1}


def test_what_never_goes_away_does_not_keep_the_rest_from_going() -> None:
    """Forty-eight conversations that fail for ever are a minute's worth of this line."""
    astray = waiting(48)
    fresh = [Due(f"fresh-{n}", f"{instant(NOW + MINUTE * n)}#apt:step") for n in range(60)]
    minutely = Minutely(1, Backlog(astray + fresh))
    minutely.by(70)
    assert {due.conversation for due in fresh} <= set(minutely.handed)


def test_a_line_that_fails_holds_up_no_other() -> None:
    """What is wrong with one practice's line is not another's trouble."""
    minutely = Minutely(1, OneLineAway(waiting(3)))
    other = "+12065550199"
    lines = MemoryLines({other: Line(other, line().playbook), LINE: line()})
    with pytest.RaisesGroup(ConnectionError):
        replace(minutely.fan_out, lines=lines).run()
    assert len(minutely.handed) == 3


def test_timers_that_cannot_wait_are_all_handed_over_at_once() -> None:
    due = waiting(2 * AT_ONCE + 1)
    minutely = Minutely(1, Backlog(at_once=due))
    assert minutely.fan_out.run() == len(due)
    assert [len(m.pointers) for m in minutely.queue.messages] == [AT_ONCE, AT_ONCE, 1]
    assert {message.delay for message in minutely.queue.messages} == {0}


def test_a_reminder_is_woken_for_once() -> None:
    """From the index over the queue to the turn that takes it off the index."""
    world = World(NOW)
    count = 40
    for n in range(count):
        start = NOW + timedelta(days=3, minutes=n)
        book(world, f"+1206555{n:04}", f"apt-{n}", start)
    woken: list[str] = []
    hand_over = world.outside.hand_over

    def watch(messages: Iterable[WakeUp]) -> None:
        some = list(messages)
        woken.extend(due.conversation for message in some for due in message.pointers)
        hand_over(some)

    fan_out = FanOut(world.lines, world.table, Watched(watch), world.clock)
    world.fan_out = fan_out
    world.forward(timedelta(days=1, hours=2))
    assert Counter(woken) == Counter(set(woken))
    assert len(woken) == len(world.carrier.sent) == count


@dataclass
class Watched:
    watch: Callable[[Iterable[WakeUp]], None]

    def hand_over(self, messages: Iterable[WakeUp]) -> None:
        self.watch(messages)


def book(world: World, phone: str, id_: str, start: datetime) -> None:
    event = AppointmentScheduled(f"bus:{id_}", world.clock.at, visit(id_, start=start))
    world.deliver(lambda: world.scheduling.scheduled(blank(phone), event))


dues = st.lists(st.integers(1, 10), max_size=60).map(
    lambda parts: [Due(f"{n:032x}", f"{n:05}", p) for n, p in enumerate(parts)]
)


@given(due=dues, rate=st.floats(0.02, 200), first=st.floats(0, 59))
def test_spreading_keeps_order_and_rate(due: list[Due], rate: float, first: float) -> None:
    messages = list(spread(due, rate, first))
    assert [one for message in messages for one in message.pointers] == due
    delays = [message.delay for message in messages]
    assert delays == sorted(set(delays)), "one message a second"
    most = max((one.parts for one in due), default=0)
    for message in messages:
        assert message.pointers
        assert sum(one.parts for one in message.pointers) < rate + most + 1e-6
    for n, message in enumerate(messages):  # nobody goes before what is ahead is through
        ahead = sum(one.parts for m in messages[:n] for one in m.pointers)
        assert message.delay <= first + ahead / rate + 1e-6 < message.delay + 1 + 1e-6


@given(due=dues, budget=st.floats(0.01, 100))
def test_a_budget_is_used_up_and_only_the_last_text_runs_over_it(
    due: list[Due], budget: float
) -> None:
    taken = within(due, budget)
    assert taken == due[: len(taken)]
    assert sum(one.parts for one in taken[:-1]) < budget
    assert len(taken) == len(due) or sum(one.parts for one in taken) >= budget
