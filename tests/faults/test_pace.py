"""A fault may cost time, and so may a backlog. How much they cost a reminder."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from textback.domain.playbook import Playbook
from textback.performing import UNKNOWN_WAIT

from tests.faults.calls import Call, Fault
from tests.faults.points import play_clean, quietly
from tests.faults.scenarios import OTHER_LINE, SCENARIOS
from tests.faults.stack import TEMPLATE, shipped_playbook
from tests.faults.steps import Scenario, booked, together, waited
from tests.faults.system import MINUTE, START, Point
from tests.support.samples import LINE, OTHER_PHONE, PHONE

DUE = START + timedelta(days=5, hours=1)
BEFORE = timedelta(days=5, minutes=58)
# A tick in every minute, as the schedule has it.
MINUTELY = Scenario("a reminder, minute by minute", (booked(), waited(until=BEFORE, ticks=16)))
AT_CALLS = [fault for fault in Fault if not fault.of_a_delivery and fault is not Fault.OVERTAKEN]

AT_ONCE = timedelta(seconds=5)
# A hand-over that failed: what is due still ten minutes later is handed over again.
NEXT_SWEEP = timedelta(minutes=11)
COMES_BACK = timedelta(seconds=TEMPLATE.queues["WakeQueue"]["VisibilityTimeout"]) + AT_ONCE
PARKED = timedelta(seconds=UNKNOWN_WAIT) + AT_ONCE


def _until_it_is_sent(function: str) -> list[Call]:
    """The calls of this function from the tick on at which the reminder is due."""
    calls = play_clean(MINUTELY).calls
    sent = next(call.number for call in calls if call.operation == "send_text_message")
    ticks = [c.number for c in calls if c.what == "lines" and c.operation == "query"]
    tick = max(number for number in ticks if number < sent) - 1
    return [c for c in calls if tick <= c.number <= sent and c.function == function]


@pytest.mark.parametrize(
    ("function", "faults", "at_most"),
    [
        pytest.param(
            "fan_out",
            {Fault.RETRIED, Fault.RIVAL, Fault.MEANWHILE, Fault.STALE},
            AT_ONCE,
            id="what is repeated, or done by two, is handed over in its minute",
        ),
        pytest.param("fan_out", set(AT_CALLS), NEXT_SWEEP, id="a sweep finds what it left"),
        pytest.param("wake", set(AT_CALLS), COMES_BACK, id="the message comes back"),
        pytest.param("perform", set(AT_CALLS), PARKED, id="the stream, or later, brings it back"),
    ],
)
def test_one_fault_makes_a_reminder_late_by_at_most(
    function: str, faults: set[Fault], at_most: timedelta
) -> None:
    clean, tried = play_clean(MINUTELY), 0
    for call in _until_it_is_sent(function):
        for fault in faults:
            point = Point(fault, call.number)
            if not call.may(fault) or clean.in_window(point):
                continue
            with quietly():
                system = MINUTELY.play(MINUTELY.system(point))
            (text,) = system.carrier.texts
            assert text.at - DUE <= at_most, f"{fault} at {call}"
            tried += 1
    assert tried


def test_a_hand_over_that_fails_as_soon_as_it_may_costs_that_much() -> None:
    """The bound above is no looser than the code: a crash right after a stretch was taken."""
    (take,) = (c for c in _until_it_is_sent("fan_out") if c.operation == "put_item")
    with quietly():
        system = MINUTELY.play(MINUTELY.system(Point(Fault.CRASH_AFTER, take.number)))
    (text,) = system.carrier.texts
    assert text.at - DUE == timedelta(minutes=10)


@pytest.mark.parametrize(
    ("name", "at"),
    [
        pytest.param(
            "reminders stand still once handed over, and go on",
            DUE + timedelta(minutes=3),
            id="the first minute after the pause",
        ),
        pytest.param(
            "a parked reminder waits for the hours",
            START + timedelta(days=5, hours=23),
            id="8 in the morning",
        ),
    ],
)
def test_what_is_held_back_goes_when_it_may(name: str, at: datetime) -> None:
    (scenario,) = (scenario for scenario in SCENARIOS if scenario.name == name)
    with quietly():
        (text,) = scenario.play(scenario.system()).carrier.texts
    assert text.at == at


def test_nobody_decides_about_a_claim_while_its_claimer_may_live() -> None:
    assert TEMPLATE.functions["PerformFunction"]["Timeout"] <= UNKNOWN_WAIT


# ------------------------------------------------------------------ two lines

BACKLOG = 60  # reminders of the slow line, of one part each, due at one instant


def a_slow_one_and_another() -> Mapping[str, Playbook]:
    slow = replace(shipped_playbook(), parts_per_second=0.5, kept_for_replies=0)
    return {LINE: slow, OTHER_LINE: shipped_playbook()}


def test_one_line_s_backlog_delays_no_other() -> None:
    phones = [f"+1206555{n:04}" for n in range(2000, 2000 + BACKLOG)]
    scenario = Scenario(
        "",
        (
            together(*(booked(f"apt-{n}", phone=phone) for n, phone in enumerate(phones))),
            together(booked(line=OTHER_LINE), booked("apt-2", phone=OTHER_PHONE, line=OTHER_LINE)),
            waited(until=BEFORE, ticks=7),
        ),
        playbooks=a_slow_one_and_another,
    )
    with quietly():
        system = scenario.play(scenario.system())
    other = [text for text in system.carrier.texts if text.line == OTHER_LINE]
    assert sorted(text.phone for text in other) == sorted([PHONE, OTHER_PHONE])
    assert max(text.at for text in other) - DUE < MINUTE
    slow = [text for text in system.carrier.texts if text.line == LINE]
    assert sorted(text.phone for text in slow) == phones
    took = max(text.at for text in slow) - DUE
    rate = a_slow_one_and_another()[LINE].parts_per_second
    assert took == timedelta(seconds=(BACKLOG - 1) / rate)  # a backlog it was, and at its rate
