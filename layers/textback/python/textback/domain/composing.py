"""From a template of the playbook to the text that goes out."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from textback.domain.conversation import Appointment
from textback.domain.effects import Purpose, SendText
from textback.domain.playbook import Line, Wording, fill
from textback.domain.segments import to_gsm

VALUE_LIMIT = 40  # characters of any one value, so that a long name cannot cost a segment
BODY_LIMIT = (
    1530  # GSM-7 characters that AWS sends as one text (End User Messaging, character limits)
)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")
FRAGMENTS = {"greeting": "first_name", "with_provider": "provider", "at_place": "place"}


def compose(
    name: str,
    language: str,
    line: Line,
    now: datetime,
    *,
    purpose: Purpose = Purpose.REPLY,
    visit: Appointment | None = None,
) -> SendText:
    """Write the text called `name` in one of the line's languages; `visit` gives its values."""
    wording = line.playbook.wordings[language]
    body = fill(wording.texts[name], _values(wording, line, visit))
    return SendText(
        body=sendable(body),
        purpose=purpose,
        decided_at=now,
        about=visit.id if visit else "",
        start=visit.start if visit else None,
        settled_at=visit.settled_at if visit else None,
    )


def sendable(body: str) -> str:
    """A text in the alphabet and length that the carrier takes as one."""
    return to_gsm(body)[:BODY_LIMIT]


def _values(wording: Wording, line: Line, visit: Appointment | None) -> dict[str, str]:
    values = {"practice": line.playbook.practice, "call": line.playbook.call}
    if visit:
        values["when"] = wording.dates.write(visit.start.astimezone(ZoneInfo(line.playbook.zone)))
        values["first_name"] = visit.patient.first_name
        values["provider"] = visit.provider
        values["place"] = visit.place.name or visit.place.address
    values = {name: UNPRINTABLE.sub(" ", value)[:VALUE_LIMIT] for name, value in values.items()}
    fragments = {
        fragment: fill(wording.texts[fragment], values) if values.get(needs) else ""
        for fragment, needs in FRAGMENTS.items()
    }
    return values | fragments
