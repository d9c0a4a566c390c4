"""Texts that come back from `later`: decided again by a turn, never sent as they stood."""

from dataclasses import dataclass, replace

from textback.announcing import effect_id_of
from textback.domain.conversation import Conversation
from textback.domain.effects import Block, SendText
from textback.domain.events import Parked, TextReturned
from textback.domain.ledger import EntryKey, JournalEntry, TextRecord, TextState
from textback.performing import close_if_settled
from textback.ports import Clock, Journal
from textback.turn import Turns


@dataclass(frozen=True, slots=True)
class Returning:
    journal: Journal
    turns: Turns
    clock: Clock

    def decide(self, key: EntryKey, position: int) -> str:
        """Decide about a parked text, unless a receipt settled it meanwhile; what was decided."""
        entry = self.journal.entry(key)
        if entry is None:
            return "the entry expired"
        text = entry.effects[position] if position < len(entry.effects) else None
        record = entry.text(position)
        if not isinstance(text, SendText) or record is None:
            return "not a parked text"
        if record.state.settled and (entry.done or not _waited_for(entry, position)):
            close_if_settled(self.journal, key, entry)
            return "settled meanwhile"
        effect = effect_id_of(entry, position)
        returned = TextReturned(
            id=f"again:{effect}",
            at=self.clock.now(),
            effect=effect,
            text=text,
            why=record.why or Parked.UNKNOWN,
            settled=record.state.settled,
        )
        step = self.turns.take(Conversation(key.conversation, entry.line, entry.phone), returned)
        if record.state.settled:
            close_if_settled(self.journal, key, entry)
            return step.reason if step else "decided before"
        decided = TextRecord(TextState.DECIDED_AGAIN, at=self.clock.now(), why=record.why)
        texts = {**dict(entry.texts), position: decided}
        settled = replace(entry, texts=tuple(texts.items())).texts_settled
        # No entry comes back when a receipt was faster than this mark.
        now = self.journal.mark(key, position, decided, done=settled) or self.journal.entry(key)
        close_if_settled(self.journal, key, now)
        return step.reason if step else "decided before"


def _waited_for(entry: JournalEntry, position: int) -> bool:
    """Whether something stood aside until this text was settled."""
    return any(isinstance(effect, Block) for effect in entry.effects[position + 1 :])
