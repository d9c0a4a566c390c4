"""What the carrier reports of a text, written into the ledger."""

import re
from dataclasses import dataclass
from datetime import datetime

from textback.announcing import detail, effect_id_of
from textback.contracts.incoming import ReceiptIn
from textback.domain.effects import News
from textback.domain.ledger import EntryKey, TextRecord, TextState
from textback.performing import CONVERSATION, EVENT, POSITION, Performer
from textback.ports import BusEvent

# Event types of the service model; anything else that is final is a failure, as `isFinal` says.
PROGRESS = {"TEXT_QUEUED", "TEXT_PENDING", "TEXT_SENT"}
ACHIEVED = {"TEXT_SUCCESSFUL": TextState.SENT, "TEXT_DELIVERED": TextState.DELIVERED}
NO_WORD = "TEXT_UNKNOWN"  # 72 hours without a final receipt: that says nothing new
OPTED_OUT_STATUS = "OPTED_OUT"

SMALL_NUMBER = "[0-9]{1,3}"


@dataclass(frozen=True, slots=True)
class Receipts:
    performer: Performer

    def hear(self, receipt: ReceiptIn) -> str:
        """Record the news; what was made of it, for the log."""
        context = receipt.context
        if not {CONVERSATION, EVENT, POSITION} <= context.keys() or not re.fullmatch(
            SMALL_NUMBER, context[POSITION]
        ):
            return "not a text of this stack"
        key = EntryKey(context[CONVERSATION], context[EVENT])
        position = int(context[POSITION])
        state = _state(receipt)
        if state is None:
            return "nothing new"
        if state is TextState.FAILED:
            self._failed(key, position, receipt)
        record = TextRecord(state, at=receipt.moment, message=receipt.message)
        entry = self.performer.journal.mark(key, position, record)
        if entry is not None and state is TextState.DELIVERED:
            effect = effect_id_of(entry, position)
            facts = {**detail(entry, f"{effect}.delivered", {"text": effect})}
            facts["at"] = _iso(receipt.moment)
            self.performer.bus.publish([BusEvent(News.TEXT_DELIVERED, facts)])
        return state.value if entry else "older news"

    def _failed(self, key: EntryKey, position: int, receipt: ReceiptIn) -> None:
        """The turn goes before the mark: a crash in between repeats a turn that is known."""
        entry = self.performer.journal.entry(key)
        record = entry.text(position) if entry else None
        if entry and not (record and record.state is TextState.DELIVERED):
            why = receipt.status or receipt.type
            self.performer.report_failure(
                entry, position, why, opted_out=receipt.status == OPTED_OUT_STATUS
            )


def _state(receipt: ReceiptIn) -> TextState | None:
    if receipt.type in ACHIEVED:
        return ACHIEVED[receipt.type]
    if receipt.type == NO_WORD:
        return None
    if receipt.type in PROGRESS or not receipt.final:
        return TextState.ACCEPTED
    return TextState.FAILED


def _iso(moment: datetime) -> str:
    return moment.isoformat()
