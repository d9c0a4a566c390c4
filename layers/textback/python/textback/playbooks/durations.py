"""Durations as people write them, `2 days` or `1 hour 30 minutes`, or in ISO 8601: `P2D`."""

import re
from datetime import timedelta
from typing import Any

from textback.playbooks.faults import listed

_UNITS = ("week", "day", "hour", "minute", "second")
_NUMBER = r"(\d{1,6})"
_PART = rf"{_NUMBER} *({'|'.join(_UNITS)})s?"
_WORDS = rf"{_PART}(?:(?:, *| *and +| +){_PART})*"
_ISO = (
    rf"P(?=.)(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(?:T(?=.)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?"
)
PATTERN = f"^(?:{_WORDS}|{_ISO})$"  # in the dialect of editors too
EXAMPLES = ("2 days", "90 minutes", "PT3H")


def duration(given: Any) -> timedelta:
    """Raises ValueError, saying how to write one."""
    text = given.strip() if isinstance(given, str) else ""
    if iso := re.fullmatch(_ISO, text):
        parts = list(zip(iso.groups(), _UNITS, strict=True))
    elif re.fullmatch(_WORDS, text):
        parts = re.findall(_PART, text)
    else:
        raise ValueError(f"should be a duration, such as {listed(EXAMPLES)}")
    return sum((timedelta(**{f"{unit}s": int(n or 0)}) for n, unit in parts), timedelta())


def written(span: timedelta) -> str:
    """In words: `1 day 2 hours`, to the second."""
    minutes, seconds = divmod(span.seconds, 60)
    counts = (span.days, *divmod(minutes, 60), seconds)
    parts = zip(_UNITS[1:], counts, strict=True)
    return " ".join(f"{n} {unit}{'s' * (n != 1)}" for unit, n in parts if n) or "0 seconds"
