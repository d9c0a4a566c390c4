"""What the fan-out asks of AWS, counted at its real clients, and that each reminder goes once."""

import pytest
from textback.fan_out import AT_ONCE

from bench.day import Day
from bench.practice import MINUTE, Practice
from bench.reminders import SMALL, Fault, at_every_call, die, exponent, naives, ours, rival
from bench.unpaced import unpaced

FAST = 400  # parts a second


def handed_over(stored: int, due: int, rate: float = FAST) -> Practice:
    practice = Practice(stored, due, rate)
    practice.hand_all_over()
    return practice


def test_a_minute_is_read_and_taken_once_and_handed_over_ten_messages_at_a_time() -> None:
    """320 pointers a second are four messages of at most a hundred; 640 last for two seconds."""
    practice = handed_over(640, 640)
    assert practice.meter.asked == {
        "Query": 4,  # the lines, their pauses, what is due at once, what is paced
        "GetItem": 1,
        "PutItem": 1,
        "SendMessageBatch": 1,
    }
    messages = practice.queues["WakeQueue"].messages
    assert len(messages) == 2 * -(-320 // AT_ONCE)
    assert set(practice.handed().values()) == {1}


def test_what_is_not_due_costs_the_fan_out_nothing() -> None:
    few, many = handed_over(150, 100), handed_over(1_500, 100)
    assert few.table.stored_units() * 5 < many.table.stored_units()
    for practice in (few, many):
        assert practice.meter.items == 100 + 1, "what is due, and the line"
    assert few.meter.asked == many.meter.asked
    assert few.meter.read_units == many.meter.read_units


def test_requests_grow_more_slowly_than_what_is_due() -> None:
    few, many = handed_over(2_000, 200), handed_over(2_000, 2_000)
    assert exponent(few.meter.requests, many.meter.requests) < 1
    assert many.meter.requests / 2_000 <= 0.02


def test_what_a_page_cannot_hold_is_asked_for_with_another() -> None:
    practice = handed_over(8_000, 8_000)
    assert practice.meter.asked["Query"] == 3 + 2, "a page holds about seven thousand"
    assert len(practice.handed()) == 8_000


def test_each_reminder_is_woken_for_once_and_texted_once() -> None:
    practice = Practice(300, 200, rate=3)
    for _ in range(15):
        practice.hand_over()
        practice.pass_(MINUTE)
    assert set(practice.woken.values()) == {1}
    assert len(practice.texts) == practice.texts.total() == 200
    assert practice.dead_letters == 0


@pytest.mark.parametrize("fault", [die, rival])
def test_nothing_is_lost_or_doubled_whatever_befalls_the_fan_out(fault: Fault) -> None:
    ends = at_every_call(ours, fault)
    assert ends.points > 5, "its reads, the stretch, and a batch or more"
    assert (ends.lost, ends.doubled) == (0, 0)


@pytest.mark.parametrize("fault", [die, rival])
def test_the_obvious_fan_out_would_double(fault: Fault) -> None:
    """Else the points that are tried could not tell."""
    handed, struck = naives(number=12, fault=fault)
    assert struck
    assert handed.total() > len(handed) == SMALL


@pytest.mark.parametrize("rate", [3, 20, 100])
def test_a_backlog_uses_the_rate_and_meets_no_refusal(rate: int) -> None:
    """A quarter of an hour's worth that is due at once, of texts of one part and of two."""
    told = Day(rate, rate * 600, ["America/New_York"]).run()
    assert told.accepted == rate * 600
    assert told.utilisation >= 0.95
    assert told.calls_each <= 1.02
    assert told.wakes_each <= 1.02
    assert (told.outside, told.unruled, told.dead_letters, told.left) == (0, 0, 0, 0)


def test_unpaced_reminders_meet_refusals() -> None:
    told = unpaced(rate=3, due=2_000)
    assert told.accepted + told.dead_letters == 2_000
    assert told.calls > 2 * told.accepted
