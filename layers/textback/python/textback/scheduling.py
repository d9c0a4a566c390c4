"""Visits from the scheduling system: whose conversation they belong to, and which word is newer."""

from dataclasses import dataclass, replace

from textback.domain.conversation import Conversation
from textback.domain.decision import Reason
from textback.domain.events import AppointmentCancelled, AppointmentLeft, AppointmentScheduled
from textback.errors import PointerMoved
from textback.ports import Conversations, Pointer, PointerMove
from textback.turn import TRIES, Turns


@dataclass(frozen=True, slots=True)
class Scheduling:
    """Takes the turns of visits. The pointer of a visit is what two writers meet at: it is read
    first, and the turn is only written if it is still the same."""

    conversations: Conversations
    turns: Turns

    def scheduled(self, contact: Conversation, event: AppointmentScheduled) -> Reason:
        """A visit was booked or changed; a changed phone takes it to that phone's conversation."""
        visit = event.appointment
        for _ in range(TRIES):
            before = self.conversations.pointer(contact.line, visit.id)
            if before and before.version >= visit.version:
                return Reason.VERSION_OLD
            if before and before.conversation != contact.id:
                gone = AppointmentLeft(event.id, event.at, visit.id, visit.version)
                self.turns.take(replace(contact, id=before.conversation), gone)
            after = Pointer(contact.line, visit.id, contact.id, visit.version, visit.start)
            try:
                taken = self.turns.take(contact, event, PointerMove(before, after))
            except PointerMoved:
                continue
            return taken.reason if taken else Reason.VERSION_OLD
        raise PointerMoved("the visit kept moving; the message goes back to its queue")

    def cancelled(self, contact: Conversation, event: AppointmentCancelled) -> Reason:
        """A visit was cancelled, perhaps before its booking is heard of."""
        for _ in range(TRIES):
            before = self.conversations.pointer(contact.line, event.appointment)
            if before and before.version >= event.version:
                return Reason.VERSION_OLD
            owner = replace(contact, id=before.conversation) if before else contact
            after = Pointer(contact.line, event.appointment, owner.id, event.version)
            try:
                taken = self.turns.take(owner, event, PointerMove(before, after))
            except PointerMoved:
                continue
            return taken.reason if taken else Reason.VERSION_OLD
        raise PointerMoved("the visit kept moving; the message goes back to its queue")
