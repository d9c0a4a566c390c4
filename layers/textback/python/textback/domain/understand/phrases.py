"""How a phrase of a language is written in its data.

Words; `{class}`, any spelling of a class; `(one|another)`; `[optional|words]`; `#`, a number
(`##`: ten or more); `*`, a word the language does not know, as a name is; `..`, up to three words
of any kind; `^` and `.`, the beginning and the end of a clause.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textback.domain.understand.words import plain

_PART = re.compile(r"[][()|]|\{\w+\}|[^][()|{}\s]+")
_SIMPLE = re.compile(r"[]a-z0-9 {}()|_.#*^[]+")


@dataclass(frozen=True, slots=True)
class Class:
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """One of `ways`; none of them too if it is optional."""

    ways: tuple["Phrase", ...]
    optional: bool


type Part = str | Class | Group
type Phrase = tuple[Part, ...]


def phrase(line: str) -> Phrase:
    """Read a phrase; ValueError if its brackets do not match or it says nothing."""
    parts = iter(_PART.findall(line if _SIMPLE.fullmatch(line) else plain(line).lower()))
    ways, closed = _ways(parts)
    if closed or len(ways) != 1 or not any(_needed(part) for part in ways[0]):
        raise ValueError(f"not a phrase: {line}")
    return ways[0]


def _ways(parts: Iterator[str]) -> tuple[tuple[Phrase, ...], str]:
    """The alternatives up to the bracket that closes them, and that bracket."""
    ways: list[list[Part]] = [[]]
    for part in parts:
        match part[0]:
            case "]" | ")":
                return tuple(map(tuple, ways)), part
            case "|":
                ways.append([])
            case "[" | "(":
                inner, closed = _ways(parts)
                if closed != {"[": "]", "(": ")"}[part]:
                    raise ValueError(f"brackets do not match: {part}")
                ways[-1].append(Group(inner, optional=part == "["))
            case "{":
                ways[-1].append(Class(part[1:-1]))
            case _:
                ways[-1].append(part)
    return tuple(map(tuple, ways)), ""


def _needed(part: Part) -> bool:
    return not (isinstance(part, Group) and part.optional)
