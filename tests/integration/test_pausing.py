"""`textback pause` and `textback resume`, over a real table."""

from datetime import timedelta
from typing import Any

import pytest
from textback.adapters.clock import SystemClock
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.cli.main import main
from textback.domain.playbook import Paused
from textback.playbooks import load

from tests.support.samples import LINE

KINDS = list(Paused)


@pytest.fixture
def lines(dynamodb: Any, table: str) -> DynamoDBLines:
    """The lines of a local stack, in whose folder we are; one of them has a playbook."""
    lines = DynamoDBLines(dynamodb, table, SystemClock())
    lines.apply(LINE, load())
    return lines


def held(lines: DynamoDBLines, after: timedelta = timedelta()) -> set[Paused]:
    now = SystemClock().now() + after
    (line,) = lines.all()
    return {kind for kind in KINDS if line.pause(kind, now)}


def test_one_kind_stands_still_until_it_is_resumed(
    lines: DynamoDBLines, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pause", LINE, "reminders", "--local"]) == 0
    assert held(lines) == {Paused.REMINDERS}
    told = capsys.readouterr().out
    assert told.startswith(f"{LINE}: reminders, until further notice (textback pause, ")
    assert "in force within a minute" in told
    assert main(["resume", LINE, "reminders", "--local"]) == 0
    assert held(lines) == set()
    assert capsys.readouterr().out == f"{LINE}: nothing stands still\n"


def test_all_is_every_kind_and_what_holds_besides_is_told(
    lines: DynamoDBLines, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["pause", LINE, "--local"])
    main(["pause", LINE, "surveys", "--local"])
    assert held(lines) == set(KINDS)
    capsys.readouterr()
    main(["resume", LINE, "all", "--local"])
    assert held(lines) == {Paused.SURVEYS}
    assert capsys.readouterr().out.startswith(f"{LINE}: surveys, until further notice")
    main(["pause", LINE, "all but replies", "--local"])
    main(["resume", LINE, "--local"])
    assert held(lines) == set()


def test_a_pause_ends_by_itself_when_it_says_so(lines: DynamoDBLines) -> None:
    assert main(["pause", LINE, "reminders", "--until", "2 hours", "--local"]) == 0
    assert held(lines, timedelta(minutes=119)) == {Paused.REMINDERS}
    assert held(lines, timedelta(minutes=121)) == set()


@pytest.mark.parametrize(
    ("until", "says"),
    [
        ("tomorrow", "--until: give a moment with its offset, or a duration such as 2 hours"),
        ("2030-12-08T06:00:00", "--until: give the moment with its offset"),
        ("2020-12-08T06:00:00-08:00", "--until: that is past"),
    ],
)
def test_a_moment_that_cannot_be_is_refused(
    lines: DynamoDBLines, until: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pause", LINE, "--until", until, "--local"]) == 2
    assert says in capsys.readouterr().err
    assert held(lines) == set()


@pytest.mark.usefixtures("lines")
def test_a_line_that_is_not_known_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pause", "+12065550177", "--local"]) == 2
    assert "no settings are stored for this number" in capsys.readouterr().err


def test_settings_that_are_applied_leave_what_stands_still(
    lines: DynamoDBLines, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["pause", LINE, "reminders", "--local"])
    capsys.readouterr()
    assert main(["line", "apply", LINE, "--local"]) == 0
    assert capsys.readouterr().out == f"{LINE} follows this playbook already\n"
    lines.apply(LINE, load(), "CA")
    assert held(lines) == {Paused.REMINDERS}
