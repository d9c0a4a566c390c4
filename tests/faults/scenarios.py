"""What happens to the line, as short scripts: a scenario is one entry of SCENARIOS."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from tests.faults.system import MINUTE, START, System
from tests.support.samples import LINE, OTHER_PHONE, PHONE

type Step = Callable[[System], None]


@dataclass(frozen=True)
class Scenario:
    """`order_matters` names the queues in which a message that overtakes another rightly changes
    what comes of both; where it `races`, any delay does. `learns_from_the_text`: a text that is
    lost in the window takes with it what its refusal would have told."""

    name: str
    steps: tuple[Step, ...]
    receipts_arrive: bool = True
    order_matters: frozenset[str] = frozenset()
    races: bool = False
    learns_from_the_text: bool = False

    def play(self, system: System) -> System:
        for step in self.steps:
            step(system)
            system.settle()
        system.finish()
        return system


def booked(
    id_: str = "apt-1",
    *,
    phone: str = PHONE,
    version: int = 1,
    days: int = 7,
    name: str = "appointment.booked",
) -> Step:
    """The scheduling system says when a visit is: so many days after the start, at 10."""
    start = START + timedelta(days=days, hours=1)
    detail = {
        "line": LINE,
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


_numbers = count(1)
THROTTLED = "ThrottlingException"
SPENT = "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"
# The minutes around the first reminder of the visit that is seven days ahead.
DUE = waited(until=timedelta(days=5, minutes=58), ticks=4)
DUE_NOW = waited(until=timedelta(days=5, minutes=59), ticks=1)
# ... and the time in which every sweep mends what it can. (Of each minute in it a few will do.)
REMINDED = together(DUE, waited(ticks=5, every=timedelta(minutes=6)))
TEXTS = frozenset({"InboundQueue"})
REQUESTS = frozenset({"RequestsQueue"})

SCENARIOS = (
    Scenario("a visit is confirmed", (booked(), texted("C"))),
    Scenario("a visit is confirmed, no receipts", (booked(), texted("C")), receipts_arrive=False),
    Scenario(
        "a text comes twice", (booked(), together(texted("C", id_="in-a"), texted("C", id_="in-a")))
    ),
    Scenario("STOP", (booked(), texted("STOP"))),
    Scenario("STOP, no receipts", (booked(), texted("STOP")), receipts_arrive=False),
    Scenario("STOP, throttled", (booked(), trouble(THROTTLED, THROTTLED), texted("STOP"))),
    Scenario(
        "STOP and START",
        (booked(), texted("STOP"), waited(until=timedelta(days=1)), texted("START")),
        order_matters=TEXTS,
    ),
    Scenario(
        "STOP, throttled, and START",
        (booked(), trouble(THROTTLED), together(texted("STOP"), later(1), texted("START"))),
        races=True,
    ),
    Scenario("a question for a person", (booked(), texted("does my insurance cover this?"))),
    Scenario(
        "an agent settles a case",
        (
            booked(),
            texted("does my insurance cover this?"),
            together(agent("claim"), agent("reply", "Yes, it does."), agent("note", "called Bob")),
            texted("and my dental plan?"),
            agent("reply", "No, sorry."),
            together(agent("confirm"), agent("close")),
            agent("reply", "too late"),
        ),
        order_matters=TEXTS,
    ),
    Scenario("a visit moves", (booked(), changed(days=9), changed(days=8, version=3))),
    Scenario(
        "a visit goes to another phone",
        (booked(), changed(phone=OTHER_PHONE), texted("C", phone=OTHER_PHONE)),
        order_matters=REQUESTS,
    ),
    Scenario(
        "the practice cancels", (booked(), cancelled(), booked(version=1)), order_matters=REQUESTS
    ),
    Scenario("a reminder", (booked(), REMINDED, texted("C"))),
    Scenario("a reminder, no receipts", (booked(), REMINDED), receipts_arrive=False),
    Scenario("a reminder, throttled", (booked(), trouble(THROTTLED, THROTTLED), REMINDED)),
    Scenario(
        "a confirmation before a parked reminder",
        (booked(), trouble(SPENT), together(DUE_NOW, texted("C"))),
    ),
    Scenario(
        "two patients on one phone, throttled",
        (booked("apt-1"), booked("apt-2"), trouble(THROTTLED), REMINDED),
    ),
    Scenario(
        "two phones at once",
        (
            together(booked("apt-1"), booked("apt-2", phone=OTHER_PHONE)),
            together(texted("C"), texted("will it hurt?", phone=OTHER_PHONE)),
            REMINDED,
        ),
    ),
    Scenario("a reply, throttled", (booked(), trouble(THROTTLED, THROTTLED), texted("C"))),
    Scenario(
        "a reply while the account is suspended", (booked(), trouble(SPENT, SPENT), texted("C"))
    ),
    Scenario(
        "a bare CANCEL, and silence",
        (booked(), texted("CANCEL"), waited(until=timedelta(hours=2), ticks=2)),
    ),
    Scenario(
        "a bare CANCEL, then the visit",
        (booked(), texted("CANCEL"), texted("X"), waited(until=timedelta(hours=2), ticks=2)),
        order_matters=TEXTS,
    ),
    Scenario("a number that is none", (booked(), no_phone(), texted("C"))),
    Scenario("opted out at the carrier", (booked(), opted_out_at_the_carrier(), texted("C"))),
    Scenario(
        "a reminder, opted out at the carrier",
        (booked(), opted_out_at_the_carrier(), REMINDED),
        learns_from_the_text=True,
    ),
    Scenario("a text that bounces", (booked(), bounced("TEXT_INVALID"), texted("C"))),
    Scenario("a reply after an outage", (booked(), together(stream_down(10), texted("C")))),
    Scenario("STOP after an outage", (booked(), together(stream_down(10), texted("STOP")))),
    Scenario(
        "an opt-out by an agent",
        (booked(), texted("I want to talk to a person"), agent("opt_out"), agent("close")),
    ),
    Scenario(
        "two agents at once",
        (
            together(booked("apt-1"), booked("apt-2", phone=OTHER_PHONE)),
            together(texted("will it hurt?"), texted("will it hurt?", phone=OTHER_PHONE)),
            together(agent("reply", "No."), agent("reply", "A little.", phone=OTHER_PHONE)),
        ),
    ),
    Scenario("a wrong number", (booked(), texted("wrong number"))),
    Scenario("an emergency", (booked(), texted("I have chest pain"))),
)
