"""The settings of lines: stored, shown and in force, by the command line over a real table."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from textback.adapters.dynamodb import items
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.cli.main import main
from textback.domain.playbook import BareCancel, Line
from textback.errors import UnknownLine, UnreadableLine
from textback.playbooks import load

from tests.support.playbooks import changed
from tests.support.samples import LINE, NOW, clock

A_MINUTE = timedelta(minutes=1)


def line(*argv: str) -> int:
    return main(["line", *argv, "--local"])


def stored(dynamodb: Any, table: str) -> list[items.Item]:
    found: list[items.Item] = dynamodb.scan(TableName=table)["Items"]
    return found


def test_what_is_shown_changes_nothing_when_it_is_applied(
    dynamodb: Any, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert line("apply", LINE) == 0
    assert capsys.readouterr().out == f"{LINE} follows default.yaml within a minute\n"
    before = stored(dynamodb, table)
    assert line("show", LINE) == 0
    Path("x.yaml").write_text(capsys.readouterr().out, encoding="utf-8")
    assert line("apply", LINE, "x.yaml") == 0
    assert capsys.readouterr().out == f"{LINE} follows this playbook already\n"
    assert stored(dynamodb, table) == before
    assert line("show", LINE) == 0
    assert capsys.readouterr().out == Path("x.yaml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("table")
def test_what_changes_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    line("apply", LINE)
    settings = changed("wordings.es.texts.stopped", "{practice}: no más.") | {"sure_enough": 0.8}
    Path("x.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    capsys.readouterr()
    assert line("apply", LINE, "x.yaml", "--region", "mx") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{LINE} follows x.yaml within a minute",
        "  changed: region",
        "  changed: sure_enough",
        "  changed: wordings.es.texts.stopped",
    ]


def test_the_region_stays_unless_it_is_given(dynamodb: Any, table: str) -> None:
    lines = DynamoDBLines(dynamodb, table, clock())
    line("apply", "+16045550100")
    line("apply", LINE, "--region", "MX")
    Path("x.yaml").write_text(yaml.safe_dump(changed("sure_enough", 0.8)), encoding="utf-8")
    line("apply", LINE, "x.yaml")
    assert [(each.number, each.region) for each in lines.all() if isinstance(each, Line)] == [
        (LINE, "MX"),
        ("+16045550100", "CA"),
    ]


BAD = [
    (
        "a fault",
        changed("bare_cancel", "opt"),
        "bare_cancel: should be ask, appointment or opt_out",
    ),
    ("a text over budget", changed("wordings.en.texts.details", "a" * 400), "costs 3 parts"),
]


@pytest.mark.parametrize(("settings", "told"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_faulty_playbook_is_not_stored(
    dynamodb: Any,
    table: str,
    settings: dict[str, Any],
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("x.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    assert line("apply", LINE, "x.yaml") == 1
    said = capsys.readouterr().err
    assert said.startswith("textback: nothing is stored: x.yaml has a fault\n  x.yaml:")
    assert told in said
    assert stored(dynamodb, table) == []


@pytest.mark.usefixtures("table")
def test_a_greater_budget_can_be_given() -> None:
    settings = changed("wordings.en.texts.details", "a" * 400)
    Path("x.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    assert line("apply", LINE, "x.yaml", "--budget", "3") == 0


TROUBLE = [
    (("show", LINE), "line: no settings are stored for this number"),
    (("show", "206"), "number: "),
    (("apply", LINE, "nowhere.yaml"), "nowhere.yaml: No such file or directory"),
]


@pytest.mark.parametrize(("argv", "told"), TROUBLE)
@pytest.mark.usefixtures("table")
def test_what_cannot_be_done_is_told(
    argv: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert line(*argv) == 2
    assert capsys.readouterr().err.startswith(f"textback: {told}")


def test_a_table_that_is_gone_is_told(
    dynamodb: Any, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    dynamodb.delete_table(TableName=table)
    assert line("list") == 2
    assert capsys.readouterr().err.startswith("textback: the lines: ")


def test_no_local_stack_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert line("list") == 2
    assert "start the local stack with `make run`" in capsys.readouterr().err


def test_no_region_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for variable in ("AWS_DEFAULT_REGION", "AWS_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    assert main(["line", "list", "--stack", "mine"]) == 2
    assert capsys.readouterr().err == "textback: stack mine: You must specify a region.\n"


@pytest.mark.usefixtures("table")
def test_lines_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert line("list") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "no line has a playbook" in said.err
    line("apply", LINE)
    capsys.readouterr()
    assert line("list") == 0
    told = [" ".join(row.split()) for row in capsys.readouterr().out.splitlines()]
    assert told == [
        "number practice languages cadence zone region",
        f"{LINE} Elm Street Clinic en, es two_days, three_hours America/Los_Angeles US",
    ]


def test_every_line_is_found_however_many_there_are(dynamodb: Any, table: str) -> None:
    lines = DynamoDBLines(dynamodb, table, clock())
    long = replace(load(), practice="W" * 100_000)
    numbers = [f"+1206555{n:04}" for n in range(12)]
    for number in numbers:
        lines.apply(number, long)
    only_page = dynamodb.query(
        TableName=table,
        KeyConditionExpression="pk = :lines",
        ExpressionAttributeValues=items.item({":lines": "lines"}),
    )
    assert "LastEvaluatedKey" in only_page
    assert [each.number for each in lines.all()] == numbers


def test_a_line_that_cannot_be_read_hides_no_other(
    dynamodb: Any, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Newer code may have stored what this code does not know."""
    lines = DynamoDBLines(dynamodb, table, clock())
    for number in (LINE, "+12065550111"):
        lines.apply(number, load())
    newer = items.item(items.line_key(LINE) | {"playbook": '{"practice": 1}', "region": "US"})
    dynamodb.put_item(TableName=table, Item=newer)
    unreadable, other = lines.all()
    assert isinstance(unreadable, UnreadableLine)
    assert isinstance(other, Line)
    assert (unreadable.number, other.number) == (LINE, "+12065550111")
    assert line("list") == 1
    told = capsys.readouterr()
    assert "+12065550111" in told.out
    assert told.err == f"{LINE}: its playbook cannot be read; apply it anew\n"


def test_settings_are_in_force_within_a_minute(dynamodb: Any, table: str) -> None:
    now = clock(NOW)
    function, desk = (DynamoDBLines(dynamodb, table, now) for _ in range(2))
    desk.apply(LINE, load())
    assert function.get(LINE).playbook.bare_cancel is BareCancel.ASK
    Path("x.yaml").write_text(yaml.safe_dump(changed("bare_cancel", "opt_out")))
    desk.apply(LINE, load(Path("x.yaml")))
    assert (
        function.get(LINE).playbook.bare_cancel is BareCancel.ASK
    )  # kept, so that it costs nothing
    now.at += A_MINUTE
    assert function.get(LINE).playbook.bare_cancel is BareCancel.OPT_OUT


def test_a_line_that_was_not_known_is_known_at_once(dynamodb: Any, table: str) -> None:
    lines = DynamoDBLines(dynamodb, table, clock())
    with pytest.raises(UnknownLine):
        lines.get(LINE)
    lines.apply(LINE, load())
    assert lines.get(LINE).number == LINE
