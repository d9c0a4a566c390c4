"""What cannot be processed, now or ever, holds up nothing beside it: not in its message, not in its
index, not in its sweep."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from textback import stored
from textback.adapters.dynamodb import items
from textback.domain.conversation import Urgency
from textback.domain.playbook import Playbook, ReminderStep

from tests.faults.points import quietly
from tests.faults.scenarios import OTHER_LINE
from tests.faults.stack import shipped_playbook
from tests.faults.steps import Scenario, Step, booked, closed, later, together, waited
from tests.faults.system import MINUTE, START, System
from tests.support.samples import LINE

DUE = timedelta(days=5, hours=1)
SICK = 3  # of the phones, the one whose conversation cannot be processed
PHONES = [f"+120655501{n}" for n in range(30, 36)]


def in_a_newer_form(item: items.Item) -> items.Item:
    return item | {"form": {"N": str(stored.FORM + 1)}}


def that_cannot_be_read(item: items.Item) -> items.Item:
    return item | {"state": {"S": "{"}}


def at_no_place(item: items.Item) -> items.Item:
    """The index has it where no timer can be."""
    return item | {name: {"S": item[name]["S"][:24] + "#"} for name in PLACES if name in item}


PLACES = ("paced_at", "now_at")
POISONS = [in_a_newer_form, that_cannot_be_read, at_no_place]


def poisoned(poison: Callable[[items.Item], items.Item]) -> Step:
    def do(system: System) -> None:
        for item in list(system.table.of_kind("conversation")):
            if item["phone"]["S"] == PHONES[SICK]:
                key = item["pk"]["S"], item["sk"]["S"]
                system.table.items[key] = poison(item)

    return do


def fast() -> Mapping[str, Playbook]:
    """All that is due goes in one message."""
    return {LINE: replace(shipped_playbook(), parts_per_second=100)}


def fast_with_a_case() -> Mapping[str, Playbook]:
    case = ReminderStep("no_answer", before=timedelta(days=2), case=Urgency.LOW)
    return {LINE: replace(shipped_playbook(), cadence=(case,))}


ALL_BOOKED = together(*(booked(f"apt-{n}", phone=phone) for n, phone in enumerate(PHONES)))
OTHERS = {phone for phone in PHONES if phone != PHONES[SICK]}


@pytest.mark.parametrize("poison", POISONS)
def test_it_holds_up_no_other_reminder(poison: Callable[[items.Item], items.Item]) -> None:
    """Not those of its message, and not those that come due while it is still there."""
    late = "+12065550177"
    with quietly():
        system = _played(
            booked("apt-late", phone=late, at=timedelta(hours=1, minutes=40)),
            ALL_BOOKED,
            poisoned(poison),
            waited(until=DUE - MINUTE, ticks=50),
            playbooks=fast,
        )
    first = {text.phone: text.at - START - DUE for text in system.carrier.texts}
    assert first.keys() == OTHERS | {late}
    assert {first[phone] for phone in OTHERS} == {timedelta()}
    assert first[late] == timedelta(minutes=40)
    assert len(system.carrier.texts) == len(first)


@pytest.mark.parametrize("poison", POISONS)
def test_it_holds_up_no_other_case(poison: Callable[[items.Item], items.Item]) -> None:
    with quietly():
        system = _played(
            ALL_BOOKED,
            poisoned(poison),
            waited(until=DUE - MINUTE, ticks=3),
            playbooks=fast_with_a_case,
        )
        system.settle(until=system.clock.at + MINUTE)
    opened = [case["contact"]["phone"] for case in system.cases]
    assert sorted(opened) == sorted(OTHERS)
    assert {datetime.fromisoformat(case["at"]) for case in system.cases} == {START + DUE}


def test_a_conversation_in_a_newer_form_hears_of_a_closing_once_its_code_is_there() -> None:
    with quietly():
        system = _played(
            ALL_BOOKED, poisoned(in_a_newer_form), later(60), closed(days=7), playbooks=fast
        )
        assert _phones_told(system, waited(ticks=3)) == OTHERS
        # ... and the one waits in its message for code that knows the form.
        poisoned(lambda item: item | {"form": {"N": str(stored.FORM)}})(system)
        assert _phones_told(system, waited(ticks=10)) == set(PHONES)
    assert len(system.carrier.texts) == len(PHONES)


def test_what_a_sweep_cannot_move_holds_up_nothing_that_it_can() -> None:
    """A minute's hand-over fails as a whole; of what it left, one item is poisoned."""
    with quietly():
        system = _played(
            ALL_BOOKED, poisoned(that_cannot_be_read), waited(until=DUE - MINUTE), playbooks=fast
        )
        system.calls.first["send_message_batch"] = _fails
        waited(ticks=13)(system)
    assert {text.phone for text in system.carrier.texts} == OTHERS
    assert max(text.at for text in system.carrier.texts) - START - DUE <= timedelta(minutes=11)


def test_a_line_whose_settings_cannot_be_read_holds_up_no_other() -> None:
    with quietly():
        system = _played(
            booked(), booked("apt-2", line=OTHER_LINE), waited(until=DUE - MINUTE), playbooks=two
        )
        there = system.table.items["lines", LINE]
        system.table.items["lines", LINE] = there | {"playbook": {"S": '{"practice": 1}'}}
        waited(ticks=2)(system)
        assert [(text.line, text.at) for text in system.carrier.texts] == [
            (OTHER_LINE, START + DUE)
        ]
        system.table.items["lines", LINE] = there
        waited(ticks=1)(system)
    assert [text.line for text in system.carrier.texts] == [OTHER_LINE, LINE]


def two() -> Mapping[str, Playbook]:
    return {LINE: shipped_playbook(), OTHER_LINE: shipped_playbook()}


class _HandOverFailed(Exception):
    pass


def _fails() -> None:
    raise _HandOverFailed


def _played(*steps: Step, playbooks: Callable[[], Mapping[str, Playbook]]) -> System:
    """Step by step, and not to the end: a poisoned message comes back for hours."""
    system = Scenario("", (), playbooks=playbooks).system()
    for step in steps:
        step(system)
        system.settle(until=system.clock.at + MINUTE)
    return system


def _phones_told(system: System, step: Step) -> set[str]:
    step(system)
    return {text.phone for text in system.carrier.texts}
