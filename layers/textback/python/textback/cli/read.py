"""`textback read`: what a text is understood as."""

import argparse
from datetime import datetime, timedelta, timezone

from textback.cli.commands import Commands
from textback.cli.texts import Row, add_text_arguments, answer_texts
from textback.domain.understand import Context, explained, words
from textback.languages import languages, lexicons

_ZONE = timezone(timedelta(hours=-8))
SLOTS = (
    datetime(2026, 12, 8, 9, tzinfo=_ZONE),  # a Tuesday
    datetime(2026, 12, 9, 14, 30, tzinfo=_ZONE),
    datetime(2026, 12, 11, 11, 15, tzinfo=_ZONE),
)
CONTEXTS = {
    "none": Context(),
    "reminder": Context(visit=True, asked=True),
    "slots": Context(visit=True, slots=SLOTS),
}


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("read", help="say what a text means")
    add_text_arguments(parser)
    parser.add_argument(
        "--context", choices=CONTEXTS, default="reminder", help="what the line last did"
    )
    parser.add_argument(
        "--language", choices=languages(), default="en", help="the contact's language"
    )
    return parser


def run(arguments: argparse.Namespace) -> int:
    known = lexicons()

    def answer(row: Row) -> Row:
        context = str(row.get("context", arguments.context))
        if context not in CONTEXTS:
            raise ValueError(f'"context" is none of {", ".join(CONTEXTS)}')
        shown = explained(words(row["text"]), CONTEXTS[context], arguments.language, known)
        reading = shown.reading
        return {
            "id": row.get("id"),
            "intent": reading.intent.value,
            "certainty": reading.certainty,
            "reason": reading.reason,
            "words": list(shown.words),
            "runner_up": shown.runner_up.value if shown.runner_up else None,
            "language": reading.language or arguments.language,
        }

    return answer_texts(arguments, answer)
