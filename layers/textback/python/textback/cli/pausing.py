"""What `textback pause` and `textback resume` share."""

import argparse
import getpass
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from textback.adapters.clock import ShiftedClock, SystemClock
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.cli.stacks import add_stack_arguments, find_stack
from textback.contracts.incoming import ALL_BUT_REPLIES, phone
from textback.domain.playbook import Line, Pause, Paused
from textback.errors import BadInput
from textback.playbooks.durations import duration
from textback.ports import Clock

REGION = "US"
WITHIN = "in force within a minute, also for what is on its way"


def add_pausing_arguments(parser: argparse.ArgumentParser, *, what: Paused | None) -> None:
    parser.add_argument("number", help="the line's number, as +12065550100")
    parser.add_argument(
        "what",
        nargs="?",
        type=_what,
        choices=[kind.value for kind in Paused],
        default=what,
        help=f"reminders, notices, surveys or all ({ALL_BUT_REPLIES}); default: all of them",
    )
    add_stack_arguments(parser)


def pause_until(text: str, now: datetime) -> datetime:
    """A moment with its offset, or so long from now. Raises BadInput."""
    try:
        until = datetime.fromisoformat(text)
    except ValueError:
        return now + _span(text)
    if until.tzinfo is None:
        raise BadInput("--until: give the moment with its offset, as 2026-12-08T06:00:00-08:00")
    if until <= now:
        raise BadInput("--until: that is past; `textback resume` ends a pause")
    return until


@dataclass(frozen=True, slots=True)
class Pausing:
    """The line of a command, and the clock that its stack goes by."""

    number: str
    lines: DynamoDBLines
    clock: Clock

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> "Pausing":
        """Raises BadInput."""
        number = phone(arguments.number, REGION, "number")
        stack = find_stack(arguments)
        client = stack.client("dynamodb")
        clock = ShiftedClock(client, stack.table) if arguments.local else SystemClock()
        return cls(number, DynamoDBLines(client, stack.table, clock), clock)

    def store(self, pauses: Iterable[Pause], now: datetime) -> None:
        """Store them, and tell what stands still then. Raises BadInput."""
        for pause in pauses:
            if not self.lines.pause(self.number, pause):
                raise BadInput(f"{pause.what}: a newer word is stored; look, and try again")
        _tell(self.lines.get(self.number), now)


def who() -> str:
    """Who paused, for the record."""
    try:
        return f"textback pause, {getpass.getuser()}"
    except OSError:  # a container without a name for its user
        return "textback pause"


def _tell(line: Line, now: datetime) -> None:
    """What stands still on the line now."""
    holding = [pause for pause in line.pauses if pause.holds(now)]
    for pause in holding:
        until = pause.until.astimezone() if pause.until else None
        end = f"until {until:%Y-%m-%d %H:%M %Z}" if until else "until further notice"
        kind = ALL_BUT_REPLIES if pause.what is Paused.ALL else pause.what
        print(f"{line.number}: {kind}, {end} ({pause.how or 'nobody said why'})")
    if not holding:
        print(f"{line.number}: nothing stands still")


def _span(text: str) -> timedelta:
    try:
        return duration(text)
    except ValueError:
        raise BadInput(
            "--until: give a moment with its offset, or a duration such as 2 hours"
        ) from None


def _what(text: str) -> str:
    return Paused.ALL if text == ALL_BUT_REPLIES else text
