"""What a command's `add_parser` is given."""

from argparse import ArgumentParser
from typing import Protocol


class Commands(Protocol):
    def add_parser(self, name: str, *, help: str) -> ArgumentParser:  # noqa: A002 - argparse's name
        """Add a command, with its one line in the list of commands."""
