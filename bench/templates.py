"""What the shipped templates cost that they need not: segments of UCS-2 for the sake of characters
that have a plain form."""

from collections.abc import Iterator

from textback.domain.composing import write
from textback.domain.conversation import Appointment, Patient, Place
from textback.domain.segments import GSM, segments, to_gsm
from textback.domain.texts import Reminder
from textback.playbooks import load
from textback.playbooks.linting import lint

from bench.row import Row
from tests.support.samples import NOW

# As booking systems write names: with typographic apostrophes, dashes and spaces.
VISIT = Appointment(
    "apt",
    1,
    start=NOW,
    provider="Dr. O’Neill–García",
    place=Place("St. Mary’s\u00a0Clinic"),
    patient=Patient("", "Zoë"),
)


def rows() -> Iterator[Row]:
    playbook = load()
    sent = written = 0
    for row in lint(playbook).rows:
        if row.foreign:
            continue
        text = write(Reminder(row.text), row.language, playbook, VISIT)
        sent += _avoidable(to_gsm(text))
        written += _avoidable(text)
    yield Row("avoidable UCS-2 segments", sent, "segments", target=0, floor=0, naive=written)


def _avoidable(text: str) -> int:
    """How many segments more `text` costs than with a plain letter for each that GSM-7 lacks."""
    plain = "".join(c if c in GSM else "?" for c in to_gsm(text))
    return segments(text).segments - segments(plain).segments
