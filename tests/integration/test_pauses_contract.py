"""The promises of ports.py about pauses, held by DynamoDB and by memory alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from moto import mock_aws
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.adapters.memory import MemoryLines
from textback.domain.playbook import Line, Pause, Paused, Playbook
from textback.errors import UnknownLine
from textback.playbooks import load
from textback.ports import Lines

from tests.support.aws import client, new_table
from tests.support.samples import LINE, NOW, PACIFIC, clock

OTHER_LINE = "+12065550111"
NOBODY_S = "+12065550199"
HOUR = timedelta(hours=1)
PAUSE = Pause(Paused.REMINDERS, NOW, None, "ops")
RESUME = Pause(Paused.REMINDERS, NOW + HOUR, NOW, "ops")


@dataclass(frozen=True)
class Kept:
    """The lines as one function sees them, and as any other does; `apply` stores a playbook."""

    lines: Lines
    elsewhere: Callable[[], Lines]
    apply: Callable[[str, Playbook], None]


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        yield client("dynamodb")


def _in_dynamodb(dynamodb: Any) -> Kept:
    table = new_table(dynamodb)
    lines = DynamoDBLines(dynamodb, table, clock())
    return Kept(lines, lambda: DynamoDBLines(dynamodb, table, clock()), lines.apply)


def _in_memory(_: Any) -> Kept:
    lines = MemoryLines()

    def apply(number: str, playbook: Playbook) -> None:
        there = lines.lines.get(number, Line(number, playbook))
        lines.lines[number] = replace(there, playbook=playbook)

    return Kept(lines, lambda: lines, apply)


@pytest.fixture(params=[_in_dynamodb, _in_memory], ids=["dynamodb", "memory"])
def kept(request: pytest.FixtureRequest, dynamodb: Any) -> Kept:
    made: Kept = request.param(dynamodb)
    for number in (LINE, OTHER_LINE):
        made.apply(number, load())
    return made


def pauses(lines: Lines, number: str = LINE) -> tuple[Pause, ...]:
    return lines.get(number).pauses


def test_nothing_stands_still_of_itself(kept: Kept) -> None:
    assert pauses(kept.lines) == ()


@pytest.mark.parametrize("until", [None, NOW + HOUR, (NOW + HOUR).astimezone(PACIFIC)])
@pytest.mark.parametrize("what", Paused)
def test_a_pause_is_known_at_once_where_it_was_made_and_to_others(
    kept: Kept, what: Paused, until: Any
) -> None:
    pause = Pause(what, NOW, until, "ops")
    assert kept.lines.pause(LINE, pause)
    assert pauses(kept.lines) == pauses(kept.elsewhere()) == (pause,)
    assert pauses(kept.lines, OTHER_LINE) == ()


def test_the_newer_word_of_a_kind_wins_in_whatever_order_they_come(kept: Kept) -> None:
    words = [replace(PAUSE, at=NOW + n * HOUR, how=f"word {n}") for n in range(3)]
    for n, order in enumerate(permutations(words)):
        number = f"+120655502{n:02}"
        kept.apply(number, load())
        stored = [kept.lines.pause(number, word) for word in order]
        newest = [word == max(order[: m + 1], key=lambda p: p.at) for m, word in enumerate(order)]
        assert stored == newest
        assert pauses(kept.lines, number) == pauses(kept.elsewhere(), number) == (words[2],)


def test_of_two_words_of_one_moment_the_one_that_is_heard_last_counts(kept: Kept) -> None:
    """EventBridge tells the time to the second: a pause and its end can fall into one."""
    assert kept.lines.pause(LINE, PAUSE)
    assert kept.lines.pause(LINE, PAUSE), "and the same word twice changes nothing"
    assert pauses(kept.lines) == (PAUSE,)
    ended = replace(PAUSE, until=NOW)
    assert kept.lines.pause(LINE, ended)
    assert pauses(kept.lines) == (ended,)


def test_each_kind_has_its_own_word(kept: Kept) -> None:
    older = Pause(Paused.ALL, NOW - HOUR, None, "ops")
    assert kept.lines.pause(LINE, PAUSE)
    assert kept.lines.pause(LINE, older)
    assert set(pauses(kept.lines)) == {PAUSE, older}


def test_a_pause_holds_until_its_end_or_until_it_is_resumed(kept: Kept) -> None:
    kept.lines.pause(LINE, replace(PAUSE, until=NOW + 3 * HOUR))
    line = kept.elsewhere().get(LINE)
    held = [bool(line.pause(Paused.REMINDERS, NOW + n * HOUR)) for n in range(-1, 5)]
    assert held == [False, True, True, True, False, False]
    assert kept.lines.pause(LINE, RESUME)
    line = kept.elsewhere().get(LINE)
    assert not any(line.pause(Paused.REMINDERS, NOW + n * HOUR) for n in range(5))


def test_a_line_that_nobody_set_up_cannot_be_paused(kept: Kept) -> None:
    with pytest.raises(UnknownLine):
        kept.lines.pause(NOBODY_S, PAUSE)
    with pytest.raises(UnknownLine):
        kept.lines.get(NOBODY_S)
    assert [each.number for each in kept.lines.all()] == [LINE, OTHER_LINE]


def test_a_new_playbook_leaves_pauses_alone(kept: Kept) -> None:
    kept.lines.pause(LINE, PAUSE)
    kept.apply(LINE, replace(load(), sure_enough=0.9))
    line = kept.elsewhere().get(LINE)
    assert (line.playbook.sure_enough, line.pauses) == (0.9, (PAUSE,))


def test_all_lines_come_with_what_stands_still_on_each(kept: Kept) -> None:
    kept.lines.pause(OTHER_LINE, PAUSE)
    lines = [line for line in kept.elsewhere().all() if isinstance(line, Line)]
    assert [(line.number, line.pauses) for line in lines] == [(LINE, ()), (OTHER_LINE, (PAUSE,))]
