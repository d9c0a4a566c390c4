"""Work that goes on in a thread of its own while the console runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

_PATIENCE = 5.0  # seconds


@contextmanager
def beside(
    work: Callable[[Event], None], name: str, *, patience: float = _PATIENCE
) -> Iterator[None]:
    """Do `work`, which is over soon after the event that it gets is set; the end waits for it
    `patience` seconds at most."""
    over = Event()
    thread = Thread(target=work, args=(over,), name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(patience)
