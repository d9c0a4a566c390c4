"""Rows of a CSV file: what is taken, what is refused and why, and where it stands."""

import csv
import io
import tracemalloc
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textback.contracts.incoming import AppointmentIn
from textback.errors import BadInput
from textback.importing.columns import ALIASES, KNOWN, Field, columns
from textback.importing.delimited import DELIMITERS, Record, records
from textback.importing.outcomes import Left, LeftOut, Refused, Taken, Told
from textback.importing.rows import Table

from tests.support.importing import AS_OF, ROW, how, outcome, outcomes, refused, taken, written
from tests.support.samples import LINE

HEADER = "id,phone,start\n"
GOOD = "206-555-0123,2026-12-08T09:00:00-08:00"
PRIVATE = ("555", "Ana", "Lopez")

FAULTS = [
    ("no id", {"id": " "}, "id", "empty"),
    ("an id on two lines", {"id": "a\nb"}, "id", "pattern"),
    ("no phone", {"phone": ""}, "phone", "empty"),
    ("a digit short", {"phone": "206-555-012"}, "phone", "check its digits"),
    ("a name for a phone", {"phone": "Ana Lopez"}, "phone", "with + and its country code"),
    ("a spreadsheet's power of ten", {"phone": "1.2065550123E+10"}, "phone", "as text"),
    ("two phones in one cell", {"phone": "206-555-0123 / 206-555-0188"}, "phone", "not a phone"),
    ("no start", {"start": ""}, "start", "empty"),
    ("no time", {"start": "2026-12-08"}, "start", "no time of day"),
    ("no such word", {"status": "Pencilled in"}, "status", "--status WORD=booked"),
    ("old time or new", {"status": "Rescheduled"}, "status", "--status rescheduled=cancelled"),
    ("a version in words", {"version": "two"}, "version", "whole number"),
    ("a version below zero", {"version": "-1"}, "version", "whole number"),
    ("a version too great", {"version": str(2**63)}, "version", "whole number"),
    ("an empty version", {"version": ""}, "version", "empty"),
    ("updated in the future", {"updated": "2026-12-09T00:00Z"}, "updated", "in the future"),
    ("a language nobody knows", {"language": "Klingon, I guess"}, "language", "its code"),
    ("no such zone", {"time_zone": "Seattle"}, "time_zone", "IANA"),
    ("minutes in words", {"minutes": "half an hour"}, "minutes", "such as 30"),
    ("no minutes at all", {"minutes": "0"}, "minutes", "greater than 0"),
    ("a name of a page", {"provider": "Lee" * 100}, "provider", "200 characters"),
    ("consent without its day", {"consent_how": "form"}, "consent_at", "belong together"),
]


@pytest.mark.parametrize(
    ("row", "column", "why"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_row_is_refused_by_its_column_and_its_values_are_not_told(
    row: Mapping[str, str], column: str, why: str
) -> None:
    known = {"consent_at": ""} if "consent_how" in row else {}
    one = refused(outcome(row | known))
    assert (one.line, one.column) == (2, column)
    assert why in one.why
    for value in (*PRIVATE, *(v for v in row.values() if len(v) > 3)):
        assert value not in one.why.replace("--status rescheduled", "")
    assert set(row.values()) <= {*one.row, *(v.strip() for v in one.row)} | set(one.row)


def test_a_row_says_all_that_the_contract_has_room_for() -> None:
    row = {
        "Appt_ID": " apt-1 ", "STATUS": "Scheduled", "mobile phone": "(206) 555-0123",
        "Preferred Language": "Spanish", "Timezone": "America/Denver", "MRN": "pat-77",
        "First-Name": "Ana", "appointment date": "12/8/2026", "Appointment Time": "9:00 AM",
        "Duration": "30 min", "Doctor": "Dr. Lee", "Location": "Elm Street Clinic",
        "Clinic Address": "12 Elm St", "Schedule": "dr-lee", "Consent Source": "intake form",
        "Consent Date": "11/1/2026 10:00 AM", "Version": "7",
    }  # fmt: skip
    (one,) = outcomes(written([row]))
    assert taken(one).told is Told.BOOKED
    assert taken(one).detail == {
        "line": LINE,
        "id": "apt-1",
        "version": 7,
        "contact": {"phone": "+12065550123", "language": "es", "time_zone": "America/Denver"},
        "patient": {"id": "pat-77", "first_name": "Ana"},
        "consent": {"how": "intake form", "at": "2026-11-01T10:00:00-08:00"},
        "start": "2026-12-08T09:00:00-08:00",
        "minutes": 30,
        "provider": "Dr. Lee",
        "place": {"name": "Elm Street Clinic", "address": "12 Elm St"},
        "calendar": "dr-lee",
    }
    AppointmentIn.model_validate(taken(one).detail)


STATUSES = [
    ("", ROW["start"], Told.BOOKED),
    ("Confirmed", ROW["start"], Told.BOOKED),
    ("changed", ROW["start"], Told.CHANGED),
    ("CANCELED", ROW["start"], Told.CANCELLED),
    ("cancelled", "", Told.CANCELLED),
    ("cancelled", "2026-11-01T09:00:00-08:00", Told.CANCELLED),
    ("No-Show", "2026-11-01T09:00:00-08:00", Left.OVER),
    ("checked_in", ROW["start"], Told.CANCELLED),
    ("booked", "2026-12-01T09:00:00-08:00", Left.OVER),
    ("wait list", "", Left.NOT_BOOKED),
    ("Pencilled", ROW["start"], Told.BOOKED),
    ("Rescheduled", ROW["start"], Told.CANCELLED),
    ("Template", ROW["start"], Left.UNWANTED),
]


@pytest.mark.parametrize(("status", "start", "told"), STATUSES)
def test_a_status_and_a_start_say_what_the_bus_is_told(
    status: str, start: str, told: Told | Left
) -> None:
    own = {"pencilled": Told.BOOKED, "rescheduled": Told.CANCELLED, "template": Left.UNWANTED}
    one = outcome({"status": status, "start": start}, own_statuses=own)
    assert told == (one.why if isinstance(one, LeftOut) else taken(one).told)


def test_the_start_may_stand_in_two_columns() -> None:
    for row in (
        {"date": "12/8/2026", "time": "9:00 AM"},
        {"date": "12/8/2026", "start": "9:00 AM"},
        {"date": "12/8/2026", "start": "2026-12-08T09:00:00-08:00"},
        {"start time": "2026-12-08T09:00:00-08:00"},
    ):
        (one,) = outcomes(written([{"id": "apt-1", "phone": ROW["phone"]} | row]))
        assert taken(one).detail["start"] == ROW["start"]


# ------------------------------------------------------------------ versions


def versions(*rows: Mapping[str, str], **more: object) -> list[int]:
    return [taken(one).detail["version"] for one in outcomes(written(rows), **more)]


def test_a_file_said_again_says_the_same_versions_and_a_later_row_is_newer() -> None:
    first = versions(ROW, ROW)
    assert first == versions(ROW, ROW)
    assert first[0] < first[1] < versions(ROW, as_of=AS_OF.replace(microsecond=1000))[0]


def test_a_version_is_the_rows_own_or_its_update_or_what_is_told() -> None:
    updated = ROW | {"updated": "2026-11-29T12:00:00.250Z"}
    (of_clock,) = versions(updated)
    assert of_clock == 1_795_953_600 * 10**9 or of_clock % 10**9 in {0, 250 * 10**6}
    assert versions(updated, told=True) == versions(ROW)
    assert versions(updated | {"version": "4"}, told=True) == [4]


# ------------------------------------------------------------------ where rows stand


def test_lines_are_those_of_an_editor() -> None:
    text = (
        "\ufeff\r\n"  # a mark and a blank line
        f"{HEADER}"  # 2
        f'"a\nb",{GOOD}\n'  # 3, 4: an id on two lines
        "\n"  # 5
        f'x,"{GOOD}\n'  # 6: a mark that is never closed
        f"y,{GOOD}\r\n"  # 7: taken all the same
        f'z"z,"{GOOD}"x,\n'  # 8
        f"u,{GOOD},more\n"  # 9
        "v,\n"  # 10
        f"w,{GOOD},,"  # 11: empty values too many do no harm
    )
    found = outcomes(text)
    assert [one.line for one in found] == [3, 6, 7, 8, 9, 10, 11]
    assert [one.line for one in found if isinstance(one, Taken)] == [7, 11]
    whys = [one.why for one in found if isinstance(one, Refused)]
    assert "do not pair" in whys[1]
    assert whys[1] == whys[2]
    assert "more values" in whys[3]
    assert "broken in two" in whys[4]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes((HEADER + f"a,{GOOD}\nb,x,\n").replace("\n", end).encode())
    with file.open(encoding="utf-8", newline="") as text:
        assert [one.line for one in Table.of(text, how()).outcomes()] == [2, 3]


def test_a_quotation_mark_that_is_never_closed_costs_one_row() -> None:
    rows = [f"{n},{GOOD}\n" for n in range(10_000)]
    rows[5] = f'5,"{GOOD}\n'
    found = outcomes(HEADER + "".join(rows))
    assert [one.line for one in found if not isinstance(one, Taken)] == [7]
    assert len(found) == len(rows)


cells = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=6)


@given(
    st.lists(st.lists(cells | st.sampled_from(['"', "\n", ",", "a\r\nb"]), min_size=3, max_size=3)),
    st.sampled_from(DELIMITERS),
)
def test_whatever_is_written_is_read_on_the_line_where_it_was_written(
    table: list[list[str]], delimiter: str
) -> None:
    text, expected = io.StringIO(newline=""), []
    writer = csv.writer(text, delimiter=delimiter)
    for row in table:
        so_far = io.StringIO(text.getvalue(), newline="")
        line = sum(1 for _ in so_far) + 1
        writer.writerow(row)
        if any(cell.strip() for cell in row):
            expected.append(Record(line, tuple(row)))
    text.seek(0)
    assert list(records(text, delimiter)) == expected


# ------------------------------------------------------------------ headers


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    text = written([ROW | {"provider": "Lee, Kim; Dr.|x"}], delimiter)
    (one,) = outcomes(text)
    assert taken(one).detail["provider"] == "Lee, Kim; Dr.|x"


def test_what_excel_writes_for_itself_is_not_a_header() -> None:
    (one,) = outcomes(f"sep=;\r\n{written([ROW], ';')}")
    assert taken(one).line == 3


HEADERS = [
    ("nothing of it is known", "Ana Lopez,206-555-0123\n", "none of the 2 names"),
    (
        "two are missing",
        "id,Home Phone,Notes\n",
        "the phone or the start (or date and time)",
    ),
    ("a value among them", "id,206-555-0123\n", "found: id, …"),
    ("two for one", "id,phone,Mobile,start\n", "--map 'Mobile=phone'"),
    ("empty", " \n\n", "empty"),
    ("broken", '"id,phone\n', "line 1: the header"),
]


@pytest.mark.parametrize(("text", "why"), [h[1:] for h in HEADERS], ids=[h[0] for h in HEADERS])
def test_a_header_that_will_not_do_is_told_and_no_value_of_it(text: str, why: str) -> None:
    with pytest.raises(BadInput) as told:
        outcomes(text)
    assert why in str(told.value)
    assert not any(secret in str(told.value) for secret in PRIVATE)


def test_columns_may_be_named_and_ignored() -> None:
    own = {"Handy": Field.PHONE, "Language": None}
    found = columns(("id", "Phone", "handy", "start", "language", "Notes"), own)
    assert found.places == {Field.ID: 0, Field.PHONE: 2, Field.START: 3}
    assert found.unknown == ("Phone", "Notes")
    with pytest.raises(BadInput, match="no column is called Handi"):
        columns(("id", "phone", "start"), {"Handi": Field.PHONE})


def test_a_heading_is_shown_as_one_line_that_no_terminal_obeys() -> None:
    found = columns(("id", "Phone", "start", "\x1b[31mHat\nsize", "x" * 100), {})
    assert found.unknown == ("[31mHat size", "x" * 60)


def test_no_alias_means_two_things() -> None:
    assert len(KNOWN) == len(Field) + sum(map(len, ALIASES.values()))


# ------------------------------------------------------------------ size

ROWS = 50_000
BOUND = 1_000_000  # bytes; the file has more than twice as many


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Most rows are of the cheaper kinds: to trace memory makes all of them slow."""
    file = tmp_path / "large.csv"
    kinds = ("wait list", "no such", "booked", "no such", "wait list")
    with file.open("w") as out:
        out.write(HEADER.replace("\n", ",status\n"))
        out.writelines(f"apt-{n},{GOOD},{kinds[n % len(kinds)]}\n" for n in range(ROWS))
    assert file.stat().st_size > 2 * BOUND
    with file.open(encoding="utf-8", newline="") as text:
        rows = Table.of(text, how()).outcomes()
        list(islice(rows, 10))  # what is loaded once
        tracemalloc.start()
        try:
            found = Counter(type(one) for one in rows)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert found == {LeftOut: 19_996, Refused: 19_996, Taken: 9_998}
    assert peak < BOUND
