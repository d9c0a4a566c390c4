"""Pointers to conversations with a timer due: a turn each."""

from dataclasses import dataclass

from textback.domain.conversation import Conversation
from textback.domain.due import due_at, event_id
from textback.domain.events import TimerFired
from textback.ports import Clock
from textback.turn import Turns


@dataclass(frozen=True, slots=True)
class Waking:
    turns: Turns
    clock: Clock

    def wake(self, conversation: str, place: str) -> str:
        """Fire the timer at this place of the due index; the reason of what came of it."""
        # fan_out's clock said that it is due. A clock that is behind here must not say it is not:
        # the event would be used up, and the timer would never fire.
        fired = TimerFired(event_id(place), max(self.clock.now(), due_at(place)))
        step = self.turns.take(Conversation(conversation, line="", phone=""), fired)
        return step.reason if step else "fired before"
