"""When the steps of a cadence are due, and when they go: on every clock of the world."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from textback.domain.cadence import SOON, due_of, ends, fitted
from textback.domain.conversation import Urgency
from textback.domain.hours import ALWAYS, DAYTIME
from textback.domain.playbook import Outside, ReminderStep
from textback.playbooks import load

from tests.support.clocks import (
    DAY,
    HOUR,
    MINUTE,
    ZONES,
    changes,
    hours_near,
    moments,
    on_the_wall,
    shows_all,
)
from tests.support.samples import visit

ANYWHERE = settings(max_examples=300, deadline=None)
zones = st.sampled_from(ZONES)
SHIPPED = load()
ALL_HOURS = replace(SHIPPED, hours=ALWAYS)
TWO_DAYS = ReminderStep("two_days", 2 * DAY)
EVENING = ReminderStep("evening", DAY, at=18 * HOUR)
THREE_HOURS = ReminderStep("three_hours", 3 * HOUR)
MORNING = ReminderStep("morning", timedelta(), at=8 * HOUR)

# Each computed by hand. The clocks of New York go forward at 2:00 on March 8 2026 and back at 2:00
# on November 1; those of Lord Howe back by half an hour at 2:00 on April 5 and forward at 2:00 on
# October 4; those of Casablanca go back for Ramadan, at 3:00 on February 23 2025, and forward after
# it, at 2:00 on April 6; Apia went over the date line and had no December 30 2011.
# The visit, then the steps: 2 days before, 1 day before at 18:00, 3 hours before, that day at 8:00.
CLOCKS = """
America/New_York
2026-03-09 09:00 -04:00 | 2026-03-07 09:00 -05:00 | 2026-03-08 18:00 -04:00 | 2026-03-09 06:00 -04:00 | 2026-03-09 08:00 -04:00
2026-03-08 03:30 -04:00 | 2026-03-06 03:30 -05:00 | 2026-03-07 18:00 -05:00 | 2026-03-07 23:30 -05:00 | 2026-03-08 08:00 -04:00
2026-03-10 02:30 -04:00 | 2026-03-08 03:30 -04:00 | 2026-03-09 18:00 -04:00 | 2026-03-09 23:30 -04:00 | 2026-03-10 08:00 -04:00
2026-11-02 09:00 -05:00 | 2026-10-31 09:00 -04:00 | 2026-11-01 18:00 -05:00 | 2026-11-02 06:00 -05:00 | 2026-11-02 08:00 -05:00
2026-11-01 01:30 -04:00 | 2026-10-30 01:30 -04:00 | 2026-10-31 18:00 -04:00 | 2026-10-31 22:30 -04:00 | 2026-11-01 08:00 -05:00
2026-11-01 01:30 -05:00 | 2026-10-30 01:30 -04:00 | 2026-10-31 18:00 -04:00 | 2026-10-31 23:30 -04:00 | 2026-11-01 08:00 -05:00
2026-11-03 01:30 -05:00 | 2026-11-01 01:30 -04:00 | 2026-11-02 18:00 -05:00 | 2026-11-02 22:30 -05:00 | 2026-11-03 08:00 -05:00
Australia/Lord_Howe
2026-04-06 09:00 +10:30 | 2026-04-04 09:00 +11:00 | 2026-04-05 18:00 +10:30 | 2026-04-06 06:00 +10:30 | 2026-04-06 08:00 +10:30
2026-04-05 04:00 +10:30 | 2026-04-03 04:00 +11:00 | 2026-04-04 18:00 +11:00 | 2026-04-05 01:30 +11:00 | 2026-04-05 08:00 +10:30
2026-10-05 09:00 +11:00 | 2026-10-03 09:00 +10:30 | 2026-10-04 18:00 +11:00 | 2026-10-05 06:00 +11:00 | 2026-10-05 08:00 +11:00
2026-10-06 02:15 +11:00 | 2026-10-04 02:45 +11:00 | 2026-10-05 18:00 +11:00 | 2026-10-05 23:15 +11:00 | 2026-10-06 08:00 +11:00
Africa/Casablanca
2025-02-24 09:00 +00:00 | 2025-02-22 09:00 +01:00 | 2025-02-23 18:00 +00:00 | 2025-02-24 06:00 +00:00 | 2025-02-24 08:00 +00:00
2025-02-25 02:30 +00:00 | 2025-02-23 02:30 +01:00 | 2025-02-24 18:00 +00:00 | 2025-02-24 23:30 +00:00 | 2025-02-25 08:00 +00:00
2025-04-07 09:00 +01:00 | 2025-04-05 09:00 +00:00 | 2025-04-06 18:00 +01:00 | 2025-04-07 06:00 +01:00 | 2025-04-07 08:00 +01:00
2025-04-06 04:00 +01:00 | 2025-04-04 04:00 +00:00 | 2025-04-05 18:00 +00:00 | 2025-04-06 00:00 +00:00 | 2025-04-06 08:00 +01:00
Pacific/Apia
2011-12-29 23:00 -10:00 | 2011-12-27 23:00 -10:00 | 2011-12-28 18:00 -10:00 | 2011-12-29 20:00 -10:00 | 2011-12-29 08:00 -10:00
2011-12-31 09:00 +14:00 | 2011-12-29 09:00 -10:00 | 2011-12-29 18:00 -10:00 | 2011-12-31 06:00 +14:00 | 2011-12-31 08:00 +14:00
2011-12-31 01:00 +14:00 | 2011-12-29 01:00 -10:00 | 2011-12-29 18:00 -10:00 | 2011-12-29 22:00 -10:00 | 2011-12-31 08:00 +14:00
2012-01-01 09:00 +14:00 | 2011-12-29 09:00 -10:00 | 2011-12-31 18:00 +14:00 | 2012-01-01 06:00 +14:00 | 2012-01-01 08:00 +14:00
"""  # noqa: E501


def _rows() -> list[tuple[str, ...]]:
    rows, zone = [], ""
    for line in CLOCKS.strip().splitlines():
        cells = tuple(cell.strip() for cell in line.split("|"))
        if len(cells) == 1:
            (zone,) = cells
        else:
            rows.append((zone, *cells))
    return rows


def shown(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(" ", "minutes")


@pytest.mark.parametrize(
    ("name", "start", "two_days", "evening", "three_hours", "morning"),
    _rows(),
    ids=[f"{row[0]} {row[1]}" for row in _rows()],
)
def test_steps_are_due_by_the_contact_s_clock(
    name: str, start: str, two_days: str, evening: str, three_hours: str, morning: str
) -> None:
    zone = ZoneInfo(name)
    at = datetime.fromisoformat(start)
    assert shown(at, zone) == start.replace(" +", "+").replace(" -", "-"), "there is such a moment"
    of = visit(start=at)
    due = [
        shown(due_of(s, of, ALL_HOURS, zone), zone)
        for s in (TWO_DAYS, EVENING, THREE_HOURS, MORNING)
    ]
    expected = (two_days, evening, three_hours, morning)
    assert due == [cell.replace(" +", "+").replace(" -", "-") for cell in expected]


def test_a_follow_up_on_a_day_that_is_left_out_goes_on_the_next() -> None:
    zone = ZoneInfo("Pacific/Apia")
    of = visit(start=datetime.fromisoformat("2011-12-29 09:00-10:00"))
    step = ReminderStep("after", after=DAY, at=10 * HOUR)
    assert shown(due_of(step, of, ALL_HOURS, zone), zone) == "2011-12-31 10:00+14:00"


LA, NY, AUCKLAND = "America/Los_Angeles", "America/New_York", "Pacific/Auckland"
EARLIER = {"outside": Outside.EARLIER}
NIGHT = ReminderStep("night", DAY, at=21 * HOUR)
AFTER = ReminderStep("after", after=2 * HOUR)
# why; the step; the visit, when the step goes, both on the contact's clock; the contact's zone.
# Hours are 8:00 to 20:00, and it is planned two weeks ahead.
FITTED = [
    ("within the hours it goes when it is due", THREE_HOURS, "08 14:00", "08 11:00", LA),
    ("before them it waits", THREE_HOURS, "08 10:00", "08 08:00", LA),
    ("after them it waits", NIGHT, "08 14:00", "08 08:00", LA),
    ("or goes an hour before they end", replace(NIGHT, **EARLIER), "08 14:00", "07 19:00", LA),
    ("waiting leads past the start", THREE_HOURS, "08 07:30", "07 19:00", LA),
    ("a visit at the moment they begin", THREE_HOURS, "08 08:00", "07 19:00", LA),
    ("half past midnight", THREE_HOURS, "08 00:30", "07 19:00", LA),
    ("a day before that", ReminderStep("day", DAY), "08 00:30", "07 08:00", LA),
    ("its morning is past", MORNING, "08 00:30", None, LA),
    ("it would be at the start", MORNING, "08 08:00", None, LA),
    ("a case has no hours", replace(THREE_HOURS, case=Urgency.LOW), "08 07:30", "08 04:30", LA),
    ("a case is not past the start", replace(MORNING, case=Urgency.LOW), "08 07:30", None, LA),
    ("after the visit", AFTER, "08 14:00", "08 16:30", LA),
    ("after it, but not at night", AFTER, "08 18:00", "09 08:00", LA),
    ("not brought forward to before its end", replace(AFTER, **EARLIER), "08 21:00", "09 08:00",
     LA),
    ("brought forward as far as its end", replace(AFTER, **EARLIER), "08 18:40", "08 19:10", LA),
    ("that evening is before its end", ReminderStep("e", after=timedelta(), at=18 * HOUR),
     "08 18:00", None, LA),
    ("a contact who is a day ahead", EVENING, "09 11:00", "08 18:00", AUCKLAND),
    ("and further still", EVENING, "09 11:00", "08 18:00", "Pacific/Kiritimati"),
    ("half an hour off", THREE_HOURS, "08 10:30", "08 08:00", "Asia/Kolkata"),
    ("three quarters off", THREE_HOURS, "08 11:00", "08 08:00", "Pacific/Chatham"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("step", "start", "goes", "name"), [r[1:] for r in FITTED], ids=[r[0] for r in FITTED]
)
def test_a_step_goes_in_the_texting_hours(
    step: ReminderStep, start: str, goes: str | None, name: str
) -> None:
    zone, playbook = ZoneInfo(name), replace(SHIPPED, hours=DAYTIME)
    of = visit(start=datetime.fromisoformat(f"2026-12-{start}").replace(tzinfo=zone))
    at = fitted(step, due_of(step, of, playbook, zone), of.start - 14 * DAY, of, playbook, zone)
    assert (at and shown(at, zone)[8:16]) == goes


def test_a_step_that_is_brought_forward_into_now_gives_the_index_time_to_show_it() -> None:
    zone, playbook = ZoneInfo(LA), replace(SHIPPED, hours=DAYTIME)
    of = visit(start=datetime(2026, 12, 8, 7, tzinfo=zone))
    now = datetime(2026, 12, 7, 19, 30, tzinfo=zone)
    at = fitted(THREE_HOURS, due_of(THREE_HOURS, of, playbook, zone), now, of, playbook, zone)
    assert at == now + SOON


@st.composite
def steps(draw: st.DrawFn) -> ReminderStep:
    days, minutes = draw(st.integers(0, 10)), draw(st.integers(0, 24 * 60 - 1))
    at = draw(st.none() | st.integers(0, 24 * 60 - 1).map(lambda m: m * MINUTE))
    span = days * DAY if at is not None else days * DAY + minutes * MINUTE
    case = draw(st.sampled_from([None, None, Urgency.LOW]))
    outside = draw(st.sampled_from(Outside))
    if draw(st.booleans()):
        return ReminderStep("step", before=span, at=at, case=case, outside=outside)
    return ReminderStep("step", after=span, at=at, case=case, outside=outside)


@ANYWHERE
@given(st.data(), zones, steps(), st.integers(1, 20 * 24 * 60))
def test_a_step_keeps_to_the_visit_and_to_the_hours(
    data: st.DataObject, name: str, step: ReminderStep, ahead: int
) -> None:
    zone, start = ZoneInfo(name), data.draw(moments(name))
    playbook = replace(SHIPPED, hours=data.draw(hours_near(start)))
    of, now = visit(start=start), start - ahead * MINUTE
    due = due_of(step, of, playbook, zone)
    at = fitted(step, due, now, of, playbook, zone)
    if at is None:
        return
    assert at >= now
    if step.before is not None:
        assert at < of.start
    else:
        assert at >= ends(of, playbook)
    if step.case:
        assert at == due
        return
    assert playbook.hours.open_at(at, zone)
    if shows_all(playbook.hours, at, zone):
        assert on_the_wall(playbook.hours, at, zone)
    if playbook.hours.open_at(due, zone):
        assert at == due


@ANYWHERE
@given(st.data(), zones, st.integers(1, 10))
def test_whole_days_keep_the_time_on_the_contact_s_clock(
    data: st.DataObject, name: str, days: int
) -> None:
    zone, start = ZoneInfo(name), data.draw(moments(name))
    wall = start.astimezone(zone)
    due = due_of(ReminderStep("days", days * DAY), visit(start=start), ALL_HOURS, zone)
    shown = due.astimezone(zone)
    wanted = wall.replace(tzinfo=None, fold=0) - days * DAY
    there = wanted.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    assume(there.date() == wanted.date())  # the table has the day that is left out
    if there == wanted:
        assert (shown.replace(tzinfo=None, fold=0), shown.fold) == (wanted, 0)
    else:
        assert timedelta() < shown.replace(tzinfo=None) - wanted <= 3 * HOUR, "as it was before"
    assert due < start


@ANYWHERE
@given(st.data(), zones, st.integers(1, 24 * 60 - 1))
def test_less_than_a_day_is_time_that_passes(data: st.DataObject, name: str, minutes: int) -> None:
    start = data.draw(moments(name))
    step = ReminderStep("minutes", minutes * MINUTE)
    assert due_of(step, visit(start=start), ALL_HOURS, ZoneInfo(name)) == start - minutes * MINUTE


def test_the_changes_of_the_clock_are_those_that_the_table_has() -> None:
    """The moments that all this is drawn near are the right ones."""
    apia = datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert apia in changes("Pacific/Apia")
    new_york = [c.astimezone(ZoneInfo(NY)).date() for c in changes(NY)]
    assert {date(2026, 3, 8), date(2026, 11, 1)} <= set(new_york)
