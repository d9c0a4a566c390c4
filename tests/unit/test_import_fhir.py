"""A FHIR Bundle's appointments: what is taken of them, what is refused and why."""

import json
import tracemalloc
from collections.abc import Iterator
from copy import deepcopy
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textback.contracts.incoming import AppointmentIn
from textback.errors import BadInput
from textback.importing import bundles
from textback.importing.bundles import Bundle, Entry
from textback.importing.fhir import STATUSES
from textback.importing.outcomes import Left, LeftOut, Taken, Told, nanoseconds

from tests.support.importing import AS_OF, feed, refused, taken
from tests.support.samples import LINE

APPOINTMENT: dict[str, Any] = {
    "resourceType": "Appointment",
    "id": "apt-1",
    "status": "booked",
    "start": "2026-12-08T09:00:00-08:00",
    "end": "2026-12-08T09:45:00-08:00",
    "participant": [
        {"actor": {"reference": "Patient/p"}, "status": "accepted"},
        {"actor": {"reference": "Practitioner/d"}},
        {"actor": {"reference": "Location/l"}},
    ],
}
PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "p",
    "name": [{"use": "official", "family": "Lopez", "given": ["Ana", "Maria"]}],
    "telecom": [{"system": "phone", "value": "206-555-0123"}],
    "communication": [
        {"language": {"coding": [{"code": "en"}]}},
        {"language": {"coding": [{"code": "es-MX"}]}, "preferred": True},
    ],
}
DOCTOR = {"resourceType": "Practitioner", "id": "d", "name": [{"family": "Lee", "prefix": ["Dr."]}]}
PLACE = {
    "resourceType": "Location",
    "id": "l",
    "name": "Elm Street Clinic",
    "address": {"line": ["12 Elm St"], "city": "Seattle"},
}


def bundle(*resources: dict[str, Any], **more: Any) -> str:
    entries = [{"fullUrl": f"urn:uuid:{n}", "resource": r} for n, r in enumerate(resources)]
    return json.dumps({"resourceType": "Bundle", "entry": entries, **more}, indent=1)


def usual(**changes: Any) -> Any:
    """The outcome of the usual appointment with `changes`, written as resource__element=value."""
    parts = {
        "appointment": deepcopy(APPOINTMENT),
        "patient": deepcopy(PATIENT),
        "doctor": deepcopy(DOCTOR),
        "place": deepcopy(PLACE),
    }
    for path, value in changes.items():
        part, element = path.split("__")
        parts[part][element] = value
    (one,) = feed(bundle(*parts.values())).outcomes()
    return one


def test_an_appointment_says_all_that_is_known_of_it() -> None:
    one = taken(usual())
    assert (one.line, one.told) == (4, Told.BOOKED)
    assert one.detail == {
        "line": LINE,
        "id": "apt-1",
        "version": nanoseconds(AS_OF) + 4,
        "contact": {"phone": "+12065550123", "language": "es-mx"},
        "patient": {"id": "p", "first_name": "Ana"},
        "start": "2026-12-08T09:00:00-08:00",
        "minutes": 45,
        "provider": "Dr. Lee",
        "place": {"name": "Elm Street Clinic", "address": "12 Elm St, Seattle"},
    }
    AppointmentIn.model_validate(one.detail)


@pytest.mark.parametrize(("status", "meant"), STATUSES.items())
def test_every_status_of_r4_has_its_meaning(status: str, meant: Told | Left) -> None:
    ahead, over = (
        usual(appointment__status=status, appointment__start=f"2026-{month}-08T09:00:00Z")
        for month in (12, 11)
    )
    if meant is Left.NOT_BOOKED:
        assert ahead.why is over.why is meant
        return
    assert ahead.told is (Told.BOOKED if status == "booked" else Told.CANCELLED)
    if meant is Told.CANCELLED:
        assert over.told is meant
    else:
        assert over == LeftOut(over.line, Left.OVER)


def phone(value: str, **more: Any) -> dict[str, Any]:
    return {"system": "phone", "value": f"206-555-{value}", **more}


TELECOMS = [
    ("a mobile before all", [phone("0101", use="home"), phone("0123", use="mobile")]),
    ("sms before a phone", [phone("0101"), phone("0123", system="sms")]),
    ("by rank", [phone("0101", use="mobile", rank=2), phone("0123", use="mobile", rank=1)]),
    ("home before work", [phone("0101", use="work"), phone("0123", use="home")]),
    ("an old one never", [phone("0101", use="old"), phone("0123", use="work")]),
    ("in force", [
        phone("0101", use="mobile", period={"end": "2026-11-30"}),
        phone("0102", use="mobile", period={"start": "2027-01-01T00:00:00Z"}),
        phone("0123", use="home", period={"start": "2020", "end": "2026-12"}),
    ]),
    ("no fax, no mail", [{"system": "fax", "value": "206-555-0101"}, phone("0123")]),
]  # fmt: skip


@pytest.mark.parametrize("telecom", [t[1] for t in TELECOMS], ids=[t[0] for t in TELECOMS])
def test_the_phone_is_the_one_that_a_text_reaches(telecom: list[dict[str, Any]]) -> None:
    one = taken(usual(patient__telecom=telecom))
    assert one.detail["contact"]["phone"] == "+12065550123"


FAULTS = [
    ("appointment__status", None, "Appointment.status", "valid string"),
    ("appointment__status", "perhaps", "Appointment.status", "none of booked"),
    ("appointment__start", "", "Appointment.start", "missing"),
    ("appointment__start", "2026-12-08", "Appointment.start", "no time of day"),
    ("appointment__id", "", "Appointment.id", "no identifier"),
    ("appointment__minutesDuration", -5, "minutes", "greater than 0"),
    ("appointment__participant", [], "Appointment.participant", "no Patient"),
    ("appointment__participant", APPOINTMENT["participant"][:1] * 2, "Appointment.participant",
     "several"),
    ("appointment__participant", [{"actor": {"reference": "Patient/other"}}],
     "Appointment.participant", "not in the Bundle"),
    ("appointment__meta", {"lastUpdated": "2027-01-01T00:00:00Z"}, "meta.lastUpdated", "future"),
    ("patient__telecom", [], "Patient.telecom", "in use"),
    ("patient__telecom", [phone("012", use="mobile"), phone("0199", use="home")],
     "Patient.telecom", "check its digits"),
    ("patient__telecom", "206-555-0123", "Patient.telecom", "valid list"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "column", "why"), FAULTS)
def test_an_appointment_is_refused_by_its_element(
    path: str, value: Any, column: str, why: str
) -> None:
    one = refused(usual(**{path: value}))
    assert (one.line, one.column) == (4, column)
    assert why in one.why
    assert "555" not in one.why
    assert json.loads(one.row[0])["resourceType"] == "Appointment"


@pytest.mark.parametrize(
    "gone",
    [
        {"patient__deceasedBoolean": True},
        {"patient__deceasedDateTime": "2026-11-29"},
        {"appointment__participant": [{"actor": {"reference": "Patient/p"}, "status": "declined"}]},
    ],
)
def test_nobody_is_reminded_who_died_or_declined(gone: dict[str, Any]) -> None:
    one = taken(usual(**gone))
    assert one.told is Told.CANCELLED
    assert one.detail.keys() == {"line", "id", "version", "contact"}


REFERENCES = ["Patient/p", "urn:uuid:1", "https://ehr.example/fhir/Patient/p/_history/2", "#inside"]


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_patient_is_found_however_they_are_named(reference: str) -> None:
    one = taken(
        usual(
            appointment__participant=[{"actor": {"reference": reference}}],
            appointment__contained=[PATIENT | {"id": "inside"}],
        )
    )
    assert one.detail["patient"]["first_name"] == "Ana"


def test_names_come_from_a_role_or_from_what_is_displayed() -> None:
    role = {
        "resourceType": "PractitionerRole",
        "id": "r",
        "practitioner": {"reference": "Practitioner/d"},
    }
    patient = APPOINTMENT["participant"][0]
    for actor, name in (
        ({"reference": "PractitionerRole/r"}, "Dr. Lee"),
        ({"reference": "Practitioner/elsewhere", "display": "Dr. Kim"}, "Dr. Kim"),
    ):
        resource = APPOINTMENT | {"participant": [patient, {"actor": actor}]}
        (one,) = feed(bundle(resource, PATIENT, DOCTOR, role)).outcomes()
        assert taken(one).detail["provider"] == name


def test_a_version_is_when_the_last_of_its_parts_changed() -> None:
    """A phone is changed in the Patient, and the Appointment does not know."""
    old, new = {"lastUpdated": "2026-11-01T00:00:00Z"}, {"lastUpdated": "2026-11-02T00:00:00.5Z"}
    first = taken(usual(appointment__meta=old, patient__meta=old))
    later = taken(usual(appointment__meta=old, patient__meta=new))
    assert later.detail["version"] - first.detail["version"] == 86_400 * 10**9 + 5 * 10**8


def test_what_is_left_out_is_told_once() -> None:
    slot = {"resourceType": "Slot", "id": "s"}
    page = [{"relation": "next", "url": "https://ehr.example/2"}]
    notes = feed(bundle(slot, slot, link=page)).notes
    assert [note.split(":")[0] for note in notes] == [
        "2 Slots are left out",
        "there is no Appointment in this Bundle",
        "this Bundle is one page of several",
    ]
    assert list(feed(bundle(slot, {"no": "type"})).outcomes()) == []


BROKEN = [
    ('{"resourceType": "Patient"}', "no FHIR Bundle"),
    ('{"resourceType": "Bundle",\n"entry": [{}, {"a"', "line 2: this is not JSON"),
    ('{"resourceType": "Bundle"}\n{"resourceType": "Bundle"}', "line 2: something follows"),
    ("[]", "line 1: { is due"),
    ("{1: 2}", "a name"),
    ('{"a": ' + "[" * 100_000, "nested too deep"),
    ("", "line 1"),
]


@pytest.mark.parametrize(("body", "why"), BROKEN)
def test_what_is_no_bundle_is_told_with_its_line(body: str, why: str) -> None:
    with pytest.raises(BadInput) as told:
        feed(body)
    assert why in str(told.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(
    st.lists(json_values, max_size=5),
    st.dictionaries(st.text(max_size=3), json_values, max_size=3),
    st.sampled_from([None, 0, 2]),
    st.integers(1, 40),
)
def test_entries_are_those_of_a_whole_reading_whatever_the_pieces(
    entries: list[Any], before: dict[str, Any], indent: int | None, piece: int
) -> None:
    body = json.dumps(before | {"entry": entries, "last": 1}, indent=indent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundles, "PIECE", piece)
        reading = Bundle(StringIO(body))
        found = list(reading.entries())
    whole = json.loads(body)
    assert [entry.value for entry in found] == whole.pop("entry")
    assert reading.members == whole


def test_an_entry_stands_on_the_line_where_it_begins() -> None:
    found = list(Bundle(StringIO('{"entry": [\n1,\n\n  2, 3\n]}')).entries())
    assert found == [Entry(2, 1), Entry(4, 2), Entry(4, 3)]


PEOPLE = 5_000
A_PERSON = 1_000  # bytes that a patient may take while a Bundle is read


def test_a_bundle_may_outgrow_memory() -> None:
    def resources() -> Iterator[dict[str, Any]]:
        for n in range(PEOPLE):
            actor = {"reference": f"Patient/p{n}"}
            yield APPOINTMENT | {"id": f"a{n}", "participant": [{"actor": actor}]}
            yield PATIENT | {"id": f"p{n}", "text": {"div": "x" * 3_000}}

    body = bundle(*resources())
    feed(bundle(APPOINTMENT, PATIENT))  # what is loaded once
    tracemalloc.start()
    try:
        reading = feed(body)
        copy = len(body)  # the test's own, as bytes
        assert sum(isinstance(one, Taken) for one in reading.outcomes()) == PEOPLE
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(body) > 3_000 * PEOPLE
    assert peak < copy + PEOPLE * A_PERSON + 12 * bundles.PIECE
