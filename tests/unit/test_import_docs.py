"""What docs/import.md says of columns, forms and statuses is what the code has."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textback.importing import fhir
from textback.importing.columns import ALIASES, Field
from textback.importing.languages import NAMES
from textback.importing.moments import Manner, Order
from textback.importing.outcomes import Left, Told
from textback.importing.statuses import AMBIGUOUS, STATUSES

WRITTEN = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
MEANINGS = {
    Told.BOOKED: "booked",
    Told.CHANGED: "changed",
    Told.CANCELLED: "cancelled",
    Left.OVER: "over",
    Left.NOT_BOOKED: "not booked yet",
}


def rows(heading: str) -> list[list[str]]:
    section = WRITTEN.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in section.splitlines()
        if line.startswith("|") and not line.startswith("|---")
    ][1:]


def quoted(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def test_every_column_is_documented_with_its_other_names() -> None:
    told = {name.strip("`"): (what, quoted(aliases)) for name, what, aliases in rows("Columns")}
    assert told.keys() == set(Field)
    for field in Field:
        what, aliases = told[field]
        assert what
        assert aliases == set(ALIASES[field]), field


FORMS = sorted(form for row in rows("Dates and times") for form in quoted(row[0]))


@pytest.mark.parametrize("form", FORMS)
def test_every_documented_form_is_read(form: str) -> None:
    Manner(ZoneInfo("America/Los_Angeles"), Order.MDY).moment(form)


def test_every_status_is_documented() -> None:
    told = {row[0].strip("`"): (quoted(row[2]), quoted(row[3])) for row in rows("Statuses")}
    for meaning, name in MEANINGS.items():
        words, codes = told.pop(name)
        assert words == {word for word, meant in STATUSES.items() if meant is meaning and word}
        assert codes == {code for code, meant in fhir.STATUSES.items() if meant is meaning}
    assert told == {"refused": (set(AMBIGUOUS), set())}


def test_every_language_is_documented() -> None:
    (line,) = (line for line in WRITTEN.splitlines() if line.startswith("Languages by name: "))
    assert quoted(line) == set(NAMES)
