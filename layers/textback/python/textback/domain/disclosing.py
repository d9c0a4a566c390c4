"""The first text to a contact says who texts, and how to stop it."""

import re
from dataclasses import replace

from textback.domain.composing import compose
from textback.domain.conversation import Conversation
from textback.domain.decision import Step
from textback.domain.effects import Purpose, SendText
from textback.domain.playbook import Line, Playbook
from textback.domain.segments import segments, to_gsm
from textback.domain.texts import STOP, Text

_STOP = re.compile(rf"\b{STOP}\b")


def disclosed(taken: Step, line: Line) -> Step:
    """Put the disclosure behind the first text, unless that says it all by itself; a first text
    that is too long for it follows it."""
    first = _first(taken)
    if first is None or taken.conversation.disclosed:
        return taken
    told = (first,) if discloses(first.body, line.playbook) else _told(first, taken, line)
    at = taken.effects.index(first)
    return replace(
        taken,
        conversation=replace(taken.conversation, disclosed=first.decided_at),
        effects=(*taken.effects[:at], *told, *taken.effects[at + 1 :]),
    )


def undisclosed(conversation: Conversation, text: SendText) -> Conversation:
    """The conversation after `text` turned out never to have reached the contact."""
    if conversation.disclosed != text.decided_at:
        return conversation  # another text disclosed it
    return replace(conversation, disclosed=None)


def discloses(body: str, playbook: Playbook) -> bool:
    names = (playbook.practice, to_gsm(playbook.practice))
    return any(name in body for name in names) and _STOP.search(body) is not None


def _first(taken: Step) -> SendText | None:
    """The first text that has room for it. What to do in an emergency stands alone, also when it
    is sent again, and so does the end of all texts."""
    texts = (effect for effect in taken.effects if isinstance(effect, SendText))
    having_room = (t for t in texts if not t.alone and t.purpose is not Purpose.OPT_OUT)
    return next(having_room, None)


def _told(text: SendText, taken: Step, line: Line) -> tuple[SendText, ...]:
    language = line.playbook.language(taken.conversation.language)
    own = compose(Text.DISCLOSURE, language, line, text.decided_at)
    both = f"{text.body} {own.body}"
    if segments(both).sendable:
        return (replace(text, body=both),)
    return (own, text)
