"""AWS in process: moto, with a table made from the template's own, and answers on the wire."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.model import OperationModel
from botocore.parsers import create_parser

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


type Answer = tuple[int, Mapping[str, Any]]


def answering(answer: Callable[[dict[str, Any]], Answer | None]) -> Callable[..., Any]:
    """A handler of a client's `before-call` event: a request is answered with what `answer` says,
    an HTTP status and the JSON on the wire, or goes on to moto when that is None."""

    def call(model: OperationModel, params: dict[str, Any], **_: Any) -> Any:
        answered = answer(json.loads(params["body"]))
        if answered is None:
            return None
        status, body = answered
        wire = {"status_code": status, "headers": {}, "body": json.dumps(body).encode()}
        parser = create_parser("json")
        parsed = parser.parse(wire, model.output_shape)
        if "Error" in parsed:  # its own fields are read as botocore's endpoint does
            shape = model.service_model.shape_for_error_code(parsed["Error"]["Code"])
            parsed |= parser.parse(wire, shape) if shape else {}
        return AWSResponse(params["url"], status, {}, None), parsed

    return call


@contextmanager
def on_the_wire(
    client: Any, operation: str, answer: Callable[[dict[str, Any]], Answer | None]
) -> Iterator[None]:
    """Let the wire answer an operation, while this lasts."""
    event = f"before-call.{client.meta.service_model.service_name}.{operation}"
    call = answering(answer)
    client.meta.events.register_first(event, call)
    try:
        yield
    finally:
        client.meta.events.unregister(event, call)
