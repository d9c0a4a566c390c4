"""The demo practice: one line, a few patients, and reminders that go out soon after the start,
whatever the hour."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from textback import playbooks
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.domain.cadence import due_of
from textback.domain.conversation import Appointment
from textback.domain.hours import ALWAYS
from textback.domain.localtime import days_from
from textback.domain.playbook import Playbook

from console.api import Api
from console.booking import Booking, book
from console.settings import DEMO_LINE, ZONE

# Long enough for a booking to be taken in before its first step is past.
DUE_AFTER = timedelta(seconds=20)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Patient:
    phone: str
    first_name: str
    language: str
    provider: str
    zone: str = ZONE


PATIENTS = (
    Patient("+12065550123", "Ana", "en", "Dr. Lee"),
    Patient("+12065550134", "Luis", "es", "Dr. Lee"),
    Patient("+12065550145", "Kim", "en", "Dr. Ortiz", "America/New_York"),
)


def playbook() -> Playbook:
    """The shipped playbook, but for its texting hours: whoever tries it at night is texted too."""
    return replace(playbooks.load(), hours=ALWAYS)


def load(api: Api) -> None:
    """Load the line and its patients, if this data has not got them yet."""
    if api.phones.starts() == 0:
        lines = DynamoDBLines(api.stack.dynamodb, api.stack.table, api.clock)
        lines.apply(DEMO_LINE, playbook())
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
            start=start_for(now + DUE_AFTER, playbook(), ZoneInfo(patient.zone)),
            first_name=patient.first_name,
            language=patient.language,
            provider=patient.provider,
            zone=patient.zone,
        )
        book(api.stack, booking, now)
    api.phones.started()


def start_for(due: datetime, practice: Playbook, zone: ZoneInfo) -> datetime:
    """When a visit starts that has a reminder due at that moment, to the second.

    It is the first step's, but in the hours that daylight saving skips or repeats, where no visit
    has that step due then.
    """
    due = due.replace(microsecond=0)
    for step in practice.cadence:
        before = step.before or timedelta()
        days = before // _ONE_DAY
        of_that_day = days_from(due, days, zone) if days else due
        start = of_that_day + (before - days * _ONE_DAY)
        if due_of(step, Appointment("", 1, start), practice, zone) == due:
            return start
    raise ValueError("no step of the playbook can be due then")
