"""Which heading says what. Case, spaces, punctuation and underscores of a heading do not matter."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from textback.errors import BadInput
from textback.importing.statuses import plain

LONGEST = 60  # characters of a heading that are shown
TELLING = re.compile(r"\d{4}|@")  # no heading has these, but a patient's row has


class Field(StrEnum):
    ID = "id"
    PHONE = "phone"
    START = "start"
    DATE = "date"
    TIME = "time"
    STATUS = "status"
    VERSION = "version"
    UPDATED = "updated"
    LANGUAGE = "language"
    ZONE = "time_zone"
    PATIENT = "patient_id"
    FIRST_NAME = "first_name"
    MINUTES = "minutes"
    PROVIDER = "provider"
    PLACE = "place"
    ADDRESS = "place_address"
    CALENDAR = "calendar"
    CONSENT_HOW = "consent_how"
    CONSENT_AT = "consent_at"


# Not taken: `address`, which mostly is the patient's, and `consent`, which mostly is a yes or no.
ALIASES: Mapping[Field, tuple[str, ...]] = {
    Field.ID: (
        "appointment id", "appointment number", "appointment no", "appt id", "appt no",
        "visit id", "booking id",
    ),
    Field.PHONE: (
        "phone number", "mobile", "mobile phone", "mobile number", "cell", "cell phone",
        "cell number", "telephone", "patient phone", "contact phone",
    ),
    Field.START: (
        "starts at", "start at", "start date time", "start datetime", "appointment start",
        "appointment date time", "appointment datetime", "appt datetime", "scheduled start",
        "date time", "datetime",
    ),
    Field.DATE: ("appointment date", "appt date", "visit date", "start date"),
    Field.TIME: ("appointment time", "appt time", "visit time", "start time"),
    Field.STATUS: ("appointment status", "appt status", "visit status"),
    Field.VERSION: ("revision",),
    Field.UPDATED: (
        "updated at", "last updated", "modified", "modified at", "last modified", "last changed",
    ),
    Field.LANGUAGE: ("preferred language", "patient language", "lang"),
    Field.ZONE: ("timezone", "tz"),
    Field.PATIENT: ("patient number", "mrn", "medical record number"),
    Field.FIRST_NAME: ("firstname", "given name", "patient first name", "preferred name"),
    Field.MINUTES: ("duration", "duration minutes", "duration min", "length"),
    Field.PROVIDER: (
        "provider name", "doctor", "clinician", "practitioner", "resource", "appointment provider",
    ),
    Field.PLACE: ("place name", "location", "location name", "clinic", "site", "facility"),
    Field.ADDRESS: ("location address", "clinic address", "site address", "facility address"),
    Field.CALENDAR: ("calendar id", "schedule"),
    Field.CONSENT_HOW: ("consent source",),
    Field.CONSENT_AT: ("consent date",),
}  # fmt: skip
KNOWN: Mapping[str, Field] = {
    plain(name): field for field in Field for name in (field, *ALIASES[field])
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands in a record, the headings as they are, and those nobody knows."""

    places: Mapping[Field, int]
    headings: tuple[str, ...]
    unknown: tuple[str, ...]

    def cell(self, cells: Sequence[str], field: Field) -> str:
        place = self.places.get(field)
        return cells[place].strip() if place is not None else ""

    def heading(self, field: Field) -> str:
        place = self.places.get(field)
        return shown(self.headings[place]) if place is not None else field


def recognised(headings: Sequence[str]) -> int:
    return sum(plain(heading) in KNOWN for heading in headings)


def columns(headings: Sequence[str], own: Mapping[str, Field | None]) -> Columns:
    """`own` is what --map says: a heading's field, None for a column to be ignored. Raises BadInput
    for one that is missing or doubled."""
    mapped = {plain(name): field for name, field in own.items()}
    if lost := sorted(name for name in own if plain(name) not in map(plain, headings)):
        raise BadInput(f"--map: no column is called {', '.join(lost)}; {_found(headings)}")
    taken = {field for field in mapped.values() if field}
    places: dict[Field, int] = {}
    unknown: list[str] = []
    for place, heading in enumerate(headings):
        word = plain(heading)
        field = mapped[word] if word in mapped else KNOWN.get(word)
        if word not in mapped and field in taken:
            field = None  # --map names another column for it
        if field is None:
            unknown += [heading] if word and word not in mapped else []
        elif field in places:
            first, second = headings[places[field]], heading
            raise BadInput(
                f"two columns say the {field}: {first}, {second}; choose: --map '{second}={field}'"
            )
        else:
            places[field] = place
    _complete(places, headings)
    return Columns(places, tuple(headings), tuple(_shown(unknown)))


def _complete(places: Mapping[Field, int], headings: Sequence[str]) -> None:
    missing = [str(field) for field in (Field.ID, Field.PHONE) if field not in places]
    if not places.keys() & {Field.START, Field.DATE, Field.TIME}:
        missing.append("start (or date and time)")
    if not missing:
        return
    raise BadInput(
        f"no column says the {' or the '.join(missing)}; {_found(headings)}; "
        "name yours with --map 'Your column=field'"
    )


def _found(headings: Sequence[str]) -> str:
    """What stands in the first line; unless it may be a patient's row."""
    if not recognised(headings):
        return f"none of the {len(headings)} names in the first line is known: is it a header?"
    return f"found: {', '.join(_shown(headings))}"


def _shown(headings: Sequence[str]) -> list[str]:
    return ["…" if TELLING.search(heading) else shown(heading) for heading in headings]


def shown(heading: str) -> str:
    """On one line, and without what a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in heading).strip()[:LONGEST]
