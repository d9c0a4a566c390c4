"""Which words make a text like others: those without which it would be less so."""

from dataclasses import replace

from textback.domain.reading import Intent, Reading
from textback.domain.understand.context import Context
from textback.domain.understand.explaining import Explained
from textback.domain.understand.likeness import MOST, Likeness, learned_as
from textback.domain.understand.words import Words

SHOWN = 4  # words


def likening(
    likeness: Likeness,
    intent: Intent,
    text: Words,
    context: Context,
    found: Explained,
    first: Reading,
) -> tuple[str, ...]:
    """The words that make `text` most like texts of `intent`, in their order. Each is left out in
    turn, which costs a weighing a word: it is for those who ask."""
    meaning = learned_as(intent)
    whole = likeness.shares(text, context, found, first)[meaning]
    losses: list[tuple[float, int]] = []
    for at in range(min(len(text.tokens), MOST)):
        rest = replace(text, tokens=text.tokens[:at] + text.tokens[at + 1 :])
        losses.append((whole - likeness.shares(rest, context, found, first)[meaning], at))
    most = sorted(losses, reverse=True)[:SHOWN]
    return tuple(text.tokens[at] for at in sorted(at for loss, at in most if loss > 0))
