"""What a short answer is about: what the line last asked, and what it knows is coming."""

from dataclasses import dataclass
from datetime import datetime

from textback.domain.conversation import Awaited, Conversation


@dataclass(frozen=True, slots=True)
class Context:
    """`visit`: there is one to confirm or cancel; `asked`: the line asked whether they come;
    `torn`: it asked whether CANCEL meant the visit or the texts; `start`: when the visit is, if
    there is just one; `slots`: the times that were offered for it, as they were numbered (each
    in the practice's zone)."""

    visit: bool = False
    asked: bool = False
    torn: bool = False
    start: datetime | None = None
    now: datetime | None = None
    slots: tuple[datetime, ...] = ()


def context_of(conversation: Conversation, now: datetime) -> Context:
    awaited = conversation.awaiting.what
    upcoming = conversation.upcoming(now)
    return Context(
        visit=awaited is not Awaited.NOTHING or bool(upcoming),
        asked=awaited is Awaited.CONFIRMATION,
        torn=awaited is Awaited.CANCEL_MEANING,
        start=upcoming[0].start if len(upcoming) == 1 else None,
        now=now,
    )
