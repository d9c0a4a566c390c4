"""The lines of this stack, with their playbooks, read briefly from memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from textback import stored
from textback.adapters.dynamodb import items
from textback.domain.due import instant
from textback.domain.playbook import Line, Pause, Paused, Playbook
from textback.errors import UnknownLine, UnreadableLine
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
        found = self._item(items.line_key(number))
        if not found:
            raise UnknownLine(
                "line: no settings are stored for this number; "
                "store them with `textback line apply NUMBER PLAYBOOK`"
            )
        return _line(found, self._item(items.pauses_key(number)))

    def _item(self, key: items.Plain) -> items.Plain:
        found = self.client.get_item(TableName=self.table, Key=items.item(key))
        return items.plain(found.get("Item", {}))

    def all(self) -> Sequence[Line | UnreadableLine]:
        pauses = {item["sk"]: item for item in self._query("pauses")}
        return [_read(item, pauses.get(item["sk"], {})) for item in self._query("lines")]

    def _query(self, kind: str) -> list[items.Plain]:
        found: list[items.Plain] = []
        page: dict[str, Any] = {}
        while True:
            answer = self.client.query(
                TableName=self.table,
                KeyConditionExpression="pk = :kind",
                ExpressionAttributeValues=items.item({":kind": kind}),
                **page,
            )
            found += [items.plain(item) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return found
            page = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def apply(self, number: str, playbook: Playbook, region: str = "US") -> None:
        """Store the line's settings, new or changed."""
        values = {"playbook": stored.playbook_out(playbook), "region": region}
        self.client.put_item(TableName=self.table, Item=items.item(items.line_key(number) | values))
        self._read.pop(number, None)

    def pause(self, number: str, pause: Pause) -> bool:
        self._get(number)
        try:
            self.client.update_item(
                TableName=self.table,
                Key=items.item(items.pauses_key(number)),
                UpdateExpression="SET #what = :pause",
                ConditionExpression="attribute_not_exists(#what) OR #what.#at <= :at",
                ExpressionAttributeNames={"#what": pause.what, "#at": "at"},
                ExpressionAttributeValues=items.item(
                    {":pause": _pause_out(pause), ":at": instant(pause.at)}
                ),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        self._read.pop(number, None)
        return True


def _read(settings: items.Plain, pauses: items.Plain) -> Line | UnreadableLine:
    """Newer code may have stored settings that this code does not know."""
    try:
        return _line(settings, pauses)
    except (ValueError, KeyError) as error:
        unreadable = UnreadableLine(settings["sk"])
        unreadable.__cause__ = error
        return unreadable


def _line(settings: items.Plain, pauses: items.Plain) -> Line:
    return Line(
        settings["sk"],
        stored.playbook_in(settings["playbook"]),
        settings["region"],
        tuple(_pause_in(what, pauses[what]) for what in Paused if what in pauses),
    )


def _pause_out(pause: Pause) -> items.Plain:
    until = instant(pause.until) if pause.until else ""
    return {"at": instant(pause.at), "until": until, "how": pause.how}


def _pause_in(what: Paused, value: items.Plain) -> Pause:
    until = value["until"]
    return Pause(
        what,
        datetime.fromisoformat(value["at"]),
        datetime.fromisoformat(until) if until else None,
        value["how"],
    )
