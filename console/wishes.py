"""What SendTextMessage takes, checked as the service checks it: botocore lets all of this pass."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from textback.domain.segments import segments

from console.refusals import RefusalError, conflict, invalid

# The service model of pinpoint-sms-voice-v2, 2022-03-31: shapes PhoneNumber, TextMessageBody,
# TextMessageOriginationIdentity, ContextMap, ContextKey, ContextValue, TimeToLive, MaxPrice.
_PHONE = re.compile(r"\+?[1-9][0-9]{1,18}")
_LINE = re.compile(r"[A-Za-z0-9_:/\+-]{1,256}")
_MAXIMUM_BODY = 1600
_MAXIMUM_CONTEXT = 5
_CONTEXT_KEY = re.compile(r"\S{1,100}")
_MAXIMUM_CONTEXT_VALUE = 800
_TIME_TO_LIVE = range(5, 259_201)
_PRICE = re.compile(r"[0-9]{0,2}\.[0-9]{1,5}")
_TYPES = ("TRANSACTIONAL", "PROMOTIONAL")


@dataclass(frozen=True)
class SendTextMessage:
    """A wish that passed all checks; `line` is the number that it is sent from."""

    phone: str
    line: str
    body: str
    context: dict[str, str]
    dry_run: bool

    @classmethod
    def read(cls, wish: Mapping[str, Any]) -> Self:
        """Check a request's body; a RefusalError says what the service would have said."""
        body = _body(wish)
        _check_the_rest(wish)
        return cls(
            phone=cls.number(wish, "DestinationPhoneNumber"),
            line=_line(wish),
            body=body,
            context=_context(wish),
            dry_run=bool(wish.get("DryRun")),
        )

    @staticmethod
    def number(wish: Mapping[str, Any], field: str) -> str:
        """Give the phone number in a field as E.164."""
        number = wish.get(field)
        if number is None:
            raise invalid("MISSING_PARAMETER", f"{field} is required", field)
        if not isinstance(number, str) or not _PHONE.fullmatch(number):
            raise _bad(field, "must be a phone number in E.164 format")
        return f"+{number.removeprefix('+')}"


def _body(wish: Mapping[str, Any]) -> str:
    body = wish.get("MessageBody")
    if not isinstance(body, str) or not 1 <= len(body) <= _MAXIMUM_BODY or not body.strip():
        raise _bad("MessageBody", f"must hold 1 to {_MAXIMUM_BODY} characters, not all blank")
    if not segments(body).sendable:
        raise _bad("MessageBody", "makes more message parts than a text may have")
    return body


def _line(wish: Mapping[str, Any]) -> str:
    line = wish.get("OriginationIdentity")
    if line is None:
        raise conflict(
            "NO_ORIGINATION_IDENTITIES_FOUND",
            "No origination identity was given, and the account has none to choose",
            "account",
            "000000000000",
        )
    if not isinstance(line, str) or not _LINE.fullmatch(line):
        raise _bad("OriginationIdentity", "must be a number, a pool or a sender id")
    return line


def _context(wish: Mapping[str, Any]) -> dict[str, str]:
    context = wish.get("Context") or {}
    if not isinstance(context, dict) or len(context) > _MAXIMUM_CONTEXT:
        raise _bad("Context", f"must hold at most {_MAXIMUM_CONTEXT} entries")
    for key, value in context.items():
        if not _CONTEXT_KEY.fullmatch(key):
            raise _bad("Context", "keys must have 1 to 100 characters and no blanks")
        if (
            not isinstance(value, str)
            or not 1 <= len(value) <= _MAXIMUM_CONTEXT_VALUE
            or value != value.strip()
        ):
            raise _bad("Context", f"values must have 1 to {_MAXIMUM_CONTEXT_VALUE} characters")
    return context


def _check_the_rest(wish: Mapping[str, Any]) -> None:
    if wish.get("MessageType", _TYPES[0]) not in _TYPES:
        raise _bad("MessageType", f"must be one of {', '.join(_TYPES)}")
    if wish.get("TimeToLive", _TIME_TO_LIVE.start) not in _TIME_TO_LIVE:
        raise _bad("TimeToLive", f"must be {_TIME_TO_LIVE.start} to {_TIME_TO_LIVE[-1]} seconds")
    if not _PRICE.fullmatch(str(wish.get("MaxPrice", "0.1"))):
        raise _bad("MaxPrice", "must be an amount in US dollars")


def _bad(field: str, what: str) -> RefusalError:
    return invalid("FIELD_VALIDATION_FAILED", f"{field} {what}", field)
