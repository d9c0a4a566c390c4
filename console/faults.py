"""Faults that the carrier makes on request, each so many times."""

from collections.abc import Mapping
from threading import Lock
from typing import Literal, get_args

from console.errors import WrongRequestError

type Fault = Literal["throttle", "time_out", "error", "lost_receipt", "undelivered"]
FAULTS: tuple[Fault, ...] = get_args(Fault.__value__)
_MEANINGS = {
    "throttle": "refused with ThrottlingException, surely not sent",
    "time_out": "accepted and sent, but the caller gets no answer",
    "error": "refused with InternalServerException",
    "lost_receipt": "sent, but no receipt ever comes",
    "undelivered": "accepted, and the last receipt says that the phone was not reached",
}


class Faults:
    """How many more times each fault is to happen."""

    def __init__(self) -> None:
        self._left: dict[str, int] = dict.fromkeys(FAULTS, 0)
        self._lock = Lock()

    def ask(self, wanted: Mapping[str, object]) -> None:
        """Set counts, as in `{"throttle": 2, "lost_receipt": 1}`; nothing is set if one is bad."""
        counts: dict[str, int] = {}
        for name, count in wanted.items():
            if name not in self._left:
                raise WrongRequestError(f"{name!r} is no fault; there are {', '.join(FAULTS)}")
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise WrongRequestError(f"{name} wants a number of times, not {count!r}")
            counts[name] = count
        with self._lock:
            self._left.update(counts)

    def take(self, fault: Fault) -> bool:
        """Say whether this fault is to happen now, and count it down."""
        with self._lock:
            happens = self._left[fault] > 0
            self._left[fault] -= happens
            return happens

    def left(self) -> dict[str, int]:
        with self._lock:
            return dict(self._left)

    @staticmethod
    def meanings() -> dict[str, str]:
        return dict(_MEANINGS)
