"""The line's own records of its conversations, as the product reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from textback.adapters.dynamodb.conversations import DynamoDBConversations
from textback.adapters.dynamodb.journal import DynamoDBJournal
from textback.domain.conversation import Conversation
from textback.domain.ledger import JournalEntry

from console.aws import Stack


@dataclass(frozen=True)
class Records:
    """Conversations and their journals."""

    conversations: DynamoDBConversations
    journal: DynamoDBJournal

    @classmethod
    def of(cls, stack: Stack) -> Self:
        return cls(
            DynamoDBConversations(stack.dynamodb, stack.table),
            DynamoDBJournal(stack.dynamodb, stack.table),
        )

    def latest(self, id_: str, limit: int) -> tuple[Conversation | None, Sequence[JournalEntry]]:
        """A conversation, and the latest entries of its journal, oldest first."""
        found = self.conversations.load(id_, fresh=True)
        return found, self.journal.recent(id_, limit, found.version) if found else ()
