"""Consent given and revoked."""

from dataclasses import replace
from datetime import datetime

from textback.domain.conversation import Awaiting, Consent, Conversation, Standing
from textback.domain.effects import Block, Effect, News, Publish, SendText, Unblock


def revoke(
    conversation: Conversation, how: str, at: datetime, farewell: SendText | None = None
) -> tuple[Conversation, tuple[Effect, ...]]:
    """End all texts. The one that confirms it, `farewell`, goes before the number is blocked."""
    silent = replace(
        conversation,
        consent=Consent(Standing.REVOKED, how, at),
        awaiting=Awaiting(),
        timers=(),
    )
    told = Publish(News.CONSENT_REVOKED, (("topic", "all"), ("how", how)))
    return silent, (told, *((farewell,) if farewell else ()), Block())


def grant(
    conversation: Conversation, how: str, at: datetime
) -> tuple[Conversation, tuple[Effect, ...]]:
    """Allow texts (again)."""
    granted = replace(conversation, consent=Consent(Standing.GRANTED, how, at))
    told = Publish(News.CONSENT_GRANTED, (("topic", "all"), ("how", how)))
    return granted, (told,) if conversation.may_text else (Unblock(), told)
