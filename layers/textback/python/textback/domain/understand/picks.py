"""Which of the offered times a text picks, as others have picked.

The rules (`choosing`) tell which times each mention may mean; people then say yes and no to them in
ever other words: "Wed I have school and Fri too so Tues". A linear model, learned from labelled
replies (`learning/`), looks at a text once for each offered time, with every mention told only as
"this one", "another", "this or another", or "what is left": it learns how picks are worded, never
which times were picked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp

from textback.domain.understand.choosing import Choice
from textback.domain.understand.explaining import Explained
from textback.domain.understand.likeness import place
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import OFFERED

NEAR, AROUND = 2, 5  # words from a mention whose distance counts, and that count at all
MOST = 64  # words that are looked at
LISTED = 4  # mentions in their order
ABOVE = 128  # what a weight stands above 0 in its byte
THIS, OTHER, EITHER, LEFT = "◆", "◇", "◈", "◊"
EDGE = "|"


@dataclass(frozen=True)
class Picks:
    """What was learned: a byte for each place that features are hashed to; `scale` makes logits."""

    table: bytes
    bias: float
    scale: float
    languages: frozenset[str]

    def share(self, text: Explained, offer: int) -> float:
        """How likely `text` picks the offered time `offer` (from 0)."""
        places = len(self.table)
        counted = frozenset(features(text, offer))
        total = sum(self.table[place(feature, places)] for feature in counted)
        logit = self.bias + (total - ABOVE * len(counted)) * self.scale
        return 1 / (1 + exp(-logit))


def features(text: Explained, offer: int) -> Iterator[str]:
    """What counts for a pick of an offered time: the words around what names it and the others,
    and what the rules made of it."""
    if text.choice:
        yield from of_words(text.text, text.choice, offer)
        yield from of_rules(text.choice, offer)


def of_words(text: Spelled, choice: Choice, offer: int) -> Iterator[str]:
    words = _told(text.tokens[:MOST], choice, offer)
    signs = [at for at, word in enumerate(words) if word in {THIS, OTHER, EITHER, LEFT}]
    order = [words[at] for at in signs]
    yield f"!{''.join(order[:LISTED])}"
    yield f"!-{''.join(order[-2:])}"
    yield f"!{sorted(set(order))}"
    for word in words[1:-1]:
        yield f"~{word}"
    for one, other in pairwise(words):
        yield f"~{one} {other}"
    for at in signs:
        sign = words[at]
        for off in range(-AROUND, AROUND + 1):
            if off and 0 <= at + off < len(words):
                word = words[at + off]
                yield f"{sign}{'<' if off < 0 else '>'}{word}"
                if abs(off) <= NEAR:
                    yield f"{sign}{off}{word}"
        yield f"{sign}<{' '.join(words[max(at - 2, 0) : at])}"
        yield f"{sign}>{' '.join(words[at + 1 : at + 3])}"


def of_rules(choice: Choice, offer: int) -> Iterator[str]:
    """What the rules made of the offered time."""
    told = (
        ("picked", choice.picked == offer),
        ("another", choice.picked not in {None, offer}),
        ("wanted", offer in choice.wanted),
        ("refused", offer in choice.refused),
        ("torn", choice.torn),
        ("settled", choice.settled),
    )
    yield "=" + " ".join(name for name, is_so in told if is_so)
    for name, is_so in told:
        if is_so:
            yield f"={name}"


def _told(tokens: Sequence[str], choice: Choice, offer: int) -> list[str]:
    """The words, with each mention told as it stands to one offered time."""
    mentions = iter(choice.mentions)
    told = [EDGE]
    for token in tokens:
        if token != OFFERED:
            told.append("#" if token[0].isdecimal() else token)
            continue
        mention = next(mentions)
        if mention.rest:
            told.append(LEFT)
        elif offer not in mention.slots:
            told.append(OTHER)
        else:
            told.append(THIS if len(mention.slots) == 1 else EITHER)
    return [*told, EDGE]
