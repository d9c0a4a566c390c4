"""`textback resume`: let texts of a line go again."""

import argparse

from textback.cli.commands import Commands
from textback.cli.pausing import Pausing, add_pausing_arguments, who
from textback.cli.stacks import reaching
from textback.domain.playbook import Pause, Paused


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        "resume", help="let texts of a line go again; what waited follows its lateness rule"
    )
    add_pausing_arguments(parser, what=None)
    return parser


def run(arguments: argparse.Namespace) -> int:
    ended = [Paused(arguments.what)] if arguments.what else list(Paused)
    with reaching("the lines"):
        pausing = Pausing.of(arguments)
        now = pausing.clock.now()
        pausing.store([Pause(what, now, now, who()) for what in ended], now)
    return 0
