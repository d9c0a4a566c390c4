"""The reader that ships with Textback: the lexicons of `languages`."""

from datetime import datetime

from textback.domain.conversation import Conversation
from textback.domain.playbook import Line
from textback.domain.reading import Reading
from textback.domain.understand import understand
from textback.languages import lexicons


class LexiconReader:
    def read(self, text: str, conversation: Conversation, line: Line, now: datetime) -> Reading:
        locale = line.playbook.language(conversation.language)
        return understand(text, conversation, locale, now, lexicons())
