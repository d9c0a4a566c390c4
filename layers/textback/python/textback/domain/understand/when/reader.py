"""A text's tokens, with what one has to know to read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from itertools import chain
from typing import Concatenate

from textback.domain.understand.when.calendar import Day, Span, spans
from textback.domain.understand.when.token import Token
from textback.domain.understand.when.vocabulary import Means, Vocabulary

LAST_DAY, LAST_HOUR = 31, 12  # the greatest figures of a date, and of a clock

_DEEPEST = 24  # rules inside one another: no sentence goes so far, but "by by by by" would

type Found[T] = tuple[T, int] | None


@dataclass(frozen=True, slots=True)
class Reader:
    """A text's tokens, with what one has to know to read them."""

    tokens: Sequence[Token]
    vocabulary: Vocabulary
    today: date
    told: dict[tuple[object, ...], object] = field(default_factory=dict, compare=False, repr=False)
    open_rules: list[str] = field(default_factory=list, compare=False, repr=False)
    present: frozenset[Means] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        means = frozenset(chain.from_iterable(token.means for token in self.tokens))
        object.__setattr__(self, "present", means)

    def lacks(self, *means: Means) -> bool:
        """Whether no word of the whole text means one of these."""
        return self.present.isdisjoint(means)

    def has(self, at: int, *means: Means) -> bool:
        if not 0 <= at < len(self.tokens):
            return False
        known = self.tokens[at].means
        for one in means:  # noqa: SIM110 - one or two: a generator costs more than they do
            if one in known:
                return True
        return False

    def value(self, at: int, means: Means) -> int | None:
        return self.tokens[at].means.get(means) if 0 <= at < len(self.tokens) else None

    def amount(self, at: int) -> int | None:
        number = self.value(at, Means.NUMBER)
        return self.value(at, Means.AMOUNT) if number is None else number

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def skip(self, at: int, *means: Means) -> int:
        """Behind the words at `at` that mean one of these."""
        tokens, size = self.tokens, len(self.tokens)
        while at < size:
            known = tokens[at].means
            for one in means:
                if one in known:
                    break
            else:
                return at
            at += 1
        return at

    def sole(self, day: Day) -> Span | None:
        return next(iter(spans(day, self.today)), None)


def remembered[T, **P](
    rule: Callable[Concatenate[Reader, int, P], T | None],
) -> Callable[Concatenate[Reader, int, P], T | None]:
    """The rule, asked once for each place of a text: rules ask one another time and again."""
    name = f"{rule.__module__}.{rule.__qualname__}"

    @wraps(rule)
    def asked(r: Reader, at: int, *args: P.args, **flags: P.kwargs) -> T | None:
        key = (name, at, *flags.values()) if flags else (name, at)
        told = r.told
        if key in told:
            return told[key]  # type: ignore[return-value]  # this rule put it there
        if len(r.open_rules) > _DEEPEST:
            return None
        r.open_rules.append(name)
        found = told[key] = rule(r, at, *args, **flags)
        r.open_rules.pop()
        return found

    return asked  # type: ignore[return-value]  # only the names of r and at are lost
