"""The events that Textback puts on the bus, version 1. They are made as plain values, where every
millisecond counts; these models are what docs/contracts is written from, and what tests hold the
events to."""

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from textback.domain.conversation import Urgency
from textback.domain.effects import News


class Told(BaseModel):
    """What every event carries. Delivery is at least once: `id` is the same each time."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="the effect's id; an event that comes again has the same")
    at: AwareDatetime
    line: str = Field(description="the practice's number, E.164")
    phone: str = Field(description="the contact's, E.164")
    reason: str = Field(description="why, in a sentence that quotes nobody")


class AboutVisit(Told):
    appointment: str = Field(description="the id that it was booked under")
    start: AwareDatetime = Field(description="as it was when the contact answered")


class RescheduleRequested(AboutVisit):
    wish: str = Field(description="what the contact texted")


class ConsentChanged(Told):
    topic: str
    how: str


class CaseOpened(Told):
    case: str
    urgency: Urgency
    why: str


class CaseClosed(Told):
    case: str
    opened_at: AwareDatetime


class TextDelivered(Told):
    text: str = Field(description="the id of the text: of the effect that it was")


class TextFailed(TextDelivered):
    why: str = Field(description="the carrier's word for it")
    permanent: bool


class RequestRefused(Told):
    """`line` and `phone` are empty where the event did not say them rightly; no content is told."""

    event: str = Field(description="the id of the event on the bus; empty if it had none")
    name: str = Field(description="its detail-type; empty if it had none")
    field: str = Field(description="what is wrong, such as contact.phone; empty: the whole event")
    why: str = Field(description="what is wrong with it, and what it should be")


PUBLISHED: dict[News, type[Told]] = {
    News.APPOINTMENT_CONFIRMED: AboutVisit,
    News.APPOINTMENT_CANCELLED: AboutVisit,
    News.RESCHEDULE_REQUESTED: RescheduleRequested,
    News.CONSENT_REVOKED: ConsentChanged,
    News.CONSENT_GRANTED: ConsentChanged,
    News.WRONG_NUMBER: Told,
    News.CASE_OPENED: CaseOpened,
    News.CASE_CLOSED: CaseClosed,
    News.TEXT_DELIVERED: TextDelivered,
    News.TEXT_FAILED: TextFailed,
    News.REQUEST_REFUSED: RequestRefused,
}
