"""What the table holds of a conversation: its state, and its latest journal entries."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from boto3.dynamodb.types import TypeDeserializer
from textback.adapters.dynamodb import items
from textback.domain.identity import conversation_id

from console.aws import Stack

_LATEST = 20
_LOOKED_UP_AT_ONCE = 100  # BatchGetItem takes no more
_WRITTEN_AS_JSON = ("state", "event", "effects")
_deserialize = TypeDeserializer().deserialize


def conversation(stack: Stack, salt: str, line: str, phone: str) -> dict[str, Any]:
    """Read a conversation: `state` is null until something happened; newest `turns` first."""
    found = conversation_id(salt, line, phone)
    key = {"pk": {"S": f"c#{found}"}, "sk": {"S": "conversation"}}
    item = stack.dynamodb.get_item(TableName=stack.table, Key=key).get("Item")
    return {
        "id": found,
        "line": line,
        "phone": phone,
        "state": _plain(item) if item else None,
        "turns": [_plain(turn) for turn in _turns(stack, found)],
    }


def _turns(stack: Stack, found: str) -> list[dict[str, Any]]:
    keys = stack.dynamodb.query(
        TableName=stack.table,
        IndexName="by_seq",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"c#{found}"}},
        ScanIndexForward=False,
        Limit=_LATEST,
    )["Items"]
    if not keys:
        return []
    wanted = {"Keys": [{"pk": key["pk"], "sk": key["sk"]} for key in keys]}
    answer = stack.dynamodb.batch_get_item(RequestItems={stack.table: wanted})
    return sorted(answer["Responses"][stack.table], key=lambda item: -int(item["seq"]["N"]))


def _plain(item: dict[str, Any]) -> dict[str, Any]:
    """Turn DynamoDB's JSON into ours, also where an attribute holds JSON as text."""
    plain = json.loads(
        json.dumps({name: _deserialize(value) for name, value in item.items()}, default=_number)
    )
    for name in _WRITTEN_AS_JSON:
        if isinstance(plain.get(name), str):
            plain[name] = json.loads(plain[name])
    return dict(plain)


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


@dataclass(frozen=True)
class Signs:
    """What shows that something changed: the version of each known phone's conversation, and what
    stands still."""

    versions: Mapping[str, int]
    pauses: str = ""


def signs(stack: Stack, salt: str, line: str, phones: Sequence[str]) -> Signs:
    """Look for signs of change, all phones in one call."""
    names = {conversation_id(salt, line, phone): phone for phone in phones}
    keys = [items.item(items.conversation_key(id_)) for id_ in names]
    found = _look(stack, [items.item(items.pauses_key(line)), *keys])
    pauses, versions = "", dict.fromkeys(phones, 0)
    for item in found:
        _, is_conversation, id_ = item["pk"]["S"].partition("c#")
        if is_conversation:
            versions[names[id_]] = int(item["version"]["N"])
        else:
            pauses = json.dumps(item, sort_keys=True)
    return Signs(versions, pauses)


def _look(stack: Stack, keys: Sequence[Any]) -> Iterator[Any]:
    for some in batched(keys, _LOOKED_UP_AT_ONCE, strict=False):
        wanted = {"Keys": list(some)}
        yield from stack.dynamodb.batch_get_item(RequestItems={stack.table: wanted})["Responses"][
            stack.table
        ]
