"""`textback …`: one module a command. A command adds itself by `add_parser(commands)` and does its
work in `run(arguments) -> exit code`."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

from textback.errors import BadInput

# Modules of this package, in the order that help lists them.
COMMANDS = (
    "read",
    "segments",
    "when",
    "lint",
    "line",
    "import_",
    "pause",
    "resume",
    "repair",
    "redrive",
)
USAGE_FAULT = 2  # what argparse itself exits with


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except BadInput as bad:
        print(f"textback: {bad}", file=sys.stderr)
        return USAGE_FAULT
    except BrokenPipeError:  # the reader, say `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="textback", description="A two-way text line.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name in COMMANDS:
        command = import_module(f"textback.cli.{name}")
        command.add_parser(commands).set_defaults(run=command.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
