"""Conversations in DynamoDB: one GetItem to read, one TransactWriteItems to write."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from textback.adapters.dynamodb import items
from textback.domain.conversation import Conversation
from textback.errors import AlreadyTaken, Contended, LostRace, PointerMoved, TextbackError
from textback.ports import Pointer, PointerMove, Turn

# TransactWriteItems answers with one reason for each of its writes, in their order.
ENTRY, CONVERSATION, POINTER = range(3)
CONTENTION = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


@dataclass(frozen=True, slots=True)
class DynamoDBConversations:
    client: Any
    table: str

    def load(self, id: str, *, fresh: bool = False) -> Conversation | None:  # noqa: A002
        found = self.client.get_item(
            TableName=self.table,
            Key=items.item(items.conversation_key(id)),
            ConsistentRead=fresh,
        )
        return items.conversation_of(found["Item"]) if "Item" in found else None

    def pointer(self, line: str, appointment: str) -> Pointer | None:
        found = self.client.get_item(
            TableName=self.table,
            Key=items.item(items.pointer_key(line, appointment)),
            ConsistentRead=True,
        )
        if "Item" not in found:
            return None
        values = items.plain(found["Item"])
        start = values.get("visits_at")
        return Pointer(
            line,
            appointment,
            values["conversation"],
            int(values["version"]),
            datetime.fromisoformat(start) if start else None,
        )

    def save(self, turn: Turn) -> None:
        writes = [self._entry(turn), self._conversation(turn)]
        if turn.pointer:
            writes.append(self._pointer(turn.pointer))
        try:
            self.client.transact_write_items(TransactItems=writes)
        except ClientError as error:
            meaning = _meaning(error)
            if meaning is None:
                raise
            raise meaning from error

    def _entry(self, turn: Turn) -> dict[str, Any]:
        return self._put(items.entry_item(turn), "attribute_not_exists(pk)")

    def _conversation(self, turn: Turn) -> dict[str, Any]:
        put = items.conversation_item(turn.after)
        if not turn.before.version:
            return self._put(put, "attribute_not_exists(pk)")
        return self._put(put, "version = :seen", {":seen": turn.before.version})

    def _pointer(self, move: PointerMove) -> dict[str, Any]:
        put = items.pointer_item(move.after)
        if move.before is None:
            return self._put(put, "attribute_not_exists(pk)")
        seen = {":version": move.before.version, ":conversation": move.before.conversation}
        return self._put(put, "version = :version AND conversation = :conversation", seen)

    def _put(
        self, item: items.Item, condition: str, values: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        put: dict[str, Any] = {
            "TableName": self.table,
            "Item": item,
            "ConditionExpression": condition,
        }
        if values:
            put["ExpressionAttributeValues"] = items.item(values)
        return {"Put": put}


def _meaning(error: ClientError) -> TextbackError | None:
    """What a refused transaction means; a duplicate wins over a lost race."""
    code = error.response["Error"]["Code"]
    if code in {"TransactionConflictException", "TransactionInProgressException"}:
        return Contended(code)
    if code != "TransactionCanceledException":
        return None
    reasons = [reason.get("Code") for reason in error.response["CancellationReasons"]]
    failed = [reason == "ConditionalCheckFailed" for reason in reasons]
    if failed[ENTRY]:
        return AlreadyTaken("this event's journal entry exists")
    if len(failed) > POINTER and failed[POINTER]:
        return PointerMoved("the appointment's pointer is no longer what was read")
    if failed[CONVERSATION]:
        return LostRace("the conversation's version moved on")
    if CONTENTION.intersection(reasons):
        return Contended("another transaction holds one of the items")
    return TextbackError(f"the turn could not be written: {reasons}")
