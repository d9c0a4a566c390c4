"""The benches by name: a module of this package whose `rows()` measures and yields them."""

from collections.abc import Callable, Iterator
from importlib import import_module

from bench.row import Row

NAMES = ("reading", "cold_start", "confirmation", "templates", "reminders", "days")

type Bench = Callable[[], Iterator[Row]]


def bench(name: str) -> Bench:
    found: Bench = import_module(f"bench.{name}").rows
    return found


def purpose(name: str) -> str:
    """The first sentence of what a bench says of itself."""
    said = import_module(f"bench.{name}").__doc__ or ""
    return " ".join(said.split()).partition(". ")[0].rstrip(".")
