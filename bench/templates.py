"""What the shipped templates cost that they need not: segments of UCS-2 for the sake of characters
that have a plain form, or of a picture in a name."""

from collections.abc import Iterator

from textback.domain.composing import compose
from textback.domain.conversation import Appointment, Patient, Place
from textback.domain.filling import fill
from textback.domain.playbook import Line, Playbook, Wording
from textback.domain.segments import GSM, segments, to_gsm
from textback.domain.texts import Fragment, Name
from textback.playbooks import load
from textback.playbooks.linting import names

from bench.row import Row
from tests.support.samples import LINE, NOW

# As booking systems have names: with typographic apostrophes, dashes and spaces, with tones, and
# as patients type them.
FIRST_NAME, PROVIDER, PLACE = "Zoë 🌸", "Dr. O’Neill–Nguyễn", "St. Mary’s\u00a0Clinic"
VISIT = Appointment(
    "apt", 1, NOW, provider=PROVIDER, place=Place(PLACE), patient=Patient("", FIRST_NAME)
)


def rows() -> Iterator[Row]:
    playbook = load()
    line = Line(LINE, playbook)
    sent = written = 0
    for language, wording in playbook.wordings.items():
        for name in names(wording):
            sent += _avoidable(compose(name, language, line, NOW, visit=VISIT).body)
            written += _avoidable(_as_written(name, playbook, wording))
    yield Row("avoidable UCS-2 segments", sent, "segments", target=0, floor=0, naive=written)


def _as_written(name: Name, playbook: Playbook, wording: Wording) -> str:
    values = {
        "practice": playbook.practice,
        "call": playbook.call,
        "when": wording.dates.write(VISIT.start),
        Fragment.GREETING.needs: FIRST_NAME,
        Fragment.WITH_PROVIDER.needs: PROVIDER,
        Fragment.AT_PLACE.needs: PLACE,
    }
    parts = {fragment: fill(wording.texts[fragment], values) for fragment in Fragment}
    return fill(wording.texts[name], values | parts)


def _avoidable(text: str) -> int:
    """How many segments more `text` costs than with a plain letter for each that GSM-7 lacks."""
    plain = "".join(c if c in GSM else "?" for c in to_gsm(text))
    return segments(text).segments - segments(plain).segments
