"""The due indexes, and how far each line's reminders were handed over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError

from textback.adapters.dynamodb import items
from textback.domain.due import instant
from textback.errors import LostRace
from textback.ports import Due, Pacing

TICK = timedelta(milliseconds=1)  # BETWEEN is closed at both ends


@dataclass(frozen=True, slots=True)
class DynamoDBDueIndex:
    client: Any
    table: str

    def now(self, line: str, until: str, limit: int) -> Sequence[Due]:
        return self._query("due_now", "now", line, "", until, limit)

    def paced(self, line: str, after: str, until: str, limit: int) -> Sequence[Due]:
        return self._query("due_paced", "paced", items.paced_shard(line), after, until, limit)

    def _query(
        self, index: str, name: str, key: str, after: str, until: str, limit: int
    ) -> list[Due]:
        found: list[Due] = []
        page: dict[str, Any] = {}
        while len(found) < limit:
            answer = self.client.query(
                TableName=self.table,
                IndexName=index,
                KeyConditionExpression=f"{name}_key = :key AND {name}_at BETWEEN :after AND :until",
                ExpressionAttributeValues=items.item(
                    # BETWEEN is closed at both ends; the lowest character opens the lower one.
                    {":key": key, ":after": after + "\x01", ":until": until}
                ),
                Limit=limit - len(found),
                **page,
            )
            found += [_due(items.plain(item), name) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                break
            page = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        return found

    def starting(self, line: str, since: datetime, until: datetime) -> Iterator[str]:
        page: dict[str, Any] = {}
        while True:
            answer = self.client.query(
                TableName=self.table,
                IndexName="visits",
                KeyConditionExpression="visits_key = :line AND visits_at BETWEEN :since AND :until",
                ExpressionAttributeValues=items.item(
                    {":line": line, ":since": instant(since), ":until": instant(until - TICK)}
                ),
                **page,
            )
            yield from (item["conversation"]["S"] for item in answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            page = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def pacing(self, line: str) -> Pacing:
        found = self.client.get_item(
            TableName=self.table, Key=items.item(items.pacing_key(line)), ConsistentRead=True
        )
        if "Item" not in found:
            return Pacing(line)
        values = items.plain(found["Item"])
        return Pacing(
            line=line,
            version=int(values["version"]),
            cursor=values["cursor"],
            paced_until=_moment(values.get("paced_until")),
            stretches=tuple(
                (datetime.fromisoformat(at), cursor) for at, cursor in values.get("stretches", ())
            ),
            swept=values["swept"],
            sweeps_since=_moment(values.get("sweeps_since")),
        )

    def take(self, pacing: Pacing) -> None:
        taken = _pacing_values(replace(pacing, version=pacing.version + 1))
        # By whom: when the client itself repeats a call whose answer was lost, the stretch is ours.
        me = uuid4().hex
        seen = "version = :seen" if pacing.version else "attribute_not_exists(pk)"
        values = {":me": me} | ({":seen": pacing.version} if pacing.version else {})
        try:
            self.client.put_item(
                TableName=self.table,
                Item=items.item(taken | {"taken_by": me}),
                ConditionExpression=f"{seen} OR taken_by = :me",
                ExpressionAttributeValues=items.item(values),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            raise LostRace("another run took this stretch of the line's reminders") from error


def _pacing_values(pacing: Pacing) -> items.Plain:
    return items.pacing_key(pacing.line) | {
        "version": pacing.version,
        "cursor": pacing.cursor,
        "paced_until": instant(pacing.paced_until) if pacing.paced_until else None,
        "stretches": [[instant(at), cursor] for at, cursor in pacing.stretches],
        "swept": pacing.swept,
        "sweeps_since": instant(pacing.sweeps_since) if pacing.sweeps_since else None,
    }


def _due(values: items.Plain, name: str) -> Due:
    return Due(
        conversation=values["pk"].removeprefix("c#"),
        at=values[f"{name}_at"],
        parts=int(values.get("paced_parts", 1)),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
