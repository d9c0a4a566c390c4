"""Phrases found by paths are those that a plain reading of the phrases finds."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textback.domain.understand import paths
from textback.domain.understand.growing import grow
from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.matching import MOST_WORDS, Matcher, cover
from textback.domain.understand.phrases import Class, Phrase, phrase
from textback.domain.understand.sense import Sense
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import BEGINNING, BREAKS, words
from textback.domain.understand.words import END as LAST
from textback.languages import lexicons

CLASSES = {"x": ["b", "a b", "[c] a"], "y": ["{x} c", "#", "(a|b .)"], "z": ["{y} [b] {x}"]}
PHRASES = {
    "stop": ["a b c", "^ b", "c .", "{z}"],
    "yes": ["a .. c", "{x} {x}", "b * c", "[a|{x} b] c"],
    "no": ["{y} [a|b c] (b|{z} .)", "## {x}", "(a|b) .. # ."],
    "okay": ["a", "b [c] [a] [b]", "* {y}"],
}
TOKENS = ["a", "b", "c", "zoe", "7", "12", "3:30", ".", ","]
WORDS = st.lists(st.sampled_from(TOKENS), max_size=12).map(tuple)


def ends(parts: Phrase, words: tuple[str, ...], at: int) -> Iterator[int]:
    """Where a phrase that begins at `at` may end."""
    if not parts:
        yield at
        return
    part, rest = parts[0], parts[1:]
    word = "." if at == len(words) or words[at] in {".", ","} else words[at]
    behind: set[int] = set()
    match part:
        case "^":
            behind = {at} if at == 0 or words[at - 1] in {".", ","} else set()
        case ".":
            behind = {at} if word == "." else set()
        case "#":
            behind = {at + 1} if word[0].isdigit() else set()
        case "##":
            behind = {at + 1} if word.isdigit() and len(word) > 1 else set()
        case "*":
            behind = {at + 1} if word == "zoe" else set()
        case "..":
            upto = at
            while upto < min(at + 3, len(words)) and words[upto] not in {".", ","}:
                upto += 1
            behind = set(range(at, upto + 1)) if word != "." else set()
        case str():
            behind = {at + 1} if word == part else set()
        case Class(name):
            behind = {end for way in CLASSES[name] for end in ends(phrase(way), words, at)}
        case group:
            behind = {end for way in group.ways for end in ends(way, words, at)}
            behind |= {at} if group.optional else set()
    for end in behind:
        yield from ends(rest, words, end)


def expected(words: tuple[str, ...]) -> set[tuple[int, int, Sense]]:
    heaviest: dict[tuple[int, int], Sense] = {}
    order = list(Sense)
    for section, lines in PHRASES.items():
        for line in lines:
            for at in (at for at, word in enumerate(words) if word not in {".", ","}):
                for end in ends(phrase(line), words, at):
                    said = heaviest.get((at, end), Sense(section))
                    heaviest[at, end] = min(said, Sense(section), key=order.index)
    return {(at, end, says) for (at, end), says in heaviest.items()}


def test_numbers_that_are_packed_into_one_have_room() -> None:
    """Of a branch the words that a ".." may still take, of a step what is said."""
    assert paths.LONGEST_GAP <= paths._LEFT
    assert paths.SAYS >= paths.NOTHING == len(Sense)
    assert len(paths.SAID) == paths.SAYS + 1
    assert all(len(lexicon.trees.says) <= paths._NODE for lexicon in lexicons().values())


# Words that a phrase of these goes on for, a ".." as long as it may be, and the look behind it.
LONGEST = 10
LONGEST_WATCHED = 8

KNOWN = Lexicon("xx", grow(PHRASES, CLASSES, {}))


def found(words: tuple[str, ...], lexicon: Lexicon = KNOWN) -> set[tuple[int, int, Sense]]:
    matcher = Matcher(Spelled(words, frozenset(), frozenset()), lexicon)
    starts = [lexicon.paths.start(lexicon.trees.root, begins=begins) for begins in (False, True)]
    return {
        (at, end, Sense(paths.SAID[says] or ""))
        for at, word in enumerate(words)
        if word not in BREAKS
        for says, end in matcher.phrases(starts[at == 0 or words[at - 1] in BREAKS], at)
    }


@given(WORDS)
def test_every_phrase_is_found_where_it_stands(words: tuple[str, ...]) -> None:
    assert found(words) == expected(words)


@given(WORDS, st.sampled_from(sorted(CLASSES)), st.integers(0, 12))
def test_a_class_ends_where_one_of_its_spellings_does(
    words: tuple[str, ...], name: str, at: int
) -> None:
    at = min(at, len(words))
    matcher = Matcher(Spelled(words, frozenset(), frozenset()), KNOWN)
    assert set(matcher.ends(name, at)) == set(ends((Class(name),), words, at))


def test_what_is_remembered_is_bounded_and_forgetting_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paths, "MOST_REMEMBERED", 20)
    lexicon = Lexicon("xx", KNOWN.trees)
    for number in range(200):
        words = tuple(TOKENS[number * k % 7 % len(TOKENS)] for k in range(1, 9))
        assert found(words, lexicon) == expected(words)
        assert lexicon.paths.remembered <= 20 + len(words) * len(words)


@pytest.mark.parametrize("size", [MOST_WORDS, BEGINNING + LAST])
def test_a_text_that_nobody_wrote_before_leads_to_few_steps(size: int) -> None:
    """They are most of what it costs to read; no more words than of a letter are heard."""
    trees = lexicons()["en"].trees
    some = Random(size).choices(sorted(trees.vocabulary), k=size)  # noqa: S311 - no secret
    lexicon = Lexicon("en", trees)
    cover(Spelled(tuple(some), frozenset(), frozenset()), lexicon)
    assert 0 < lexicon.paths.remembered <= 5 * size


class Counted(list[dict[str, int]]):
    """Steps that tell how often they were looked up."""

    looked_up = 0

    def __getitem__(self, place: int) -> dict[str, int]:  # type: ignore[override]  # no slices
        self.looked_up += 1
        return super().__getitem__(place)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a b c " * 500, id="words"),
        pytest.param("b zoe 7 " * 400, id="names and figures"),
        pytest.param("a " * 1600, id="a word"),
        pytest.param("c, a. " * 300, id="clauses"),
    ],
)
def test_a_text_costs_a_few_look_ups_a_word(text: str) -> None:
    """However long it is: a start is followed no further than a phrase goes."""
    lexicon = Lexicon("xx", KNOWN.trees)
    tokens = words(text).tokens
    cover(Spelled(tokens, frozenset(), frozenset()), lexicon)
    steps = lexicon.paths.steps = Counted(lexicon.paths.steps)
    cover(Spelled(tokens, frozenset(), frozenset()), lexicon)
    assert 0 < steps.looked_up <= LONGEST * MOST_WORDS + LONGEST_WATCHED * len(tokens)
