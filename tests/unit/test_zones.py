"""Whose clock a contact lives by."""

from dataclasses import replace

import pytest
from textback.domain.zones import zone_of

from tests.support.samples import blank, line

NY, LA, DETROIT = "America/New_York", "America/Los_Angeles", "America/Detroit"
ANCHORAGE = "America/Anchorage"

# why; the zone on record; the phone; the line's zone; the contact's
ZONES = [
    ("the record goes first", "Asia/Kolkata", "+12065550123", LA, "Asia/Kolkata"),
    ("else the number's area", "", "+12125550123", LA, NY),
    ("also abroad", "", "+815012345678", LA, "Asia/Tokyo"),
    ("the line's, if the area has it among others", "", "+18005550123", LA, LA),
    ("or one that shows the same time", "", "+18005550123", DETROIT, DETROIT),
    ("also under another name", "", "+18005550123", "US/Pacific", "US/Pacific"),
    ("an area of two: the western one", "", "+12085550123", NY, LA),
    ("of two again, where few live in the western", "", "+19075550123", LA, "America/Adak"),
    ("but not for a line that is there", "", "+19075550123", ANCHORAGE, ANCHORAGE),
    ("a toll-free number is anywhere, so a middle one", "", "+18885550123", "Europe/London",
     "America/New_York"),
    ("an area that no table has", "", "+19995550123", LA, LA),
    ("a mobile that is of no area", "", "+447700900123", LA, LA),
]  # fmt: skip


@pytest.mark.parametrize(
    ("on_record", "phone", "of_line", "zone"), [r[1:] for r in ZONES], ids=[r[0] for r in ZONES]
)
def test_the_zone_of_a_contact(on_record: str, phone: str, of_line: str, zone: str) -> None:
    contact = replace(blank(phone), zone=on_record)
    playbook = replace(line().playbook, zone=of_line)
    assert zone_of(contact, playbook).key == zone
