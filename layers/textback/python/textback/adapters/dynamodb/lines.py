"""The lines of this stack, with their playbooks, read briefly from memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from textback import stored
from textback.adapters.dynamodb import items
from textback.domain.playbook import Line, Playbook
from textback.errors import UnknownLine
from textback.ports import Clock

KEPT = timedelta(seconds=30)  # so that a changed playbook is in force within a minute


@dataclass(slots=True)
class DynamoDBLines:
    client: Any
    table: str
    clock: Clock
    _read: dict[str, tuple[datetime, Line]] = field(default_factory=dict)

    def get(self, number: str) -> Line:
        now = self.clock.now()
        read = self._read.get(number)
        if read is None or now - read[0] > KEPT:
            read = self._read[number] = (now, self._get(number))
        return read[1]

    def _get(self, number: str) -> Line:
        found = self.client.get_item(TableName=self.table, Key=items.item(items.line_key(number)))
        if "Item" not in found:
            raise UnknownLine(
                "line: no settings are stored for this number; "
                "store them with `textback line apply NUMBER PLAYBOOK`"
            )
        return _line(items.plain(found["Item"]))

    def all(self) -> Sequence[Line]:
        found: list[Line] = []
        page: dict[str, Any] = {}
        while True:
            answer = self.client.query(
                TableName=self.table,
                KeyConditionExpression="pk = :lines",
                ExpressionAttributeValues=items.item({":lines": "lines"}),
                **page,
            )
            found += [_line(items.plain(item)) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return found
            page = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def apply(self, number: str, playbook: Playbook, region: str = "US") -> None:
        """Store the line's settings, new or changed."""
        values = {"playbook": stored.playbook_out(playbook), "region": region}
        self.client.put_item(TableName=self.table, Item=items.item(items.line_key(number) | values))


def _line(values: items.Plain) -> Line:
    return Line(values["sk"], stored.playbook_in(values["playbook"]), values["region"])
