"""Everything in memory: real adapters, held to the same promises as those on AWS. Values go
through their stored form, so that what cannot be stored cannot be tested either."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from textback.adapters.dynamodb import items
from textback.domain.conversation import Conversation
from textback.domain.due import place
from textback.domain.ledger import EntryKey, JournalEntry, TextRecord, TextState
from textback.domain.playbook import Line, Pause
from textback.errors import AlreadyTaken, LostRace, PointerMoved, UnknownLine, UnreadableLine
from textback.ports import (
    BusEvent,
    ClosingCall,
    Due,
    HandoffMessage,
    Pacing,
    ParkedText,
    Pointer,
    Turn,
    WakeUp,
)


@dataclass(slots=True)
class MemoryClock:
    at: datetime

    def now(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        self.at += by


@dataclass(slots=True)
class MemoryLines:
    lines: dict[str, Line] = field(default_factory=dict)

    def get(self, number: str) -> Line:
        if number not in self.lines:
            raise UnknownLine("line: no settings are stored for this number")
        return self.lines[number]

    def all(self) -> Sequence[Line | UnreadableLine]:
        return list(self.lines.values())

    def pause(self, number: str, pause: Pause) -> bool:
        line = self.get(number)
        if any(p.what is pause.what and p.at > pause.at for p in line.pauses):
            return False
        others = tuple(p for p in line.pauses if p.what is not pause.what)
        self.lines[number] = replace(line, pauses=(*others, pause))
        return True


@dataclass(slots=True)
class MemoryTable:
    """Conversations, journal, pointers and due indexes. `written` keeps the order of the journal,
    as the table's stream would."""

    conversations: dict[str, items.Item] = field(default_factory=dict)
    entries: dict[EntryKey, items.Item] = field(default_factory=dict)
    pointers: dict[tuple[str, str], Pointer] = field(default_factory=dict)
    pacings: dict[str, Pacing] = field(default_factory=dict)
    written: list[EntryKey] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def load(self, id: str, *, fresh: bool = False) -> Conversation | None:  # noqa: A002, ARG002
        stored = self.conversations.get(id)
        return items.conversation_of(stored) if stored else None

    def pointer(self, line: str, appointment: str) -> Pointer | None:
        return self.pointers.get((line, appointment))

    def save(self, turn: Turn) -> None:
        with self._lock:
            if turn.entry.key in self.entries:
                raise AlreadyTaken("this event's journal entry exists")
            move = turn.pointer
            if move:
                name = (move.after.line, move.after.appointment)
                if self.pointers.get(name) != move.before:
                    raise PointerMoved("the appointment's pointer is no longer what was read")
            there = self.conversations.get(turn.before.id)
            if (int(there["version"]["N"]) if there else 0) != turn.before.version:
                raise LostRace("the conversation's version moved on")
            self.conversations[turn.after.id] = items.conversation_item(turn.after)
            self.entries[turn.entry.key] = items.entry_item(turn)
            self.written.append(turn.entry.key)
            if move:
                self.pointers[name] = move.after

    def entry(self, key: EntryKey) -> JournalEntry | None:
        stored = self.entries.get(key)
        return items.entry_of(stored) if stored else None

    def recent(self, conversation: str, limit: int, before: int) -> Sequence[JournalEntry]:
        own = (items.entry_of(e) for k, e in self.entries.items() if k.conversation == conversation)
        return sorted((e for e in own if e.seq <= before), key=lambda e: e.seq)[-limit:]

    def claim(self, key: EntryKey, position: int, attempt: str, at: datetime) -> TextRecord | None:
        with self._lock:
            entry = self.entry(key)
            if entry is None:
                return TextRecord(TextState.DECIDED_AGAIN)
            there = entry.text(position)
            if there and not (there.attempt == attempt and there.state is TextState.CLAIMED):
                return there
            self._write(key, position, TextRecord(TextState.CLAIMED, attempt, at))
            return None

    def mark(
        self, key: EntryKey, position: int, record: TextRecord, *, done: bool = False
    ) -> JournalEntry | None:
        with self._lock:
            entry = self.entry(key)
            there = entry.text(position) if entry else None
            if entry is None or (there and there.state.rank > record.state.rank):
                return None
            self._write(key, position, record)
            if done:
                self.done(key)
            return self.entry(key)

    def done(self, key: EntryKey) -> None:
        if key in self.entries:
            self.entries[key] = {**self.entries[key], "done": {"BOOL": True}}

    def _write(self, key: EntryKey, position: int, record: TextRecord) -> None:
        self.entries[key] = {**self.entries[key], **items.text_item(position, record)}

    def now(self, line: str, until: str, limit: int) -> Sequence[Due]:
        return self._due(line, "", until, limit, paced=False)

    def paced(self, line: str, after: str, until: str, limit: int) -> Sequence[Due]:
        return self._due(line, after, until, limit, paced=True)

    def _due(self, line: str, after: str, until: str, limit: int, *, paced: bool) -> list[Due]:
        found: list[Due] = []
        for stored in self.conversations.values():
            conversation = items.conversation_of(stored)
            timers = [t for t in conversation.timers if t.paced is paced]
            first = min(timers, key=place, default=None)
            if first and conversation.line == line and after < place(first) <= until:
                found.append(Due(conversation.id, place(first), first.parts if paced else 1))
        return sorted(found, key=lambda due: due.at)[:limit]

    def starting(self, line: str, since: datetime, until: datetime) -> Iterable[str]:
        hit = (p for p in self.pointers.values() if p.line == line and p.start)
        return [p.conversation for p in hit if p.start and since <= p.start < until]

    def pacing(self, line: str) -> Pacing:
        return self.pacings.get(line, Pacing(line))

    def take(self, pacing: Pacing) -> None:
        with self._lock:
            if self.pacing(pacing.line).version != pacing.version:
                raise LostRace("another run took this stretch of the line's reminders")
            self.pacings[pacing.line] = replace(pacing, version=pacing.version + 1)


@dataclass(slots=True)
class MemoryOutside:
    """The world outside: what was sent, pushed, published, set aside."""

    texts: list[tuple[str, str, str, Mapping[str, str]]] = field(default_factory=list)
    blocked: set[str] = field(default_factory=set)
    cases: list[HandoffMessage] = field(default_factory=list)
    events: list[BusEvent] = field(default_factory=list)
    parked: list[tuple[ParkedText, int]] = field(default_factory=list)
    woken: list[WakeUp] = field(default_factory=list)
    called: list[ClosingCall] = field(default_factory=list)
    buried: list[tuple[str, str]] = field(default_factory=list)
    refusing: list[Exception] = field(default_factory=list)  # what the next sends raise

    def send(self, line: str, phone: str, body: str, context: Mapping[str, str]) -> str:
        if self.refusing:
            raise self.refusing.pop(0)
        self.texts.append((line, phone, body, context))
        return f"message-{len(self.texts)}"

    def block(self, phone: str) -> None:
        self.blocked.add(phone)

    def unblock(self, phone: str) -> None:
        self.blocked.discard(phone)

    def push(self, message: HandoffMessage) -> None:
        self.cases.append(message)

    def publish(self, events: Sequence[BusEvent]) -> None:
        self.events += events

    def park(self, text: ParkedText, delay: int) -> None:
        self.parked.append((text, delay))

    def hand_over(self, messages: Iterable[WakeUp]) -> None:
        self.woken += messages

    def call(self, messages: Iterable[ClosingCall]) -> None:
        self.called += messages

    def bury(self, body: str, why: str, group: str) -> None:  # noqa: ARG002 - the port's shape
        self.buried.append((body, why))
