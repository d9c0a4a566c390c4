"""Words that say one thing together, as one token: "can't | make it", "2nd | to last"."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from textback.domain.understand.when.token import Token
from textback.domain.understand.when.vocabulary import Means

_MOST_DOING = 5  # words: "can't | make it to my appointment | monday"


def folded(found: Iterable[Token]) -> Iterator[Token]:
    tokens = list(found)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if Means.CANNOT in token.means:
            token, at = _cannot(tokens, at)
        elif token.means.get(Means.ORDINAL, 0) > 1:
            token, at = _from_end(tokens, at)
        else:
            at += 1
        yield token


def _cannot(tokens: list[Token], at: int) -> tuple[Token, int]:
    """What cannot be is a "not" of what stands behind it."""
    behind = at + 1
    while behind < len(tokens) and behind - at <= _MOST_DOING:
        if Means.DOING not in tokens[behind].means:
            break
        behind += 1
    text = " ".join(token.text for token in tokens[at:behind])
    return replace(tokens[at], text=text, means={**tokens[at].means, Means.NOT: 0}), behind


def _from_end(tokens: list[Token], at: int) -> tuple[Token, int]:
    """ "second to last" is -2. "last" alone, as in "2nd last friday", stands before what it
    counts, which rules see to."""
    token = tokens[at]
    if at + 1 >= len(tokens) or Means.TO_LAST not in tokens[at + 1].means:
        return token, at + 1
    text = f"{token.text} {tokens[at + 1].text}"
    return replace(token, text=text, means={Means.ORDINAL: -token.means[Means.ORDINAL]}), at + 2
