"""Does a text name another day or hour than the visit's? "See you Friday" confirms no Thursday."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from textback.domain.understand.lexicon import Lexicon

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TODAY, TOMORROW = "today", "tomorrow"  # classes, as the weekdays are, that a language may have


def clashes(named: Iterable[str], start: datetime, now: datetime, lexicon: Lexicon) -> bool:
    """Whether a word of `named` can be none of what a visit at `start` is called."""
    day = now.astimezone(start.tzinfo).date()
    right = {WEEKDAYS[start.weekday()]}
    right |= {TODAY} if start.date() == day else set()
    right |= {TOMORROW} if start.date() == day + timedelta(days=1) else set()
    numbers = _numbers(start)
    for word in named:
        if word[0].isdigit():
            if word.lstrip("0") not in numbers:
                return True
            continue
        classes = {c for c in (*WEEKDAYS, TODAY, TOMORROW) if lexicon.begins(word, c)}
        if classes and not classes & right:
            return True
    return False


def _numbers(start: datetime) -> frozenset[str]:
    """The figures that people may mention of it: its hour, its minutes, its date."""
    hours = {start.hour, start.hour % 12 or 12}
    clock = {f"{hour}{mark}{start.minute:02}" for hour in hours for mark in ":.h"}
    figures = {start.minute, start.day, start.month, start.year, *hours}
    return frozenset(clock | {str(figure) for figure in figures})
