"""A text's tokens, with what one has to know to read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textback.domain.understand.when.calendar import Day, Span, spans
from textback.domain.understand.when.lexing import Token
from textback.domain.understand.when.vocabulary import Means, Vocabulary

LAST_DAY, LAST_HOUR = 31, 12  # the greatest figures of a date, and of a clock

type Found[T] = tuple[T, int] | None


@dataclass(frozen=True, slots=True)
class Reader:
    """A text's tokens, with what one has to know to read them."""

    tokens: Sequence[Token]
    vocabulary: Vocabulary
    today: date

    def has(self, at: int, *means: Means) -> bool:
        return at < len(self.tokens) and any(m in self.tokens[at].means for m in means)

    def value(self, at: int, means: Means) -> int | None:
        return self.tokens[at].means.get(means) if at < len(self.tokens) else None

    def amount(self, at: int) -> int | None:
        number = self.value(at, Means.NUMBER)
        return self.value(at, Means.AMOUNT) if number is None else number

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if at < len(self.tokens) else ""

    def skip(self, at: int, *means: Means) -> int:
        """Behind the words at `at` that mean one of these."""
        while self.has(at, *means):
            at += 1
        return at

    def sole(self, day: Day) -> Span | None:
        return next(iter(spans(day, self.today)), None)
