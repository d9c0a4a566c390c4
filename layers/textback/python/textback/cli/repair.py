"""`textback repair`: what the journal says is still to be done."""

import argparse
from datetime import timedelta

from textback.cli.commands import Commands
from textback.cli.stacks import add_stack_arguments, find_stack, reaching
from textback.errors import BadInput

SOONEST = 10  # minutes: younger entries may be on their way


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("repair", help="carry out what an outage left undone")
    parser.add_argument(
        "--older-than",
        type=int,
        default=SOONEST,
        metavar="MINUTES",
        help=f"leave younger journal entries alone (default and least: {SOONEST})",
    )
    parser.add_argument("--dry-run", action="store_true", help="only count them")
    add_stack_arguments(parser)
    return parser


def run(arguments: argparse.Namespace) -> int:
    from textback.adapters.clock import ShiftedClock, SystemClock  # noqa: PLC0415 - boto3 is slow
    from textback.repairing import Repair  # noqa: PLC0415

    if arguments.older_than < SOONEST:
        raise BadInput(f"--older-than: {SOONEST} minutes at the least, younger ones are under way")
    stack = find_stack(arguments)
    dynamodb = stack.client("dynamodb")
    clock = ShiftedClock(dynamodb, stack.table) if arguments.local else SystemClock()
    repair = Repair(
        dynamodb, stack.client("lambda"), stack.table, stack.outputs["PerformFunctionName"]
    )
    with reaching("the stack"):
        before = clock.now() - timedelta(minutes=arguments.older_than)
        if arguments.dry_run:
            print(f"{len(repair.undone(before))} journal entries are not done")
            return 0
        repaired = repair.run(before)
    print(f"{repaired.found} journal entries were not done; {repaired.failed} still are not")
    return 1 if repaired.failed else 0
