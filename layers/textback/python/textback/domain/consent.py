"""Consent given and revoked."""

from dataclasses import replace
from datetime import datetime

from textback.domain.conversation import Awaiting, Consent, Standing
from textback.domain.decision import Reason, Step
from textback.domain.draft import Draft
from textback.domain.effects import Block, News, Purpose, Unblock
from textback.domain.events import ConsentChanged
from textback.domain.planning import plan_all
from textback.domain.texts import Text

ALL = "all"
ALL_TOPICS = ("topic", ALL)


def revoke(draft: Draft, how: str, at: datetime, farewell: Text | None = None) -> Draft:
    """End all texts. The one that confirms it, `farewell`, goes before the number is blocked."""
    draft = draft.tell(News.CONSENT_REVOKED, ALL_TOPICS, ("how", how))
    if farewell:
        draft = draft.say(farewell, purpose=Purpose.OPT_OUT)
    silent = Consent(Standing.REVOKED, how, at)
    return draft.do(Block()).having(consent=silent, topics=(), awaiting=Awaiting(), timers=())


def grant(draft: Draft, how: str, at: datetime) -> Draft:
    """Allow texts (again), with the reminders that are still ahead."""
    if not draft.conversation.may_text:
        draft = draft.do(Unblock())
    draft = draft.tell(News.CONSENT_GRANTED, ALL_TOPICS, ("how", how))
    newer = tuple(
        (topic, word)
        for topic, word in draft.conversation.topics
        if word.standing is Standing.REVOKED and word.at and at <= word.at
    )
    return plan_all(draft.having(consent=Consent(Standing.GRANTED, how, at), topics=newer))


def revoke_again(draft: Draft, at: datetime) -> Draft:
    """Consent that was given before `at` is then no longer newer than the end of it."""
    consent = draft.conversation.consent
    newest = max(at, consent.at or at)
    return draft.having(consent=replace(consent, at=newest))


def consent_changed(draft: Draft, event: ConsentChanged) -> Step:
    """What the practice recorded. As with texts, an end of consent always counts, and consent only
    if it is newer than the end of it."""
    reason = Reason.CONSENT_GIVEN if event.granted else Reason.CONSENT_ENDED
    if event.granted and _is_older(draft, event):
        return draft.because(Reason.CONSENT_OLDER)
    if event.topic != ALL:
        return _of_a_topic(draft, event).because(reason)
    if event.granted:
        return grant(draft, event.how, event.at).because(reason)
    if not draft.conversation.may_text:
        return revoke_again(draft, event.at).because(Reason.STOPPED_ALREADY)
    return revoke(draft, event.how, event.at).because(reason)


def _is_older(draft: Draft, event: ConsentChanged) -> bool:
    """Whether the end of all texts, or of the topic, is the newer word."""
    words = (draft.conversation.consent, dict(draft.conversation.topics).get(event.topic))
    return any(
        word.standing is Standing.REVOKED and word.at and event.at <= word.at
        for word in words
        if word
    )


def _of_a_topic(draft: Draft, event: ConsentChanged) -> Draft:
    """A contact who ended all texts is not reached by consent to one topic: that takes a START, or
    consent to all."""
    standing = Standing.GRANTED if event.granted else Standing.REVOKED
    topics = dict(draft.conversation.topics)
    topics[event.topic] = Consent(standing, event.how, event.at)
    news = News.CONSENT_GRANTED if event.granted else News.CONSENT_REVOKED
    draft = draft.having(topics=tuple(sorted(topics.items(), key=lambda pair: pair[0])))
    return plan_all(draft.tell(news, ("topic", event.topic), ("how", event.how)))
