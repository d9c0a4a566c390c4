"""What the words of a status column mean. A practice's own words are told with --status."""

import re
from collections.abc import Mapping

from textback.importing.outcomes import Left, Meaning, Told, Unusable

STATUSES: Mapping[str, Meaning] = {
    **dict.fromkeys(
        ("", "booked", "scheduled", "active", "confirmed", "unconfirmed", "new", "reminded"),
        Told.BOOKED,
    ),
    **dict.fromkeys(("changed", "updated", "modified"), Told.CHANGED),
    **dict.fromkeys(
        ("cancelled", "canceled", "cancel", "deleted", "void", "entered in error"), Told.CANCELLED
    ),
    **dict.fromkeys(
        ("no show", "noshow", "missed", "arrived", "checked in", "in progress", "completed",
         "complete", "fulfilled", "seen"),
        Left.OVER,
    ),
    **dict.fromkeys(
        ("proposed", "pending", "requested", "tentative", "waitlist", "wait list", "waitlisted"),
        Left.NOT_BOOKED,
    ),
}  # fmt: skip
# Some systems say it of the time that was given up, some of the new one.
AMBIGUOUS = frozenset({"rescheduled", "moved"})

AHEAD: frozenset[Meaning] = frozenset({Told.BOOKED, Told.CHANGED})  # these need a start

WORDS: Mapping[str, Meaning] = {
    "booked": Told.BOOKED,
    "changed": Told.CHANGED,
    "cancelled": Told.CANCELLED,
    "skip": Left.UNWANTED,
}


def plain(text: str) -> str:
    """A heading or a status without case, punctuation or spaces too many."""
    return " ".join(re.sub(r"[\W_]+", " ", text).casefold().split())


def meaning(text: str, own: Mapping[str, Meaning]) -> Meaning:
    """Raises Unusable."""
    word = plain(text)
    if word in own:
        return own[word]
    if word in AMBIGUOUS:
        raise Unusable(
            "status",
            "it may be the old time or the new one: say which with "
            "--status rescheduled=cancelled or --status rescheduled=changed",
        )
    if word not in STATUSES:
        raise Unusable("status", "not a known word: tell what it means with --status WORD=booked")
    return STATUSES[word]
