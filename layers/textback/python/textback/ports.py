"""What Textback needs of the world. Adapters fulfil these promises; one contract suite holds the
DynamoDB and the in-memory ones to the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from textback.domain.conversation import Conversation
from textback.domain.ledger import EntryKey, JournalEntry, TextRecord
from textback.domain.playbook import Line, Pause
from textback.domain.reading import Reading
from textback.errors import UnreadableLine


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class Reader(Protocol):
    def read(self, text: str, conversation: Conversation, line: Line, now: datetime) -> Reading:
        """Understand a text. Never raises, whatever the text."""
        ...


class Lines(Protocol):
    def get(self, number: str) -> Line:
        """The line with this number (E.164). Raises UnknownLine."""
        ...

    def all(self) -> Sequence[Line | UnreadableLine]:
        """Every line of the stack; one whose settings cannot be read is the error that says so, and
        hides no other."""
        ...

    def pause(self, number: str, pause: Pause) -> bool:
        """Store a pause, or its end, unless a newer word of its kind is known: False then. The bus
        tells seconds only: of two words of one moment the one that is heard last counts. Raises
        UnknownLine."""
        ...


@dataclass(frozen=True, slots=True)
class Pointer:
    """Whose conversation an appointment is in, and the highest version seen of it."""

    line: str
    appointment: str
    conversation: str
    version: int
    start: datetime | None = None  # of a visit that stands: the index of visits has it by that


@dataclass(frozen=True, slots=True)
class PointerMove:
    """Write `after` only if the pointer is still as it was read (`before`; None: absent)."""

    before: Pointer | None
    after: Pointer


@dataclass(frozen=True, slots=True)
class Turn:
    """All that one turn writes, or nothing of it."""

    before: Conversation
    after: Conversation
    entry: JournalEntry
    keep_days: int
    pointer: PointerMove | None = None


class Conversations(Protocol):
    def load(self, id: str, *, fresh: bool = False) -> Conversation | None:  # noqa: A002
        """The conversation, or None. `fresh` costs twice and sees the latest write.
        Raises NewerForm."""
        ...

    def save(self, turn: Turn) -> None:
        """Write the conversation, the journal entry and the pointer together. Raises AlreadyTaken
        if the entry exists (this wins over all else), LostRace if the conversation moved on,
        PointerMoved if the pointer did, Contended if DynamoDB could not decide."""
        ...

    def pointer(self, line: str, appointment: str) -> Pointer | None: ...


class Journal(Protocol):
    """The entries after they were written: the ledger of their texts, and what remains to do."""

    def entry(self, key: EntryKey) -> JournalEntry | None: ...

    def recent(self, conversation: str, limit: int, before: int) -> Sequence[JournalEntry]:
        """The last `limit` entries up to and including seq `before`, oldest first."""
        ...

    def claim(self, key: EntryKey, position: int, attempt: str, at: datetime) -> TextRecord | None:
        """Claim the text for this attempt. None when it is ours, now or already (the call may be
        repeated); else the record of what stands in the way."""
        ...

    def mark(
        self, key: EntryKey, position: int, record: TextRecord, *, done: bool = False
    ) -> JournalEntry | None:
        """Write news of a text, never over news of a higher rank; `done` closes the entry in the
        same write. The entry as it now stands; None when higher news, or no such entry, was
        there."""
        ...

    def done(self, key: EntryKey) -> None:
        """Close the entry; one that expired meanwhile is none to close."""
        ...


class Carrier(Protocol):
    def send(self, line: str, phone: str, body: str, context: Mapping[str, str]) -> str:
        """Hand one text to the carrier, once; its message id. Raises NotSent's kinds."""
        ...

    def block(self, phone: str) -> None: ...

    def unblock(self, phone: str) -> None: ...


@dataclass(frozen=True, slots=True)
class HandoffMessage:
    """A message for `handoff.fifo`: group is the conversation, `id` deduplicates."""

    id: str
    conversation: str
    urgency: str
    body: str


class Desk(Protocol):
    def push(self, message: HandoffMessage) -> None: ...


@dataclass(frozen=True, slots=True)
class BusEvent:
    name: str
    detail: Mapping[str, object]


class Bus(Protocol):
    def publish(self, events: Sequence[BusEvent]) -> None:
        """Put all of them on the bus; raises if any was not taken (all may be repeated)."""
        ...


@dataclass(frozen=True, slots=True)
class ParkedText:
    """A text on `later`, by where it stands in the journal."""

    key: EntryKey
    position: int


class Later(Protocol):
    def park(self, text: ParkedText, delay: int) -> None:
        """Set a text aside for `delay` seconds (at most 900)."""
        ...


@dataclass(frozen=True, slots=True)
class Due:
    """A pointer to a conversation with a timer that is due; `at` is its place in the index:
    the due moment and the timer's id."""

    conversation: str
    at: str
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Pacing:
    """How far a line's due reminders were handed over: `cursor` is a place in the index, and
    `stretches` are the cursors of the last minutes, oldest first. A sweep for those that were
    handed over in vain began at `sweeps_since` and has come to the place `swept`."""

    line: str
    version: int = 0
    cursor: str = ""
    paced_until: datetime | None = None
    stretches: tuple[tuple[datetime, str], ...] = ()
    swept: str = ""
    sweeps_since: datetime | None = None


class VisitIndex(Protocol):
    def starting(self, line: str, since: datetime, until: datetime) -> Iterable[str]:
        """The conversations with a visit that starts from `since` up to, not at, `until`; one that
        has several comes several times."""
        ...


class DueIndex(Protocol):
    def now(self, line: str, until: str, limit: int) -> Sequence[Due]:
        """Timers that are handed over at once, due before `until`, oldest first."""
        ...

    def paced(self, line: str, after: str, until: str, limit: int) -> Sequence[Due]:
        """Reminders due after `after` and before `until`, oldest first."""
        ...

    def pacing(self, line: str) -> Pacing: ...

    def take(self, pacing: Pacing) -> None:
        """Store the pacing with its version + 1, if nobody took it since. Raises LostRace."""
        ...


@dataclass(frozen=True, slots=True)
class Closing:
    """The practice of a line closes from `since` to `until`."""

    id: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class ClosingCall:
    """Conversations that hear of a closing, for one message on the `wake` queue."""

    closing: Closing
    at: datetime
    conversations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WakeUp:
    """Pointers for one message on the `wake` queue, to be seen after `delay` seconds."""

    pointers: tuple[Due, ...]
    delay: int = 0


class DeadLetters(Protocol):
    def bury(self, body: str, why: str, group: str) -> None:
        """Set a message aside that cannot be used, with what is wrong with it."""
        ...


class WakeQueue(Protocol):
    def hand_over(self, messages: Iterable[WakeUp]) -> None: ...

    def call(self, messages: Iterable[ClosingCall]) -> None: ...
