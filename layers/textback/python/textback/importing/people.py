"""Whom and where a Bundle's appointments tell of: patients, practitioners, places. All of them are
held in memory, in the few words that are needed, since an appointment may name any of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from textback.importing import outcomes
from textback.importing.languages import language
from textback.importing.moments import Manner, Unreadable
from textback.importing.outcomes import Unusable
from textback.importing.resources import (
    ContactPoint,
    HumanName,
    Location,
    Patient,
    Period,
    Practitioner,
    PractitionerRole,
    read,
)

RELATIVE = re.compile(r"([A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64})(/_history/[A-Za-z0-9.-]+)?$")
NO_PHONE = "no telecom of the Patient is a phone that is in use"
USES = ("mobile", "home", "", "temp", "work")  # whose phone a text reaches, likeliest first
NAMES = ("usual", "official", "", "nickname", "temp", "anonymous")


@dataclass(frozen=True, slots=True)
class Person:
    """A patient. `fault` says why no text can reach them."""

    id: str = ""
    first_name: str = ""
    phone: str = ""
    language: str = ""
    updated: datetime | None = None
    deceased: bool = False
    fault: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A practitioner, a role (`of`: whose), or a place."""

    name: str = ""
    address: str = ""
    updated: datetime | None = None
    of: str = ""


type Known = Person | Named
READ = ("Patient", "Practitioner", "PractitionerRole", "Location")


@dataclass(frozen=True, slots=True)
class Directory:
    """By full URL and by type and id, as references name them."""

    region: str
    now: datetime
    by_reference: dict[str, Known] = field(default_factory=dict)

    def add(self, full_url: str, resource: Mapping[str, Any]) -> None:
        known = known_of(resource, self.region, self.now)
        if known is None:
            return
        if full_url:
            self.by_reference[full_url] = known
        if isinstance(resource.get("id"), str):
            self.by_reference[f"{resource['resourceType']}/{resource['id']}"] = known

    def find(self, reference: str, contained: Mapping[str, Known]) -> Known | None:
        if reference.startswith("#"):
            return contained.get(reference[1:])
        if reference in self.by_reference:
            return self.by_reference[reference]
        relative = RELATIVE.search(reference)
        return self.by_reference.get(relative[1]) if relative else None


def known_of(resource: Mapping[str, Any], region: str, now: datetime) -> Known | None:
    """What is kept of a resource, None of one that says nothing of an appointment."""
    match resource.get("resourceType"):
        case "Patient":
            return _person(resource, region, now)
        case "Practitioner" | "PractitionerRole" | "Location" as kind:
            try:
                return _named(kind, resource, now)
            except Unusable:  # the appointment goes without its name
                return Named()
        case _:
            return None


def _person(resource: Mapping[str, Any], region: str, now: datetime) -> Person:
    try:
        patient = read(Patient, resource)
        person = Person(
            id=patient.id,
            first_name=_first_name(patient.name, now),
            language=_language(patient),
            updated=patient.updated,
            deceased=patient.deceased or bool(patient.deceased_at),
        )
        phone = _phone(patient.telecom, region, now)
    except Unusable as unusable:
        return Person(fault=(unusable.field, unusable.why))
    return Person(
        person.id, person.first_name, phone, person.language, person.updated, person.deceased
    )


def _named(kind: str, resource: Mapping[str, Any], now: datetime) -> Named:
    match kind:
        case "Practitioner":
            practitioner = read(Practitioner, resource)
            return Named(_full_name(practitioner.name, now), updated=practitioner.updated)
        case "PractitionerRole":
            role = read(PractitionerRole, resource)
            whose = role.practitioner
            return Named(whose.display, updated=role.updated, of=whose.reference)
        case _:
            place = read(Location, resource)
            written = ", ".join(filter(None, (*place.address.line, place.address.city)))
            return Named(place.name, place.address.text or written, place.updated)


def _phone(telecom: list[ContactPoint], region: str, now: datetime) -> str:
    """The phone that a text most likely reaches: SMS and mobile before others, then by the rank
    that the patient gave; never an old one. A wrong one is refused, not passed over: the next may
    be a family's."""

    def order(point: ContactPoint) -> tuple[bool, int, int]:
        mobile = point.system == "sms" or point.use == "mobile"
        rank = point.rank if point.rank is not None else 1_000
        return not mobile, rank, USES.index(point.use)

    usable = [
        point
        for point in telecom
        if point.system in {"sms", "phone"}
        and point.value.strip()
        and point.use in USES
        and in_force(point.period, now)
    ]
    if not usable:
        raise Unusable("Patient.telecom", NO_PHONE)
    return outcomes.phone(min(usable, key=order).value, region, "Patient.telecom")


def _language(patient: Patient) -> str:
    for spoken in sorted(patient.communication, key=lambda c: not c.preferred):
        for code in (*(coding.code for coding in spoken.language.coding), spoken.language.text):
            try:
                return language(code)
            except Unusable:  # the practice's own code; the line's language will do
                continue
    return ""


def _name(names: list[HumanName], now: datetime) -> HumanName:
    there = [n for n in names if n.use in NAMES and in_force(n.period, now)]
    return min(there, key=lambda n: NAMES.index(n.use), default=HumanName())


def _first_name(names: list[HumanName], now: datetime) -> str:
    return next(iter(_name(names, now).given), "")


def _full_name(names: list[HumanName], now: datetime) -> str:
    """As the name itself puts it, else a title with the family's name, else all of it."""
    name = _name(names, now)
    written = (*name.prefix, name.family) if name.prefix else (*name.given, name.family)
    return name.text or " ".join(filter(None, written))


def in_force(period: Period, now: datetime) -> bool:
    """A period that cannot be read, say one of whole days, counts by its day."""
    for bound, is_end in ((period.start, False), (period.end, True)):
        if not bound:
            continue
        try:
            at = Manner().moment(bound)
        except Unreadable:
            today = now.date().isoformat()[: len(bound)]  # a year, a month or a day
            passed = bound[:10] < today if is_end else bound[:10] > today
        else:
            passed = at <= now if is_end else at > now
        if passed:
            return False
    return True
