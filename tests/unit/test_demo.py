"""The demo practice reminds soon after its start, at every hour of the year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textback.domain.conversation import Appointment, Conversation
from textback.domain.events import AppointmentScheduled, TimerFired
from textback.domain.playbook import Line
from textback.domain.step import step

from console.demo import DUE_AFTER, PATIENTS, Patient, playbook, start_for

SECOND = timedelta(seconds=1)
LINE = Line("+12065550100", playbook())
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
STARTS = st.integers(0, 3 * 366 * 86_400).map(lambda seconds: NEW_YEAR + timedelta(seconds=seconds))


def local(zone: str, *parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize("patient", PATIENTS, ids=lambda patient: patient.first_name)
@example(now=local("America/Los_Angeles", 2026, 12, 1, 3, 15))  # in the night
@example(now=local("America/Los_Angeles", 2027, 3, 12, 2, 30))  # no such time two days later
@example(now=local("America/New_York", 2027, 3, 12, 2, 30))
@example(now=local("America/New_York", 2026, 10, 30, 1, 30))  # twice that time two days later
@example(now=local("America/New_York", 2026, 11, 1, 1, 30, fold=1))
@example(now=local("America/Los_Angeles", 2026, 11, 1, 1, 59, 50, fold=1))
@given(now=STARTS)
def test_a_demo_patient_is_reminded_seconds_after_the_start(
    patient: Patient, now: datetime
) -> None:
    start = start_for(now + DUE_AFTER, LINE.playbook, ZoneInfo(patient.zone))
    booked = AppointmentScheduled("1", now, Appointment("apt-1", 1, start), zone=patient.zone)
    conversation = step(
        Conversation("c", LINE.number, patient.phone), booked, now, LINE
    ).conversation
    due = min(timer.due for timer in conversation.timers)
    assert DUE_AFTER - SECOND < due - now <= DUE_AFTER
    reminded = step(conversation, TimerFired("2", due), due, LINE)
    assert reminded.reason == "a reminder came due"
