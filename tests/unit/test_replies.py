"""How well replies are read, on the labelled ones: no harmful error, and a share right.

`replies.jsonl` came with the guide, `replies-more.jsonl` holds further voices (m288 to m441 are
texts that only look like an answer). `replies-tuned.jsonl`, `replies-opened.jsonl` and
`replies-a.jsonl` are of people who saw nothing of the code; the rules were written with them in
sight. `replies-untouched.jsonl` and `replies-c.jsonl` to `replies-k.jsonl` are of others still:
the rules do not know them, but their words are learned from. `replies-g.jsonl` and
`replies-k.jsonl` hold texts that only just are, or are not, danger, an opt-out or an answer.
`replies-held.jsonl` is neither seen nor learned, and tells best how a stranger's texts fare.
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
        ("replies-a.jsonl", 0.96),
    ],
)
def test_no_reply_does_harm_and_most_are_right(name: str, right: float, language: str) -> None:
    asked = list(cases(name))
    got = [(case, Intent(case["label"]), understood(case, language)) for case in asked]
    assert not [(c["id"], w, g) for c, w, g in got if harmful(w, g)]
    assert sum(w is g for _, w, g in got) >= right * len(asked)


# Name, the share right, acted on wrongly, opt-outs and emergencies overlooked. The floors stand a
# little under what was measured.
LEARNED = [
    ("replies-untouched.jsonl", 0.97, 0, 0),
    ("replies-c.jsonl", 0.89, 2, 5),
    ("replies-d.jsonl", 0.87, 3, 5),
    ("replies-e.jsonl", 0.90, 2, 2),
    ("replies-f.jsonl", 0.90, 2, 2),
    ("replies-g.jsonl", 0.89, 2, 15),
    ("replies-h.jsonl", 0.92, 1, 1),
    ("replies-i.jsonl", 0.92, 2, 2),
    ("replies-k.jsonl", 0.91, 4, 3),
]


@pytest.mark.parametrize(("name", "right", "acted", "overlooked"), LEARNED)
def test_what_is_learned_is_mostly_read_right(
    name: str, right: float, acted: int, overlooked: int
) -> None:
    count(name, right, acted, overlooked)


def test_replies_that_nobody_looked_at_are_read_nearly_as_well() -> None:
    """Ids are not told, so that it stays so."""
    count("replies-held.jsonl", right=0.91, acted=2, overlooked=1)


def count(name: str, right: float, acted: int, overlooked: int) -> None:
    got = [(Intent(c["label"]), understood(c)) for c in cases(name)]
    assert sum(w is g for w, g in got) >= right * len(got)
    assert sum(g is not w and g in ACTS for w, g in got) <= acted
    assert sum(g is not w and w in MUST_BE_HEARD for w, g in got) <= overlooked
