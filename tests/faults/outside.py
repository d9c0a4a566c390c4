"""The world around the line: the bus with whoever listens, the carrier with its phones."""
# ruff: noqa: N803 - boto3 names these arguments

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError
from textback.adapters.memory import MemoryClock

from tests.faults.refusals import NotFaked, refusal

MOST_ENTRIES = 10
RECEIPTS_AFTER = {"TEXT_PENDING": timedelta(seconds=1), "TEXT_DELIVERED": timedelta(seconds=3)}

# The exception of each reason that is no conflict.
CODES = {
    "ThrottlingException": "ThrottlingException",
    "INVALID_PHONE_NUMBER": "ValidationException",
    "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT": "ServiceQuotaExceededException",
}


def matches(pattern: Any, event: Any) -> bool:
    """EventBridge's and Lambda's patterns, as far as the template uses them."""
    if isinstance(pattern, dict):
        return isinstance(event, dict) and all(
            matches(inner, event.get(name)) for name, inner in pattern.items()
        )
    return any(_matches_one(choice, event) for choice in pattern)


def _matches_one(choice: Any, value: Any) -> bool:
    match choice:
        case {"anything-but": str(unwanted)}:
            return value is not None and value != unwanted
        case str():
            return bool(value == choice)
        case _:
            raise NotFaked(f"pattern {choice}")


@dataclass
class Bus:
    """EventBridge: its client, and all that was ever put on it. `deliver` takes what the rule
    lets through."""

    name: str
    pattern: dict[str, Any]
    deliver: Callable[[str], object]
    clock: MemoryClock
    heard: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def put_events(self, *, Entries: list[dict[str, str]]) -> dict[str, Any]:
        if not 0 < len(Entries) <= MOST_ENTRIES:
            raise NotFaked(f"{len(Entries)} events at once")
        for entry in Entries:
            if entry.keys() != {"EventBusName", "Source", "DetailType", "Detail"}:
                raise NotFaked(f"an event with {entry.keys()}")
            if entry["EventBusName"] != self.name:
                raise NotFaked(f"a bus called {entry['EventBusName']!r}")
            self.put(entry["Source"], entry["DetailType"], json.loads(entry["Detail"]))
        return {"FailedEntryCount": 0, "Entries": [{"EventId": "some id"} for _ in Entries]}

    def put(self, source: str, name: str, detail: dict[str, Any], id_: str = "") -> None:
        event = {
            "version": "0",
            "id": id_ or f"event-{len(self.heard)}",
            "detail-type": name,
            "source": source,
            "time": self.clock.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "detail": detail,
        }
        if source == "textback":
            self.heard.append((name, detail))
        if matches(self.pattern, event):
            self.deliver(json.dumps(event))


@dataclass(frozen=True)
class Sent:
    """A text that the carrier took, and that reaches the phone."""

    id: str
    at: datetime
    line: str
    phone: str
    body: str
    context: dict[str, str]


@dataclass
class Carrier:
    """End User Messaging: its client, the phones, and the receipts on their way. `trouble` is what
    its next answers are; `bounces` what becomes of the next texts that it takes."""

    clock: MemoryClock
    numbers: set[str]
    opt_out_list: str
    receipts_arrive: bool = True
    texts: list[Sent] = field(default_factory=list)
    opted_out: set[str] = field(default_factory=set)
    no_phones: set[str] = field(default_factory=set)
    trouble: list[str] = field(default_factory=list)
    bounces: list[str] = field(default_factory=list)
    receipts: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)

    def send_text_message(
        self,
        *,
        DestinationPhoneNumber: str,
        OriginationIdentity: str,
        MessageBody: str,
        MessageType: str,
        Context: dict[str, str],
        ConfigurationSetName: str,
    ) -> dict[str, str]:
        if OriginationIdentity not in self.numbers or MessageType != "TRANSACTIONAL":
            raise NotFaked(f"a text of {OriginationIdentity}, {MessageType}")
        if not MessageBody or not ConfigurationSetName:
            raise NotFaked("a text without its body or configuration set")
        if self.trouble:
            raise _refused(self.trouble.pop(0))
        if DestinationPhoneNumber in self.no_phones:
            raise _refused("INVALID_PHONE_NUMBER")
        if DestinationPhoneNumber in self.opted_out:
            raise _refused("DESTINATION_PHONE_NUMBER_OPTED_OUT")
        text = Sent(
            id=f"message-{len(self.texts)}",
            at=self.clock.at,
            line=OriginationIdentity,
            phone=DestinationPhoneNumber,
            body=MessageBody,
            context=dict(Context),
        )
        self.texts.append(text)
        self._report(text, self.bounces.pop(0) if self.bounces else "")
        return {"MessageId": text.id}

    def put_opted_out_number(
        self,
        *,
        OptOutListName: str,
        OptedOutNumber: str,
    ) -> dict[str, str]:
        self._is_mine(OptOutListName)
        self.opted_out.add(OptedOutNumber)
        return {"OptedOutNumber": OptedOutNumber}

    def delete_opted_out_number(
        self,
        *,
        OptOutListName: str,
        OptedOutNumber: str,
    ) -> dict[str, str]:
        self._is_mine(OptOutListName)
        if OptedOutNumber not in self.opted_out:
            raise refusal("DeleteOptedOutNumber", "ResourceNotFoundException")
        self.opted_out.remove(OptedOutNumber)
        return {"OptedOutNumber": OptedOutNumber}

    def _is_mine(self, name: str) -> None:
        if name != self.opt_out_list:
            raise NotFaked(f"an opt-out list called {name!r}")

    def _report(self, text: Sent, bounce: str) -> None:
        if not self.receipts_arrive:
            return
        last = bounce or "TEXT_DELIVERED"
        for kind, after in {
            "TEXT_PENDING": RECEIPTS_AFTER["TEXT_PENDING"],
            last: RECEIPTS_AFTER["TEXT_DELIVERED"],
        }.items():
            at = self.clock.at + after
            receipt = {
                "eventType": kind,
                "eventTimestamp": int(at.timestamp() * 1000),
                "isFinal": kind == last,
                "messageId": text.id,
                "messageStatus": kind.removeprefix("TEXT_"),
                "context": text.context,
            }
            self.receipts.append((at, receipt))


def _refused(reason: str) -> ClientError:
    code = CODES.get(reason, "ConflictException")
    return refusal("SendTextMessage", code, status=429 if code == reason else 400, Reason=reason)
