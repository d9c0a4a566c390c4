"""What Textback says to other software, version 1: the shapes of docs/contracts."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from textback.domain.conversation import Urgency, Visit
from textback.domain.effects import CaseNews, Speaker


class Outgoing(BaseModel):
    model_config = ConfigDict(populate_by_name=True)


class Contact(Outgoing):
    phone: str
    language: str = ""


class WhoseVisit(Outgoing):
    id: str = ""
    first_name: str = ""


class VisitLine(Outgoing):
    id: str
    start: AwareDatetime
    status: Visit


class Said(Outgoing):
    at: AwareDatetime
    speaker: Speaker = Field(alias="from")
    text: str

    @classmethod
    def by(cls, speaker: Speaker, at: datetime, text: str) -> "Said":
        return cls.model_validate({"at": at, "from": speaker, "text": text})


class CaseMessage(Outgoing):
    """A message of the handoff queue. Group: the conversation; deduplication: `id`."""

    version: Literal["1"] = "1"
    type: CaseNews
    id: str
    case: str
    conversation: str
    seq: int
    at: AwareDatetime
    line: str
    contact: Contact
    patient: WhoseVisit | None = None
    why: str
    urgency: Urgency = Urgency.NORMAL
    answer_by: AwareDatetime | None = None
    appointments: list[VisitLine] = []
    text: str = Field("", description="case.message: what the contact sent meanwhile")
    action: str = Field("", description="case.action_refused: the id of the action")
    transcript: list[Said] = []
    actions_queue: str = ""
