"""The commands about single texts, as a person and as a pipe uses them."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from textback.cli.main import main

TEXTBACK = [sys.executable, "-m", "textback.cli.main"]


def piped(monkeypatch: pytest.MonkeyPatch, lines: bytes, *argv: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    return main([*argv, "--jsonl"])


def rows(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_read_answers_one_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", "Yes I'll be there!"]) == 0
    (row,) = rows(capsys.readouterr().out)
    assert row == {
        "intent": "confirm",
        "certainty": 0.95,
        "reason": "says that they will come",
        "words": ["yes", "ill", "be", "there"],
        "runner_up": "unclear",
        "language": "en",
    }


def test_read_takes_its_context_and_language(capsys: pytest.CaptureFixture[str]) -> None:
    main(["read", "--context", "none", "cancel"])
    main(["read", "--context", "reminder", "cancel"])
    main(["read", "--language", "es", "no voy"])
    intents = [row["intent"] for row in rows(capsys.readouterr().out)]
    assert intents == ["stop", "cancel", "cancel"]


def test_read_knows_the_three_times_of_its_slots(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("wed the 9th", "2 sorry 3", "none of those"):
        main(["read", "--context", "slots", text])
    intents = [row["intent"] for row in rows(capsys.readouterr().out)]
    assert intents == ["slot2", "slot3", "slot_none"]


def test_segments_counts_a_text_as_it_is_or_as_it_is_sent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["segments", "it’s"])
    main(["segments", "--normalise", "it’s"])
    exact, sent = rows(capsys.readouterr().out)
    assert exact == {
        "encoding": "UCS-2",
        "characters": 4,
        "segments": 1,
        "unicode_because": "’",
    }
    assert (sent["encoding"], sent["unicode_because"]) == ("GSM-7", "")


def test_lines_are_answered_in_order_with_their_ids(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = b'{"id": 1, "context": "none", "text": "ok"}\n\n{"id": "b", "text": "C", "more": 0}'
    assert piped(monkeypatch, lines, "read") == 0
    answers = rows(capsys.readouterr().out)
    assert [(a["id"], a["intent"]) for a in answers] == [(1, "ack"), ("b", "confirm")]


BAD = [
    ("no JSON", b"nope", "not JSON"),
    ("no object", b"[1]", "not an object"),
    ("no text", b'{"id": 1}', '"text" is missing'),
    ("a text of numbers", b'{"id": 1, "text": 5}', '"text" is missing'),
    ("no such context", b'{"id": 1, "text": "x", "context": ["none"]}', '"context"'),
    ("not UTF-8", b'{"id": 1, "text": "\xff"}', "not UTF-8"),
    ("a trap", b"[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize(("line", "told"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_bad_line_is_told_by_its_number_and_the_others_are_answered(
    line: bytes,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = b'{"id": 1, "text": "ok"}\n' + line + b'\n{"id": 3, "text": "ok"}\n'
    assert piped(monkeypatch, lines, "read") == 2
    said = capsys.readouterr()
    assert [row["id"] for row in rows(said.out)] == [1, 3]
    assert said.err.startswith("line 2: ")
    assert told in said.err


def test_a_broken_pair_of_surrogates_is_printed_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped(monkeypatch, b'{"id": 1, "text": "\\ud800"}', "segments") == 0
    assert rows(capsys.readouterr().out)[0]["unicode_because"] == "\ud800"


@pytest.mark.parametrize("argv", [["read"], ["segments", "--jsonl", "a text too"]])
def test_either_a_text_or_lines(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == 2
    assert "either a text or --jsonl" in capsys.readouterr().err


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    lines.write_bytes(b'{"id": 1, "text": "ok"}\n' * 20_000)
    with lines.open("rb") as source:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*TEXTBACK, "segments", "--jsonl"],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(30) == 141
        assert process.stderr.read() == b""
        process.stderr.close()


def test_when_answers_in_the_lines_own_time(capsys: pytest.CaptureFixture[str]) -> None:
    now = ["--now", "2026-11-24T17:30:00+00:00"]
    assert main(["when", "pasado mañana a las 4", "--language", "es", *now]) == 0
    assert main(["when", "tuesday", "--zone", "America/New_York", *now]) == 0
    assert main(["when", "second opinion", *now]) == 0
    found = [row["found"] for row in rows(capsys.readouterr().out)]
    assert found == [
        [{"start": "2026-11-26T16:00:00-08:00", "end": "2026-11-26T17:00:00-08:00"}],
        [{"start": "2026-12-01T00:00:00-05:00", "end": "2026-12-02T00:00:00-05:00"}],
        [],
    ]


def test_when_tells_what_is_wrong_with_a_line_and_answers_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = {"text": "at 3", "now": "2026-11-24T09:00:00-08:00", "zone": "America/Los_Angeles"}
    bad = [{"now": "soon"}, {"zone": "Mars/Olympus"}, {"language": "xx"}, {"text": 3}]
    lines = [{"id": n, **whole, **change} for n, change in enumerate([{}, *bad, {"id": "last"}])]
    written = "\n".join(json.dumps(line) for line in lines).encode()
    assert piped(monkeypatch, written, "when") == 2
    printed = capsys.readouterr()
    assert [row["id"] for row in rows(printed.out)] == [0, "last"]
    told = printed.err.splitlines()
    for fault, name in zip(told, ("now", "zone", "language", "text"), strict=True):
        assert f'"{name}"' in fault


def test_when_refuses_a_moment_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["when", "at 3", "--now", "soon"]) == 2
    assert '"now"' in capsys.readouterr().err
