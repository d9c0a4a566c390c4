"""The obvious fan-out: ask the index for what came due, send a message for each, keep in mind how
far it came. Whoever takes a message sends the text."""

import json
from dataclasses import dataclass
from typing import Any

from textback.adapters.dynamodb import items
from textback.domain.due import end_of
from textback.ports import Clock

from tests.support.samples import LINE

CURSOR = {"pk": "cursor", "sk": LINE}


@dataclass(frozen=True)
class NaiveFanOut:
    dynamodb: Any
    sqs: Any
    table: str
    queue: str
    clock: Clock

    def run(self) -> int:
        known = self.dynamodb.get_item(TableName=self.table, Key=items.item(CURSOR))
        cursor = items.plain(known.get("Item", {})).get("at", "")
        found = 0
        page: dict[str, Any] = {}
        while True:
            answer = self.dynamodb.query(
                TableName=self.table,
                IndexName="due_paced",
                KeyConditionExpression="paced_key = :key AND paced_at BETWEEN :after AND :until",
                ExpressionAttributeValues=items.item(
                    {
                        ":key": items.paced_shard(LINE),
                        ":after": cursor + "\x01",
                        ":until": end_of(self.clock.now()),
                    }
                ),
                **page,
            )
            for due in map(items.plain, answer["Items"]):
                pointer = {"conversation": due["pk"].removeprefix("c#"), "at": due["paced_at"]}
                body = json.dumps({"pointers": [pointer]})
                self.sqs.send_message(QueueUrl=self.queue, MessageBody=body)
                cursor = due["paced_at"]
                found += 1
            if "LastEvaluatedKey" not in answer:
                break
            page = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        self.dynamodb.put_item(TableName=self.table, Item=items.item(CURSOR | {"at": cursor}))
        return found
