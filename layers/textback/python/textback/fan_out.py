"""From the due indexes to the wake queue, once a minute, at each line's rate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from textback.domain.due import end_of
from textback.domain.playbook import Line, Paused
from textback.errors import LostRace, UnreadableLine
from textback.ports import Clock, Due, DueIndex, Lines, Pacing, WakeQueue, WakeUp

# What one run hands over lasts until the next one, also when that begins late.
WINDOW = timedelta(seconds=75)
AGAIN_AFTER = timedelta(minutes=10)  # then what is still due was handed over in vain
SWEEP_AGAIN = 2 * AGAIN_AFTER  # then a sweep that has come to its end begins anew
SWEEP_SHARE = 0.5  # of the budget at the most: what never goes away holds up nothing new
AT_ONCE = 100  # pointers in one message: as many turns as one invocation takes in its time
MOST_AT_ONCE = 10_000  # a run; the rest waits a minute


@dataclass(frozen=True, slots=True)
class FanOut:
    lines: Lines
    index: DueIndex
    wake: WakeQueue
    clock: Clock

    def run(self) -> int:
        """Hand over what is due; how many pointers. A line that fails holds up no other: the
        failures are raised together at the end."""
        handed_over = 0
        failed: list[Exception] = []
        for line in self.lines.all():
            if isinstance(line, UnreadableLine):
                failed.append(line)
                continue
            try:
                handed_over += self._line(line)
            except Exception as error:  # noqa: BLE001 - raised below
                failed.append(error)
        if failed:
            raise ExceptionGroup("lines whose reminders could not be handed over", failed)
        return handed_over

    def _line(self, line: Line) -> int:
        now = self.clock.now()
        at_once = self.index.now(line.number, end_of(now), MOST_AT_ONCE)
        self.wake.hand_over(
            WakeUp(tuple(at_once[n : n + AT_ONCE])) for n in range(0, len(at_once), AT_ONCE)
        )
        if line.pause(Paused.REMINDERS, now):
            return len(at_once)  # what is due stays in the index, where it can still be withdrawn
        try:
            return len(at_once) + self._paced(line, now)
        except LostRace:
            return len(at_once)  # another run has this stretch

    def _paced(self, line: Line, now: datetime) -> int:
        """Take a stretch of the index first, then hand it over: two runs at once cannot both have
        it, and what a crash in between leaves behind the sweep brings up again."""
        before = self.index.pacing(line.number)
        rate = line.playbook.parts_per_second * (1 - line.playbook.kept_for_replies)
        start = max(now, before.paced_until or now)
        budget = round((now + WINDOW - start).total_seconds() * rate, 3)
        if budget <= 0:
            return 0
        stuck, pacing = self._sweep(before, now, budget * SWEEP_SHARE)
        fresh = self._fresh(pacing, now, budget - _parts(stuck))
        due = [*stuck, *fresh]
        if due:
            pacing = _stretched(
                pacing,
                now,
                cursor=fresh[-1].at if fresh else pacing.cursor,
                paced_until=start + timedelta(seconds=_parts(due) / rate),
            )
        if pacing != before:
            self.index.take(pacing)
        self.wake.hand_over(spread(due, rate, (start - now).total_seconds()))
        return len(due)

    def _fresh(self, pacing: Pacing, now: datetime, budget: float) -> list[Due]:
        """What came due behind the cursor."""
        if budget <= 0:
            return []
        most = ceil(budget)
        return within(self.index.paced(pacing.line, pacing.cursor, end_of(now), most), budget)

    def _sweep(self, pacing: Pacing, now: datetime, budget: float) -> tuple[list[Due], Pacing]:
        """What was handed over long enough ago and is due still, from where the last sweep stopped.
        Each minute's stretch is looked at when its time has come; what does not go away even then
        comes up again when the next sweep begins."""
        until = max((c for at, c in pacing.stretches if now - at >= AGAIN_AFTER), default="")
        since = pacing.sweeps_since or now
        is_through = pacing.swept >= until
        if is_through and now - since < SWEEP_AGAIN:
            return [], pacing
        if is_through:
            pacing, since = replace(pacing, swept=""), now
        most = ceil(budget)
        found = self.index.paced(pacing.line, pacing.swept, until, most)
        stuck = within(found, budget)
        is_through = len(stuck) == len(found) < most
        swept = until if is_through else stuck[-1].at
        return stuck, replace(pacing, swept=swept, sweeps_since=since)


def _parts(due: Sequence[Due]) -> int:
    return sum(one.parts for one in due)


def _stretched(pacing: Pacing, now: datetime, cursor: str, paced_until: datetime) -> Pacing:
    """The pacing after this minute: of the older stretches only the newest can still matter."""
    old = [s for s in pacing.stretches if now - s[0] >= AGAIN_AFTER][-1:]
    recent = [s for s in pacing.stretches if now - s[0] < AGAIN_AFTER]
    return replace(
        pacing,
        cursor=cursor,
        paced_until=paced_until,
        stretches=(*old, *recent, (now, cursor)),
    )


def within(due: Sequence[Due], budget: float) -> list[Due]:
    """As many of the first as use up the budget of parts. The last may run over it: the next run
    then begins the later for it, and no part of the rate is left unused."""
    taken: list[Due] = []
    parts = 0
    for one in due:
        if parts >= budget:
            break
        parts += one.parts
        taken.append(one)
    return taken


def spread(due: Sequence[Due], rate: float, first: float) -> Iterator[WakeUp]:
    """Messages for each second, with what may begin to be sent in it; SQS delays by whole ones."""
    second: list[Due] = []
    delay, ahead = int(first), 0
    for one in due:
        begins = int(first + ahead / rate)
        if second and (begins > delay or len(second) == AT_ONCE):
            yield WakeUp(tuple(second), delay)
            second = []
        delay, ahead = begins, ahead + one.parts
        second.append(one)
    if second:
        yield WakeUp(tuple(second), delay)
