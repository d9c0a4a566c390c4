"""`textback pause`: make texts of a line stand still."""

import argparse

from textback.cli.commands import Commands
from textback.cli.pausing import WITHIN, Pausing, add_pausing_arguments, pause_until, who
from textback.cli.stacks import reaching
from textback.domain.playbook import Pause, Paused


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("pause", help=f"make texts of a line stand still; {WITHIN}")
    add_pausing_arguments(parser, what=Paused.ALL)
    parser.add_argument(
        "--until", help="a moment with its offset, or a duration (default: until `resume`)"
    )
    return parser


def run(arguments: argparse.Namespace) -> int:
    with reaching("the lines"):
        pausing = Pausing.of(arguments)
        now = pausing.clock.now()
        until = pause_until(arguments.until, now) if arguments.until else None
        pausing.store([Pause(Paused(arguments.what), now, until, who())], now)
    print(f"That is {WITHIN}; replies go on. What comes due waits.")
    return 0
