"""Texting hours: on every clock of the world, whatever its DST does."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from textback.domain.hours import ALWAYS, HORIZON, Hours
from textback.playbooks.times import dates, week

from tests.support.clocks import (
    DAY,
    MINUTE,
    ZONES,
    changes,
    hours_near,
    moments,
    on_the_wall,
    shows_all,
)

SECOND = timedelta(seconds=1)
ANYWHERE = settings(max_examples=400, deadline=None)
zones = st.sampled_from(ZONES)


def probes(since: datetime, until: datetime) -> list[datetime]:
    """Moments in between, to the first and the last second."""
    span = until - since
    inner = [since + span * n / 24 for n in range(1, 24)]
    return [m for m in (since + SECOND, *inner, until - SECOND) if since < m < until]


@ANYWHERE
@given(st.data(), zones)
def test_the_next_opening_is_in_the_hours_and_nothing_before_it_is(
    data: st.DataObject, name: str
) -> None:
    zone, at = ZoneInfo(name), data.draw(moments(name))
    hours = data.draw(hours_near(at))
    opens = hours.next_open(at, zone)
    if opens is None:
        for n in range(1, HORIZON - 1):
            assert not hours.open_at(at + n * DAY, zone)
        return
    assert opens >= at
    assert hours.open_at(opens, zone)
    assert hours.open_at(at, zone) is (opens == at)
    for moment in probes(at, opens):
        assert not hours.open_at(moment, zone)


@ANYWHERE
@given(st.data(), zones)
def test_the_hours_are_what_the_contact_s_clock_shows(data: st.DataObject, name: str) -> None:
    zone, at = ZoneInfo(name), data.draw(moments(name))
    hours = data.draw(hours_near(at))
    assume(shows_all(hours, at, zone))  # else see the table below
    assert hours.open_at(at, zone) is on_the_wall(hours, at, zone)


@ANYWHERE
@given(st.data(), zones, st.integers(0, 6 * 24 * 60))
def test_the_last_opening_is_in_the_hours_that_ended_before(
    data: st.DataObject, name: str, back: int
) -> None:
    zone, at = ZoneInfo(name), data.draw(moments(name))
    hours, since = data.draw(hours_near(at)), at - back * MINUTE
    last = hours.last_open(at, zone, since)
    if last is None:
        assert hours.open_at(at, zone) or not any(
            hours.open_at(moment, zone) for moment in probes(since, at)
        )
        return
    assert since <= last < at
    assert hours.open_at(last, zone)
    if not hours.open_at(at, zone):
        closes = next(
            m for n in range(1, 15_000) if not hours.open_at(m := last + n * MINUTE, zone)
        )
        assert all(not hours.open_at(moment, zone) for moment in probes(closes, at)), (
            "they are the last hours before it"
        )


@ANYWHERE
@given(st.data(), zones)
def test_always_is_always(data: st.DataObject, name: str) -> None:
    assert ALWAYS.open_at(data.draw(moments(name)), ZoneInfo(name))


def test_always_is_always_at_every_change_of_a_clock() -> None:
    for name in ZONES[::7]:
        for change in changes(name):
            for moment in (change - SECOND, change, change + SECOND):
                assert ALWAYS.open_at(moment, ZoneInfo(name)), (name, moment)


LA, AUCKLAND = "America/Los_Angeles", "Pacific/Auckland"
# why; hours; other dates; zone; at, and the next opening, on the contact's clock
TABLE = [
    ("in the hours", "8:00-20:00", {}, LA, "2026-12-01 08:00", "2026-12-01 08:00"),
    ("too early", "8:00-20:00", {}, LA, "2026-12-01 07:59", "2026-12-01 08:00"),
    ("the end is no part of them", "8:00-20:00", {}, LA, "2026-12-01 20:00", "2026-12-02 08:00"),
    (
        "at noon they rest",
        "8:00-12:00, 13:00-17:00",
        {},
        LA,
        "2026-12-01 12:00",
        "2026-12-01 13:00",
    ),
    ("to midnight", "18:00-24:00", {}, LA, "2026-12-01 23:59", "2026-12-01 23:59"),
    ("midnight is the next day's", "18:00-24:00", {}, LA, "2026-12-02 00:00", "2026-12-02 18:00"),
    (
        "a night is part of two days",
        "0:00-2:00, 20:00-24:00",
        {},
        LA,
        "2026-12-02 00:00",
        "2026-12-02 00:00",
    ),
    (
        "a weekday",
        {"mon-fri": "8:00-20:00", "sat, sun": "closed"},
        {},
        LA,
        "2026-12-04 20:30",
        "2026-12-07 08:00",
    ),
    (
        "a holiday",
        "8:00-20:00",
        {"2026-12-25": "closed"},
        LA,
        "2026-12-24 21:00",
        "2026-12-26 8:00",
    ),
    (
        "a day with longer hours",
        "closed",
        {"2026-12-24": "always"},
        LA,
        "2026-12-23 12:00",
        "2026-12-24 00:00",
    ),
    (
        "the date is the contact's, who is a day ahead of the practice",
        "8:00-20:00",
        {"2026-12-25": "closed"},
        AUCKLAND,
        "2026-12-25 09:00",
        "2026-12-26 08:00",
    ),
    (
        "the weekday too: on Kiritimati it is Monday first",
        {"mon": "8:00-20:00", "tue-sun": "closed"},
        {},
        "Pacific/Kiritimati",
        "2026-12-07 07:00",
        "2026-12-07 08:00",
    ),
    (
        "an hour and a half",
        "8:00-20:00",
        {},
        "Asia/Kathmandu",
        "2026-12-01 7:50",
        "2026-12-01 8:00",
    ),
    (
        "closed for weeks",
        "closed",
        {"2027-01-20": "9:00-10:00"},
        LA,
        "2026-12-01 10:00",
        "2027-01-20 9:00",
    ),
    ("closed for good", "closed", {}, LA, "2026-12-01 10:00", None),
    (
        "closed beyond what is planned",
        "closed",
        {"2027-06-01": "always"},
        LA,
        "2026-12-01 10:00",
        None,
    ),
    (
        "an edge that DST skips is read by the clock as it was",
        "2:30-5:00",
        {},
        "America/New_York",
        "2027-03-14 01:00",
        "2027-03-14 03:30",
    ),
    (
        "the day that begins at one, since DST skips its midnight",
        "always",
        {"2026-04-23": "closed"},
        "Africa/Cairo",
        "2026-04-23 12:00",
        "2026-04-24 01:00",
    ),
    (
        "the day that Apia left out has no hours",
        "8:00-20:00",
        {"2011-12-30": "always"},
        "Pacific/Apia",
        "2011-12-29 21:00",
        "2011-12-31 8:00",
    ),
]


def local(text: str, zone: ZoneInfo) -> datetime:
    day, time = text.split()
    return datetime.fromisoformat(f"{day} {time:0>5}").replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("given_hours", "on", "name", "at", "opens"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE]
)
def test_the_next_opening(
    given_hours: object, on: dict[str, str], name: str, at: str, opens: str | None
) -> None:
    zone, hours = ZoneInfo(name), Hours(week(given_hours), dates(on))
    expected = local(opens, zone).astimezone(UTC) if opens else None
    assert hours.next_open(local(at, zone), zone) == expected


# why; hours; at; not before; when it goes
BROUGHT_FORWARD = [
    ("an hour before they end", "8:00-20:00", "1 22:00", "1 09:00", "1 19:00"),
    ("half way through short ones", "8:00-9:00", "1 22:00", "1 07:00", "1 08:30"),
    ("the evening before", "8:00-20:00", "2 07:00", "1 09:00", "1 19:00"),
    ("not in the past, but while they last", "8:00-20:00", "1 22:00", "1 19:30", "1 19:30"),
    ("they had ended", "8:00-20:00", "1 22:00", "1 20:00", None),
    ("at their very end they have ended", "8:00-20:00", "1 20:00", "1 09:00", "1 19:00"),
    ("those that go on do not count", "8:00-20:00", "2 10:00", "1 09:00", "1 19:00"),
    ("none at all", "closed", "2 10:00", "1 09:00", None),
]


@pytest.mark.parametrize(
    ("given_hours", "at", "since", "goes"),
    [r[1:] for r in BROUGHT_FORWARD],
    ids=[r[0] for r in BROUGHT_FORWARD],
)
def test_what_is_brought_forward(given_hours: str, at: str, since: str, goes: str | None) -> None:
    zone = ZoneInfo(LA)

    def moment(text: str) -> datetime:
        return local(f"2026-12-0{text}", zone)

    found = Hours(week(given_hours)).last_open(moment(at), zone, moment(since))
    assert found == (moment(goes).astimezone(UTC) if goes else None)


def test_a_date_is_of_the_contact_s_calendar() -> None:
    """The same moment is Christmas in Auckland, and the day before in Los Angeles."""
    closed = Hours(dates={date(2026, 12, 25): ()})
    at = datetime(2026, 12, 24, 20, tzinfo=UTC)
    assert closed.open_at(at, ZoneInfo(LA))
    assert not closed.open_at(at, ZoneInfo(AUCKLAND))
