"""A word or a figure of a text, with all it may mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from textback.domain.understand.when.vocabulary import Means


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a phrase or a figure. `kind` is the group of the text's pattern that it came from;
    `figures` are those of a date (as written) or the minute of the day of a clock."""

    kind: str
    text: str
    means: Mapping[Means, int] = field(default_factory=dict)
    figures: tuple[int, ...] = ()
    glued: bool = False  # whether it touches the token before it
