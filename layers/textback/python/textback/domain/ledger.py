"""The send ledger: what is known of one text, and which news may overwrite which."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from textback.domain.effects import Effect, SendText
from textback.domain.events import Event, Parked


class TextState(StrEnum):
    CLAIMED = "claimed"  # an attempt is sending it now, or died doing so
    PARKED = "parked"  # surely not sent: it waits on `later`
    UNKNOWN = "unknown"  # sent or not, nobody can say: it waits on `later`
    DECIDED_AGAIN = "decided_again"  # a later turn took it over
    ACCEPTED = "accepted"  # the provider has it
    SENT = "sent"  # the carrier has it
    DELIVERED = "delivered"
    FAILED = "failed"

    @property
    def rank(self) -> int:
        """News of a lower rank never overwrites news of a higher one."""
        return _RANKS[self]

    @property
    def settled(self) -> bool:
        """Nothing remains to be done for this text."""
        return self.rank >= _RANKS[TextState.DECIDED_AGAIN]


_RANKS = {
    TextState.CLAIMED: 1,
    TextState.PARKED: 2,
    TextState.UNKNOWN: 3,
    TextState.DECIDED_AGAIN: 4,
    TextState.ACCEPTED: 5,
    TextState.SENT: 6,
    TextState.FAILED: 7,
    TextState.DELIVERED: 8,
}


@dataclass(frozen=True, slots=True)
class TextRecord:
    """The ledger's line for one text. `why` says why it was parked, `refused` in whose words the
    carrier refused it for good."""

    state: TextState
    attempt: str = ""
    at: datetime | None = None
    message: str = ""
    why: Parked | None = None
    refused: str = ""
    opted_out: bool = False


@dataclass(frozen=True, slots=True)
class EntryKey:
    """Where a journal entry is found."""

    conversation: str
    event: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One turn, as it is kept: what happened, what was decided and why, what is to be done.
    `texts` is the ledger, by the position of the text among the effects."""

    conversation: str
    line: str
    phone: str
    seq: int
    at: datetime
    event: Event
    reason: str
    effects: tuple[Effect, ...] = ()
    texts: tuple[tuple[int, TextRecord], ...] = ()
    done: bool = False

    @property
    def key(self) -> EntryKey:
        return EntryKey(self.conversation, self.event.id)

    def text(self, position: int) -> TextRecord | None:
        return dict(self.texts).get(position)

    @property
    def texts_settled(self) -> bool:
        records = dict(self.texts)
        return all(
            position in records and records[position].state.settled
            for position, effect in enumerate(self.effects)
            if isinstance(effect, SendText)
        )
