"""Days and hours in a text: from "next tues after 3" to the moments between which that is.

A language's words turn a text into tokens (`lexing`), small rules into days and hours (`grammar`,
`clocks`), those into wishes (`reading`), and the calendar and the zone into windows (`resolving`).
"""

import re
from datetime import datetime, tzinfo

from textback.domain.understand.when.lexing import tokens
from textback.domain.understand.when.reader import Reader
from textback.domain.understand.when.reading import read
from textback.domain.understand.when.resolving import Window, windows
from textback.domain.understand.when.vocabulary import Vocabularies, Vocabulary, vocabulary

__all__ = ["Vocabularies", "Vocabulary", "Window", "find", "may_tell", "vocabulary"]


# A figure, or a word as long as "mon" and "hoy"; "²" and full-width letters can be either.
_LEAST = re.compile(r"\d|[^\W\d_]{3}|[^\x00-\x7f]")


def may_tell(text: str) -> bool:
    """Whether it is worth a language's words to look: "C", "ok" and a thumb tell no date."""
    return _LEAST.search(text) is not None or (not text.isascii() and any(map(str.isnumeric, text)))


def find(text: str, now: datetime, zone: tzinfo, known: Vocabulary) -> tuple[Window, ...]:
    """The windows of time that `text` tells of, in its order: none where it tells of none.

    `now` is aware, and what is over by then is not found. It is pure and raises for no text.
    """
    today = now.astimezone(zone).date()
    return windows(read(Reader(tokens(text, known), known, today)), now, zone)
