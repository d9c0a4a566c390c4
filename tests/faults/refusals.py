"""What AWS answers when it refuses or fails, as botocore raises it."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError


class NotFaked(BaseException):
    """The code asked for something that these fakes do not know. No handler can catch it, so that
    no test can pass on a guess."""


def refusal(
    operation: str, code: str, message: str = "", *, status: int = 400, **more: Any
) -> ClientError:
    response: Mapping[str, Any] = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {"HTTPStatusCode": status},
        **more,
    }
    return ClientError(response, operation)


def condition_failed(operation: str, **more: Any) -> ClientError:
    said = "The conditional request failed"
    return refusal(operation, "ConditionalCheckFailedException", said, **more)


def cancelled(reasons: list[dict[str, Any]]) -> ClientError:
    codes = ", ".join(reason["Code"] for reason in reasons)
    said = (
        f"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
    )
    return refusal(
        "TransactWriteItems", "TransactionCanceledException", said, CancellationReasons=reasons
    )


def conflict(writes: int) -> ClientError:
    """Another transaction holds the last of these items."""
    said = "Transaction is ongoing for the item"
    last = {"Code": "TransactionConflict", "Message": said}
    return cancelled([{"Code": "None"}] * (writes - 1) + [last])


def throttled(operation: str) -> ClientError:
    return refusal(operation, "ThrottlingException", "Rate exceeded")


def server_error(operation: str) -> ClientError:
    return refusal(operation, "InternalServerException", "We are sorry", status=500)
