"""What the stream did not bring to its end, brought to it: journal entries whose effects are not
all done, found by a scan and given to the deployed `perform` once more.

`perform` is safe to repeat, so this is too. It sends no text of itself: an entry this old has its
texts parked, and a turn decides whether they are still right.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from textback.adapters.dynamodb import items
from textback.domain.due import instant
from textback.errors import TextbackError

SEGMENTS = 4  # of the scan, side by side
AT_ONCE = 10  # entries that one invocation performs


@dataclass(frozen=True, slots=True)
class Repaired:
    """How many entries were found undone, and how many of them still are."""

    found: int
    failed: int


@dataclass(frozen=True, slots=True)
class Repair:
    """`perform` is the name of the deployed function."""

    dynamodb: Any
    functions: Any
    table: str
    perform: str

    def run(self, before: datetime) -> Repaired:
        """Perform what was written before this moment and is not done. Raises TextbackError when
        the function itself fails."""
        undone = self.undone(before)
        failed = sum(self._perform(some) for some in batched(undone, AT_ONCE, strict=False))
        return Repaired(len(undone), failed)

    def undone(self, before: datetime) -> list[items.Item]:
        """The entries, oldest first."""
        with ThreadPoolExecutor(SEGMENTS) as side_by_side:
            found = side_by_side.map(lambda n: list(self._scan(before, n)), range(SEGMENTS))
            return sorted((item for some in found for item in some), key=_age)

    def _scan(self, before: datetime, segment: int) -> Iterator[items.Item]:
        pages = self.dynamodb.get_paginator("scan").paginate(
            TableName=self.table,
            Segment=segment,
            TotalSegments=SEGMENTS,
            FilterExpression="todo = :todo AND attribute_not_exists(done) AND #at < :before",
            ExpressionAttributeNames={"#at": "at"},
            ExpressionAttributeValues=items.item(
                {":todo": items.TO_DO, ":before": instant(before)}
            ),
        )
        for page in pages:
            yield from page["Items"]

    def _perform(self, entries: tuple[items.Item, ...]) -> int:
        """Give entries to the function as the stream would; how many it could not perform."""
        answer = self.functions.invoke(
            FunctionName=self.perform,
            Payload=json.dumps({"Records": [_record(n, e) for n, e in enumerate(entries)]}),
        )
        if "FunctionError" in answer:
            raise TextbackError(f"{self.perform} failed: its log says why")
        return len(json.load(answer["Payload"])["batchItemFailures"])


def _record(number: int, entry: items.Item) -> dict[str, Any]:
    keys = {name: entry[name] for name in ("pk", "sk")}
    return {
        "eventName": "INSERT",
        "dynamodb": {"Keys": keys, "NewImage": entry, "SequenceNumber": str(number)},
    }


def _age(entry: items.Item) -> tuple[str, int]:
    return entry["at"]["S"], int(entry["seq"]["N"])
