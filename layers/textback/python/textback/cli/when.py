"""`textback when`: which days and hours a text tells of."""

import argparse
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from textback.adapters.clock import SystemClock
from textback.cli.commands import Commands
from textback.cli.texts import Row, add_text_arguments, answer_texts
from textback.domain.understand.when import find, may_tell
from textback.errors import BadInput
from textback.languages.dates import dated_languages, dates

ZONE, LANGUAGE = "America/Los_Angeles", "en"


def add_parser(commands: Commands) -> argparse.ArgumentParser:
    parser = commands.add_parser("when", help="say which days and hours a text tells of")
    add_text_arguments(parser)
    parser.add_argument("--now", help="the moment it is read at (default: now)")
    parser.add_argument("--zone", default=ZONE, help="the line's time zone")
    parser.add_argument(
        "--language", choices=dated_languages(), default=LANGUAGE, help="the contact's language"
    )
    return parser


def run(arguments: argparse.Namespace) -> int:
    def answer(row: Row) -> Row:
        zone = _zone(row.get("zone", arguments.zone))
        told = row.get("now", arguments.now)
        now = SystemClock().now() if told is None else _moment(told, zone)
        language = str(row.get("language", arguments.language)).partition("-")[0]
        if language not in dated_languages():
            raise ValueError(f'"language" is none of {", ".join(dated_languages())}')
        found = find(row["text"], now, zone, dates(language)) if may_tell(row["text"]) else ()
        windows = [{"start": start.isoformat(), "end": end.isoformat()} for start, end in found]
        return {"id": row.get("id"), "found": windows}

    if arguments.jsonl:
        return answer_texts(arguments, answer)
    try:
        return answer_texts(arguments, answer)
    except ValueError as fault:
        raise BadInput(str(fault)) from None


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('"zone" is no time zone, such as America/Los_Angeles') from None


def _moment(told: object, zone: ZoneInfo) -> datetime:
    """ISO 8601; one without an offset is the zone's wall clock."""
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        raise ValueError('"now" is no ISO 8601 time, such as 2026-12-07T09:00:00-08:00') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
