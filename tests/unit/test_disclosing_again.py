"""What the first text says of itself stays with it when it is decided again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from textback.domain.conversation import Conversation
from textback.domain.decision import Step
from textback.domain.effects import Effect, SendText
from textback.domain.events import Parked, TextReceived, TextReturned, TimerFired
from textback.domain.playbook import Line
from textback.domain.reading import Intent, Reading
from textback.domain.step import step
from textback.domain.texts import REMINDER

from tests.support.samples import NOW, blank, line, visit
from tests.unit.test_step import reminder_of

LATER = NOW + timedelta(minutes=2)
WAYS = [Parked.THROTTLED, Parked.SUSPENDED, Parked.LATE]


def texts_of(effects: tuple[Effect, ...]) -> list[SendText]:
    return [effect for effect in effects if isinstance(effect, SendText)]


@pytest.mark.parametrize("why", [*WAYS, Parked.UNKNOWN])
def test_what_to_do_in_an_emergency_stands_alone_also_when_it_is_sent_again(why: Parked) -> None:
    heard = TextReceived("text:1", NOW, "chest pain", Reading(Intent.EMERGENCY, 1.0, "a phrase"))
    taken = step(replace(blank(), version=1), heard, NOW, line())
    (urgent,) = texts_of(taken.effects)
    again = step(
        taken.conversation, TextReturned("again:1", LATER, "e", urgent, why), LATER, line()
    )
    (sent,) = texts_of(again.effects)
    assert sent.body == urgent.body
    assert again.conversation.disclosed is None


@pytest.mark.parametrize("why", WAYS)
def test_a_first_reminder_that_is_written_anew_still_tells_how_to_stop(why: Parked) -> None:
    taken = _reminded(_terse())
    (first,) = texts_of(taken.effects)
    assert first.body.endswith("STOP to opt out.")
    returned = TextReturned("again:1", LATER, "effect", first, why)
    again = step(taken.conversation, returned, LATER, _terse())
    assert [sent.body for sent in texts_of(again.effects)] == [first.body]
    assert again.conversation.disclosed == NOW


def _terse() -> Line:
    """A line whose reminder says nothing of how to stop texts."""
    shipped = line()
    wordings = {
        language: replace(wording, texts={**wording.texts, REMINDER: "Your visit is {when}."})
        for language, wording in shipped.playbook.wordings.items()
    }
    return replace(shipped, playbook=replace(shipped.playbook, wordings=wordings))


def _reminded(of: Line) -> Step:
    appointment = visit(start=NOW + timedelta(days=2))
    waits = reminder_of(appointment)
    before: Conversation = replace(
        blank(), version=1, appointments=(appointment,), timers=(replace(waits, due=NOW),)
    )
    return step(before, TimerFired("timer:1", NOW), NOW, of)
