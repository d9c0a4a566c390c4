"""`textback import` as a person and as a script use it; nothing is sent here."""

import csv
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from textback.cli import progress
from textback.cli.main import main

from tests.support.importing import ROW, written
from tests.support.samples import LINE

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
AHEAD = ROW | {"start": "2099-12-08 09:00"}
USUAL = ("--line", LINE, "--zone", "America/Los_Angeles", "--dry-run")

type Import = Callable[..., tuple[int, str, str]]


@pytest.fixture
def imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    """Import a file of these bytes: the exit code, and what is printed and told."""

    def run(body: bytes | str, *more: str) -> tuple[int, str, str]:
        file = tmp_path / "appointments"
        file.write_bytes(body.encode() if isinstance(body, str) else body)
        code = main(["import", str(file), *USUAL, *more])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("appointments.csv", ["4 rows: would send 2 as booked, 1 as cancelled", "1 row left out"]),
        ("bundle.json", ["2 rows: would send 1 as booked, 1 as cancelled"]),
    ],
)
def test_the_examples_are_taken(
    name: str, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(EXAMPLES / name), *USUAL, "--dates", "mdy"]) == 0
    printed = capsys.readouterr()
    assert [line.partition(":")[0] for line in printed.out.splitlines()[1:]] == said[1:]
    assert printed.out.startswith(said[0])
    assert printed.err == ""


def test_refused_rows_are_told_by_line_and_their_values_only_to_the_report(
    imported: Import, tmp_path: Path
) -> None:
    report = tmp_path / "refused.csv"
    report.write_text("of another day")
    report.chmod(0o644)
    body = written([AHEAD, AHEAD | {"phone": "206-555-01"}, AHEAD | {"start": "Ana's birthday"}])
    code, out, err = imported(body, "--report", str(report))
    assert code == 1
    assert re.findall(r"^line \d+, \w+", err, re.MULTILINE) == ["line 3, phone", "line 4, start"]
    assert out.splitlines()[0] == "3 rows: would send 1 as booked"
    assert "555" not in err + out
    assert "Ana" not in err + out
    assert report.stat().st_mode & 0o777 == 0o600
    with report.open(newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["refused_line"], row["refused_column"]) for row in found] == [
        ("3", "phone"),
        ("4", "start"),
    ]
    assert found[0]["phone"] == "206-555-01"
    mended = report.read_text().replace("206-555-01", "206-555-0199").replace("Ana's birthday", "")
    code, out, err = imported(mended)
    assert "would send 1 as booked" in out
    assert "not read" not in err, "the report's own columns are known"


def test_only_the_first_are_told_and_the_report_has_all(imported: Import, tmp_path: Path) -> None:
    code, _, err = imported(written([AHEAD | {"phone": "1"}] * 30))
    assert (code, err.count("line "), "and 10 more" in err) == (1, 20, True)
    report = tmp_path / "refused.csv"
    imported(written([AHEAD | {"phone": "1"}] * 30), "--report", str(report))
    assert len(report.read_text().splitlines()) == 31


ENCODINGS = [
    ("utf-8", (), True),
    ("utf-8-sig", (), True),
    ("utf-16", (), True),
    ("utf-16-le", ("--encoding", "utf-16-le"), True),
    ("utf-16-le", (), False),
    ("cp1252", (), False),
    ("cp1252", ("--encoding", "cp1252"), True),
]


@pytest.mark.parametrize(("encoding", "told", "taken"), ENCODINGS)
def test_an_encoding_is_known_or_asked_for(
    imported: Import,
    encoding: str,
    told: tuple[str, ...],
    taken: bool,  # noqa: FBT001
) -> None:
    body = written([AHEAD, AHEAD | {"id": "Peña"}]).encode(encoding)
    code, out, err = imported(body, *told)
    if taken:
        assert (code, out, err) == (0, "2 rows: would send 2 as booked\n", "")
    else:
        assert code == 2
        assert "--encoding" in err
        assert encoding != "cp1252" or "line 3" in err


WRONG = [
    ("a spreadsheet", b"PK\x03\x04more", (), "save it as CSV"),
    ("XML", "<Bundle/>", (), "as JSON"),
    ("empty", "", (), "the file is empty"),
    ("one resource", '{"resourceType": "Patient"}', (), "put the resources into one"),
    ("no such column", written([AHEAD]), ("--map", "Handy=phone"), "no column is called"),
    ("no such field", written([AHEAD]), ("--map", "phone=fax"), "there are id, phone"),
    ("half a --map", written([AHEAD]), ("--map", "phone"), "Your column=field"),
    ("no such meaning", written([AHEAD]), ("--status", "x=y"), "changed, cancelled, skip"),
    ("two delimiters", written([AHEAD]), ("--delimiter", ",;"), "one character"),
    ("no such encoding", written([AHEAD]), ("--encoding", "klingon"), "no such encoding"),
    ("the future", written([AHEAD]), ("--as-of", "2099-01-01T00:00Z"), "in the future"),
    ("no moment", written([AHEAD]), ("--as-of", "now"), "--as-of: write it as"),
    ("no line", written([AHEAD]), ("--line", "100"), "--line: "),
]  # fmt: skip


@pytest.mark.parametrize(("body", "more", "why"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_what_cannot_be_imported_at_all_is_exit_code_2(
    imported: Import, body: bytes | str, more: tuple[str, ...], why: str
) -> None:
    code, out, err = imported(body, *more)
    assert (code, out) == (2, "")
    assert err.startswith("textback: ")
    assert why in err


def test_a_file_that_is_not_there_and_a_report_over_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(tmp_path / "none.csv"), *USUAL]) == 2
    file = tmp_path / "a.csv"
    file.write_bytes(body := written([AHEAD]).encode())
    assert main(["import", str(file), *USUAL, "--report", str(file)]) == 2
    assert "this is the file that is imported" in capsys.readouterr().err
    assert file.read_bytes() == body


def test_what_comes_through_a_pipe_is_taken() -> None:
    command = [sys.executable, "-m", "textback.cli.main", "import", "-", *USUAL]
    for body in (written([AHEAD]).encode(), (EXAMPLES / "bundle.json").read_bytes()):
        done = subprocess.run(command, input=body, capture_output=True, check=True)  # noqa: S603
        assert b"1 as booked" in done.stdout


def test_quiet_tells_of_refused_rows_only(imported: Import) -> None:
    body = written([AHEAD | {"phone": "1", "hat size": "7"}, AHEAD | {"hat size": "8"}])
    assert "not read: hat size" in imported(body)[2]
    code, out, err = imported(body, "--quiet")
    assert (code, out) == (1, "")
    assert re.fullmatch(r"line 2, phone: .*\n", err)


def test_without_a_terminal_there_are_lines(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.0)
    told = imported(written([AHEAD] * 2))[2].splitlines()
    assert told == ["1 rows, 100%", "2 rows, 100%"]


def test_at_a_terminal_there_is_a_bar(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(written([AHEAD] * 3_000))
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "textback.cli.main", "import", str(file), *USUAL]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs) as process:  # noqa: S603
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
        os.close(ours)
        assert process.stdout
        assert b"3,000 as booked" in process.stdout.read()
    assert process.returncode == 0
    assert re.search(rb"[\d,]+ rows .*\d+%", shown), shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other end is closed
        return b""
