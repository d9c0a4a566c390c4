"""Carrying out the effects of a turn: events and cases first, then texts by the ledger."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import uniform

from textback.announcing import bus_event, effect_id_of, handoff_message
from textback.domain.conversation import Conversation
from textback.domain.effects import Block, HandOff, Publish, SendText, Unblock
from textback.domain.events import Parked, TextFailed
from textback.domain.ledger import EntryKey, JournalEntry, TextRecord, TextState
from textback.errors import OutcomeUnknown, Refused, Suspended, Throttled
from textback.ports import Bus, Carrier, Clock, Desk, Journal, Later, ParkedText
from textback.turn import Turns

IN_PLACE = 3  # tries for a case or an event before the record fails as a whole
LATE = timedelta(minutes=5)  # an entry first seen later than this is decided again
UNKNOWN_WAIT = 120  # seconds in which a receipt may settle an unknown outcome
SUSPENDED_WAIT = 900
TRANSCRIPT = 10  # entries

# Where a receipt finds its text: the keys of SendTextMessage's Context.
CONVERSATION, EVENT, POSITION = "conversation", "event", "position"


@dataclass(frozen=True, slots=True)
class Performer:
    journal: Journal
    carrier: Carrier
    desk: Desk
    bus: Bus
    later: Later
    turns: Turns
    clock: Clock
    actions_queue: str = ""
    pause: Callable[[float], None] = time.sleep

    def perform(self, entry: JournalEntry) -> None:
        """Carry out what the entry wants. Safe to repeat: cases and events have stable ids, and
        texts are claimed. Raises when a case or an event could not be handed on."""
        if entry.done:
            return
        self._tell_the_bus(entry)
        self._tell_the_desk(entry)
        self._to_the_carrier(entry)

    def _tell_the_bus(self, entry: JournalEntry) -> None:
        events = [
            bus_event(entry, position, effect)
            for position, effect in enumerate(entry.effects)
            if isinstance(effect, Publish)
        ]
        if events:
            self._insist(lambda: self.bus.publish(events))

    def _tell_the_desk(self, entry: JournalEntry) -> None:
        for position, effect in enumerate(entry.effects):
            if isinstance(effect, HandOff):
                recent = self.journal.recent(entry.conversation, TRANSCRIPT, entry.seq)
                message = handoff_message(entry, position, effect, recent, self.actions_queue)
                self._insist(lambda message=message: self.desk.push(message))  # type: ignore[misc]

    def _insist[T](self, act: Callable[[], T]) -> T:
        """Do what may be done again. For the ledger that keeps the window small in which nobody
        knows what became of a text: only a crash is left."""
        for tried in range(1, IN_PLACE):
            try:
                return act()
            except Exception:  # noqa: BLE001 - whatever it was, the last try tells
                self.pause(0.1 * 2**tried)
        return act()

    def _to_the_carrier(self, entry: JournalEntry) -> None:
        """Texts and blocks, in their order. A block that follows a parked text waits for it: the
        turn that decides about the text again brings it along."""
        todo = [
            (position, effect)
            for position, effect in enumerate(entry.effects)
            if isinstance(effect, SendText | Block | Unblock)
        ]
        waits = closed = False
        for position, effect in todo:
            match effect:
                case SendText():
                    closes = not waits and (position, effect) == todo[-1]
                    if self._send(entry, position, effect, done=closes):
                        closed = closes
                    else:
                        waits = True
                case _ if waits:
                    pass
                case Block() if not self._may_text(entry):
                    self.carrier.block(entry.phone)
                case Unblock() if self._may_text(entry):
                    self.carrier.unblock(entry.phone)
        if waits:
            close_if_settled(self.journal, entry.key, self.journal.entry(entry.key))
        elif not closed:
            self.journal.done(entry.key)

    def _send(self, entry: JournalEntry, position: int, text: SendText, *, done: bool) -> bool:
        """Claim, send once, mark. False when the text was set aside."""
        now = self.clock.now()
        attempt = uuid.uuid4().hex
        there = self._insist(lambda: self.journal.claim(entry.key, position, attempt, now))
        if there is not None:
            return self._found(entry, position, text, there, done=done)
        if now - entry.at > LATE:
            return self._set_aside(entry, position, text, Parked.LATE)
        try:
            context = {
                CONVERSATION: entry.conversation,
                EVENT: entry.event.id,
                POSITION: str(position),
            }
            message = self.carrier.send(entry.line, entry.phone, text.body, context)
        except Throttled:
            return self._set_aside(entry, position, text, Parked.THROTTLED)
        except Suspended:
            return self._set_aside(entry, position, text, Parked.SUSPENDED)
        except OutcomeUnknown:
            return self._set_aside(entry, position, text, Parked.UNKNOWN)
        except Refused as refusal:
            # Written first: whoever comes after a crash takes the turn from what stands here.
            failed = TextRecord(
                TextState.FAILED, attempt, now, refused=refusal.why, opted_out=refusal.opted_out
            )
            self._mark(entry, position, failed)
            return self._refused(entry, position, failed, done=done)
        accepted = TextRecord(TextState.ACCEPTED, attempt, now, message)
        if self._mark(entry, position, accepted, done=done) is None and done:
            self.journal.done(entry.key)  # the receipt was faster than the mark
        return True

    def _mark(
        self, entry: JournalEntry, position: int, record: TextRecord, *, done: bool = False
    ) -> JournalEntry | None:
        return self._insist(lambda: self.journal.mark(entry.key, position, record, done=done))

    def _refused(
        self, entry: JournalEntry, position: int, record: TextRecord, *, done: bool
    ) -> bool:
        self.report_failure(entry, position, record.refused, opted_out=record.opted_out)
        if done:
            self.journal.done(entry.key)
        return True

    def _found(
        self, entry: JournalEntry, position: int, text: SendText, there: TextRecord, *, done: bool
    ) -> bool:
        """Another attempt was here before."""
        if there.refused:
            return self._refused(entry, position, there, done=done)
        if there.state.settled:
            if done:
                self.journal.done(entry.key)
            return True
        if there.state is TextState.CLAIMED:
            # Whoever claimed it may be about to say what became of it. No word by then is a word.
            self.later.park(ParkedText(entry.key, position), UNKNOWN_WAIT)
            return False
        return self._set_aside(entry, position, text, there.why or Parked.UNKNOWN)

    def _set_aside(self, entry: JournalEntry, position: int, text: SendText, why: Parked) -> bool:
        """Write why, then park: whoever finds the record without its message parks again."""
        state = TextState.PARKED if why.surely_unsent else TextState.UNKNOWN
        record = TextRecord(state, at=self.clock.now(), why=why)
        self._mark(entry, position, record)
        self.later.park(ParkedText(entry.key, position), _wait(why, text.attempt))
        return False

    def _may_text(self, entry: JournalEntry) -> bool:
        """As the record stands now: the carrier's list follows that. A block carried out late, or
        once more, would undo a START."""
        conversation = self.turns.conversations.load(entry.conversation, fresh=True)
        return conversation is None or conversation.may_text

    def report_failure(
        self, entry: JournalEntry, position: int, why: str, *, opted_out: bool = False
    ) -> None:
        """Tell the conversation that a text will never arrive."""
        text = dict(enumerate(entry.effects)).get(position)
        if not isinstance(text, SendText):
            return
        effect = effect_id_of(entry, position)
        self.turns.take(
            Conversation(entry.conversation, entry.line, entry.phone),
            TextFailed(f"failed:{effect}", self.clock.now(), effect, text, why, opted_out),
        )


def close_if_settled(journal: Journal, key: EntryKey, entry: JournalEntry | None) -> None:
    """Whoever settles the last text of an entry closes it. `entry`: as it stands after that."""
    if entry and entry.texts_settled and not entry.done:
        journal.done(key)


def _wait(why: Parked, attempt: int) -> int:
    """Seconds on `later`, with jitter."""
    match why:
        case Parked.LATE:
            return 0
        case Parked.THROTTLED:
            return int(min(SUSPENDED_WAIT, 2 ** min(attempt, 10)) * uniform(1, 2))  # noqa: S311
        case Parked.SUSPENDED:
            return SUSPENDED_WAIT
        case Parked.UNKNOWN:
            return UNKNOWN_WAIT
