"""How certain a reading is."""

from textback.domain.reading import Intent, Reading
from textback.domain.understand.explaining import Explained

CERTAIN = 1.0  # nothing but the keyword
PLAIN = 0.95  # every word explained
TOLD = 0.85  # beside a plain refusal, the circumstances in words of their own
GUESSED = 0.8  # a misspelled word was put right
DOUBTFUL = 0.5  # a person should look


def certain(
    intent: Intent, certainty: float, reason: str, text: Explained, detail: str = ""
) -> Reading:
    """A reading no more certain than the words that it stands on."""
    return Reading(intent, min(certainty, GUESSED) if text.guessed else certainty, reason, detail)
