"""From a template of the playbook to the text that goes out."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from textback.domain.conversation import Appointment
from textback.domain.effects import Purpose, SendText
from textback.domain.playbook import Line, Playbook, Wording, fill
from textback.domain.segments import AWS_GSM_LIMIT, AWS_UCS2_LIMIT, shortened, to_gsm
from textback.domain.texts import Fragment, Name

VALUE_LIMIT = 40  # what any one value may take of a text, so that a long name costs no segment
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


def compose(
    name: Name,
    language: str,
    line: Line,
    now: datetime,
    *,
    purpose: Purpose = Purpose.REPLY,
    visit: Appointment | None = None,
) -> SendText:
    """Write the text called `name` in one of the line's languages; `visit` gives its values."""
    return SendText(
        body=sendable(write(name, language, line.playbook, visit)),
        purpose=purpose,
        decided_at=now,
        about=visit.id if visit else "",
        start=visit.start if visit else None,
        settled_at=visit.settled_at if visit else None,
    )


def write(name: Name, language: str, playbook: Playbook, visit: Appointment | None = None) -> str:
    """The text with its values, at whatever length."""
    wording = playbook.wordings[language]
    return fill(wording.texts[name], _values(wording, playbook, visit))


def sendable(body: str) -> str:
    """A text in the alphabet and length that the carrier takes as one."""
    return shortened(to_gsm(body), AWS_GSM_LIMIT, AWS_UCS2_LIMIT)


def _values(wording: Wording, playbook: Playbook, visit: Appointment | None) -> dict[str, str]:
    values = {"practice": playbook.practice, "call": playbook.call}
    if visit:
        values["when"] = wording.dates.write(visit.start.astimezone(ZoneInfo(playbook.zone)))
        values["first_name"] = visit.patient.first_name
        values["provider"] = visit.provider
        values["place"] = visit.place.name or visit.place.address
    values = {name: _short(value) for name, value in values.items()}
    fragments = {
        fragment: fill(wording.texts[fragment], values) if values.get(fragment.needs) else ""
        for fragment in Fragment
    }
    return values | fragments


def _short(value: str) -> str:
    """Shortened as it will be sent: an ellipsis is then three dots, a bracket costs double."""
    return shortened(to_gsm(UNPRINTABLE.sub(" ", value)), VALUE_LIMIT, VALUE_LIMIT)
