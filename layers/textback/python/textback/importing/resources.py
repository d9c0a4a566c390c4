"""FHIR R4, as far as it is read: https://hl7.org/fhir/R4/. All else in a resource is ignored, since
an export that bends a rule we do not need is still an export of appointments."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from textback.importing.outcomes import Unusable

type Moment = Annotated[str, Field(max_length=40)]


class Part(BaseModel):
    """Unknown elements are ignored."""


class Period(Part):
    start: Moment = ""
    end: Moment = ""


class Coding(Part):
    code: str = ""


class Concept(Part):
    coding: list[Coding] = []
    text: str = ""


class HumanName(Part):
    use: str = ""
    text: str = ""
    family: str = ""
    given: list[str] = []
    prefix: list[str] = []
    period: Period = Period()


class ContactPoint(Part):
    system: str = ""
    value: str = ""
    use: str = ""
    rank: int | None = None
    period: Period = Period()


class Address(Part):
    text: str = ""
    line: list[str] = []
    city: str = ""


class Communication(Part):
    language: Concept = Concept()
    preferred: bool = False


class Reference(Part):
    reference: str = ""
    display: str = ""


class Identifier(Part):
    value: str = ""


class Meta(Part):
    updated: AwareDatetime | None = Field(default=None, alias="lastUpdated")


class Resource(Part):
    kind: str = Field(alias="resourceType")
    id: str = ""
    meta: Meta = Field(default_factory=Meta)

    @property
    def updated(self) -> datetime | None:
        return self.meta.updated


class Patient(Resource):
    name: list[HumanName] = []
    telecom: list[ContactPoint] = []
    communication: list[Communication] = []
    deceased: bool = Field(default=False, alias="deceasedBoolean")
    deceased_at: str = Field("", alias="deceasedDateTime")


class Practitioner(Resource):
    name: list[HumanName] = []


class PractitionerRole(Resource):
    practitioner: Reference = Reference()


class Location(Resource):
    name: str = ""
    address: Address = Address()


class Participant(Part):
    actor: Reference = Reference()
    status: str = ""


class Appointment(Resource):
    identifier: list[Identifier] = []
    status: str
    start: Moment = ""
    end: Moment = ""
    minutes: int | None = Field(None, alias="minutesDuration")
    participant: list[Participant] = []
    contained: list[dict[str, Any]] = []


def read[R: Resource](model: type[R], resource: Any) -> R:
    """Raises Unusable, which names the element as FHIR does."""
    try:
        return model.model_validate(resource)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Unusable(f"{model.__name__}.{where}", first["msg"]) from None
