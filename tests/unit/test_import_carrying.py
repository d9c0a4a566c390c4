"""Events on their way to the bus: ten a call, again what it did not take, and how far it came."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from textback.importing import outcomes
from textback.importing.carrying import BATCH, TRIES, Bus, Carrying, Tally
from textback.importing.outcomes import Left, LeftOut, Outcome, Refused, Taken, Told

LIMIT = 256 * 1024  # bytes that a call of PutEvents may have

type Answer = Exception | Sequence[str]  # a code for each entry, "" for one that is taken


@dataclass
class Events:
    """EventBridge, as far as it is asked: `trouble` is what the next calls are answered."""

    trouble: list[Answer] = field(default_factory=list)
    calls: list[list[str]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put_events(self, Entries: list[dict[str, str]]) -> dict[str, Any]:  # noqa: N803 - AWS's
        ids = [json.loads(entry["Detail"])["id"] for entry in Entries]
        with self.lock:
            self.calls.append(ids)
            answer: Answer = self.trouble.pop(0) if self.trouble else ()
            if isinstance(answer, Exception):
                raise answer
            codes = [*answer, *[""] * (len(ids) - len(answer))]
            self.taken += [id_ for id_, code in zip(ids, codes, strict=True) if not code]
        return {
            "FailedEntryCount": sum(map(bool, codes)),
            "Entries": [{"ErrorCode": code} if code else {"EventId": "1"} for code in codes],
        }


def rows(count: int) -> Iterator[Taken]:
    for n in range(count):
        yield Taken(n + 2, Told.BOOKED, {"id": f"apt-{n}"}, (f"apt-{n}",))


def carry(
    events: Events, found: Iterator[Outcome], tick: Callable[[], None] = lambda: None
) -> tuple[Tally, list[Refused]]:
    refused: list[Refused] = []
    bus = Bus(events, "bus", wait=lambda seconds: seconds > 60)
    carrying = Carrying(bus.put, refused.append, tick, threading.Event())
    try:
        carrying.run(found)
    finally:
        events.tally = carrying.tally  # type: ignore[attr-defined]
    return carrying.tally, refused


def ids(count: int) -> list[str]:
    return [f"apt-{n}" for n in range(count)]


def error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": code}}, "PutEvents")


def test_ten_go_with_a_call_and_all_get_there() -> None:
    events = Events()
    tally, refused = carry(events, rows(95))
    assert sorted(map(len, events.calls)) == [5] + [BATCH] * 9
    assert sorted(events.taken) == sorted(ids(95))
    assert (tally.rows, tally.line, tally.sent, refused) == (95, 96, {Told.BOOKED: 95}, [])


TROUBLES: list[Sequence[Answer]] = [
    [["", "ThrottlingException", "InternalFailure"], ["ThrottlingException"]],
    [error("ThrottlingException"), error("InternalException")],
    [EndpointConnectionError(endpoint_url="bus")],
]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_the_bus_did_not_take_goes_again_and_only_that(trouble: Sequence[Answer]) -> None:
    events = Events(list(trouble))
    tally, refused = carry(events, rows(10))
    assert sorted(events.taken) == sorted(ids(10))
    assert (tally.sent, refused) == ({Told.BOOKED: 10}, [])


def test_what_the_bus_never_takes_is_refused_by_its_line() -> None:
    events = Events([["ThrottlingException"]] * TRIES)
    tally, refused = carry(events, rows(3))
    assert len(events.calls) == TRIES
    assert [(one.line, one.row) for one in refused] == [(2, ("apt-0",))]
    assert "ThrottlingException" in refused[0].why
    assert tally.sent == {Told.BOOKED: 2}


def test_what_no_waiting_mends_is_not_tried_again() -> None:
    events = Events([["NotAuthorizedForSourceException"] * 3])
    _, refused = carry(events, rows(3))
    assert (len(events.calls), len(refused)) == (1, 3)
    events = Events([error("AccessDeniedException")])
    with pytest.raises(ClientError):
        carry(events, rows(3))
    assert len(events.calls) == 1


def test_a_stop_tells_up_to_where_all_is_done() -> None:
    events, seen = Events(), 0

    def tick() -> None:
        nonlocal seen
        seen += 1
        if seen == 57:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry(events, rows(95), tick)
    tally: Tally = events.tally  # type: ignore[attr-defined]
    assert sorted(events.taken) == sorted(ids(50))
    assert (tally.line, tally.sent) == (51, {Told.BOOKED: 50})


def test_what_is_refused_or_left_out_goes_nowhere() -> None:
    events = Events()
    found: list[Outcome] = [*rows(1), Refused(3, "phone", "empty", ()), LeftOut(4, Left.OVER)]
    tally, refused = carry(events, iter(found))
    assert events.taken == ["apt-0"]
    assert [one.line for one in refused] == [3]
    assert (tally.rows, tally.left_out) == (3, {Left.OVER: 1})


def test_ten_of_the_largest_fit_into_a_call() -> None:
    long = "€" * 200
    detail = {
        "line": "+12065550100",
        "id": "€" * 128,
        "version": 2**63 - 1,
        "contact": {"phone": "+12065550123", "language": "en", "time_zone": "America/New_York"},
        "patient": {"id": long, "first_name": long},
        "consent": {"how": long, "at": "2026-11-01T10:00:00-08:00"},
        "start": "2026-12-08T09:00:00-08:00",
        "minutes": 1440,
        "provider": long,
        "place": {"name": long, "address": long},
        "calendar": long,
    }
    assert outcomes.checked(Told.BOOKED, detail) == detail
    assert len(json.dumps(detail, ensure_ascii=False).encode()) * BATCH < LIMIT / 2
    with pytest.raises(outcomes.Unusable):
        outcomes.checked(Told.BOOKED, detail | {"provider": long + "€"})
