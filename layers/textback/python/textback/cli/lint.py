"""`textback lint`: whether a playbook is right, and what each of its texts costs at its worst."""

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from textback.cli.commands import Commands
from textback.cli.tables import print_table
from textback.playbooks import DEFAULT, load
from textback.playbooks.faults import Fault, FaultyPlaybook, shown
from textback.playbooks.linting import BUDGET, FOREIGN, Findings, Replaced, Row, lint
from textback.playbooks.model import schema

FAULTY = 1  # exit code for a playbook with faults; what cannot be read at all is the usual 2
EXITS = "exit code: 0 no fault, 1 faults, 2 no such file or a wrong argument"


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("lint", help="check a playbook, and count its texts")
    parser.epilog = EXITS
    parser.add_argument(
        "playbook", nargs="?", type=Path, default=DEFAULT, help="a YAML file (default: the shipped)"
    )
    add_budget_argument(parser)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="all that was found, as JSON")
    shape.add_argument("--schema", action="store_true", help="print the JSON Schema for editors")
    return parser


def add_budget_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--budget", type=_parts, default=BUDGET, help=f"parts a text may cost (default: {BUDGET})"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.schema:
        print(json.dumps(schema(), indent=2, ensure_ascii=False))
        return 0
    try:
        found = lint(load(arguments.playbook), arguments.budget)
    except FaultyPlaybook as faulty:
        found = Findings(rows=(), replaced=(), faults=faulty.faults, warnings=())
    if arguments.json:
        print(json.dumps(_plain(found, arguments), ensure_ascii=False))
    else:
        _tell(found, arguments)
    return FAULTY if found.faults else 0


def _parts(text: str) -> int:
    if (parts := int(text)) < 1:
        raise ValueError
    return parts


def _plain(found: Findings, arguments: argparse.Namespace) -> dict[str, Any]:
    plain = asdict(found)
    plain["rows"] = [row | row.pop("bill") for row in plain["rows"]]
    return {"playbook": arguments.playbook.name, "budget": arguments.budget} | plain


def _tell(found: Findings, arguments: argparse.Namespace) -> None:
    if found.rows:
        columns = ("language", "text", "parts", "characters", "encoding", "because of")
        print_table(columns, [_cells(row, arguments.budget) for row in found.rows])
        print()
    for fault in found.faults:
        print(f"fault: {_placed(fault)}")
    for warning in (*found.warnings, *_together(found.replaced), *_foreign(found, arguments)):
        print(f"warning: {warning}")
    texts = sum(not row.foreign for row in found.rows)
    faults = f"{len(found.faults) or 'no'} fault{'s' * (len(found.faults) != 1)}"
    counted = f"{texts} texts at their longest, {arguments.budget} parts each at most: "
    print(f"{arguments.playbook.name}: {counted if texts else ''}{faults}")


def _cells(row: Row, budget: int) -> tuple[str | int, ...]:
    because = f"{shown(row.bill.unicode_because)} in {row.where}" if row.where else ""
    if row.bill.segments > budget:
        because = f"{because} (over budget)".strip()
    bill = row.bill
    return row.language, row.text, bill.segments, bill.characters, bill.encoding, because


def _placed(fault: Fault) -> str:
    return f"line {fault.line}: {fault}" if fault.line else str(fault)


def _together(replaced: Iterable[Replaced]) -> list[str]:
    places: dict[tuple[str, str], list[str]] = {}
    for one in replaced:
        places.setdefault((one.character, one.by), []).append(one.where)
    return [
        f"{shown(character)} goes out as {_visible(by)}, since GSM-7 lacks it: {', '.join(where)}"
        for (character, by), where in places.items()
    ]


def _visible(by: str) -> str:
    return {"": "nothing", " ": "a space", "\n": "a line break"}.get(by, by)


def _foreign(found: Findings, arguments: argparse.Namespace) -> list[str]:
    over = sum(row.foreign and row.bill.segments > arguments.budget for row in found.rows)
    script = f"with a name in a script that GSM-7 lacks, such as {FOREIGN[0]}"
    return [f"{over} texts cost more than that {script}"] if over else []
