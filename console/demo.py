"""The demo practice: one line, a few patients, and reminders that go out soon after the start."""

from dataclasses import dataclass
from datetime import timedelta

from textback.adapters.clock import SystemClock
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.playbooks import load as load_playbook

from console.api import Api
from console.booking import Booking, book
from console.settings import DEMO_LINE

# The default cadence has a step two days before a visit.
_STEP = timedelta(days=2)
_DUE_AFTER = timedelta(seconds=10)  # long enough for the booking to be taken in before


@dataclass(frozen=True)
class Patient:
    phone: str
    first_name: str
    language: str
    provider: str


PATIENTS = (
    Patient("+12065550123", "Ana", "en", "Dr. Lee"),
    Patient("+12065550134", "Luis", "es", "Dr. Lee"),
    Patient("+12065550145", "Kim", "en", "Dr. Ortiz"),
)


def load(api: Api) -> float:
    """Load the practice if it is not there; say in how many seconds its reminders are due.

    At the first start each patient is booked once. Later starts book for the next patient in
    turn, so that there is always something new to answer.
    """
    starts = api.phones.starts()
    if starts == 0:
        lines = DynamoDBLines(api.stack.dynamodb, api.stack.table, SystemClock())
        lines.apply(DEMO_LINE, load_playbook())
    fresh = PATIENTS if starts == 0 else (PATIENTS[starts % len(PATIENTS)],)
    for patient in fresh:
        api.phones.know(patient.phone, patient.first_name)
        now = api.clock.now()
        booking = Booking(
            id=f"demo-{starts}-{patient.first_name.lower()}",
            phone=patient.phone,
            start=now + _STEP + _DUE_AFTER,
            first_name=patient.first_name,
            language=patient.language,
            provider=patient.provider,
        )
        book(api.stack, booking, now)
    api.phones.started()
    return _DUE_AFTER.total_seconds() + 2
