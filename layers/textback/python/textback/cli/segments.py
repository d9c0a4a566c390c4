"""`textback segments`: what a text costs, and the character that makes it cost more."""

import argparse
from dataclasses import asdict

from textback.cli.commands import Commands
from textback.cli.texts import Row, add_text_arguments, answer_texts
from textback.domain.segments import segments, to_gsm


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("segments", help="count the segments of a text")
    add_text_arguments(parser)
    parser.add_argument(
        "--normalise", action="store_true", help="first make it GSM-7, as sending does"
    )
    return parser


def run(arguments: argparse.Namespace) -> int:
    def answer(row: Row) -> Row:
        text = to_gsm(row["text"]) if arguments.normalise else row["text"]
        return {"id": row.get("id"), **asdict(segments(text))}

    return answer_texts(arguments, answer)
