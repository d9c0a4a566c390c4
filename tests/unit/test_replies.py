"""How well replies are read, on the labelled ones: no harmful error, and a share right.

`replies.jsonl` came with the guide. `replies-more.jsonl` holds further voices; m288 to m441 are
texts that only look like an answer. All were looked at while the languages were written, so the
share is a floor and not an estimate.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from textback.domain.reading import Intent
from textback.domain.understand import Context, read, words
from textback.languages import lexicons

DATA = Path(__file__).parents[1] / "data"
CONTEXTS = {
    "none": Context(),
    "reminder": Context(visit=True, asked=True),
    "slots": Context(visit=True),
}
ACTS = {Intent.CONFIRM, Intent.CANCEL, Intent.STOP}
MUST_BE_HEARD = {Intent.STOP, Intent.EMERGENCY}

type Case = dict[str, str]


def cases(name: str) -> Iterator[Case]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        case: Case = json.loads(line)
        if not case["label"].startswith("slot"):  # openings to pick from are not understood yet
            yield case


def understood(case: Case, language: str = "en") -> Intent:
    return read(words(case["text"]), CONTEXTS[case["context"]], language, lexicons()).intent


def harmful(wanted: Intent, got: Intent) -> bool:
    """A visit wrongly confirmed or cancelled, an opt-out missed or made up, danger missed."""
    return got is not wanted and (got in ACTS or wanted in MUST_BE_HEARD)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("name", "right"), [("replies.jsonl", 0.97), ("replies-more.jsonl", 0.93)])
def test_no_reply_does_harm_and_most_are_right(name: str, right: float, language: str) -> None:
    asked = list(cases(name))
    got = [(case, Intent(case["label"]), understood(case, language)) for case in asked]
    assert not [(c["id"], w, g) for c, w, g in got if harmful(w, g)]
    assert sum(w is g for _, w, g in got) >= right * len(asked)
