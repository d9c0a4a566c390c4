"""What is imported in tests, and how."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from textback.importing.fhir import Feed
from textback.importing.moments import Manner, Order
from textback.importing.outcomes import Outcome, Refused, Taken
from textback.importing.rows import Importing, Table
from textback.importing.sources import Kind, Source

from tests.support.samples import LINE, NOW

PACIFIC = ZoneInfo("America/Los_Angeles")
AS_OF = datetime(2026, 11, 30, 12, tzinfo=UTC)
ROW = {
    "id": "apt-1",
    "phone": "206-555-0123",
    "start": "2026-12-08T09:00:00-08:00",
}


def how(**more: Any) -> Importing:
    manner = Manner(more.pop("zone", PACIFIC), more.pop("order", Order.MDY))
    told = {"line": LINE, "region": "US", "now": NOW, "as_of": AS_OF, "manner": manner}
    return Importing(**(told | more))


def written(rows: Sequence[Mapping[str, str]], delimiter: str = ",") -> str:
    """A CSV file of rows that all have the first one's columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def outcomes(text: str, **more: Any) -> list[Outcome]:
    return list(Table.of(io.StringIO(text, newline=""), how(**more)).outcomes())


def outcome(row: Mapping[str, str], **more: Any) -> Outcome:
    (one,) = outcomes(written([ROW | row]), **more)
    return one


def taken(one: Outcome) -> Taken:
    assert isinstance(one, Taken), one
    return one


def refused(one: Outcome) -> Refused:
    assert isinstance(one, Refused), one
    return one


def feed(body: str, **more: Any) -> Feed:
    raw = body.encode()
    return Feed.of(Source(BytesIO(raw), Kind.BUNDLE, "utf-8", len(raw), None), how(**more))
