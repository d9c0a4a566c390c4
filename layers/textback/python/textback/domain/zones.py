"""Whose clock a contact lives by."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from textback.domain.conversation import Conversation
from textback.domain.playbook import Playbook

UNKNOWN = "Etc/Unknown"
SEASONS = (datetime(2026, 1, 15), datetime(2026, 7, 15))  # noqa: DTZ001 - of any zone


def zone_of(conversation: Conversation, playbook: Playbook) -> ZoneInfo:
    """The zone on record, else that of the number's area, else the line's. Numbers are carried
    from place to place, so the record goes first."""
    return ZoneInfo(conversation.zone or _of_area(conversation.phone, playbook.zone))


@lru_cache(maxsize=1024)
def _of_area(phone: str, line: str) -> str:
    """The zone of an E.164 phone's area. Where the area has several, as a toll-free number's has,
    the line's if that is one of them or keeps its time; else the middle one, of two the western:
    hours that end at 20:00 there end at 21:00 in the other."""
    # Only turns that plan reminders pay for the table of areas.
    import phonenumbers.timezone  # noqa: PLC0415

    number = phonenumbers.parse(phone)
    zones = [z for z in phonenumbers.timezone.time_zones_for_number(number) if z != UNKNOWN]
    if len(zones) == 1:
        return zones[0]
    if not zones or _clock(line) in map(_clock, zones):
        return line
    return sorted(zones, key=lambda zone: (_clock(zone), zone))[(len(zones) - 1) // 2]


def _clock(zone: str) -> tuple[timedelta, ...]:
    """What tells the zones of an area apart: how far ahead of UTC they are, winter and summer."""
    return tuple(day.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta() for day in SEASONS)
