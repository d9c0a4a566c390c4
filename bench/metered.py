"""DynamoDB and SQS in this process, asked through real clients: what is asked is counted.

The table answers a Query as DynamoDB does: in the index's order, up to the Limit or 1 MB a page,
and says where to go on. It reads what it answers, whatever else is stored. Its sizes and units are
DynamoDB's own: a name and its value in UTF-8, 4 KB to a read unit, half of one where the read need
not be consistent, 1 KB to a write unit. What a turn costs is not metered here.
"""
# ruff: noqa: N803 - boto3 names these arguments

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from math import ceil
from typing import Any

import boto3
from botocore import xform_name
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.model import OperationModel

from bench.places import Places
from tests.faults.expressions import Item
from tests.faults.refusals import NotFaked
from tests.faults.table import Index, Key, Table
from tests.support.aws import REGION

PAGE = 1024 * 1024  # bytes that a Query reads
READ_UNIT, WRITE_UNIT = 4096, 1024  # bytes
BILLED = 64 * 1024  # bytes of messages that SQS bills as one request
MOST_IN_A_BATCH = 1024 * 1024  # bytes that SendMessageBatch takes
BEHIND = "\U0010ffff"
CONDITION = re.compile(
    r"(?P<hash>\w+) = (?P<is>:\w+)( AND \w+ BETWEEN (?P<low>:\w+) AND (?P<high>:\w+))?"
)


@dataclass
class Meter:
    """What was asked, by the operation's name. `before` is told of each call as it comes, the first
    as 1, and may raise."""

    asked: Counter[str] = field(default_factory=Counter)
    billed: int = 0  # requests as SQS bills its messages
    items: int = 0  # read
    read_units: float = 0
    write_units: float = 0
    before: Callable[[int], object] = lambda _: None

    @property
    def requests(self) -> int:
        return self.asked.total()

    def reset(self) -> None:
        self.asked.clear()
        self.billed = self.items = 0
        self.read_units = self.write_units = 0


@cache
def _session() -> boto3.Session:
    return boto3.Session("nobody", "nobody", region_name=REGION)  # the requests end in this process


def metered(service: str, backend: Any, meter: Meter) -> Any:
    """A client of `service` whose calls are answered by the method of `backend` of that name."""
    once = Config(retries={"total_max_attempts": 1})
    made = _session().client(service, config=once)

    def call(model: OperationModel, params: dict[str, Any], **_: Any) -> Any:
        meter.asked[model.name] += 1
        meter.before(meter.requests)
        answer = getattr(backend, xform_name(model.name))(**json.loads(params["body"]))
        if model.name == "SendMessageBatch":
            meter.billed += _billed(params["body"])
        return AWSResponse(params["url"], 200, {}, None), answer

    made.meta.events.register(f"before-call.{service}", call)
    return made


def _billed(body: bytes | str) -> int:
    sizes = [len(entry["MessageBody"].encode()) for entry in json.loads(body)["Entries"]]
    if sum(sizes) > MOST_IN_A_BATCH:
        raise NotFaked(f"a batch of {sum(sizes)} bytes")
    return ceil(sum(sizes) / BILLED)


@dataclass
class MeteredTable(Table):
    meter: Meter = field(default_factory=Meter)
    _places: dict[tuple[str, str], Places[Key]] = field(default_factory=lambda: defaultdict(Places))

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
        asked = CONDITION.fullmatch(KeyConditionExpression)
        index = self._index(IndexName)
        if asked is None or asked["hash"] != index.hash or not ScanIndexForward:
            raise NotFaked(KeyConditionExpression)
        values = ExpressionAttributeValues
        low = values[asked["low"]]["S"] if asked["low"] else ""
        high = values[asked["high"]]["S"] + "\0" + BEHIND if asked["high"] else BEHIND
        if ExclusiveStartKey:
            low = _place(index, ExclusiveStartKey)
        found: list[Item] = []
        size = 0
        more = False
        for key in self._places[IndexName, values[asked["is"]]["S"]].between(low, high):
            item = self.items[key]
            found.append({k: v for k, v in item.items() if not IndexName or k in index.shown})
            size += size_of(found[-1])
            if more := len(found) == Limit or size >= PAGE:
                break
        self.meter.items += len(found)
        self._read(size, consistent=ConsistentRead)
        answer: dict[str, Any] = {"Items": found, "Count": len(found)}
        if more:
            names = {"pk", "sk", index.hash, index.range}
            answer["LastEvaluatedKey"] = {name: found[-1][name] for name in names}
        return answer

    def get_item(self, *, TableName: str, Key: Item, ConsistentRead: bool = False) -> Item:
        answer = super().get_item(TableName=TableName, Key=Key, ConsistentRead=ConsistentRead)
        self._read(size_of(answer.get("Item", {})), consistent=ConsistentRead)
        return answer

    def put_item(self, **asked: Any) -> dict[str, Any]:
        answer = super().put_item(**asked)
        self.meter.write_units += max(1, ceil(size_of(asked["Item"]) / WRITE_UNIT))
        return answer

    def store(self, item: Item) -> None:
        """Have an item from before the story begins: no request wrote it, no stream tells of it."""
        key = item["pk"]["S"], item["sk"]["S"]
        self._move(key, self.items.get(key, {}), item)
        self.items[key] = item

    def drop(self, key: Key) -> None:
        self._move(key, self.items.pop(key, {}), {})

    def stored_units(self) -> float:
        """What reading everything that is stored costs."""
        return sum(map(size_of, self.items.values())) / READ_UNIT / 2

    def _write(self, item: Item) -> None:
        key = item["pk"]["S"], item["sk"]["S"]
        there = self.items.get(key, {})
        super()._write(item)
        self._move(key, there, self.items[key])
        self.earlier.clear()  # nothing here reads what is old

    def _move(self, key: Key, before: Item, after: Item) -> None:
        for name in ("", *self.indexes):
            index = self._index(name)
            for item, stands in ((before, False), (after, True)):
                if index.hash not in item or index.range not in item or "N" in item[index.range]:
                    continue  # the order of numbers is asked for by nobody here
                places = self._places[name, item[index.hash]["S"]]
                place = _place(index, item)
                if stands:
                    places.put(place, key)
                else:
                    places.drop(place)

    def _index(self, name: str) -> Index:
        return self.indexes[name] if name else Index("pk", "sk", frozenset())

    def _read(self, size: int, *, consistent: bool) -> None:
        units = max(1, ceil(size / READ_UNIT))
        self.meter.read_units += units if consistent else units / 2


def _place(index: Index, item: Item) -> str:
    return "\0".join((item[index.range]["S"], item["pk"]["S"], item["sk"]["S"]))


def size_of(item: Item) -> int:
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def _size(value: Item) -> int:
    ((kind, inner),) = value.items()
    match kind:
        case "S":
            return len(inner.encode())
        case "N":
            return len(inner) // 2 + 2
        case "BOOL" | "NULL":
            return 1
        case "M":
            return 3 + len(inner) + size_of(inner)
        case "L":
            return 3 + len(inner) + sum(map(_size, inner))
        case _:
            raise NotFaked(f"the size of {kind}")
