"""The deployed stack as the console sees it: its outputs, and clients that speak to it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config

from console.settings import REGION

_CONFIG = Config(connect_timeout=2, read_timeout=20, max_pool_connections=20)
_BATCH = 10  # PublishBatch takes no more


@dataclass(frozen=True)
class Stack:
    """The local stack: where it is, and what its template put out."""

    endpoint_url: str | None
    outputs: Mapping[str, str]

    def client(self, service: str) -> Any:
        """Make a client with the credentials of nobody: the local engine takes any."""
        return boto3.client(
            service,
            endpoint_url=self.endpoint_url,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",  # noqa: S106 - the local engine takes any
            config=_CONFIG,
        )

    @cached_property
    def dynamodb(self) -> Any:
        return self.client("dynamodb")

    @cached_property
    def sns(self) -> Any:
        return self.client("sns")

    @cached_property
    def events(self) -> Any:
        return self.client("events")

    @cached_property
    def queues(self) -> Any:
        return self.client("sqs")

    @cached_property
    def functions(self) -> Any:
        return self.client("lambda")

    @property
    def table(self) -> str:
        return self.outputs["TableName"]

    def publish(self, topic: str, messages: Sequence[Mapping[str, Any]]) -> None:
        """Publish to the topic named by an output, all or an error."""
        for start in range(0, len(messages), _BATCH):
            answer = self.sns.publish_batch(
                TopicArn=self.outputs[topic],
                PublishBatchRequestEntries=[
                    {"Id": str(position), "Message": json.dumps(message, ensure_ascii=False)}
                    for position, message in enumerate(messages[start : start + _BATCH])
                ],
            )
            if answer.get("Failed"):
                raise NotPublishedError(f"{topic} did not take {len(answer['Failed'])} messages")

    def put_event(self, detail_type: str, detail: Mapping[str, Any], source: str) -> None:
        """Put one event on the stack's bus."""
        answer = self.events.put_events(
            Entries=[
                {
                    "EventBusName": self.outputs["EventBusName"],
                    "Source": source,
                    "DetailType": detail_type,
                    "Detail": json.dumps(detail, ensure_ascii=False),
                }
            ]
        )
        if answer["FailedEntryCount"]:
            raise NotPublishedError(f"the bus did not take {detail_type}")

    def fan_out(self) -> None:
        """Start the reminder fan-out once more than its schedule does."""
        self.functions.invoke(
            FunctionName=self.outputs["FanOutFunctionName"], InvocationType="Event", Payload=b"{}"
        )


class NotPublishedError(Exception):
    """The stack did not take a message: nothing was lost, but somebody has to try again."""
