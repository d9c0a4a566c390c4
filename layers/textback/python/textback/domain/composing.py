"""From a template of the playbook to the text that goes out."""

import re
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from textback.domain.conversation import Appointment
from textback.domain.effects import Purpose, SendText
from textback.domain.filling import fill
from textback.domain.personal import VALUE_LIMIT, first_name, short
from textback.domain.playbook import Line, Playbook, Wording
from textback.domain.segments import AWS_GSM_LIMIT, AWS_UCS2_LIMIT, is_gsm, shortened, to_gsm
from textback.domain.texts import Fragment, Name

# A text that begins with one of these is an order to opt out: AWS End User Messaging, required
# keywords, and 47 CFR 64.1200(a)(10). Where a machine answers the phone, it obeys.
_ENDS_TEXTS = re.compile(
    r"\W*(?:arret|cancel|end|opt[ -]?out|quit|remove|revoke|stop(?:all)?|td|unsubscribe)\b",
    re.IGNORECASE,
)


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
    return outgoing(write(name, language, line.playbook, visit), purpose, now, visit)


def outgoing(
    body: str, purpose: Purpose, now: datetime, visit: Appointment | None = None
) -> SendText:
    """The one way in which a text comes to be, whoever wrote it: in the alphabet and the length
    that the carrier takes as one."""
    return SendText(
        body=shortened(to_gsm(body), AWS_GSM_LIMIT, AWS_UCS2_LIMIT),
        purpose=purpose,
        decided_at=now,
        about=visit.id if visit else "",
        start=visit.start if visit else None,
        settled_at=visit.settled_at if visit else None,
    )


def write(name: Name, language: str, playbook: Playbook, visit: Appointment | None = None) -> str:
    """The text with its values, at whatever length."""
    wording = playbook.wordings[language]
    template = wording.texts[name]
    values = _values(wording, playbook, visit, every_accent=is_gsm(to_gsm(template)))
    parts = {f: _part(wording.texts[f], values, f, language) for f in Fragment}
    body = fill(template, values | parts, language)
    if _ENDS_TEXTS.match(body):
        parts = {f: "" if _ENDS_TEXTS.match(part) else part for f, part in parts.items()}
        body = fill(template, values | parts, language)
    return body


def _values(
    wording: Wording, playbook: Playbook, visit: Appointment | None, *, every_accent: bool
) -> dict[str, str]:
    values = {"practice": playbook.practice, "call": playbook.call}
    if visit:
        values["when"] = wording.dates.write(visit.start.astimezone(ZoneInfo(playbook.zone)))
    values = {name: _own(value) for name, value in values.items()}
    if visit:
        place = visit.place.name or visit.place.address
        values["first_name"] = first_name(visit.patient.first_name, every_accent=every_accent)
        values["provider"] = short(visit.provider, every_accent=every_accent)
        values["place"] = short(place, every_accent=every_accent)
    return values


def _part(template: str, values: Mapping[str, str], fragment: Fragment, language: str) -> str:
    return fill(template, values, language) if values.get(fragment.needs) else ""


def _own(value: str) -> str:
    """A value of the playbook, shortened as it will be sent: a bracket costs double."""
    return shortened(to_gsm(value), VALUE_LIMIT, VALUE_LIMIT)
