"""How well replies are read, on the labelled ones: no harmful error, and a share right.

`replies.jsonl` came with the guide, `replies-more.jsonl` holds further voices (m288 to m441 are
texts that only look like an answer). `replies-tuned.jsonl`, `replies-opened.jsonl` and
`replies-fifth.jsonl` are of four people who saw nothing of the code; the languages were written
with them in sight (the fifth was read 0.81 right before, with three wrong actions).
`replies-untouched.jsonl` is of one more: it was only counted, but for one harmful error that was
looked at, and tells best how a new text fares.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import read, words
from textback.languages import lexicons

DATA = Path(__file__).parents[1] / "data"
ACTS = {Intent.CONFIRM, Intent.CANCEL, Intent.STOP, Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3}
MUST_BE_HEARD = {Intent.STOP, Intent.EMERGENCY}

type Case = dict[str, str]


def cases(name: str) -> Iterator[Case]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def understood(case: Case, language: str = "en") -> Intent:
    return read(words(case["text"]), CONTEXTS[case["context"]], language, lexicons()).intent


def harmful(wanted: Intent, got: Intent) -> bool:
    """A visit wrongly confirmed or cancelled, a wrong time booked, an opt-out missed or made up,
    danger missed."""
    return got is not wanted and (got in ACTS or wanted in MUST_BE_HEARD)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("replies.jsonl", 1.0),
        ("replies-more.jsonl", 0.96),
        ("replies-tuned.jsonl", 0.95),
        ("replies-opened.jsonl", 0.96),
        ("replies-fifth.jsonl", 0.96),
    ],
)
def test_no_reply_does_harm_and_most_are_right(name: str, right: float, language: str) -> None:
    asked = list(cases(name))
    got = [(case, Intent(case["label"]), understood(case, language)) for case in asked]
    assert not [(c["id"], w, g) for c, w, g in got if harmful(w, g)]
    assert sum(w is g for _, w, g in got) >= right * len(asked)


def test_replies_that_nobody_looked_at_are_read_nearly_as_well() -> None:
    """The floors stand a little under what was measured; ids are not told, so that it stays so."""
    got = [(Intent(c["label"]), understood(c)) for c in cases("replies-untouched.jsonl")]
    acted = sum(g is not w and g in ACTS for w, g in got)
    overlooked = sum(g is not w and w in MUST_BE_HEARD for w, g in got)
    assert sum(w is g for w, g in got) >= UNTOUCHED_RIGHT * len(got)
    assert acted <= UNTOUCHED_ACTED
    assert overlooked <= UNTOUCHED_OVERLOOKED


UNTOUCHED_RIGHT = 0.90
UNTOUCHED_ACTED = 0  # of 320 acted on wrongly
UNTOUCHED_OVERLOOKED = 0  # of 46 opt-outs and emergencies
