"""The demo practice: one line, a few patients, and reminders that go out soon after the start."""

from dataclasses import dataclass
from datetime import timedelta

from textback import playbooks
from textback.adapters.dynamodb.lines import DynamoDBLines

from console.api import Api
from console.booking import Booking, book
from console.settings import DEMO_LINE

# The shipped playbook has a step two days before a visit.
_STEP = timedelta(days=2)
# Long enough for a booking to be taken in before its first step is past.
DUE_AFTER = timedelta(seconds=20)


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


def load(api: Api) -> None:
    """Load the line and its patients, if this data has not got them yet."""
    if api.phones.starts() == 0:
        lines = DynamoDBLines(api.stack.dynamodb, api.stack.table, api.clock)
        lines.apply(DEMO_LINE, playbooks.load())
        for patient in PATIENTS:
            api.phones.know(patient.phone, patient.first_name)


def book_visits(api: Api) -> None:
    """Book visits whose first reminders are due after `DUE_AFTER`.

    At the first start each patient gets one, later on the next patient in turn, so that there is
    always something new to answer.
    """
    starts = api.phones.starts()
    for patient in PATIENTS if starts == 0 else (PATIENTS[starts % len(PATIENTS)],):
        now = api.clock.now()
        booking = Booking(
            id=f"demo-{starts}-{patient.first_name.lower()}",
            phone=patient.phone,
            start=now + _STEP + DUE_AFTER,
            first_name=patient.first_name,
            language=patient.language,
            provider=patient.provider,
        )
        book(api.stack, booking, now)
    api.phones.started()
