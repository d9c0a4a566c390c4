"""`textback redrive`: dead letters back to their queues."""

import argparse

from textback.cli.commands import Commands
from textback.cli.stacks import Stack, add_stack_arguments, find_stack, reaching
from textback.cli.tables import print_table
from textback.errors import BadInput

SUFFIX = "DeadLetterQueueUrl"  # of the outputs that name dead-letter queues


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("redrive", help="send dead letters back to their queues")
    parser.add_argument(
        "queues", nargs="*", metavar="QUEUE", help="inbound, requests, wake …; all if none is named"
    )
    parser.add_argument(
        "--refused-too",
        action="store_true",
        help="also those with an `error`: they were refused for what they say",
    )
    add_stack_arguments(parser)
    return parser


def run(arguments: argparse.Namespace) -> int:
    from textback.redriving import Redrive  # noqa: PLC0415 - boto3 is slow to import

    stack = find_stack(arguments)
    queues = _dead_letters(stack)
    if unknown := set(arguments.queues) - queues.keys():
        raise BadInput(f"no such queue: {', '.join(sorted(unknown))}; there is {', '.join(queues)}")
    redrive = Redrive(stack.client("sqs"))
    rows: list[tuple[str | int, ...]] = []
    with reaching("the stack"):
        for name in arguments.queues or queues:
            for source in redrive.sources(queues[name]):
                done = redrive.run(queues[name], source, refused_too=arguments.refused_too)
                rows.append((name, done.sent, done.left))
    print_table(("queue", "sent back", "left: refused"), rows)
    return 0


def _dead_letters(stack: Stack) -> dict[str, str]:
    return {
        output.removesuffix(SUFFIX).lower(): url
        for output, url in sorted(stack.outputs.items())
        if output.endswith(SUFFIX)
    }
