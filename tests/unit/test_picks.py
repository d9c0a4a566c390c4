"""Which offered time a text picks, as others have picked."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import Lexicons, explained, read, words
from textback.domain.understand.likeness import PICK, Likeness, packed
from textback.domain.understand.picks import ABOVE, EITHER, LEFT, OTHER, THIS, Picks, features
from textback.domain.understand.understanding import by_rules
from textback.languages import lexicons

OFFERED = CONTEXTS["slots"]  # Tue Dec 8 9:00, Wed Dec 9 14:30, Fri Dec 11 11:15
MEANINGS = tuple(Intent(m) for m in sorted({*Intent} - {Intent.SLOT_2, Intent.SLOT_3}))


def features_of(text: str, offer: int) -> frozenset[str]:
    found, _ = by_rules(words(text), OFFERED, "en", lexicons())
    return frozenset(features(found, offer))


def likely_a_pick() -> Likeness:
    bias = tuple(20.0 if m is PICK else 0.0 for m in MEANINGS)
    return Likeness(packed([[0] * len(MEANINGS)]), MEANINGS, bias, 1.0, frozenset({"en"}))


def with_picks(picks: Callable[[], Picks | None]) -> Lexicons:
    english = replace(lexicons()["en"], likeness=likely_a_pick(), picks=picks)
    return {"en": english}


def sure(share: float) -> Callable[[], Picks]:
    """One that thinks the same of every offered time."""
    return lambda: Picks(bytes([ABOVE]), 20.0 if share else -20.0, 1.0, frozenset({"en"}))


def test_a_pick_is_learned_without_what_is_picked() -> None:
    assert features_of("tuesday suits my family so", 0) == features_of(
        "friday suits my family so", 2
    )
    assert features_of("tuesday suits my family so", 1) == features_of(
        "friday suits my family so", 0
    )


@pytest.mark.parametrize(
    ("text", "offer", "sign"),
    [
        ("friday then", 2, THIS),
        ("friday then", 0, OTHER),
        ("some morning then", 0, EITHER),
        ("the other one then", 1, LEFT),
    ],
)
def test_a_mention_is_told_as_it_stands_to_the_offered_time(
    text: str, offer: int, sign: str
) -> None:
    assert f"!{sign}" in features_of(text, offer)


def test_a_share_is_of_what_counts_for_it() -> None:
    found, _ = by_rules(words("friday then"), OFFERED, "en", lexicons())
    assert Picks(bytes([ABOVE]), 0.0, 1.0, frozenset()).share(found, 2) == pytest.approx(0.5)
    assert Picks(bytes([ABOVE + 1]), 0.0, 1.0, frozenset()).share(found, 2) > 0.99
    assert Picks(bytes([ABOVE - 1]), 0.0, 1.0, frozenset()).share(found, 2) < 0.01


def test_what_the_rules_pick_and_nobody_picked_so_is_for_a_person() -> None:
    text = words("the friday one would suit my whole family")
    assert read(text, OFFERED, "en", with_picks(sure(1))).intent is Intent.SLOT_3
    assert read(text, OFFERED, "en", with_picks(sure(0))).intent is Intent.AGENT


def test_a_number_alone_is_weighed_by_nobody() -> None:
    assert read(words("2"), OFFERED, "en", with_picks(sure(0))).intent is Intent.SLOT_2


def test_where_times_are_named_the_likeliest_is_picked() -> None:
    text = words("wed I teach all day and friday we travel so tuesday")
    shown = explained(text, OFFERED, "en", lexicons())
    assert shown.reading.intent is Intent.SLOT_1
    assert "tuesday" in shown.words


@pytest.mark.parametrize(
    "text",
    [
        "friday if my brother can drive me over",
        "maybe friday but I am not sure about it",
        "the day after tuesday for my family",
        "whatever suits my whole family",
    ],
    ids=["a condition", "a doubt", "counted from it", "none named"],
)
def test_likeness_picks_nothing_that_something_speaks_against(text: str) -> None:
    reading = read(words(text), OFFERED, "en", with_picks(sure(1)))
    assert reading.intent not in {Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3}


@pytest.mark.parametrize(
    "text",
    [
        "tuesday works best for my whole family ◆",
        "◆ tuesday works best for my family ◇",
    ],
)
def test_a_sign_of_ours_that_somebody_types_is_no_mention(text: str) -> None:
    assert read(words(text), OFFERED, "en", lexicons()).intent is Intent.SLOT_1


@pytest.mark.parametrize(
    "text",
    [
        "every day but friday is fine with us",
        "9th of january please for my family",
        "would friday be with the same nurse as before?",
    ],
    ids=["refused", "another month", "asked"],
)
def test_what_the_rules_heard_against_a_pick_counts(text: str) -> None:
    assert read(words(text), OFFERED, "en", with_picks(sure(1))).intent not in {
        Intent.SLOT_2,
        Intent.SLOT_3,
    }


def test_a_text_that_names_no_time_has_nothing_to_count() -> None:
    found, _ = by_rules(words("hello there"), CONTEXTS["reminder"], "en", lexicons())
    assert not list(features(found, 0))


def test_nothing_is_learned_of_a_language_that_has_none() -> None:
    assert lexicons()["pt"].picks() is None
    assert lexicons()["en"].picks() is lexicons()["es"].picks() is not None
