"""One turn: load, understand, step, save."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from textback.domain.conversation import Conversation
from textback.domain.decision import Step
from textback.domain.effects import News, Publish
from textback.domain.events import Event, TextReceived
from textback.domain.ledger import JournalEntry
from textback.domain.playbook import Playbook
from textback.domain.step import step
from textback.errors import AlreadyTaken, LostRace
from textback.ports import Clock, Conversations, Lines, PointerMove, Reader, Turn

TRIES = 8  # then the message goes back to its queue
PAUSE = 0.02  # seconds; doubled with each try, with jitter


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes turns. `pause` waits between tries (seconds)."""

    conversations: Conversations
    lines: Lines
    reader: Reader
    clock: Clock
    pause: Callable[[float], None] = time.sleep

    def take(
        self, blank: Conversation, event: Event, pointer: PointerMove | None = None
    ) -> Step | None:
        """Let `event` happen to the conversation that `blank` names (and is, if nobody had it yet).

        None when it had happened before. Raises LostRace when the race was lost too often (leave
        the message to redelivery), PointerMoved when `pointer` is no longer what was read.
        """
        for tried in range(TRIES):
            conversation = self.conversations.load(blank.id, fresh=tried > 0) or blank
            if not conversation.line:
                continue  # known by its id only, and not seen yet: read again
            turn, taken = self._decide(conversation, event, pointer)
            try:
                self.conversations.save(turn)
            except AlreadyTaken:
                return None
            except LostRace:
                self.pause(PAUSE * 2**tried * random.uniform(0.5, 1.5))  # noqa: S311 - jitter
            else:
                return taken
        raise LostRace("the conversation kept changing; the message goes back to its queue")

    def _decide(
        self, conversation: Conversation, event: Event, pointer: PointerMove | None
    ) -> tuple[Turn, Step]:
        line, now = self.lines.get(conversation.line), self.clock.now()
        if isinstance(event, TextReceived):
            reading = self.reader.read(event.text, conversation, line, now)
            event = replace(event, reading=reading)
        taken = step(conversation, event, now, line)
        after = replace(taken.conversation, version=conversation.version + 1)
        entry = JournalEntry(
            conversation=after.id,
            line=after.line,
            phone=after.phone,
            seq=after.version,
            at=now,
            event=event,
            reason=taken.reason,
            effects=taken.effects,
        )
        return Turn(conversation, after, entry, _keep_days(taken, line.playbook), pointer), taken


def _keep_days(taken: Step, playbook: Playbook) -> int:
    """Consent and its proof are kept longer than what was talked about."""
    proof = {News.CONSENT_GRANTED, News.CONSENT_REVOKED}
    if any(isinstance(e, Publish) and e.news in proof for e in taken.effects):
        return playbook.consent_days
    return playbook.journal_days
