"""Dates and times in the forms that docs/import.md lists, and no other."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textback.importing.moments import Manner, Order, Unreadable

PACIFIC = ZoneInfo("America/Los_Angeles")
NINE = "2026-12-08T09:00:00-08:00"

TAKEN = [
    ("2026-12-08T09:00:00-08:00", NINE),
    ("2026-12-08 09:00-08:00", NINE),
    ("2026-12-08T17:00Z", NINE),
    ("2026-12-08T17:00:00.000+0000", NINE),
    ("2026-12-08T18:00+01", NINE),
    ("2026-12-08 09:00", NINE),
    ("2026/12/8 9:00 am", NINE),
    ("12/8/2026 9:00 AM", NINE),
    ("12/8/2026, 9:00:00 a.m.", NINE),
    ("12-08-2026 09:00", NINE),
    ("12/8/2026 9am", NINE),
    ("12/8/2026 12:05 AM", "2026-12-08T00:05:00-08:00"),
    ("12/8/2026 12:05 PM", "2026-12-08T12:05:00-08:00"),
    ("Dec 8, 2026 9:00 AM", NINE),
    ("Tuesday, December 8, 2026 at 9:00 AM", NINE),
    ("8 Dec 2026 09:00", NINE),
    ("08-DEC-2026 09:00", NINE),
    ("2026-11-01 01:30 PDT", "2026-11-01T01:30:00-07:00"),
    ("2026-11-01 01:30 PST", "2026-11-01T01:30:00-08:00"),
    ("2026-11-01 01:30-08:00", "2026-11-01T01:30:00-08:00"),
]
REFUSED = [
    ("", "in a form of"),
    ("soon", "in a form of"),
    ("tomorrow 9:00", "in a form of"),
    ("46364.375", "spreadsheet"),
    ("2026-12-08", "no time of day"),
    ("2026-12-08 9", "minutes"),
    ("2026-12-08 13:00 PM", "from 1 to 12"),
    ("2026-12-08 24:00", "no such date"),
    ("2026-13-08 09:00", "no such date"),
    ("2026-02-29 09:00", "no such date"),
    ("25/12/2026 09:00", "no such date"),
    ("Foo 8, 2026 9:00 AM", "no month"),
    ("12/8/26 9:00 AM", "in a form of"),
    ("12/8/0026 9:00 AM", "check the year"),
    ("2206-12-08 09:00", "check the year"),
    ("2026-12-08T09:00+15:00", "far from UTC"),
    ("2026-12-08T09:00+01:75", "far from UTC"),
    ("2026-12-08T09:00 EST", "not --zone's"),
    ("2027-03-14 02:30", "go forward"),
    ("2026-11-01 01:30", "go back"),
]


@pytest.mark.parametrize(("text", "moment"), TAKEN)
def test_a_form_that_is_documented_is_read(text: str, moment: str) -> None:
    assert Manner(PACIFIC, Order.MDY).moment(text) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_all_else_is_refused_with_what_to_write(text: str, why: str) -> None:
    with pytest.raises(Unreadable) as told:
        Manner(PACIFIC, Order.MDY).moment(text)
    assert why in str(told.value)
    assert not text or text not in str(told.value)


def test_day_and_month_are_not_guessed() -> None:
    plain = Manner(PACIFIC)
    with pytest.raises(Unreadable, match="--dates"):
        plain.moment("12/8/2026 9:00")
    for sure, month in (("25/12/2026 9:00", 12), ("12/25/2026 9:00", 12), ("8/8/2026 9:00", 8)):
        assert plain.moment(sure).month == month
    assert Manner(PACIFIC, Order.DMY).moment("12/8/2026 9:00").month == 8


def test_a_time_without_an_offset_needs_a_zone() -> None:
    with pytest.raises(Unreadable, match="--zone"):
        Manner().moment("2026-12-08 09:00")
    assert Manner().moment(NINE) == datetime.fromisoformat(NINE)


@given(
    st.datetimes(datetime(2000, 1, 2), datetime(2100, 12, 30), timezones=st.just(PACIFIC)),  # noqa: DTZ001
    st.sampled_from(["%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d %B %Y %H:%M:%S"]),
)
def test_what_the_clock_on_the_wall_shows_is_read_as_that_or_not_at_all(
    moment: datetime, form: str
) -> None:
    moment = moment.replace(microsecond=0)
    try:
        read = Manner(PACIFIC, Order.MDY).moment(moment.strftime(form))
    except Unreadable as error:
        assert "clocks go" in str(error)  # noqa: PT017 - most moments are read
        return
    assert read.replace(tzinfo=None) == moment.replace(tzinfo=None)
    assert read.utcoffset() == moment.utcoffset()
