"""The carrier: as much of AWS End User Messaging SMS as Textback speaks, on this machine.

It answers the AWS JSON 1.0 protocol of `pinpoint-sms-voice-v2`, refuses what the service refuses,
and puts accepted texts on phones.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from textback.domain.segments import segments

from console.clock import real_now
from console.faults import Faults
from console.phones import Phones, Text
from console.receipts import receipts_for
from console.refusals import RefusalError, conflict, invalid, missing
from console.wishes import SendTextMessage

_log = logging.getLogger(__name__)

# Longer than any caller waits: a caller of SendTextMessage gives up long before.
_HANG_SECONDS = 90
_PAGE = 100


@dataclass(frozen=True)
class Carrier:
    """The service: `now` is the local stack's clock, `real_now` this machine's."""

    phones: Phones
    faults: Faults
    now: Callable[[], datetime]
    real_now: Callable[[], datetime] = real_now

    def routes(self, path: str = "/carrier") -> list[Route]:
        """Serve the API at a path, with and without the slash that SDKs differ on."""
        return [Route(spelling, self._answer, methods=["POST"]) for spelling in (path, f"{path}/")]

    async def _answer(self, request: Request) -> Response:
        operation = request.headers.get("x-amz-target", "").rpartition(".")[2]
        try:
            wish = await _read(request)
            answer = await run_in_threadpool(self._perform, operation, wish)
        except RefusalError as refusal:
            return _respond({"__type": refusal.type, **refusal.fields}, refusal.status)
        if operation == "SendTextMessage" and self.faults.take("time_out"):
            await _hang(request)
        return _respond(answer)

    def _perform(self, operation: str, wish: Mapping[str, Any]) -> dict[str, Any]:
        match operation:
            case "SendTextMessage":
                return self._send(SendTextMessage.read(wish))
            case "PutOptedOutNumber":
                return self._opt_out(*_list_and_number(wish))
            case "DeleteOptedOutNumber":
                return self._opt_in(*_list_and_number(wish))
            case "DescribeOptedOutNumbers":
                return self._opted_out(wish)
            case _:
                raise RefusalError(
                    "UnknownOperationException", f"{operation} is not simulated here"
                )

    def _send(self, wish: SendTextMessage) -> dict[str, Any]:
        if self.faults.take("throttle"):
            raise RefusalError("ThrottlingException", "Rate exceeded")
        if self.faults.take("error"):
            raise RefusalError("InternalServerException", "Internal failure", status=500)
        if self.phones.is_opted_out(wish.phone):
            raise conflict(
                "DESTINATION_PHONE_NUMBER_OPTED_OUT",
                "Destination phone number is opted out",
                "opted-out-number",
                wish.phone,
            )
        message_id = str(uuid4())
        if not wish.dry_run:
            measured = segments(wish.body)
            text = Text(
                id=message_id, phone=wish.phone, line=wish.line, direction="to_phone",
                text=wish.body, at=self.now().isoformat(timespec="milliseconds"),
                encoding=measured.encoding, segments=measured.segments, state="accepted",
            )  # fmt: skip
            receipts = receipts_for(text, wish.context, self.faults, self.real_now().timestamp())
            self.phones.add(text, receipts)
            _log.info("accepted a text of %d parts", text.segments)
        return {"MessageId": message_id}

    def _opt_out(self, opt_out_list: str, phone: str) -> dict[str, Any]:
        at = self.phones.opt_out(opt_out_list, phone, self.now().timestamp())
        return _opted_out_number(opt_out_list, phone, at)

    def _opt_in(self, opt_out_list: str, phone: str) -> dict[str, Any]:
        at = dict(self.phones.opted_out(opt_out_list)).get(phone)
        if at is None:
            raise missing("Opted out number does not exist", "opted-out-number", phone)
        self.phones.opt_in(phone, opt_out_list)
        return _opted_out_number(opt_out_list, phone, at)

    def _opted_out(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        opt_out_list = _name(wish)
        asked = wish.get("OptedOutNumbers") or []
        numbers = self.phones.opted_out(opt_out_list)
        if unknown := set(asked) - {phone for phone, _ in numbers}:
            raise missing("Opted out number does not exist", "opted-out-number", min(unknown))
        start = int(wish.get("NextToken") or 0)
        end = start + int(wish.get("MaxResults") or _PAGE)
        return {
            "OptOutListArn": _arn(opt_out_list),
            "OptOutListName": opt_out_list,
            "OptedOutNumbers": [
                {"OptedOutNumber": phone, "OptedOutTimestamp": at, "EndUserOptedOut": False}
                for phone, at in numbers[start:end]
                if not asked or phone in asked
            ],
        } | ({"NextToken": str(end)} if end < len(numbers) else {})


async def _read(request: Request) -> dict[str, Any]:
    try:
        wish = json.loads(await request.body() or b"{}")
    except ValueError:
        wish = None
    if not isinstance(wish, dict):
        raise invalid("CANNOT_PARSE", "Could not parse the request body")
    return wish


async def _hang(request: Request) -> None:
    """Keep the caller waiting until it gives up: the text is sent, and it will not know."""
    for _ in range(_HANG_SECONDS):
        if await request.is_disconnected():
            return
        await asyncio.sleep(1)


def _respond(answer: Mapping[str, Any], status: int = 200) -> Response:
    return JSONResponse(
        dict(answer),
        status,
        headers={"x-amzn-requestid": str(uuid4())},
        media_type="application/x-amz-json-1.0",
    )


def _list_and_number(wish: Mapping[str, Any]) -> tuple[str, str]:
    return _name(wish), SendTextMessage.number(wish, "OptedOutNumber")


def _name(wish: Mapping[str, Any]) -> str:
    name = wish.get("OptOutListName")
    if not isinstance(name, str) or not name:
        raise invalid("MISSING_PARAMETER", "OptOutListName is required", "OptOutListName")
    return name.rpartition("/")[2]  # an ARN names the same list


def _opted_out_number(opt_out_list: str, phone: str, at: float) -> dict[str, Any]:
    return {
        "OptOutListArn": _arn(opt_out_list),
        "OptOutListName": opt_out_list,
        "OptedOutNumber": phone,
        "OptedOutTimestamp": at,
        "EndUserOptedOut": False,
    }


def _arn(opt_out_list: str) -> str:
    return f"arn:aws:sms-voice:us-east-1:000000000000:opt-out-list/{opt_out_list}"
