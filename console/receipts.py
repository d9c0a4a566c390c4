"""Delivery receipts: which ones a text gets, and how AWS writes them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from console.faults import Faults
from console.phones import Receipt, Text

# How long a carrier takes, in seconds; a real one takes about as long.
_ACCEPTED_AFTER = 0.3
_DELIVERED_AFTER = 0.8

# AWS's simulated destination that is never reached (End User Messaging, "simulator phone numbers").
UNREACHABLE = "+14254147167"

# What a phone's text shows after each event.
STATES = {
    "TEXT_SUCCESSFUL": "sent",
    "TEXT_DELIVERED": "delivered",
    "TEXT_UNREACHABLE": "failed",
}
_DESCRIPTIONS = {
    "TEXT_SUCCESSFUL": "Message has been accepted by phone carrier",
    "TEXT_DELIVERED": "Message has been accepted by phone",
    "TEXT_UNREACHABLE": "Phone is currently unreachable/unavailable",
}


def receipts_for(
    text: Text, context: Mapping[str, str], faults: Faults, accepted_at: float
) -> Sequence[Receipt]:
    """Plan the receipts of a text just accepted, at `accepted_at` seconds of the real clock."""
    if faults.take("lost_receipt"):
        return ()
    unreachable = text.phone == UNREACHABLE or faults.take("undelivered")
    last = "TEXT_UNREACHABLE" if unreachable else "TEXT_DELIVERED"
    return tuple(
        Receipt(accepted_at + after, text.id, event, dict(context))
        for event, after in (("TEXT_SUCCESSFUL", _ACCEPTED_AFTER), (last, _DELIVERED_AFTER))
        if not (unreachable and event == "TEXT_SUCCESSFUL")
    )


def event_for(receipt: Receipt, text: Text, now: datetime) -> dict[str, Any]:
    """Write a receipt as a configuration set's SNS destination gets it."""
    return {
        "eventType": receipt.event,
        "eventVersion": "1.0",
        "eventTimestamp": _milliseconds(now),
        "isFinal": True,  # so both of AWS's samples say, SUCCESSFUL and DELIVERED
        "originationPhoneNumber": text.line,
        "destinationPhoneNumber": text.phone,
        "isInternationalSend": False,
        "isoCountryCode": "US",
        "mcc": "310",
        "mnc": "800",
        "carrierName": "The local carrier",
        "messageId": text.id,
        "messageRequestTimestamp": _milliseconds(datetime.fromisoformat(text.at)),
        "messageEncoding": "GSM" if text.encoding.startswith("GSM") else "Unicode",
        "messageType": "TRANSACTIONAL",
        "messageStatus": receipt.event.removeprefix("TEXT_"),
        "messageStatusDescription": _DESCRIPTIONS[receipt.event],
        "context": receipt.context,
        "totalMessageParts": text.segments,
        "totalMessagePrice": round(0.00581 * text.segments, 5),
        "totalCarrierFee": round(0.003 * text.segments, 5),
    }


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
