"""What agents do with a case."""

from dataclasses import replace

from textback.domain.composing import outgoing
from textback.domain.consent import revoke, revoke_again
from textback.domain.conversation import Case, Visit
from textback.domain.decision import Reason, Step
from textback.domain.draft import Draft
from textback.domain.effects import CaseNews, HandOff, News, Purpose
from textback.domain.events import Act, AgentActed
from textback.domain.segments import segments, to_gsm
from textback.domain.settling import settle


def agent_acted(draft: Draft, event: AgentActed) -> Step:
    case = draft.conversation.case
    if case is None or case.id != event.case:
        return _refuse(draft, event, Reason.ACTION_REFUSED)
    match event.act:
        case Act.CLAIM:
            claimed = replace(case, claimed_by=event.agent)
            return draft.having(case=claimed).because(Reason.AGENT_CLAIMED)
        case Act.RELEASE:
            released = replace(case, claimed_by="")
            return draft.having(case=released).because(Reason.AGENT_RELEASED)
        case Act.NOTE:
            return draft.because(Reason.AGENT_NOTED)
        case Act.REPLY:
            return _reply(draft, event)
        case Act.CLOSE:
            return _close(draft, case)
        case Act.OPT_OUT if not draft.conversation.may_text:
            return revoke_again(draft, event.at).because(Reason.STOPPED_ALREADY)
        case Act.OPT_OUT:
            return revoke(draft, "agent", event.at).because(Reason.AGENT_OPTED_OUT)
        case Act.CONFIRM:
            return _settle(draft, event, Visit.CONFIRMED, Reason.AGENT_CONFIRMED)
        case Act.CANCEL:
            return _settle(draft, event, Visit.CANCELLED, Reason.AGENT_CANCELLED)


def _reply(draft: Draft, event: AgentActed) -> Step:
    body = to_gsm(event.text)
    if not body.strip():
        return _refuse(draft, event, Reason.ACTION_EMPTY)
    if not draft.conversation.may_text:
        return _refuse(draft, event, Reason.SILENT)
    if not segments(body).sendable:
        return _refuse(draft, event, Reason.ACTION_TOO_LONG)
    return draft.do(outgoing(body, Purpose.AGENT, draft.now)).because(Reason.AGENT_REPLIED)


def _close(draft: Draft, case: Case) -> Step:
    return (
        draft.having(case=None)
        .do(HandOff(CaseNews.CLOSED, case.id, Reason.AGENT_CLOSED, case.urgency))
        .tell(News.CASE_CLOSED, ("case", case.id), ("opened_at", case.opened_at.isoformat()))
        .because(Reason.AGENT_CLOSED)
    )


def _settle(draft: Draft, event: AgentActed, status: Visit, reason: Reason) -> Step:
    visits = draft.upcoming
    if len(visits) != 1:
        return _refuse(draft, event, Reason.SEVERAL_VISITS if visits else Reason.NO_VISIT)
    return settle(draft, visits[0], status, event.at).because(reason)


def _refuse(draft: Draft, event: AgentActed, why: Reason) -> Step:
    refusal = HandOff(CaseNews.ACTION_REFUSED, event.case, why, action=event.action)
    return draft.do(refusal).because(why)
