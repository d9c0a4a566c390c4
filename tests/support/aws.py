"""AWS in process: moto, with a table made from the template's own, and answers on the wire."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

from tests.template.cloudformation import Template, load

REGION = "us-east-1"
TABLE = Template(load()).of("AWS::DynamoDB::Table")["Table"]
# What decides about keys and indexes; the rest of the template's table is moto's to ignore.
SHAPE = (
    "AttributeDefinitions",
    "BillingMode",
    "GlobalSecondaryIndexes",
    "KeySchema",
    "LocalSecondaryIndexes",
)

_numbers = count()


def client(service: str) -> Any:
    """A client that asks once: what is tested is what our own code makes of an error."""
    once = Config(retries={"total_max_attempts": 1})
    return boto3.client(service, region_name=REGION, config=once)


def new_table(dynamodb: Any) -> str:
    """Make a table as the template has it; its name."""
    name = f"table-{next(_numbers)}"
    dynamodb.create_table(TableName=name, **{key: TABLE[key] for key in SHAPE})
    return name


class _Raw:
    """The body of an answer, as botocore reads it."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def stream(self) -> Iterator[bytes]:
        yield self.body


type Answer = tuple[int, Mapping[str, Any]]


@contextmanager
def answering(
    client: Any, operation: str, answer: Callable[[dict[str, Any]], Answer | None]
) -> Iterator[None]:
    """While this lasts the wire answers `operation` with what `answer` says: an HTTP status and
    the JSON, or None to let the request through."""
    event = f"before-send.{client.meta.service_model.service_name}.{operation}"

    def send(request: AWSPreparedRequest, **_: Any) -> AWSResponse | None:
        answered = answer(json.loads(request.body))
        if answered is None:
            return None
        status, body = answered
        return AWSResponse(request.url, status, {}, _Raw(json.dumps(body).encode()))

    client.meta.events.register_first(event, send)
    try:
        yield
    finally:
        client.meta.events.unregister(event, send)
