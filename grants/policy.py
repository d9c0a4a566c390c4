"""As much of IAM's evaluation as template.yaml needs. What is not understood here is an error and
never a yes: a template that learns a new word has to teach it to this file first."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Any

type Json = Any


class NotUnderstood(Exception):
    """A policy says something that this file cannot judge."""


@dataclass(frozen=True, slots=True, order=True)
class Call:
    """What somebody is about to do. `principal` is a role's name or a service; `context` holds the
    condition keys of the request, one value each."""

    principal: str
    action: str
    resource: str
    context: frozenset[tuple[str, str]] = frozenset()

    def value(self, key: str) -> str | None:
        return dict(self.context).get(key)


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    operator: str
    key: str
    value: str

    def __post_init__(self) -> None:
        if self.operator not in _OPERATORS:
            raise NotUnderstood(f"condition operator {self.operator}")

    def holds(self, call: Call) -> bool:
        found = call.value(self.key)
        if found is None:
            # An empty set: all of its values match. So it is said in IAM's guide, and so a Scan
            # would pass any condition on leading keys.
            return self.operator.startswith("ForAllValues:")
        return _OPERATORS[self.operator](found, self.value)


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """The least that a statement allows: one action of one principal on one resource, with one
    value for each condition. `source` is where the statement stands."""

    principal: str
    action: str
    resource: str
    conditions: tuple[Condition, ...] = ()
    source: str = field(default="", compare=False)

    def allows(self, call: Call) -> bool:
        return (
            self.principal == call.principal
            and like(call.action.lower(), self.action.lower())
            and like(call.resource, self.resource)
            and all(condition.holds(call) for condition in self.conditions)
        )


def grants(document: Mapping[str, Json], source: str, principal: str = "") -> Iterator[Grant]:
    """Take a policy document apart. A policy of a role is given its `principal`; one of a resource
    names its principals itself."""
    for number, statement in enumerate(_listed(document["Statement"])):
        unknown = statement.keys() - _WORDS
        if unknown or statement["Effect"] != "Allow":
            raise NotUnderstood(f"{source}: {', '.join(unknown) or statement['Effect']}")
        if ("Principal" in statement) == bool(principal):
            raise NotUnderstood(f"{source}: whose policy is it?")
        where = f"{source}.{statement.get('Sid', number)}"
        for who, action, resource, conditions in product(
            [principal] if principal else _principals(statement["Principal"]),
            _listed(statement["Action"]),
            _listed(statement["Resource"]),
            _conditions(statement.get("Condition", {})),
        ):
            yield Grant(who, action, resource, conditions, where)


def allowing(call: Call, given: Iterable[Grant]) -> list[Grant]:
    """The grants that allow a call; empty when it is denied."""
    return [grant for grant in given if grant.allows(call)]


def like(value: str, pattern: str) -> bool:
    """IAM's wildcards: * for any characters, ? for one. No other character is special."""
    return _compiled(pattern).fullmatch(value) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    special = {"*": ".*", "?": "."}
    return re.compile("".join(special.get(c) or re.escape(c) for c in pattern), re.DOTALL)


def _like_an_arn(value: str, pattern: str) -> bool:
    """Each of the six parts by itself, so that a wildcard does not reach over a colon."""
    values, patterns = value.split(":", 5), pattern.split(":", 5)
    return len(values) == len(patterns) and all(map(like, values, patterns))


_OPERATORS = {
    "StringEquals": str.__eq__,
    "ForAllValues:StringLike": like,
    "ArnEquals": _like_an_arn,  # the two are one: IAM's guide
    "ArnLike": _like_an_arn,
}
_WORDS = {"Sid", "Effect", "Principal", "Action", "Resource", "Condition"}


def _conditions(written: Mapping[str, Mapping[str, Json]]) -> Iterator[tuple[Condition, ...]]:
    """All conditions have to hold, with any one of each one's values."""
    alternatives = [
        [Condition(operator, key, value) for value in _listed(values)]
        for operator, keys in written.items()
        for key, values in keys.items()
    ]
    yield from product(*alternatives)


def _principals(written: Mapping[str, Json]) -> Iterator[str]:
    for kind, names in written.items():
        if kind not in {"AWS", "Service"}:
            raise NotUnderstood(f"principal {kind}")
        yield from _listed(names)


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]
