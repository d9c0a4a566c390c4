"""Understanding a text: pure, explainable, and for a person wherever it is unsure.

A text becomes words, each language explains them by its phrases, and the first rule that fits
says what is meant.
"""

from textback.domain.understand.context import Context, context_of
from textback.domain.understand.lexicon import Lexicon, Lexicons
from textback.domain.understand.understanding import (
    Shown,
    explained,
    language_of,
    read,
    understand,
)
from textback.domain.understand.words import words

__all__ = [
    "Context",
    "Lexicon",
    "Lexicons",
    "Shown",
    "context_of",
    "explained",
    "language_of",
    "read",
    "understand",
    "words",
]
