"""What the calls of a function ask of IAM, told to its log: in a local run only, see `wiring`.

`python -m grants` holds it against the template's policies. A key is told by its kind (`c#*`), a
phone number not at all, and each kind of call once."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import boto3
from aws_lambda_powertools import Logger
from botocore.model import OperationModel

type Ask = tuple[str, str, str]  # action, the resource's name, the leading key's kind if it has one
type Parameters = Mapping[str, Any]

logger = Logger()

OUR_KEY = re.compile(r"[a-z]+(#|$)")  # an index's key is a number: it is of no kind


def log(ask: Ask) -> None:
    action, resource, key = ask
    logger.info("asks", action=action, resource=resource, key=key)


def record(session: boto3.Session, tell: Callable[[Ask], None] = log) -> None:
    """Tell each kind of call that clients of the session, made from now on, are about to make."""
    told: set[Ask] = set()

    def look(params: Parameters, model: OperationModel, **_: Any) -> None:
        for ask in asks(model.service_model.signing_name, model.name, params):
            if ask not in told:
                told.add(ask)
                tell(ask)

    session.events.register("provide-client-params.*.*", look)


def asks(service: str, operation: str, params: Parameters) -> Iterator[Ask]:
    """What IAM is asked when this operation is called. A transaction or a batch is asked for by its
    parts; an operation that is not known here is asked for on no resource, which nothing allows."""
    match service:
        case "dynamodb":
            yield from _of_the_table(operation, params)
        case "sqs":
            name = operation.removesuffix("Batch")
            yield f"sqs:{name}", params["QueueUrl"].rpartition("/")[2], ""
        case "events":
            for entry in params["Entries"]:
                yield f"events:{operation}", entry["EventBusName"], ""
        case "sms-voice":
            for resource in _of_the_carrier(params):
                yield f"sms-voice:{operation}", resource, ""
        case _:
            yield f"{service}:{operation}", "", ""


def _of_the_table(operation: str, params: Parameters) -> Iterator[Ask]:
    action = f"dynamodb:{operation}"
    match operation:
        case "TransactWriteItems":
            for write in params["TransactItems"]:
                for kind, part in write.items():
                    key = part.get("Key") or part["Item"]
                    yield f"dynamodb:{kind}Item", part["TableName"], _kind(key["pk"])
        case "BatchGetItem":
            for table, wanted in params["RequestItems"].items():
                for key in wanted["Keys"]:
                    yield action, table, _kind(key["pk"])
        case "Query":
            index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
            (bound,) = re.findall(r"^\w+ = (:\w+)", params["KeyConditionExpression"])
            key = params["ExpressionAttributeValues"][bound]
            yield action, params["TableName"] + index, _kind(key)
        case "GetItem" | "PutItem" | "UpdateItem" | "DeleteItem":
            key = params.get("Key") or params["Item"]
            yield action, params["TableName"], _kind(key["pk"])
        case _:
            yield action, "", ""


def _of_the_carrier(params: Parameters) -> Iterator[str]:
    """A text asks for what it is sent from and for its configuration set."""
    origination = params.get("OriginationIdentity")
    if origination is not None:
        yield "pool/*" if "pool" in origination else "phone-number/*"
    for name, kind in (
        ("ConfigurationSetName", "configuration-set"),
        ("OptOutListName", "opt-out-list"),
    ):
        if name in params:
            yield f"{kind}/{params[name].rpartition('/')[2]}"


def _kind(key: Mapping[str, str]) -> str:
    found = OUR_KEY.match(key["S"])
    if found is None:
        return "*"
    return found[0] + "*" if found[1] else found[0]
