"""What can happen to the line, one step at a time, and scenarios: scripts of such steps."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from textback.domain.playbook import Playbook

from tests.faults.stack import shipped_playbook
from tests.faults.system import MINUTE, START, Point, System
from tests.support.samples import LINE, PHONE

type Step = Callable[[System], None]

_numbers = count(1)
AT_TEN = timedelta(hours=1)


def only_the_shipped_one() -> Mapping[str, Playbook]:
    return {LINE: shipped_playbook()}


@dataclass(frozen=True)
class Scenario:
    """`order_matters` names the queues in which a message that overtakes another rightly changes
    what comes of both; where it `races`, any delay does. `learns_from_the_text`: a text that is
    lost in the window takes with it what its refusal would have told; `playbooks` are those of
    the lines."""

    name: str
    steps: tuple[Step, ...]
    receipts_arrive: bool = True
    order_matters: frozenset[str] = frozenset()
    races: bool = False
    learns_from_the_text: bool = False
    playbooks: Callable[[], Mapping[str, Playbook]] = only_the_shipped_one

    def system(self, point: Point | None = None) -> System:
        """The line before anything happened, with the one fault that is to befall it."""
        return System(point, receipts_arrive=self.receipts_arrive, playbooks=self.playbooks())

    def play(self, system: System) -> System:
        for step in self.steps:
            step(system)
            system.settle()
        system.finish()
        return system


def said(name: str, detail: dict[str, Any]) -> Step:
    """An event of the scheduling system."""
    id_ = f"{name}-{next(_numbers)}"
    return lambda system: system.bus.put("clinic.ehr", name, {"line": LINE} | detail, id_)


def booked(
    id_: str = "apt-1",
    *,
    phone: str = PHONE,
    version: int = 1,
    days: int = 7,
    at: timedelta = AT_TEN,
    line: str = LINE,
    name: str = "appointment.booked",
) -> Step:
    """The scheduling system says when a visit is: so many days after the start, and `at` so long
    after 9."""
    start = START + timedelta(days=days) + at
    detail = {
        "line": line,
        "id": id_,
        "version": version,
        "contact": {"phone": phone, "language": "en", "time_zone": "America/Los_Angeles"},
        "patient": {"id": f"pat-{id_}", "first_name": "Ana"},
        "consent": {"how": "intake form", "at": "2026-11-01T10:00:00-08:00"},
        "start": start.isoformat(),
        "minutes": 30,
        "provider": "Dr. Lee",
    }
    return lambda system: system.bus.put("clinic.ehr", name, detail, f"{name}-{id_}-{version}")


def changed(id_: str = "apt-1", **to: Any) -> Step:
    return booked(id_, name="appointment.changed", **{"version": 2} | to)


def cancelled(id_: str = "apt-1", *, version: int = 2, phone: str = PHONE) -> Step:
    detail = {"line": LINE, "id": id_, "version": version, "contact": {"phone": phone}}
    name = "appointment.cancelled"
    return lambda system: system.bus.put("clinic.ehr", name, detail, f"{name}-{id_}-{version}")


def closed(days: int) -> Step:
    """The practice stays closed on one day, so many days after the start."""
    since = START + timedelta(days=days, hours=-9)
    until = since + timedelta(days=1)
    closing = {
        "id": f"snow-{days}",
        "from": since.isoformat(),
        "to": until.isoformat(),
        "why": "snow",
    }
    return said("practice.closed", closing)


def paused(what: str = "reminders") -> Step:
    return said("texting.paused", {"what": what, "until": None, "how": "ops"})


def resumed(what: str = "reminders") -> Step:
    """The pause has an end that is past."""
    until = START.isoformat()
    return said("texting.paused", {"what": what, "until": until, "how": "ops"})


def consented(*, granted: bool, topic: str = "all") -> Step:
    recorded = {"phone": PHONE, "topic": topic, "granted": granted, "how": "phone call"}
    return said("consent.changed", recorded)


def put_on(queue: str, body: str) -> Step:
    """A message that came by no bus and no topic."""
    return lambda system: system.queues[queue].send(body)


def texted(body: str, *, id_: str = "", phone: str = PHONE) -> Step:
    payload = {
        "originationNumber": phone,
        "destinationNumber": LINE,
        "messageKeyword": "KEYWORD_1",
        "messageBody": body,
        "inboundMessageId": id_ or f"in-{next(_numbers)}",
    }
    return lambda system: system.publish("InboundQueue", payload)


def agent(act: str, text: str = "", *, phone: str = PHONE) -> Step:
    """An agent's tool acts on the case that the handoff queue brought it."""
    id_ = f"act-{next(_numbers)}"

    def do(system: System) -> None:
        case = next((c for c in system.cases if c["contact"]["phone"] == phone), None)
        if case is None:
            return  # nobody can act on what they have not heard of
        action = {
            "version": "1",
            "id": id_,
            "case": case["case"],
            "line": LINE,
            "phone": phone,
            "agent": "sam",
            "type": act,
            "text": text,
        }
        system.queues["ActionsQueue"].send(json.dumps(action), group=case["conversation"])

    return do


def trouble(*reasons: str) -> Step:
    """The carrier refuses the next texts."""
    return lambda system: system.carrier.trouble.extend(reasons)


def opted_out_at_the_carrier(phone: str = PHONE) -> Step:
    return lambda system: system.carrier.opted_out.add(phone)


def no_phone(phone: str = PHONE) -> Step:
    """The number turns out to be none."""
    return lambda system: system.carrier.no_phones.add(phone)


def bounced(*kinds: str) -> Step:
    """The next texts are taken, and never arrive."""
    return lambda system: system.carrier.bounces.extend(kinds)


def waited(*, until: timedelta = timedelta(), ticks: int = 0, every: timedelta = MINUTE) -> Step:
    """It is so long after the start, at least; then the schedule starts fan_out some times."""

    def do(system: System) -> None:
        system.forward(START + until)
        for _ in range(ticks):
            this = system.clock.at.replace(second=0, microsecond=0)
            system.forward(this + every)
            system.tick()
            system.settle(until=this + every + MINUTE)

    return do


def ticked(times: int = 1) -> Step:
    """The schedule starts fan_out, and nothing else has happened yet when the next step is due."""

    def do(system: System) -> None:
        for _ in range(times):
            system.tick()

    return do


def right_before(operation: str, *steps: Step) -> Step:
    """Right before the next such call, these things happen and all that comes of them."""

    def happens(system: System) -> None:
        for step in steps:
            step(system)
        system.settle(until=system.clock.at + MINUTE)

    def do(system: System) -> None:
        system.calls.first[operation] = lambda: happens(system)

    return do


def stream_down(minutes: int) -> Step:
    """Nothing of the stream is read for so long."""

    def do(system: System) -> None:
        system.stream.down_until = system.clock.at + timedelta(minutes=minutes)

    return do


def later(seconds: int) -> Step:
    return lambda system: system.forward(system.clock.at + timedelta(seconds=seconds))


def together(*steps: Step) -> Step:
    def do(system: System) -> None:
        for step in steps:
            step(system)

    return do
