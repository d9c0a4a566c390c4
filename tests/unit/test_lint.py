"""`textback lint`: what texts cost at their worst, and whose fault it is."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from textback.cli.main import main
from textback.domain.composing import compose
from textback.domain.conversation import Appointment, Patient, Place
from textback.domain.playbook import Line, Playbook
from textback.domain.segments import FIRST_ASTRAL, GSM_EXTENSION, segments
from textback.domain.texts import Reminder, Text
from textback.playbooks import as_yaml, load
from textback.playbooks.linting import Findings, Row, lint
from textback.playbooks.reading import read

from tests.support.playbooks import changed

PLAYBOOK = load()
FOUND = lint(PLAYBOOK)
NUMBER = "wrong_number"
WORST = {(row.language, row.text, row.foreign): row for row in FOUND.rows}


def having(path: str, value: Any) -> Playbook:
    return read(yaml.safe_dump(changed(path, value), allow_unicode=True, sort_keys=False), "my")


def row(found: Findings, text: str, *, language: str = "en", foreign: bool = False) -> Row:
    return next(
        r for r in found.rows if (r.language, r.text, r.foreign) == (language, text, foreign)
    )


def test_the_shipped_playbook_has_no_fault() -> None:
    assert FOUND.faults == []
    assert FOUND.warnings == []
    assert max(r.bill.segments for r in FOUND.rows if not r.foreign) == 2


def test_every_text_of_every_language_is_counted_once() -> None:
    counted = [(r.language, r.text) for r in FOUND.rows if not r.foreign]
    names = [*Text, "reminder", "reminder_today"]
    assert sorted(counted) == sorted(
        (language, name) for language in ("en", "es") for name in names
    )


NAMES = st.text(max_size=60)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2045, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis gives it its zone


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([(r.language, r.text) for r in FOUND.rows]), NAMES, NAMES, NAMES, NAMES, MOMENTS
)
def test_nothing_that_is_sent_costs_more_than_its_worst(
    which: tuple[str, str], first: str, provider: str, place: str, address: str, start: datetime
) -> None:
    language, name = which
    visit = Appointment(
        "apt", 1, start, provider=provider, place=Place(place, address), patient=Patient("", first)
    )
    text = compose(Reminder(name), language, Line("+12065550100", PLAYBOOK), start, visit=visit)
    bill = segments(text.body)
    worst = WORST[language, name, bool(bill.unicode_because)].bill
    assert bill.characters <= worst.characters
    if not any(c in GSM_EXTENSION or ord(c) >= FIRST_ASTRAL for c in text.body):
        assert bill.segments <= worst.segments  # none of its characters straddles two parts


def test_the_widest_date_is_one_of_the_longest_words() -> None:
    months = ["Jan"] * 8 + ["September"] + ["Oct"] * 3
    longer = row(lint(having("wordings.en.dates.months", months)), "confirmed")
    assert "September" in longer.body
    assert longer.bill.characters == row(FOUND, "confirmed").bill.characters + 6


def test_an_extension_character_counts_twice() -> None:
    found = lint(having("wordings.en.texts.wrong_number", "[{practice}] €"))
    assert row(found, "wrong_number").bill.characters == len("[Elm Street Clinic] €") + 3


def test_a_text_over_budget_is_a_fault() -> None:
    long = "{practice}: {when}. STOP ends it. " + "word " * 60
    (fault,) = lint(having("wordings.en.texts.reminder", long)).faults
    assert str(fault) == (
        "wordings.en.texts.reminder: costs 3 parts at its longest, the budget is 2"
    )
    assert lint(having("wordings.en.texts.reminder", long), budget=3).faults == []


def test_what_aws_would_not_take_is_counted_in_full() -> None:
    found = lint(having("wordings.en.texts.details", "word " * 400))
    assert row(found, "details").bill.segments == 14


COSTS = [
    ("in a text", "wordings.en.texts.help", "{practice} STOP ☎", "help", "☎"),
    ("in a part of it", "wordings.en.texts.greeting", "Hi {first_name} 👋 ", "reminder", "👋"),
    ("in a date", "wordings.en.dates.weekdays.2", "срд", "details", "с"),
    ("in the practice's name", "practice", "Κλινική Elm", "help", "Κ"),
    ("in the number to call", "call", "☎ 206-555-0100", "help", "☎"),
]
PLACES = {
    "wordings.en.dates.weekdays.2": "wordings.en.dates.weekdays[2], character 1",
    "wordings.en.texts.help": "wordings.en.texts.help, character 17",
    "wordings.en.texts.greeting": "wordings.en.texts.greeting, character 17",
    "practice": "practice, character 1",
    "call": "call, character 1",
}


@pytest.mark.parametrize(
    ("path", "value", "text", "character"), [c[1:] for c in COSTS], ids=[c[0] for c in COSTS]
)
def test_the_character_that_costs_is_named_with_its_place(
    path: str, value: str, text: str, character: str
) -> None:
    found = lint(having(path, value), budget=9)
    dear = row(found, text)
    assert (dear.bill.unicode_because, dear.where) == (character, PLACES[path])
    assert any(warning.where.endswith(text) for warning in found.warnings)


def test_a_character_that_nobody_sees_is_named() -> None:
    (warning,) = lint(having("wordings.en.texts.help", "{practice} STOP \u202e🛑")).warnings
    assert str(warning) == (
        "wordings.en.texts.help: is UCS-2 for U+202E RIGHT-TO-LEFT OVERRIDE in "
        "wordings.en.texts.help, character 17: it costs 1 part, in GSM-7 1"
    )


def test_a_fault_says_what_the_text_would_cost_without_the_character() -> None:
    shipped = PLAYBOOK.wordings["en"].texts["reminder"]
    (fault,) = lint(having("wordings.en.texts.reminder", f"{shipped} 😀")).faults
    assert str(fault) == (
        "wordings.en.texts.reminder: costs 4 parts at its longest, the budget is 2; 😀 in "
        f"wordings.en.texts.reminder, character {len(shipped) + 2} makes it UCS-2, "
        "in GSM-7 it costs 2"
    )


def test_a_space_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_one = as_yaml(having("wordings.en.texts.help", "{practice}\u00a0STOP\u200b"))
    (tmp_path / "my.yaml").write_text(with_one, encoding="utf-8")
    assert main(["lint", str(tmp_path / "my.yaml")]) == 0
    told = capsys.readouterr().out
    assert "U+00A0 NO-BREAK SPACE goes out as a space, since GSM-7 lacks it" in told
    assert "U+200B ZERO WIDTH SPACE goes out as nothing, since GSM-7 lacks it" in told


def test_every_form_of_a_word_is_counted_and_the_dearest_told() -> None:
    """Whatever the number: a value of the line stands in for one."""
    long, dear = "{call|one:it|other:them all}", "{call|one:☎|other:them all}"
    plain = row(lint(having(f"wordings.en.texts.{NUMBER}", "{practice} them all")), NUMBER)
    found = row(lint(having(f"wordings.en.texts.{NUMBER}", f"{{practice}} {long}")), NUMBER)
    assert (found.body, found.bill) == (plain.body, plain.bill)
    turned = "{call|one:them all|other:it}"
    assert row(lint(having(f"wordings.en.texts.{NUMBER}", f"{{practice}} {turned}")), NUMBER) == (
        plain
    )
    costs = row(lint(having(f"wordings.en.texts.{NUMBER}", f"{{practice}} {dear}")), NUMBER)
    assert (costs.bill.unicode_because, costs.where) == (
        "☎",
        "wordings.en.texts.wrong_number, character 22",
    )


def test_a_name_in_another_script_is_a_row_and_no_fault() -> None:
    foreign = row(FOUND, "reminder", foreign=True)
    assert (foreign.bill.segments, foreign.where) == (4, "a value")
    assert not any(r.foreign for r in FOUND.rows if r.text == "help")


def test_what_goes_out_otherwise_than_it_is_written_is_told() -> None:
    found = lint(having("wordings.en.texts.wrong_number", "It’s… wrong"))
    told = [(r.where, r.character, r.by) for r in found.replaced if ".en." in r.where]
    assert told == [
        ("wordings.en.texts.wrong_number", "’", "'"),
        ("wordings.en.texts.wrong_number", "…", "..."),
    ]
    assert row(found, "wrong_number").body == "It's... wrong"


def test_a_reminder_that_nothing_sends_is_a_warning() -> None:
    found = lint(replace(PLAYBOOK, cadence=PLAYBOOK.cadence[:1]))
    assert [str(w) for w in found.warnings] == [
        f"wordings.{language}.texts.reminder_today: is sent by no step of the cadence"
        for language in ("en", "es")
    ]
    assert found.faults == []


def test_the_shipped_playbook_is_linted_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == [
        "language",
        "text",
        "parts",
        "characters",
        "encoding",
        "because",
        "of",
    ]
    assert lines[1].split() == ["en", "reminder", "2", "223", "GSM-7"]
    assert lines[2] == (
        "en        reminder                       4         223  UCS-2     "
        "Ж in a value (over budget)"
    )
    assert lines[-1] == "default.yaml: 30 texts at their longest, 2 parts each at most: no faults"


def test_faults_are_told_and_make_the_exit_code_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lint", "--budget", "1"]) == 1
    assert "fault: wordings.en.texts.reminder: costs 2 parts" in capsys.readouterr().out
    bad = tmp_path / "my.yaml"
    bad.write_text(as_yaml(PLAYBOOK).replace("bare_cancel", "bare_cancle"), encoding="utf-8")
    assert main(["lint", str(bad)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "fault: line 20: bare_cancle: is not known; did you mean bare_cancel?",
        "my.yaml: 1 fault",
    ]


def test_what_cannot_be_read_makes_it_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "nowhere.yaml"]) == 2
    assert capsys.readouterr().err == "textback: nowhere.yaml: No such file or directory\n"
    with pytest.raises(SystemExit, match="2"):
        main(["lint", "--budget", "0"])


def test_all_of_it_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["playbook"], told["budget"], told["faults"]) == ("default.yaml", 2, [])
    assert told["rows"][0] == {
        "language": "en",
        "text": "reminder",
        "foreign": False,
        "body": row(FOUND, "reminder").body,
        "where": "",
        "encoding": "GSM-7",
        "characters": 223,
        "segments": 2,
        "unicode_because": "",
    }
    (tmp_path / "my.yaml").write_text("practice: Elm", encoding="utf-8")
    assert main(["lint", "--json", str(tmp_path / "my.yaml")]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["faults"][0] == {"where": "call", "says": "is missing", "line": 1}


@given(st.integers(1, 400), st.sampled_from("a[á"))
@settings(max_examples=50, deadline=None)
def test_a_value_is_shortened_as_it_is_sent(length: int, character: str) -> None:
    """Brackets count twice, and what becomes longer is counted as it will be."""
    visit = Appointment("apt", 1, datetime(2026, 1, 1, tzinfo=UTC), provider=character * length)
    line = Line("+12065550100", PLAYBOOK)
    with_it = compose(Text.CONFIRMED, "en", line, visit.start, visit=visit)
    without = compose(
        Text.CONFIRMED, "en", line, visit.start + timedelta(0), visit=replace(visit, provider="")
    )
    added = segments(with_it.body).characters - segments(without.body).characters
    assert added <= len(" with ") + 40
