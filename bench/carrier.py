"""A carrier that throttles whatever is above a line's rate."""

from dataclasses import dataclass


@dataclass
class Bucket:
    """`rate` parts a second, of which it lets through at once what `burst` seconds hold. A text of
    several parts goes as soon as one is free; what follows then waits for the rest of it."""

    rate: float
    burst: float
    _level: float = 0.0
    _since: float = 0.0

    def __post_init__(self) -> None:
        self._most = self._level = max(1.0, self.rate * self.burst)

    def take(self, at: float, parts: int) -> bool:
        """Whether the carrier accepts a text of so many parts at this moment (seconds)."""
        self._level = min(self._most, self._level + (at - self._since) * self.rate)
        self._since = at
        if self._level < 1:
            return False
        self._level -= parts
        return True
