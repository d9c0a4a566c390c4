"""What the commands about single texts share: one text as an argument, or JSON lines to answer."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

BAD_LINES = 2  # exit code when some lines could not be answered

type Row = dict[str, Any]


def add_text_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="?", help="the text itself")
    parser.add_argument(
        "--jsonl", action="store_true", help="answer each line of JSON from standard input"
    )


def answer_texts(arguments: argparse.Namespace, answer: Callable[[Row], Row]) -> int:
    """Print `answer` for the one text, or for each line in its order; a line that cannot be
    answered is told on standard error, and the others are answered all the same."""
    if arguments.jsonl == (arguments.text is not None):
        print("give either a text or --jsonl with lines on standard input", file=sys.stderr)
        return BAD_LINES
    if not arguments.jsonl:
        _print(answer({"id": None, "text": arguments.text}))
        return 0
    code = 0
    for number, line in _lines():
        try:
            answered = answer(_row(line))
        except ValueError as fault:
            print(f"line {number}: {fault}", file=sys.stderr)
            code = BAD_LINES
        else:
            _print(answered)
    return code


def _lines() -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, counted from 1 as an editor does."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if line.strip():
            yield number, line


def _row(line: bytes) -> Row:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except json.JSONDecodeError as fault:
        raise ValueError(f"not JSON: {fault.msg} at column {fault.colno}") from None
    except RecursionError:
        raise ValueError("not JSON: nested too deeply") from None
    if not isinstance(row, dict):
        raise ValueError('not an object: {"id": …, "text": …}')
    if not isinstance(row.get("text"), str):
        raise ValueError('"text" is missing or no string')
    return row


def _print(row: Row) -> None:
    """As ASCII JSON, which every terminal and pipe can carry, broken surrogates too."""
    print(json.dumps({k: v for k, v in row.items() if k != "id" or v is not None}), flush=True)
