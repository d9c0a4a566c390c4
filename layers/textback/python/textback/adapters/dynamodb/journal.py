"""Journal entries after they were written: the ledger of their texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from textback import stored
from textback.adapters.dynamodb import items
from textback.domain.ledger import EntryKey, JournalEntry, TextRecord, TextState

REFUSED = "ConditionalCheckFailedException"


@dataclass(frozen=True, slots=True)
class DynamoDBJournal:
    client: Any
    table: str

    def entry(self, key: EntryKey) -> JournalEntry | None:
        found = self.client.get_item(
            TableName=self.table, Key=items.item(items.entry_key(key)), ConsistentRead=True
        )
        return items.entry_of(found["Item"]) if "Item" in found else None

    def recent(self, conversation: str, limit: int, before: int) -> Sequence[JournalEntry]:
        keys = self.client.query(
            TableName=self.table,
            IndexName="by_seq",
            KeyConditionExpression="pk = :pk AND seq <= :before",
            ExpressionAttributeValues=items.item({":pk": f"c#{conversation}", ":before": before}),
            ScanIndexForward=False,
            Limit=limit,
            ConsistentRead=True,  # the entry that asks for its transcript was written just now
        )["Items"]
        if not keys:
            return ()
        wanted = {
            "Keys": [{"pk": key["pk"], "sk": key["sk"]} for key in keys],
            "ConsistentRead": True,
        }
        found: list[items.Item] = []
        while wanted:
            answer = self.client.batch_get_item(RequestItems={self.table: wanted})
            found += answer["Responses"][self.table]
            wanted = answer.get("UnprocessedKeys", {}).get(self.table)
        return sorted((items.entry_of(item) for item in found), key=lambda entry: entry.seq)

    def claim(self, key: EntryKey, position: int, attempt: str, at: datetime) -> TextRecord | None:
        text = items.text_attribute(position)
        claim = TextRecord(TextState.CLAIMED, attempt=attempt, at=at)
        try:
            self.client.update_item(
                TableName=self.table,
                Key=items.item(items.entry_key(key)),
                UpdateExpression=f"SET {text} = :claim",
                ConditionExpression=(
                    f"attribute_exists(pk) AND (attribute_not_exists({text})"
                    f" OR ({text}.attempt = :attempt AND {text}.#state = :claimed))"
                ),
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues=items.item(
                    {
                        ":claim": stored.record_out(claim),
                        ":attempt": attempt,
                        ":claimed": claim.state,
                    }
                ),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != REFUSED:
                raise
            there = error.response.get("Item", {}).get(text)
            if there is None:  # the entry is gone: nothing may be sent for it
                return TextRecord(TextState.DECIDED_AGAIN)
            return stored.record_in(items.plain({"record": there})["record"])
        return None

    def mark(
        self, key: EntryKey, position: int, record: TextRecord, *, done: bool = False
    ) -> JournalEntry | None:
        text = items.text_attribute(position)
        lower = [state for state in TextState if state.rank <= record.state.rank]
        names = {f":s{n}": state for n, state in enumerate(lower)}
        also = ", done = :done" if done else ""
        values: dict[str, Any] = {":record": stored.record_out(record), **names}
        try:
            updated = self.client.update_item(
                TableName=self.table,
                Key=items.item(items.entry_key(key)),
                UpdateExpression=f"SET {text} = :record{also}",
                ConditionExpression=(
                    f"attribute_exists(pk) AND (attribute_not_exists({text})"
                    f" OR {text}.#state IN ({', '.join(names)}))"
                ),
                ExpressionAttributeNames={"#state": "state"},
                ExpressionAttributeValues=items.item(values | ({":done": True} if done else {})),
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != REFUSED:
                raise
            return None
        return items.entry_of(updated["Attributes"])

    def done(self, key: EntryKey) -> None:
        try:
            self.client.update_item(
                TableName=self.table,
                Key=items.item(items.entry_key(key)),
                UpdateExpression="SET done = :done",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeValues=items.item({":done": True}),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != REFUSED:
                raise
