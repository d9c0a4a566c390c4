"""Pointers to conversations with a timer due: a turn each."""

from dataclasses import dataclass

from textback.domain.conversation import Conversation
from textback.domain.due import event_id
from textback.domain.events import TimerFired
from textback.ports import Clock
from textback.turn import Turns


@dataclass(frozen=True, slots=True)
class Waking:
    turns: Turns
    clock: Clock

    def wake(self, conversation: str, place: str) -> str:
        """Fire the timer at this place of the due index; the reason of what came of it."""
        fired = TimerFired(event_id(place), self.clock.now())
        step = self.turns.take(Conversation(conversation, line="", phone=""), fired)
        return step.reason if step else "fired before"
