"""People brought in: cases opened and spoken of, and what agents do with them."""

from dataclasses import replace
from datetime import datetime

from textback.domain.composing import BODY_LIMIT
from textback.domain.consent import revoke
from textback.domain.conversation import Case, Conversation, Urgency, Visit
from textback.domain.decision import Reason, Step
from textback.domain.effects import CaseNews, Effect, HandOff, News, Publish, Purpose, SendText
from textback.domain.events import Act, AgentActed
from textback.domain.identity import effect_id
from textback.domain.playbook import Line
from textback.domain.segments import to_gsm
from textback.domain.settling import settle


def bring_in_a_person(
    conversation: Conversation,
    line: Line,
    cause: str,
    now: datetime,
    why: str,
    *,
    urgency: Urgency = Urgency.NORMAL,
    text: str = "",
) -> tuple[Conversation, tuple[Effect, ...]]:
    """Open a case because of the event called `cause`, or speak of it in the one that is open."""
    news = HandOff(
        news=CaseNews.MESSAGE if conversation.case else CaseNews.OPENED,
        case=conversation.case.id if conversation.case else _case_id(conversation, cause),
        why=why,
        urgency=urgency,
        appointments=conversation.upcoming(now),
        language=line.playbook.language(conversation.language),
        text=text,
        answer_by=now + line.playbook.answer_within,
    )
    if conversation.case:
        return conversation, (news,)
    case = Case(id=news.case, opened_at=now, why=why, urgency=urgency)
    opened = Publish(News.CASE_OPENED, (("case", case.id), ("urgency", urgency)))
    return replace(conversation, case=case), (news, opened)


def agent_acted(conversation: Conversation, event: AgentActed, now: datetime, line: Line) -> Step:
    case = conversation.case
    if case is None or case.id != event.case:
        return _refused(conversation, event, Reason.ACTION_REFUSED)
    match event.act:
        case Act.CLAIM:
            taken = replace(conversation, case=replace(case, claimed_by=event.agent))
            return Step(taken, Reason.AGENT_CLAIMED)
        case Act.RELEASE:
            freed = replace(conversation, case=replace(case, claimed_by=""))
            return Step(freed, Reason.AGENT_RELEASED)
        case Act.NOTE:
            return Step(conversation, Reason.AGENT_NOTED)
        case Act.REPLY:
            return _replied(conversation, event, now)
        case Act.CLOSE:
            return _closed(conversation, case)
        case Act.OPT_OUT:
            silent, effects = revoke(conversation, "agent", event.at)
            return Step(silent, Reason.AGENT_OPTED_OUT, effects)
        case Act.CONFIRM:
            return _settled(conversation, event, now, Visit.CONFIRMED, Reason.AGENT_CONFIRMED, line)
        case Act.CANCEL:
            return _settled(conversation, event, now, Visit.CANCELLED, Reason.AGENT_CANCELLED, line)


def _replied(conversation: Conversation, event: AgentActed, now: datetime) -> Step:
    if not event.text.strip():
        return _refused(conversation, event, Reason.ACTION_EMPTY)
    if not conversation.may_text:
        return _refused(conversation, event, Reason.SILENT)
    text = SendText(to_gsm(event.text)[:BODY_LIMIT], Purpose.AGENT, now)
    return Step(conversation, Reason.AGENT_REPLIED, (text,))


def _closed(conversation: Conversation, case: Case) -> Step:
    gone = HandOff(CaseNews.CLOSED, case.id, Reason.AGENT_CLOSED, case.urgency)
    told = Publish(News.CASE_CLOSED, (("case", case.id), ("opened_at", case.opened_at.isoformat())))
    return Step(replace(conversation, case=None), Reason.AGENT_CLOSED, (gone, told))


def _settled(
    conversation: Conversation,
    event: AgentActed,
    now: datetime,
    status: Visit,
    reason: Reason,
    line: Line,
) -> Step:
    visits = conversation.upcoming(now)
    if len(visits) != 1:
        why = Reason.SEVERAL_VISITS if visits else Reason.NO_VISIT
        return _refused(conversation, event, why)
    settled, effects = settle(conversation, visits[0], status, event.at, line, now)
    return Step(settled, reason, effects)


def _refused(conversation: Conversation, event: AgentActed, why: Reason) -> Step:
    refusal = HandOff(CaseNews.ACTION_REFUSED, event.case, why, action=event.id)
    return Step(conversation, why, (refusal,))


def _case_id(conversation: Conversation, cause: str) -> str:
    return effect_id(conversation.id, f"case:{cause}", 0)
