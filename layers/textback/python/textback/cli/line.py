"""`textback line`: the settings of a line."""

import argparse
from pathlib import Path

import yaml

from textback.adapters.clock import SystemClock
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.cli.commands import Commands
from textback.cli.stacks import add_stack_arguments, find_stack
from textback.contracts.incoming import phone
from textback.playbooks import DEFAULT, load, plain


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("line", help="show or store the playbook of a line")
    verbs = parser.add_subparsers(required=True, metavar="verb", dest="verb")
    show = verbs.add_parser("show", help="print the playbook that is in force")
    apply = verbs.add_parser("apply", help="store a playbook; in force within a minute")
    for verb in (show, apply):
        verb.add_argument("number", help="the line's number, as +12065550100")
        verb.add_argument("--region", default="US", help="the country of numbers without one")
        add_stack_arguments(verb)
    apply.add_argument(
        "playbook", nargs="?", type=Path, default=DEFAULT, help="a YAML file (default: the shipped)"
    )
    return parser


def run(arguments: argparse.Namespace) -> int:
    number = phone(arguments.number, arguments.region, "number")
    playbook = load(arguments.playbook) if arguments.verb == "apply" else None
    stack = find_stack(arguments)
    lines = DynamoDBLines(stack.client("dynamodb"), stack.table, SystemClock())
    if playbook:
        lines.apply(number, playbook, arguments.region)
        print(f"{number} follows {arguments.playbook.name} within a minute")
    else:
        settings = plain(lines.get(number).playbook)
        print(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False, width=100), end="")
    return 0
