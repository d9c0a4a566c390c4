"""The few forms of DynamoDB's expressions that the code uses. Anything else is refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tests.faults.refusals import NotFaked

type Item = dict[str, Any]  # DynamoDB's own JSON

_TOKEN = re.compile(r"\s*(<=|[<=(),.]|[:#]?\w+)")
_FUNCTIONS = {"attribute_exists": True, "attribute_not_exists": False}


@dataclass
class Expression:
    """One expression with its names and values, all of which have to be used."""

    text: str
    names: Mapping[str, str]
    values: Mapping[str, Any]
    used: set[str] = field(default_factory=set)
    _tokens: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        end = 0
        for token in _TOKEN.finditer(self.text):
            if token.start() != end:
                break
            self._tokens.append(token[1])
            end = token.end()
        if self.text[end:].strip():
            raise NotFaked(f"expression: {self.text}")

    def holds(self, item: Item) -> bool:
        """Whether the item (empty: there is none) fulfils this condition."""
        answer = self._either(item)
        self._end()
        return answer

    def assign(self, item: Item) -> Item:
        """The item after `SET name = :value, ...`."""
        self._take("SET")
        changed = dict(item)
        while True:
            name = self._name(self._next())
            self._take("=")
            changed[name] = self._value(self._next())
            if not self._tokens:
                return changed
            self._take(",")

    def _either(self, item: Item) -> bool:
        answers = [self._both(item)]
        while self._try("OR"):
            answers.append(self._both(item))
        return any(answers)

    def _both(self, item: Item) -> bool:
        answers = [self._one(item)]
        while self._try("AND"):
            answers.append(self._one(item))
        return all(answers)

    def _one(self, item: Item) -> bool:
        if self._try("("):
            answer = self._either(item)
            self._take(")")
            return answer
        if self._tokens and self._tokens[0] in _FUNCTIONS:
            wanted = _FUNCTIONS[self._next()]
            self._take("(")
            there = self._found(item) is not None
            self._take(")")
            return there is wanted
        return self._compared(self._found(item))

    def _compared(self, there: Any) -> bool:
        match self._next():
            case "=":
                return bool(there == self._value(self._next()))
            case "<":
                high = self._value(self._next())
                return there is not None and _order(there) < _order(high)
            case "<=":
                high = self._value(self._next())
                return there is not None and _order(there) <= _order(high)
            case "BETWEEN":
                low = self._value(self._next())
                self._take("AND")
                high = self._value(self._next())
                return there is not None and _order(low) <= _order(there) <= _order(high)
            case "IN":
                self._take("(")
                among = [self._value(self._next())]
                while self._try(","):
                    among.append(self._value(self._next()))
                self._take(")")
                return there in among
            case other:
                raise NotFaked(f"{other} in {self.text}")

    def _found(self, item: Item) -> Any:
        """What stands at a path such as `version` or `text_0.#state`."""
        found = item.get(self._name(self._next()))
        while self._try("."):
            step = self._name(self._next())
            found = found.get("M", {}).get(step) if found else None
        return found

    def _name(self, token: str) -> str:
        if not token.startswith("#"):
            return token
        self.used.add(token)
        return self.names[token]

    def _value(self, token: str) -> Any:
        if not token.startswith(":"):
            raise NotFaked(f"{token} in {self.text}")
        self.used.add(token)
        return self.values[token]

    def _next(self) -> str:
        if not self._tokens:
            raise NotFaked(f"expression ends early: {self.text}")
        return self._tokens.pop(0)

    def _try(self, token: str) -> bool:
        if self._tokens and self._tokens[0] == token:
            self._tokens.pop(0)
            return True
        return False

    def _take(self, token: str) -> None:
        if not self._try(token):
            raise NotFaked(f"expected {token} in {self.text}")

    def _end(self) -> None:
        if self._tokens:
            raise NotFaked(f"left over in {self.text}: {self._tokens}")


def _order(value: Any) -> tuple[str, Any]:
    ((kind, inner),) = value.items()
    if kind not in {"S", "N"}:
        raise NotFaked(f"an order of {kind}")
    return kind, Decimal(inner) if kind == "N" else inner
