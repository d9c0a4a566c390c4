"""Values in the order of their keys, as an index keeps them: what is read costs what it reads."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Places[T]:
    """What is taken out leaves its key behind until half of the keys are such: a list of a million
    is not moved up for each."""

    _keys: list[str] = field(default_factory=list)
    _values: dict[str, T] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, T]]) -> "Places[T]":
        values = dict(pairs)
        return cls(sorted(values), values)

    def __len__(self) -> int:
        return len(self._values)

    def put(self, key: str, value: T) -> None:
        if key not in self._values:
            at = bisect_left(self._keys, key)
            if at == len(self._keys) or self._keys[at] != key:
                self._keys.insert(at, key)
        self._values[key] = value

    def drop(self, key: str) -> None:
        self._values.pop(key, None)
        if 2 * len(self._values) < len(self._keys):
            self._keys = [kept for kept in self._keys if kept in self._values]

    def between(self, after: str, until: str) -> Iterator[T]:
        """Those behind `after`, up to and including `until`."""
        at = bisect_right(self._keys, after)
        while at < len(self._keys) and (key := self._keys[at]) <= until:
            if key in self._values:
                yield self._values[key]
            at += 1
