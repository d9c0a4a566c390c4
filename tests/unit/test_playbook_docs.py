"""What is written about the playbook, for people and for editors, is what the code has."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from textback.cli.main import main
from textback.domain.texts import OF_A_VISIT, REMINDER_MUST, Fragment, Text, values_of
from textback.playbooks import DEFAULT
from textback.playbooks.linting import BUDGET
from textback.playbooks.model import schema

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA = DOCS / "playbook.schema.json"
WRITTEN = (DOCS / "playbook.md").read_text(encoding="utf-8")


def table(heading: str) -> dict[str, list[str]]:
    """The rows under a heading, by their first cell."""
    section = WRITTEN.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in section.splitlines()
        if line.startswith("| `")
    ]
    return {row[0]: row[1:] for row in rows}


def quoted(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def resolved(part: Any) -> Any:
    return schema()["$defs"][part["$ref"].rpartition("/")[2]] | part if "$ref" in part else part


def settings(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every setting of the schema with its path; languages and texts are not named in it."""
    part = resolved(part)
    if path:
        yield path, part
    inner = resolved(part.get("items", part))
    if path == "wordings":
        inner = resolved(inner["properties"]["en"])
    if path != "wordings.texts":
        for name, setting in inner.get("properties", {}).items():
            yield from settings(setting, f"{path}.{name}".strip("."))


def test_every_setting_is_documented_with_its_default() -> None:
    rows = table("Settings")
    known = dict(settings(schema()))
    assert {name.strip("`") for name in rows} == known.keys()
    for name, setting in known.items():
        default, why = rows[f"`{name}`"]
        if "default" in setting:
            is_text = isinstance(setting["default"], str)
            value = default.strip("`")
            assert (value if is_text else yaml.safe_load(value)) == setting["default"], name
        else:
            assert default == "", name
        assert why, name
        assert quoted(why) >= set(map(str, setting.get("enum", ()))), name


def test_every_text_is_documented_with_what_it_may_and_must_hold() -> None:
    rows = table("Texts")
    assert rows.keys() == {
        "`reminder`, `reminder_…`",
        *(f"`{name}`" for name in (*Text, *Fragment)),
    }
    for text in Text:
        said, may, must = rows[f"`{text}`"]
        assert said == text.said
        assert quoted(may) == {f"{{{value}}}" for value in text.values}
        assert quoted(must) == set(text.must)
    _, may, must = rows["`reminder`, `reminder_…`"]
    assert quoted(may) == {f"{{{value}}}" for value in OF_A_VISIT}
    assert quoted(must) == set(REMINDER_MUST)
    for fragment in Fragment:
        assert quoted(rows[f"`{fragment}`"][1]) == {f"{{{v}}}" for v in values_of(fragment)}


def test_the_budget_is_documented() -> None:
    assert f"`--budget` parts ({BUDGET})" in WRITTEN


def test_the_schema_that_stands_is_the_one_that_lint_prints(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["lint", "--schema"]) == 0
    printed = capsys.readouterr().out
    assert SCHEMA.read_text(encoding="utf-8") == printed, (
        "make it anew: uv run textback lint --schema > docs/playbook.schema.json"
    )


def test_editors_find_the_schema_from_the_shipped_playbook() -> None:
    first = DEFAULT.read_text(encoding="utf-8").splitlines()[0]
    path = first.removeprefix("# yaml-language-server: $schema=")
    assert (DEFAULT.parent / path).resolve() == SCHEMA


def test_the_schema_speaks_of_nothing_that_is_not_there() -> None:
    told = json.loads(SCHEMA.read_text(encoding="utf-8"))
    named = {ref.rpartition("/")[2] for ref in re.findall(r'"\$ref": "([^"]+)"', json.dumps(told))}
    assert named == told["$defs"].keys()
    texts = told["$defs"]["TextsIn"]
    assert set(texts["required"]) == {*Text, *Fragment}
    shipped = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
    for wording in shipped["wordings"].values():
        for name in wording["texts"]:
            assert name in texts["properties"] or any(
                re.search(pattern, name) for pattern in texts["patternProperties"]
            )


def test_the_schema_takes_the_durations_that_the_line_takes() -> None:
    pattern = schema()["$defs"]["Duration"]["pattern"]
    for text in ("2 days", "1 hour 30 minutes", "1 day, 2 hours and 3 minutes", "P2D", "PT1H30M"):
        assert re.search(pattern, text)
    for text in ("", "2", "P", "PT", "1 month", "soon"):
        assert not re.search(pattern, text)
