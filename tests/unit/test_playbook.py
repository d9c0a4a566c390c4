"""Playbooks: what is taken, and what it means."""

from datetime import timedelta
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from textback.domain.playbook import Audience, ReminderStep
from textback.domain.texts import Fragment, Text, values_of
from textback.playbooks import as_yaml, load
from textback.playbooks.durations import duration, written
from textback.playbooks.reading import read

from tests.support.playbooks import SHIPPED, changed


def test_what_is_shown_is_what_was_applied() -> None:
    playbook = load()
    assert read(as_yaml(playbook), "shown") == playbook


@settings(max_examples=30, deadline=None)  # each reads a whole playbook
@given(st.text(st.characters(codec="utf-8", exclude_characters="{}")))
def test_any_text_is_shown_as_it_was_applied(words: str) -> None:
    playbook = read(yaml.safe_dump(changed("wordings.en.texts.details", f"{words} ok")), "my.yaml")
    assert playbook.wordings["en"].texts["details"] == f"{words} ok"
    assert read(as_yaml(playbook), "shown") == playbook


def test_what_is_left_out_is_as_the_line_has_it() -> None:
    needed = {name: SHIPPED[name] for name in ("practice", "call", "zone", "wordings")}
    playbook = read(yaml.safe_dump(needed), "my.yaml")
    assert playbook.cadence == ()
    assert playbook.unknown_outcome_again == {"reply", "agent", "closing"}
    assert (playbook.clarify_for, playbook.sure_enough) == (timedelta(hours=1), 0.7)


def test_the_first_language_is_the_lines_own() -> None:
    wordings = SHIPPED["wordings"]
    turned = SHIPPED | {"wordings": {"es": wordings["es"], "en": wordings["en"]}}
    playbook = read(yaml.safe_dump(turned, sort_keys=False), "my.yaml")
    assert [playbook.language(wanted) for wanted in ("", "fr", "en", "en-GB", "es-MX")] == [
        "es",
        "es",
        "en",
        "en",
        "es",
    ]


def test_a_step_has_the_plain_reminder_and_goes_to_who_has_not_confirmed() -> None:
    playbook = read(
        yaml.safe_dump(changed("cadence", [{"name": "day", "before": "P1D"}])), "my.yaml"
    )
    assert playbook.cadence == (ReminderStep("day", timedelta(days=1)),)
    assert (playbook.cadence[0].text, playbook.cadence[0].to) == ("reminder", Audience.UNCONFIRMED)


DURATIONS = [
    ("2 days", timedelta(days=2)),
    ("1 day", timedelta(days=1)),
    ("90 minutes", timedelta(minutes=90)),
    ("1 hour 30 minutes", timedelta(minutes=90)),
    ("1 day, 2 hours and 3 minutes", timedelta(days=1, hours=2, minutes=3)),
    (" 1 week ", timedelta(weeks=1)),
    ("2days", timedelta(days=2)),
    ("P2D", timedelta(days=2)),
    ("P1W", timedelta(weeks=1)),
    ("PT1H30M", timedelta(minutes=90)),
    ("P1DT0H5S", timedelta(days=1, seconds=5)),
]
NO_DURATIONS = [
    "",
    "P",
    "PT",
    "P1DT",
    "2",
    "days",
    "-1 days",
    "1.5 hours",
    "1 month",
    "P1M",
    "1 dayday",
]


@pytest.mark.parametrize(("text", "span"), DURATIONS)
def test_durations_in_words_and_in_iso(text: str, span: timedelta) -> None:
    assert duration(text) == span


@pytest.mark.parametrize("text", [*NO_DURATIONS, None, 3600, "9" * 5_000 + " days"])
def test_what_is_no_duration(text: Any) -> None:
    with pytest.raises(ValueError, match="should be a duration"):
        duration(text)


@given(st.integers(min_value=0, max_value=10**9))
def test_a_duration_is_read_as_it_was_written(seconds: int) -> None:
    span = timedelta(seconds=seconds)
    assert duration(written(span)) == span


def test_every_text_of_the_line_is_in_the_shipped_playbook() -> None:
    for wording in load().wordings.values():
        assert {*Text, *Fragment} <= wording.texts.keys()
        assert values_of("reminder_week") == Text.CONFIRMED.values
