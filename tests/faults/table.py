"""The table in memory: the DynamoDB calls that the code makes, strictly, and the stream."""
# ruff: noqa: N803 - boto3 names these arguments

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.faults.expressions import Expression, Item
from tests.faults.refusals import NotFaked, cancelled, condition_failed

type Key = tuple[str, str]
MOST_WRITES = 100


@dataclass(frozen=True)
class Index:
    hash: str
    range: str
    more: frozenset[str]

    @property
    def shown(self) -> set[str]:
        return {"pk", "sk", self.hash, self.range, *self.more}


@dataclass
class Table:
    """`stale` makes reads that need not be consistent answer as things stood one write earlier.
    Values of items are shared, since nobody changes one in place."""

    name: str
    indexes: dict[str, Index]
    items: dict[Key, Item] = field(default_factory=dict)
    earlier: dict[Key, Item] = field(default_factory=dict)
    changes: list[dict[str, Any]] = field(default_factory=list)
    stale: bool = False

    # ---------------------------------------------------------------- what the code calls

    def get_item(
        self,
        *,
        TableName: str,
        Key: Item,
        ConsistentRead: bool = False,
    ) -> dict[str, Any]:
        self._is_mine(TableName)
        found = self._seen(consistent=ConsistentRead).get(_key(Key))
        return {"Item": dict(found)} if found else {}

    def batch_get_item(self, *, RequestItems: dict[str, Any]) -> dict[str, Any]:
        ((name, wanted),) = RequestItems.items()
        self._is_mine(name)
        keys, consistent = wanted["Keys"], wanted.get("ConsistentRead", False)
        if wanted.keys() - {"Keys", "ConsistentRead"}:
            raise NotFaked(f"batch_get_item: {wanted.keys()}")
        seen = self._seen(consistent=consistent)
        found = [dict(seen[_key(key)]) for key in keys if _key(key) in seen]
        return {"Responses": {name: found}, "UnprocessedKeys": {}}

    def query(
        self,
        *,
        TableName: str,
        KeyConditionExpression: str,
        ExpressionAttributeValues: Item,
        IndexName: str = "",
        ScanIndexForward: bool = True,
        ConsistentRead: bool = False,
        Limit: int = 0,
        ExclusiveStartKey: Item | None = None,
    ) -> dict[str, Any]:
        self._is_mine(TableName)
        if ExclusiveStartKey:
            raise NotFaked("a second page")
        index = self.indexes[IndexName] if IndexName else Index("pk", "sk", frozenset())
        found = [
            item
            for item in self._seen(consistent=ConsistentRead).values()
            if index.hash in item
            and index.range in item
            and _holds(KeyConditionExpression, {}, ExpressionAttributeValues, item)
        ]
        found.sort(key=lambda item: _sortable(item[index.range]), reverse=not ScanIndexForward)
        answer: dict[str, Any] = {}
        if Limit and len(found) >= Limit:
            found = found[:Limit]
            answer["LastEvaluatedKey"] = {
                name: found[-1][name] for name in {"pk", "sk", index.hash, index.range}
            }
        shown = [
            {k: v for k, v in item.items() if not IndexName or k in index.shown} for item in found
        ]
        return answer | {"Items": shown, "Count": len(found)}

    def put_item(
        self,
        *,
        TableName: str,
        Item: Item,
        ConditionExpression: str = "",
        ExpressionAttributeValues: Item | None = None,
    ) -> dict[str, Any]:
        self._is_mine(TableName)
        there = self.items.get(_key(Item), {})
        if not _holds(ConditionExpression, {}, ExpressionAttributeValues or {}, there):
            raise condition_failed("PutItem")
        self._write(Item)
        return {}

    def update_item(
        self,
        *,
        TableName: str,
        Key: Item,
        UpdateExpression: str,
        ExpressionAttributeValues: Item,
        ConditionExpression: str,
        ExpressionAttributeNames: dict[str, str] | None = None,
        ReturnValues: str = "NONE",
        ReturnValuesOnConditionCheckFailure: str = "NONE",
    ) -> dict[str, Any]:
        self._is_mine(TableName)
        names = ExpressionAttributeNames or {}
        there = self.items.get(_key(Key), {})
        condition = Expression(ConditionExpression, names, ExpressionAttributeValues)
        update = Expression(UpdateExpression, names, ExpressionAttributeValues)
        holds, changed = condition.holds(there), update.assign(there or dict(Key))
        _all_used(condition.used | update.used, names, ExpressionAttributeValues)
        if not holds:
            shown = ReturnValuesOnConditionCheckFailure == "ALL_OLD" and there
            more = {"Item": dict(there)} if shown else {}
            raise condition_failed("UpdateItem", **more)
        self._write(changed)
        return {"Attributes": dict(changed)} if ReturnValues == "ALL_NEW" else {}

    def transact_write_items(self, *, TransactItems: Sequence[Item]) -> dict[str, Any]:
        puts = [_put(write) for write in TransactItems]
        keys = [_key(put["Item"]) for put in puts]
        if len(set(keys)) < len(keys) or len(keys) > MOST_WRITES:
            raise NotFaked("one item twice, or too many, in a transaction")
        reasons = []
        for put, key in zip(puts, keys, strict=True):
            self._is_mine(put["TableName"])
            there = self.items.get(key, {})
            values = put.get("ExpressionAttributeValues", {})
            holds = _holds(put["ConditionExpression"], {}, values, there)
            reasons.append({"Code": "None"} if holds else dict(_REFUSED))
        if _REFUSED in reasons:
            raise cancelled(reasons)
        for put in puts:
            self._write(put["Item"])
        return {}

    # ---------------------------------------------------------------- what tests look at

    def catch_up(self) -> None:
        """No read is older than this any more."""
        self.earlier.clear()

    def of_kind(self, prefix: str) -> Iterator[Item]:
        """The items whose sort key begins so."""
        return (item for (_, sk), item in self.items.items() if sk.startswith(prefix))

    # ----------------------------------------------------------------

    def _is_mine(self, name: str) -> None:
        if name != self.name:
            raise NotFaked(f"a table called {name!r}")

    def _seen(self, *, consistent: bool) -> dict[Key, Item]:
        if consistent or not self.stale:
            return self.items
        return {
            key: seen for key, now in self.items.items() if (seen := self.earlier.get(key, now))
        }

    def _write(self, item: Item) -> None:
        key, item = _key(item), dict(item)
        there = self.items.get(key, {})
        if item == there:
            return
        self.earlier[key] = there
        self.items[key] = item
        self.changes.append(
            {
                "eventName": "MODIFY" if there else "INSERT",
                "dynamodb": {
                    "Keys": {"pk": item["pk"], "sk": item["sk"]},
                    "NewImage": dict(item),
                    "SequenceNumber": f"{len(self.changes) + 1:024}",
                },
            }
        )


_REFUSED = {"Code": "ConditionalCheckFailed", "Message": "The conditional request failed"}


def _key(item: Item) -> Key:
    return item["pk"]["S"], item["sk"]["S"]


def _sortable(value: Item) -> Any:
    ((kind, inner),) = value.items()
    return float(inner) if kind == "N" else inner


def _put(write: Item) -> Item:
    ((kind, put),) = write.items()
    known = {"TableName", "Item", "ConditionExpression", "ExpressionAttributeValues"}
    if kind != "Put" or put.keys() - known:
        raise NotFaked(f"in a transaction: {kind} {put.keys()}")
    return put  # type: ignore[no-any-return]


def _holds(text: str, names: dict[str, str], values: Item, item: Item) -> bool:
    if not text:
        return True
    condition = Expression(text, names, values)
    holds = condition.holds(item)
    _all_used(condition.used, names, values)
    return holds


def _all_used(used: set[str], names: dict[str, str], values: Item) -> None:
    """DynamoDB refuses names and values that no expression uses."""
    if unused := (names.keys() | values.keys()) - used:
        raise NotFaked(f"unused in an expression: {unused}")
