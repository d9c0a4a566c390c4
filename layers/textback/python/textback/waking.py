"""Messages of the wake queue: a turn for each conversation that they point to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textback.contracts.incoming import ClosingIn, PointerIn, WakeIn, read
from textback.domain.conversation import Conversation
from textback.domain.due import due_at, event_id
from textback.domain.events import PracticeClosed, TimerFired
from textback.errors import BadInput
from textback.ports import Clock
from textback.turn import Turns


@dataclass(frozen=True, slots=True)
class Waking:
    turns: Turns
    clock: Clock

    def hear(self, message: WakeIn) -> str:
        """Wake all that the message points to; the reasons. One that fails brings the message back
        and holds up no other, and those that went well then have nothing more to do."""
        acts = [partial(self._follow, pointer) for pointer in message.pointers or ()]
        if closing := message.closing:
            acts += [partial(self.close, c, closing) for c in message.conversations]
        return "; ".join(sorted(set(_all(acts))))

    def _follow(self, pointer: dict[str, Any]) -> str:
        to = read(PointerIn, pointer)
        return self.wake(to.conversation, to.at)

    def wake(self, conversation: str, place: str) -> str:
        """Fire the timer at this place of the due index; the reason of what came of it."""
        # fan_out's clock said that it is due. A clock that is behind here must not say it is not:
        # the event would be used up, and the timer would never fire.
        fired = TimerFired(event_id(place), max(self.clock.now(), due_at(place)))
        step = self.turns.take(Conversation(conversation, line="", phone=""), fired)
        return step.reason if step else "fired before"

    def close(self, conversation: str, closing: ClosingIn) -> str:
        """Let a conversation hear that its practice closes."""
        heard = PracticeClosed(
            f"closed:{closing.id}", closing.at, closing.id, closing.since, closing.until
        )
        step = self.turns.take(Conversation(conversation, line="", phone=""), heard)
        return step.reason if step else "heard before"


def _all(acts: Sequence[Callable[[], str]]) -> list[str]:
    """Do each of them. When all were tried, raises BadInput if some can never be done, and nothing
    else failed; else ExceptionGroup of those that failed."""
    reasons, failed = [], []
    for act in acts:
        try:
            reasons.append(act())
        except Exception as error:  # noqa: BLE001 - raised below
            failed.append(error)
    if failed and all(isinstance(error, BadInput) for error in failed):
        raise BadInput("; ".join(sorted({str(error) for error in failed})))
    if failed:
        raise ExceptionGroup("conversations that could not be woken", failed)
    return reasons
