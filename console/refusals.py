"""How the carrier says no: the errors of `pinpoint-sms-voice-v2`, in AWS's shape."""

from typing import Any


class RefusalError(Exception):
    """An error that goes back to the caller: AWS's type, message and other fields."""

    def __init__(self, kind: str, message: str, *, status: int = 400, **fields: Any) -> None:
        super().__init__(message)
        self.type = kind
        self.status = status
        self.fields: dict[str, Any] = {"Message": message, **fields}


def invalid(reason: str, message: str, *fields: str) -> RefusalError:
    """Make a ValidationException that names the fields at fault."""
    return RefusalError(
        "ValidationException",
        message,
        Reason=reason,
        Fields=[{"Name": field, "Message": message} for field in fields],
    )


def conflict(reason: str, message: str, resource: str, name: str) -> RefusalError:
    return RefusalError(
        "ConflictException", message, Reason=reason, ResourceType=resource, ResourceId=name
    )


def missing(message: str, resource: str, name: str) -> RefusalError:
    return RefusalError(
        "ResourceNotFoundException", message, ResourceType=resource, ResourceId=name
    )
