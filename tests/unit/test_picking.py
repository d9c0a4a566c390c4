"""Picking one of the times that were offered: by number, day or hour, and never the wrong one."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import read, words
from textback.languages import lexicons

KNOWN = dict(lexicons())  # read here, or Hypothesis would time their reading
SLOTS = CONTEXTS["slots"]  # Tue Dec 8 9:00, Wed Dec 9 14:30, Fri Dec 11 11:15
PICKED = {Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3}


def picked(text: str, language: str = "en") -> Intent:
    return read(words(text), SLOTS, language, KNOWN).intent


PICKS = [
    ("its number", "2", Intent.SLOT_2),
    ("with its sign", "#2", Intent.SLOT_2),
    ("in words", "option two please", Intent.SLOT_2),
    ("by its place", "the second one", Intent.SLOT_2),
    ("the last", "last one", Intent.SLOT_3),
    ("the middle one", "the middle one works", Intent.SLOT_2),
    ("by the day", "wed works", Intent.SLOT_2),
    ("by the day it names", "the friday one", Intent.SLOT_3),
    ("by the date", "dec 9", Intent.SLOT_2),
    ("by the day of the month", "the 11th is good", Intent.SLOT_3),
    ("by the date in figures", "12/9", Intent.SLOT_2),
    ("by the hour", "2:30", Intent.SLOT_2),
    ("by the hour without a colon", "1115 pls", Intent.SLOT_3),
    ("by half the day", "the 9am", Intent.SLOT_1),
    ("by the only afternoon", "the afternoon one", Intent.SLOT_2),
    ("by both", "wed the 9th at 2:30", Intent.SLOT_2),
    ("corrected", "2 sorry 3", Intent.SLOT_3),
    ("corrected at once", "1 no wait 2", Intent.SLOT_2),
    ("the others refused", "not tuesday. friday works", Intent.SLOT_3),
    ("in Spanish", "la segunda porfa", Intent.SLOT_2),
    ("in Spanish, by the date", "el 8 de diciembre", Intent.SLOT_1),
    ("in Spanish, the others refused", "el martes no, el viernes sí", Intent.SLOT_3),
    ("in Portuguese", "a segunda por favor", Intent.SLOT_2),
    ("by the hour of twenty-four", "14:30", Intent.SLOT_2),
    ("to be put in for it", "put me in for the 8th", Intent.SLOT_1),
    ("signed up for it", "sign me up for the one in the middle", Intent.SLOT_2),
    ("none", "none", Intent.SLOT_NONE),
    ("none of them", "none of those work", Intent.SLOT_NONE),
    ("each refused", "1 no, 2 no, 3 no", Intent.SLOT_NONE),
    ("none in Spanish", "ninguna", Intent.SLOT_NONE),
    ("none in Portuguese", "nenhum desses horarios", Intent.SLOT_NONE),
]


@pytest.mark.parametrize(("text", "wanted"), [p[1:] for p in PICKS], ids=[p[0] for p in PICKS])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_time_is_picked_however_it_is_named(text: str, wanted: Intent, language: str) -> None:
    assert picked(text, language) is wanted


NO_PICKS = [
    ("two of them", "2 or 3"),
    ("a condition", "1 if my husband can come too"),
    ("a day that was not offered", "the 10th"),
    ("an hour that was not offered", "tuesday at 3"),
    ("a day and another's hour", "tuesday at 2:30"),
    ("an hour and a date", "9"),
    ("two mornings", "the morning one"),
    ("two are left", "anything but friday"),
    ("a number or a no", "no 1"),
    ("a count", "2 kids"),
    ("a moment", "1 sec"),
    ("a yes to three", "yes"),
    ("a question back", "friday?"),
    ("another day", "thursday works"),
    ("not certain", "maybe 2"),
    ("a second wish", "2 and do I need a referral?"),
    ("a day and the hour of another", "friday 2:30"),
    ("the same in Spanish", "viernes a las 2:30"),
    ("an hour or a date in Spanish", "el 9"),
    ("an hour that no clock strikes by day", "23"),
    ("a day that is over", "last friday was bad"),
    ("a place in something else", "the second week"),
    ("the same in Spanish", "la segunda semana"),
    ("a day from which another is counted", "the day after the first one"),
    ("the same in Spanish", "el dia despues del martes"),
    ("a question about one", "is 2 am or pm"),
]


@pytest.mark.parametrize("text", [n[1] for n in NO_PICKS], ids=[n[0] for n in NO_PICKS])
def test_what_names_no_single_offered_time_picks_none(text: str) -> None:
    for language in ("en", "es"):
        assert picked(text, language) not in {*PICKED, Intent.SLOT_NONE, Intent.CONFIRM}


def test_all_else_is_heard_while_times_are_offered() -> None:
    assert picked("STOP") is Intent.STOP
    assert picked("2. I can't breathe") is Intent.EMERGENCY
    assert picked("just cancel my appointment") is Intent.CANCEL
    assert picked("what's the address?") is Intent.QUESTION
    assert picked("do you have anything next week instead") is Intent.RESCHEDULE


def test_a_yes_takes_the_only_time_that_was_offered() -> None:
    one = replace(SLOTS, slots=SLOTS.slots[:1])
    assert read(words("yes please"), one, "en", KNOWN).intent is Intent.SLOT_1


@given(
    st.integers(0, 2), st.sampled_from(["%d", "%d.", "#%d", "%d please", "I'll take %d", "%d!!"])
)
def test_a_number_is_the_time_with_that_number_whatever_the_times(slot: int, form: str) -> None:
    zone = timezone(timedelta(hours=-8))
    times = tuple(
        datetime(2026, 12, day, hour, tzinfo=zone) for day, hour in ((3, 2), (1, 3), (2, 1))
    )
    offered = replace(SLOTS, slots=times)
    reading = read(words(form % (slot + 1)), offered, "en", KNOWN)
    assert reading.intent is (Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3)[slot]
