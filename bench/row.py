"""A figure, and whether it is good enough."""

from dataclasses import dataclass
from enum import StrEnum


class Better(StrEnum):
    """Which way a figure is to go."""

    SMALLER = "smaller"
    LARGER = "larger"


@dataclass(frozen=True, slots=True)
class Row:
    """`floor` is what no design gets below, `naive` what the obvious one costs, both measured or
    counted in the same run and None where there is none."""

    name: str
    value: float
    unit: str
    target: float
    floor: float | None = None
    naive: float | None = None
    better: Better = Better.SMALLER

    @property
    def met(self) -> bool:
        if self.better is Better.SMALLER:
            return self.value <= self.target
        return self.value >= self.target
