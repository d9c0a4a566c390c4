"""`textback import`: the appointments of a CSV file or a FHIR Bundle, onto the stack's bus."""

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from textback.adapters.clock import ShiftedClock, SystemClock
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.cli.commands import Commands
from textback.cli.progress import progress
from textback.cli.stacks import Stack, add_stack_arguments, find_stack, reaching
from textback.contracts.incoming import phone
from textback.domain.phones import region_of
from textback.errors import BadInput
from textback.importing.carrying import Bus, Carrying, Tally
from textback.importing.columns import Field
from textback.importing.moments import Manner, Order, Unreadable
from textback.importing.outcomes import Meaning, Reading
from textback.importing.reports import Report, reporting
from textback.importing.rows import A_DAY, Importing, Table
from textback.importing.sources import Kind, Source, opened
from textback.importing.statuses import WORDS, plain

REGION = "US"
EXITS = "exit code: 0 every row taken, 1 some refused, 2 nothing to import or a wrong argument"
SOME_REFUSED = 1
KNOWN = "what the line knows already"


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("import", help="put the appointments of a file onto the bus")
    parser.epilog = EXITS
    parser.add_argument("file", metavar="FILE", help="CSV or a FHIR R4 Bundle; - reads a pipe")
    parser.add_argument("--line", required=True, help="the number that texts, as +12065550100")
    parser.add_argument(
        "--zone", type=_zone, help="where times without an offset are, such as America/New_York"
    )
    parser.add_argument(
        "--dates", type=Order, choices=list(Order), help="which 12/8/2026 is: the month first (mdy)"
    )
    parser.add_argument(
        "--region", help="the country of phones that come without one (default: the line's own)"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help="what a column says; COLUMN= ignores it",
    )
    parser.add_argument(
        "--status",
        action="append",
        default=[],
        metavar="WORD=MEANING",
        help=f"what a word of the status column means: {', '.join(WORDS)}",
    )
    parser.add_argument("--delimiter", help="what stands between values (default: found out)")
    parser.add_argument("--encoding", help="such as cp1252 (default: UTF-8, or as the file's mark)")
    parser.add_argument(
        "--as-of",
        metavar="TIME",
        help="how new the rows are; of two rows of one appointment the newer counts",
    )
    parser.add_argument("--report", type=Path, help="where refused rows go, as CSV to mend")
    parser.add_argument("--dry-run", action="store_true", help="read all, send nothing")
    parser.add_argument("--quiet", action="store_true", help="tell of refused rows only")
    add_stack_arguments(parser)
    return parser


def run(arguments: argparse.Namespace) -> int:
    line = phone(arguments.line, arguments.region or REGION, "--line")
    stack = None if arguments.dry_run else find_stack(arguments)
    now = _now(arguments, stack)
    if stack:
        with reaching("the line"):
            DynamoDBLines(stack.client("dynamodb"), stack.table, SystemClock()).get(line)
    with opened(arguments.file, sys.stdin.buffer, arguments.encoding) as source:
        how = _how(arguments, line, now, source)
        with _read(source, how) as reading:
            _note(reading, quiet=arguments.quiet)
            with reporting(arguments.report, arguments.file, reading.header) as report:
                _carry(arguments, stack, source, reading, report)
    return SOME_REFUSED if report.refused else 0


def _carry(
    arguments: argparse.Namespace,
    stack: Stack | None,
    source: Source,
    reading: Reading,
    report: Report,
) -> None:
    stop, tally = threading.Event(), Tally()
    bus = Bus(stack.client("events"), _bus_of(stack), stop.wait) if stack else None
    try:
        with (
            progress(lambda: (tally.rows, source.share()), quiet=arguments.quiet) as tick,
            reaching("the bus"),
        ):
            carrying = Carrying(bus.put if bus else None, report.add, tick, stop, tally)
            carrying.run(reading.outcomes())
    except BaseException as error:
        _tell_refused(report, arguments)
        why = "interrupted" if isinstance(error, KeyboardInterrupt) else "broken off"
        reached = f"up to line {tally.line}" if tally.line else "before the first row"
        print(
            f"{why} {reached}: {_counted(tally.sent, arguments)}. To import the file again is "
            f"safe: {KNOWN} changes nothing",
            file=sys.stderr,
        )
        raise
    _tell_refused(report, arguments)
    if not arguments.quiet:
        _tell(tally, report, arguments)


def _tell_refused(report: Report, arguments: argparse.Namespace) -> None:
    """Where each stands and what is wrong, never what stood there."""
    for refused in report.first:
        column = f", {refused.column}" if refused.column else ""
        print(f"line {refused.line}{column}: {refused.why}", file=sys.stderr)
    if more := report.refused - len(report.first):
        where = arguments.report or "a file given with --report"
        print(f"and {more:,} more rows: {where} holds them all", file=sys.stderr)


def _tell(tally: Tally, report: Report, arguments: argparse.Namespace) -> None:
    print(f"{_rows(tally.rows)}: {_counted(tally.sent, arguments)}")
    if tally.sent and not arguments.dry_run:
        print(f"{KNOWN} changes nothing")
    for why, number in tally.left_out.items():
        print(f"{_rows(number)} left out: {why}")
    if report.refused:
        where = f": {arguments.report} holds them" if arguments.report else ""
        print(f"{_rows(report.refused)} refused{where}")


def _rows(number: int) -> str:
    return f"{number:,} row{'s' * (number != 1)}"


def _counted(sent: dict[str, int], arguments: argparse.Namespace) -> str:
    """What went onto the bus. Whether the line knew it already, only the line can tell."""
    would = "would send" if arguments.dry_run else "sent"
    counts = [f"{count:,} as {name.removeprefix('appointment.')}" for name, count in sent.items()]
    return f"{would} {', '.join(counts) or 'none'}"


def _note(reading: Reading, *, quiet: bool) -> None:
    if quiet:
        return
    for note in reading.notes:
        print(f"note: {note}", file=sys.stderr)


@contextmanager
def _read(source: Source, how: Importing) -> Iterator[Reading]:
    if source.kind is Kind.BUNDLE:
        from textback.importing.fhir import Feed  # noqa: PLC0415 - slow to import, and few need it

        yield Feed.of(source, how)
        return
    with source.text() as text:
        yield Table.of(text, how)


def _how(arguments: argparse.Namespace, line: str, now: datetime, source: Source) -> Importing:
    manner = Manner(arguments.zone, arguments.dates)
    as_of = source.modified or now
    if arguments.as_of:
        try:
            as_of = manner.moment(arguments.as_of)
        except Unreadable as error:
            raise BadInput(f"--as-of: {error}") from None
    if as_of > now + A_DAY:  # nearer ones are of a clock that is fast
        what = "--as-of" if arguments.as_of else "the time at which the file was last written"
        raise BadInput(f"{what} is in the future: give --as-of, or every later word would be older")
    return Importing(
        line=line,
        region=(arguments.region or region_of(line) or REGION).upper(),
        now=now,
        as_of=as_of,
        told=bool(arguments.as_of),
        manner=manner,
        own_columns=dict(_column(text) for text in arguments.map),
        own_statuses=dict(_status(text) for text in arguments.status),
        delimiter=_delimiter(arguments.delimiter),
    )


def _now(arguments: argparse.Namespace, stack: Stack | None) -> datetime:
    if stack and arguments.local:
        return ShiftedClock(stack.client("dynamodb"), stack.table).now()
    return SystemClock().now()


def _bus_of(stack: Stack) -> str:
    if "EventBusName" not in stack.outputs:
        raise BadInput("the stack has no output EventBusName: is it one of Textback?")
    return stack.outputs["EventBusName"]


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise argparse.ArgumentTypeError("no such zone; one is America/New_York") from None


def _column(text: str) -> tuple[str, Field | None]:
    column, found, name = text.rpartition("=")
    if not found or not column:
        raise BadInput("--map: write it as 'Your column=field'")
    fields = {plain(field): field for field in Field}
    if name and plain(name) not in fields:
        raise BadInput(f"--map: there is no field {name}; there are {', '.join(Field)}")
    return column, fields[plain(name)] if name else None


def _status(text: str) -> tuple[str, Meaning]:
    word, found, meaning = text.rpartition("=")
    if not found or meaning not in WORDS:
        raise BadInput(f"--status: write it as WORD=MEANING, one of {', '.join(WORDS)}")
    return plain(word), WORDS[meaning]


def _delimiter(text: str | None) -> str | None:
    if text is None:
        return None
    sign = {"tab": "\t", "\\t": "\t"}.get(text, text)
    if len(sign) != 1 or sign in '"\r\n ':
        raise BadInput("--delimiter: one character, or tab")
    return sign
