"""Whose clock a contact lives by."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from textback.domain.conversation import Conversation
from textback.domain.playbook import Playbook

UNKNOWN = "Etc/Unknown"


def zone_of(conversation: Conversation, playbook: Playbook) -> ZoneInfo:
    """The zone on record, else that of the number's area, else the line's. Numbers are carried
    from place to place, so the record goes first."""
    return ZoneInfo(conversation.zone or _of_area(conversation.phone, playbook.zone))


@lru_cache(maxsize=1024)
def _of_area(phone: str, line: str) -> str:
    """The zone of an E.164 phone's area; where the area has several, the line's if it is one."""
    # Only turns that plan reminders pay for the table of areas.
    import phonenumbers.timezone  # noqa: PLC0415

    number = phonenumbers.parse(phone)
    zones = [z for z in phonenumbers.timezone.time_zones_for_number(number) if z != UNKNOWN]
    return zones[0] if zones and line not in zones else line
