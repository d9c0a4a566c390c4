"""How replies are read with what was learned: right, acted on wrongly, overlooked."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from textback.domain.reading import Intent
from textback.domain.understand import Lexicons
from textback.domain.understand import read as understood
from textback.domain.understand.likeness import SLOTS, Likeness
from textback.domain.understand.picks import Picks
from textback.languages import lexicons

from learning.replies import Reply

ACTS = {Intent.CONFIRM, Intent.CANCEL, Intent.STOP} | SLOTS
MUST_BE_HEARD = {Intent.STOP, Intent.EMERGENCY}


def tell(name: str, replies: Sequence[Reply], learned: Likeness, picks: Picks) -> None:
    known = knowing(learned, picks)
    got = [(r.meaning, understood(r.text, r.context, "en", known).intent) for r in replies]
    right = sum(wanted is intent for wanted, intent in got)
    acted = sum(wanted is not intent and intent in ACTS for wanted, intent in got)
    heard = [wanted is intent for wanted, intent in got if wanted in MUST_BE_HEARD]
    print(
        f"{name:20} {len(got):5} replies  {right / len(got):6.1%} right  {acted:3} acted on wrongly"
        f"  {heard.count(False):3} of {len(heard)} opt-outs and emergencies overlooked"
    )


def knowing(learned: Likeness, picks: Picks) -> Lexicons:
    """The languages, with what was learned in place of what is kept."""
    return {
        language: replace(
            lexicon,
            likeness=learned if language in learned.languages else None,
            picks=partial(_of, picks, language),
        )
        for language, lexicon in lexicons().items()
    }


def _of(picks: Picks, language: str) -> Picks | None:
    return picks if language in picks.languages else None
