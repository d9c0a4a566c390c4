"""From the due indexes to the wake queue, once a minute, at each line's rate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from textback.domain.due import end_of
from textback.domain.playbook import Line
from textback.errors import LostRace
from textback.ports import Clock, Due, DueIndex, Lines, Pacing, WakeQueue, WakeUp

WINDOW = timedelta(seconds=60)  # what one run hands over: until the next one
AGAIN_AFTER = timedelta(minutes=10)  # then what is still due was handed over in vain
AT_ONCE = 100  # pointers in one message that is not paced
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
        handed_over, failed = 0, []
        for line in self.lines.all():
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
        try:
            return len(at_once) + self._paced(line, now)
        except LostRace:
            return len(at_once)  # another run has this stretch

    def _paced(self, line: Line, now: datetime) -> int:
        """Take a stretch of the index first, then hand it over: two runs at once cannot both have
        it, and what a crash in between leaves behind the sweep brings up again."""
        pacing = self.index.pacing(line.number)
        rate = line.playbook.parts_per_second * (1 - line.playbook.kept_for_replies)
        start = max(now, pacing.paced_until or now)
        budget = int((now + WINDOW - start).total_seconds() * rate)
        if budget < 1:
            return 0
        swept, pacing = self._sweep(pacing, now, budget)
        fresh = self.index.paced(line.number, pacing.cursor, end_of(now), budget - len(swept))
        due = within([*swept, *fresh], budget)
        if not due:
            if pacing.swept_at == now:
                self.index.take(pacing)
            return 0
        new = due[len(swept) :]
        parts = sum(d.parts for d in due)
        self.index.take(
            replace(
                pacing,
                cursor=new[-1].at if new else pacing.cursor,
                paced_until=start + timedelta(seconds=parts / rate),
            )
        )
        self.wake.hand_over(spread(due, rate, (start - now).total_seconds()))
        return len(due)

    def _sweep(self, pacing: Pacing, now: datetime, budget: int) -> tuple[Sequence[Due], Pacing]:
        """What was handed over before the last sweep and is due still, handed over again."""
        if pacing.swept_at is None:
            return (), replace(pacing, swept_at=now)
        if now - pacing.swept_at < AGAIN_AFTER:
            return (), pacing
        stuck = self.index.paced(pacing.line, "", pacing.swept, budget) if pacing.swept else ()
        return stuck, replace(pacing, swept=pacing.cursor, swept_at=now)


def within(due: Sequence[Due], budget: int) -> list[Due]:
    """As many of the first as the budget of parts allows; one text always goes."""
    taken: list[Due] = []
    parts = 0
    for one in due:
        parts += one.parts
        if taken and parts > budget:
            break
        taken.append(one)
    return taken


def spread(due: Sequence[Due], rate: float, first: float) -> Iterator[WakeUp]:
    """A message for each second, with what may begin to be sent in it; SQS delays by whole ones."""
    second: list[Due] = []
    delay, ahead = int(first), 0
    for one in due:
        begins = int(first + ahead / rate)
        if second and begins > delay:
            yield WakeUp(tuple(second), delay)
            second = []
        delay, ahead = begins, ahead + one.parts
        second.append(one)
    if second:
        yield WakeUp(tuple(second), delay)
