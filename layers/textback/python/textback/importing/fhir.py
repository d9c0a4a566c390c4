"""A FHIR R4 Bundle's Appointments as events, or why not. docs/import.md has the mapping."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from textback.errors import BadInput
from textback.importing import moments, outcomes
from textback.importing.bundles import Bundle, Entry
from textback.importing.outcomes import (
    Left,
    LeftOut,
    Meaning,
    Outcome,
    Refused,
    Taken,
    Told,
    Unusable,
)
from textback.importing.people import READ, Directory, Known, Named, Person, known_of
from textback.importing.resources import Appointment, Reference, read
from textback.importing.rows import Importing, of_clock
from textback.importing.sources import Source

# https://hl7.org/fhir/R4/valueset-appointmentstatus.html
STATUSES: Mapping[str, Meaning] = {
    "booked": Told.BOOKED,
    "cancelled": Told.CANCELLED,
    "entered-in-error": Told.CANCELLED,
    "arrived": Left.OVER,
    "checked-in": Left.OVER,
    "fulfilled": Left.OVER,
    "noshow": Left.OVER,
    "proposed": Left.NOT_BOOKED,
    "pending": Left.NOT_BOOKED,
    "waitlist": Left.NOT_BOOKED,
}
DECLINED = "declined"  # the patient's own answer, as the participant's status


@dataclass(frozen=True, slots=True)
class Feed:
    """A Bundle, read once for whom it tells of and once more for its appointments."""

    source: Source
    how: Importing
    directory: Directory
    notes: Sequence[str]
    header: tuple[str, ...] = ("resource",)

    @classmethod
    def of(cls, source: Source, how: Importing) -> "Feed":
        """Raises BadInput for what is no Bundle, before anything of it is used."""
        directory, counts = Directory(how.region, how.now), Counter[str]()
        with source.text() as text:
            bundle = Bundle(text)
            for entry in bundle.entries():
                full_url, resource = _parts(entry)
                counts[str(resource.get("resourceType", ""))] += 1
                directory.add(full_url, resource)
        kind = bundle.members.get("resourceType")
        if kind != "Bundle":
            raise BadInput("this is JSON, but no FHIR Bundle: put the resources into one")
        return cls(source, how, directory, _notes(counts, bundle.members.get("link")))

    def outcomes(self) -> Iterator[Outcome]:
        with self.source.text() as text:
            for entry in Bundle(text).entries():
                _, resource = _parts(entry)
                if resource.get("resourceType") == "Appointment":
                    yield self._outcome(entry.line, resource)

    def _outcome(self, line: int, resource: Mapping[str, Any]) -> Outcome:
        row = (json.dumps(resource, ensure_ascii=False),)
        try:
            appointment = read(Appointment, resource)
            if appointment.status not in STATUSES:
                raise Unusable("Appointment.status", f"none of {', '.join(STATUSES)}")
            meant = STATUSES[appointment.status]
            if meant is Left.NOT_BOOKED:
                return LeftOut(line, meant)
            start = self._moment(appointment.start, "Appointment.start")
            told = outcomes.told(meant, start, self.how.now)
            if told is None:
                return LeftOut(line, Left.OVER)
            return self._taken(line, told, appointment, start, row)
        except Unusable as unusable:
            return Refused(line, unusable.field, unusable.why, row)

    def _taken(
        self,
        line: int,
        told: Told,
        appointment: Appointment,
        start: datetime | None,
        row: tuple[str, ...],
    ) -> Taken:
        who = Cast.of(appointment, self.directory)
        if who.person.fault:
            raise Unusable(*who.person.fault)
        if who.declined or who.person.deceased:  # nobody is to be reminded of it
            told = Told.CANCELLED
        if told is not Told.CANCELLED and start is None:
            raise Unusable("Appointment.start", "missing, and the visit is booked")
        said = outcomes.said
        same = {
            "line": self.how.line,
            "id": _id(appointment),
            "version": self._version(line, [appointment.updated, *who.updates]),
        }
        contact = {"phone": who.person.phone}
        if told is Told.CANCELLED:
            return Taken(line, told, outcomes.checked(told, same | {"contact": contact}), row)
        detail = same | said(
            contact=contact | said(language=who.person.language),
            patient=said(id=who.person.id, first_name=who.person.first_name),
            start=start and start.isoformat(),
            minutes=self._minutes(appointment, start),
            provider=who.practitioner.name,
            place=said(name=who.place.name, address=who.place.address),
        )
        return Taken(line, told, outcomes.checked(told, detail), row)

    def _minutes(self, appointment: Appointment, start: datetime | None) -> int | None:
        if appointment.minutes or start is None or not appointment.end:
            return appointment.minutes or None
        end = self._moment(appointment.end, "Appointment.end")
        return int((end - start) / timedelta(minutes=1)) if end and end > start else None

    def _version(self, line: int, updates: Sequence[datetime | None]) -> int:
        """When the last of what an event is made of was changed: a phone changes with its Patient,
        not with the Appointment. (`meta.versionId` has no order in FHIR, and is not read.)"""
        known = [at for at in updates if at]
        if self.how.told or updates[0] is None:
            return outcomes.nanoseconds(self.how.as_of) + line
        return of_clock(max(known), self.how.now, "meta.lastUpdated")

    def _moment(self, text: str, field: str) -> datetime | None:
        if not text:
            return None
        try:
            return self.how.manner.moment(text)
        except moments.Unreadable as error:
            raise Unusable(field, str(error)) from None


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part in an appointment, and where it is."""

    person: Person
    practitioner: Named = field(default_factory=Named)
    place: Named = field(default_factory=Named)
    declined: bool = False

    @classmethod
    def of(cls, appointment: Appointment, directory: Directory) -> "Cast":
        """Raises Unusable."""
        contained = {
            str(part.get("id")): known
            for part in appointment.contained
            if (known := known_of(part, directory.region, directory.now))
        }
        patients: list[tuple[Person, bool]] = []
        practitioner, place = Named(), Named()
        for participant in appointment.participant:
            actor = participant.actor
            known = directory.find(actor.reference, contained)
            kind = _kind(actor.reference, known)
            if kind == "Patient":
                if not isinstance(known, Person):
                    raise Unusable(
                        "Appointment.participant",
                        "its Patient is not in the Bundle: export it with _include",
                    )
                patients.append((known, participant.status == DECLINED))
            elif kind == "Location":
                place = place if place.name else _or_display(known, actor)
            elif kind in {"Practitioner", "PractitionerRole"}:
                known = _whose(known, directory, contained)
                practitioner = practitioner if practitioner.name else _or_display(known, actor)
        if len(patients) != 1:
            why = "several Patients take part" if patients else "no Patient takes part"
            raise Unusable("Appointment.participant", f"{why}: an appointment is one Patient's")
        ((person, declined),) = patients
        return cls(person, practitioner, place, declined)

    @property
    def updates(self) -> tuple[datetime | None, ...]:
        return self.person.updated, self.practitioner.updated, self.place.updated


def _parts(entry: Entry) -> tuple[str, Mapping[str, Any]]:
    """An entry's full URL and its resource; one without (a deletion, say) has an empty one."""
    value = entry.value if isinstance(entry.value, dict) else {}
    resource, full_url = value.get("resource"), value.get("fullUrl")
    return (
        full_url if isinstance(full_url, str) else "",
        resource if isinstance(resource, dict) else {},
    )


def _kind(reference: str, known: Known | None) -> str:
    if isinstance(known, Person):
        return "Patient"
    for kind in READ:
        if f"{kind}/" in reference:
            return kind
    return ("Location" if known.address else "Practitioner") if known else ""


def _whose(
    known: Known | None, directory: Directory, contained: Mapping[str, Known]
) -> Known | None:
    """A role's practitioner, if the Bundle has them."""
    if not isinstance(known, Named) or not known.of:
        return known
    person = directory.find(known.of, contained)
    if not isinstance(person, Named) or not person.name:
        return known
    return replace(person, updated=max(filter(None, (person.updated, known.updated)), default=None))


def _or_display(known: Known | None, actor: Reference) -> Named:
    if not isinstance(known, Named):
        return Named(actor.display)
    return known if known.name else replace(known, name=actor.display)


def _id(appointment: Appointment) -> str:
    found = appointment.id or next((i.value for i in appointment.identifier if i.value), "")
    if not found:
        raise Unusable("Appointment.id", "it has no id and no identifier: it could not be changed")
    return found


def _notes(counts: Mapping[str, int], link: Any) -> Sequence[str]:
    notes = []
    if slots := counts.get("Slot"):
        notes.append(f"{slots} Slots are left out: openings are published on the bus, not imported")
    if not counts.get("Appointment"):
        notes.append("there is no Appointment in this Bundle")
    pages = link if isinstance(link, list) else []
    if any(isinstance(page, dict) and page.get("relation") == "next" for page in pages):
        notes.append("this Bundle is one page of several: import the next ones too")
    return tuple(notes)
