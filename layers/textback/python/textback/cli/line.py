"""`textback line`: the settings of a line."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from textback.adapters.clock import SystemClock
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.cli.commands import Commands
from textback.cli.lint import EXITS, FAULTY, add_budget_argument
from textback.cli.stacks import add_stack_arguments, find_stack, reaching
from textback.cli.tables import print_table
from textback.contracts.incoming import phone
from textback.domain.phones import region_of
from textback.domain.playbook import Line, Playbook
from textback.errors import UnknownLine, UnreadableLine
from textback.playbooks import DEFAULT, as_yaml, load, plain
from textback.playbooks.faults import FaultyPlaybook
from textback.playbooks.linting import lint

REGION = "US"


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("line", help="list the lines; show or store a line's playbook")
    verbs = parser.add_subparsers(required=True, metavar="verb", dest="verb")
    listing = verbs.add_parser("list", help="list the lines that have a playbook")
    show = verbs.add_parser("show", help="print the playbook that is in force, as `apply` takes it")
    apply = verbs.add_parser(
        "apply", help="store a playbook without faults; in force within a minute", epilog=EXITS
    )
    for verb in (show, apply):
        verb.add_argument("number", help="the line's number, as +12065550100")
    apply.add_argument(
        "playbook", nargs="?", type=Path, default=DEFAULT, help="a YAML file (default: the shipped)"
    )
    apply.add_argument(
        "--region",
        type=_region,
        help="the country of phones that come without one (default: as it is; else the line's own)",
    )
    add_budget_argument(apply)
    for verb in (listing, show, apply):
        add_stack_arguments(verb)
    return parser


def run(arguments: argparse.Namespace) -> int:
    with reaching("the lines"):
        match arguments.verb:
            case "list":
                return _list(_lines(arguments))
            case "show":
                number = phone(arguments.number, REGION, "number")
                print(as_yaml(_lines(arguments).get(number).playbook), end="")
                return 0
            case _:
                return _apply(arguments)


def _apply(arguments: argparse.Namespace) -> int:
    number = phone(arguments.number, arguments.region or REGION, "number")
    try:
        playbook = _faultless(arguments.playbook, arguments.budget)
    except FaultyPlaybook as faulty:
        print(f"textback: nothing is stored: {faulty}", file=sys.stderr)
        return FAULTY
    lines = _lines(arguments)
    before = _stored(lines, number)
    known = before.region if before else region_of(number) or REGION
    line = Line(number, playbook, arguments.region or known)
    if before and line == replace(before, pauses=()):
        print(f"{number} follows this playbook already")
        return 0
    lines.apply(number, playbook, line.region)
    print(f"{number} follows {arguments.playbook.name} within a minute")
    for path in changed(before, line) if before else ():
        print(f"  changed: {path}")
    return 0


def _faultless(path: Path, budget: int) -> Playbook:
    playbook = load(path)
    if faults := lint(playbook, budget).faults:
        raise FaultyPlaybook(path.name, faults)
    return playbook


def _list(lines: DynamoDBLines) -> int:
    found = lines.all()
    rows = [
        (
            line.number,
            line.playbook.practice,
            ", ".join(line.playbook.wordings),
            ", ".join(step.name for step in line.playbook.cadence),
            line.playbook.zone,
            line.region,
        )
        for line in found
        if isinstance(line, Line)
    ]
    unreadable = [line.number for line in found if isinstance(line, UnreadableLine)]
    if rows:
        print_table(("number", "practice", "languages", "cadence", "zone", "region"), rows)
    if not found:
        print("no line has a playbook; store one with `textback line apply`", file=sys.stderr)
    for number in unreadable:
        print(f"{number}: its playbook cannot be read; apply it anew", file=sys.stderr)
    return 1 if unreadable else 0


def _lines(arguments: argparse.Namespace) -> DynamoDBLines:
    stack = find_stack(arguments)
    return DynamoDBLines(stack.client("dynamodb"), stack.table, SystemClock())


def _stored(lines: DynamoDBLines, number: str) -> Line | None:
    try:
        return lines.get(number)
    except UnknownLine:
        return None


def changed(before: Line, after: Line) -> Iterator[str]:
    """The settings that differ, by their paths."""
    return _differing(_settings(before), _settings(after))


def _settings(line: Line) -> dict[str, Any]:
    return plain(line.playbook) | {"region": line.region}


def _differing(before: Any, after: Any, path: str = "") -> Iterator[str]:
    both = isinstance(before, dict) and isinstance(after, dict)
    # Days that are alike stand together, so other groups of days are other hours as a whole.
    if both and (path != "hours" or before.keys() == after.keys()):
        for name in sorted(before.keys() | after.keys()):
            yield from _differing(before.get(name), after.get(name), f"{path}.{name}".strip("."))
    elif before != after:
        yield path


def _region(text: str) -> str:
    if len(text) != 2 or not text.isalpha():  # noqa: PLR2004 - ISO 3166 has two letters
        raise ValueError
    return text.upper()
