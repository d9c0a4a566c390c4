"""People brought in."""

from dataclasses import replace

from textback.domain.conversation import Case, Urgency
from textback.domain.draft import Draft
from textback.domain.effects import CaseNews, HandOff, News
from textback.domain.identity import effect_id


def bring_in_a_person(
    draft: Draft, why: str, *, urgency: Urgency = Urgency.NORMAL, text: str = ""
) -> Draft:
    """Open a case, or speak of this in the one that is open. `text` is what the contact sent."""
    there = draft.conversation.case
    case = there or Case(
        id=effect_id(draft.conversation.id, f"case:{draft.cause}", 0),
        opened_at=draft.now,
        why=why,
        urgency=urgency,
    )
    case = replace(case, urgency=min(case.urgency, urgency, key=list(Urgency).index))
    draft = draft.having(case=case).do(
        HandOff(
            news=CaseNews.MESSAGE if there else CaseNews.OPENED,
            case=case.id,
            why=why,
            urgency=urgency,
            appointments=draft.upcoming,
            language=draft.language,
            text=text,
            answer_by=draft.now + draft.playbook.answer_within,
        )
    )
    if there:
        return draft
    return draft.tell(News.CASE_OPENED, ("case", case.id), ("urgency", urgency), ("why", why))
