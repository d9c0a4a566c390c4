"""Consent given and revoked."""

from datetime import datetime

from textback.domain.conversation import Awaiting, Consent, Standing
from textback.domain.draft import Draft
from textback.domain.effects import Block, News, Purpose, Unblock
from textback.domain.planning import plan_all
from textback.domain.texts import Text

ALL_TOPICS = ("topic", "all")


def revoke(draft: Draft, how: str, at: datetime, farewell: Text | None = None) -> Draft:
    """End all texts. The one that confirms it, `farewell`, goes before the number is blocked."""
    draft = draft.tell(News.CONSENT_REVOKED, ALL_TOPICS, ("how", how))
    if farewell:
        draft = draft.say(farewell, purpose=Purpose.OPT_OUT)
    silent = Consent(Standing.REVOKED, how, at)
    return draft.do(Block()).having(consent=silent, awaiting=Awaiting(), timers=())


def grant(draft: Draft, how: str, at: datetime) -> Draft:
    """Allow texts (again), with the reminders that are still ahead."""
    if not draft.conversation.may_text:
        draft = draft.do(Unblock())
    draft = draft.tell(News.CONSENT_GRANTED, ALL_TOPICS, ("how", how))
    return plan_all(draft.having(consent=Consent(Standing.GRANTED, how, at)))
