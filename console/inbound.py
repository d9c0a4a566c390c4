"""A text that a person types on a phone, and how the carrier hands it to the line."""

from dataclasses import asdict
from typing import Any
from uuid import uuid4

from textback.domain.segments import segments

from console.aws import Stack
from console.clock import Clock
from console.phones import Phones, Text

_KEYWORD = "KEYWORD_1"  # the keyword registered to the number: not the first word of the text
# Words by which a person tells the carrier itself to deliver again.
_OPT_IN = {"start", "unstop"}


class Inbound:
    """Takes texts from phones, keeps them, and publishes them to the stack's inbound topic."""

    def __init__(self, stack: Stack, phones: Phones, clock: Clock) -> None:
        self._stack = stack
        self._phones = phones
        self._clock = clock

    def take(self, phone: str, line: str, body: str, text_id: str | None = None) -> Text:
        """Hand a text to the line; an id given twice is one text delivered twice."""
        last = self._phones.last_to(phone, line)
        measured = segments(body)
        text = Text(
            id=text_id or str(uuid4()), phone=phone, line=line, direction="from_phone",
            text=body, at=self._clock.now().isoformat(timespec="milliseconds"),
            encoding=measured.encoding, segments=measured.segments, state="sent",
        )  # fmt: skip
        if body.strip().casefold() in _OPT_IN:
            self._phones.opt_in(phone)
        self._phones.add(text)
        self._stack.publish("InboundTopicArn", [payload(text, last.id if last else None)])
        return text


def payload(text: Text, previous: str | None) -> dict[str, Any]:
    """Write a text as two-way texting publishes it; `previous` is the last text to the phone."""
    told = {
        "originationNumber": text.phone,
        "destinationNumber": text.line,
        "messageKeyword": _KEYWORD,
        "messageBody": text.text,
        "inboundMessageId": text.id,
    }
    return told | ({"previousPublishedMessageId": previous} if previous else {})


def shown(text: Text) -> dict[str, Any]:
    """Write a text as the console's API shows it."""
    return asdict(text)
