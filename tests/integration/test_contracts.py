"""docs/contracts is what the code's own models say, and its examples are real."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from textback.contracts import incoming
from textback.contracts.incoming import read
from textback.contracts.published import PUBLISHED
from textback.contracts.schemas import IN, OUT, schemas, write, written
from textback.domain.effects import News
from textback.errors import BadInput

from tests.template.cloudformation import ROOT

DOCS = ROOT / "docs/contracts"
MODELS: dict[str, type[BaseModel]] = {f"in/{name}": model for name, model in IN.items()} | {
    f"out/{name}": model for name, model in OUT.items()
}
NAMED = re.compile(r"`((?:in|out)/[a-z_.]+)`")


def examples() -> list[tuple[str, dict[str, Any]]]:
    """Each example of the page, with each name that its paragraph gives it."""
    text = (DOCS / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"\n(`(?:in|out)/[^\n]+)\n\n```json\n(.*?)```", text, re.DOTALL)
    return [(name, json.loads(body)) for names, body in blocks for name in NAMED.findall(names)]


EXAMPLES = examples()
HEARD = [(name, example) for name, example in EXAMPLES if name.startswith("in/")]


def test_the_written_schemas_are_those_of_the_code() -> None:
    there = {str(p.relative_to(DOCS)): p.read_text("utf-8") for p in DOCS.glob("*/*.json")}
    assert there == {path: written(schema) for path, schema in schemas().items()}, (
        "write them anew: uv run python -m textback.contracts.schemas docs/contracts"
    )


def test_what_is_no_schema_any_more_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/appointment.forgotten.json").write_text("{}")
    write(tmp_path)
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.glob("*/*")} == schemas().keys()


def test_every_schema_has_an_example() -> None:
    assert {name for name, _ in EXAMPLES} == MODELS.keys()


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_is_as_its_schema_says(name: str, example: dict[str, Any]) -> None:
    model = MODELS[name]
    validated = model.model_validate(example)
    properties = schemas()[f"{name}.json"]["properties"]
    if name.startswith("out/"):  # in full, so that a reader sees all there is
        assert example.keys() == properties.keys()
        told = validated.model_dump(mode="json", by_alias=True)
        assert model.model_validate(told) == validated
    else:
        assert example.keys() & properties.keys() >= set(schemas()[f"{name}.json"]["required"])


@pytest.mark.parametrize(("name", "example"), HEARD, ids=[name for name, _ in HEARD])
def test_what_a_schema_requires_is_missed_by_name(name: str, example: dict[str, Any]) -> None:
    for field in schemas()[f"{name}.json"]["required"]:
        less = {key: value for key, value in example.items() if key != field}
        with pytest.raises(BadInput, match=rf"^{field}: "):
            read(MODELS[name], less)


def test_fields_that_nobody_knows_are_ignored() -> None:
    (booked,) = (example for name, example in EXAMPLES if name == "in/appointment.booked")
    more = booked | {"insurer": "Acme", "contact": booked["contact"] | {"fax": "none"}}
    assert read(incoming.AppointmentIn, more) == read(incoming.AppointmentIn, booked)


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_start_that_no_reminder_could_be_reckoned_from_is_refused(start: str) -> None:
    (booked,) = (example for name, example in EXAMPLES if name == "in/appointment.booked")
    with pytest.raises(BadInput, match=r"^start: .*in the years 1900 to 9000"):
        read(incoming.AppointmentIn, booked | {"start": start})


def test_every_event_that_is_published_has_its_shape() -> None:
    """The journeys hold each event that they meet to it."""
    assert PUBLISHED.keys() == set(News)
