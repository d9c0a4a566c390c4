"""What a text is like, and what comes of it where the rules say something else."""

from collections.abc import Callable
from dataclasses import replace
from math import exp, log
from pathlib import Path

import pytest
from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import Lexicons, explained, read, words
from textback.domain.understand.likeness import (
    PICK,
    REMEMBERED,
    Likeness,
    features,
    of_findings,
    packed,
    place,
    situation,
    tokens,
)
from textback.domain.understand.seconding import seconded
from textback.domain.understand.understanding import by_rules
from textback.languages import learned, lexicons

from learning.replies import HELD, SEEN_BY_THE_RULES, UNSEEN, digest, to_learn
from learning.replies import read as labelled

REMINDED = CONTEXTS["reminder"]
MEANINGS = tuple(Intent(m) for m in sorted({*Intent} - {Intent.SLOT_2, Intent.SLOT_3}))


def meaning(text: str, context: str = "reminder", known: Lexicons | None = None) -> Intent:
    return read(words(text), CONTEXTS[context], "en", known or lexicons()).intent


def certain_of(intent: Intent) -> Likeness:
    """One that has learned a single thing: whatever is said means this."""
    bias = tuple(20.0 if m is intent else 0.0 for m in MEANINGS)
    table = packed([[0] * len(MEANINGS)])
    return Likeness(table, MEANINGS, bias, 1.0, frozenset({"en", "es"}))


def only(intent: Intent) -> Lexicons:
    return {"en": replace(lexicons()["en"], likeness=certain_of(intent))}


def test_what_is_kept_was_learned_from_the_replies_that_are_there() -> None:
    for file in (learned.LIKENESS, learned.PICKS):
        assert learned.learned_from(file) == digest(), "the replies have changed: make learn"


def test_what_is_held_back_is_never_learned() -> None:
    assert not {*HELD} & {*SEEN_BY_THE_RULES, *UNSEEN}


def test_every_meaning_has_a_share_and_a_pick_is_one() -> None:
    text = words("i guess that would be alright with us")
    found, reading = by_rules(text, REMINDED, "en", lexicons())
    likeness = found.lexicon.likeness
    assert likeness is not None
    shares = likeness.shares(text, REMINDED, found, reading)
    assert set(shares) == set(MEANINGS)
    assert PICK in shares
    assert sum(shares.values()) == pytest.approx(1)


def test_a_packed_row_holds_its_weights() -> None:
    rows = [[-127, 0, 5], [127, -1, 3]]
    likeness = Likeness(packed(rows), MEANINGS[:3], (0.0,) * 3, 1.0, frozenset())
    feature = next(f for f in map(str, range(99)) if place(f, 2) == 1)
    assert likeness._logits([likeness._summed([feature])]) == [127, -1, 3]


def test_a_figure_of_several_digits_is_any_figure() -> None:
    assert tokens(words("in 15 min, 3 of us")) == [
        "|",
        "in",
        "##",
        "min",
        ",",
        "3",
        "of",
        "us",
        "|",
    ]


SHARED = [
    ("words", "no i think we are good for friday then, gracias", "reminder"),
    ("a word no language has, letters beyond ASCII", "zanzibarova говорит ½ hi", "none"),
    ("times were offered", "the 2nd one, at 11:30 or 12", "slots"),
    (
        "more rows than a lane can hold the sum of",
        "reconsidering everything tomorrow " * 20,
        "none",
    ),
]


@pytest.mark.parametrize(
    ("said", "context"), [row[1:] for row in SHARED], ids=[row[0] for row in SHARED]
)
def test_a_share_is_of_all_the_features_that_are_learned_from(said: str, context: str) -> None:
    text, asked = words(said), CONTEXTS[context]
    found, reading = by_rules(text, asked, "en", lexicons())
    likeness = found.lexicon.likeness
    assert likeness is not None
    counted = [*features(text, asked), *of_findings(found, reading, situation(asked))]
    apart = [likeness._logits([likeness._summed([feature])]) for feature in counted]
    logits = [
        sum(column) - (len(counted) - 1) * bias
        for bias, column in zip(likeness.bias, zip(*apart, strict=True), strict=True)
    ]
    whole = sum(map(exp, logits))
    for _ in ("new", "remembered"):
        shares = likeness.shares(text, asked, found, reading)
        assert list(shares.values()) == pytest.approx([exp(logit) / whole for logit in logits])


def test_only_words_of_a_language_are_remembered_and_no_more_than_so_many() -> None:
    likeness = certain_of(Intent.AGENT)
    found, reading = by_rules(words("hm"), REMINDED, "en", lexicons())
    vocabulary = sorted(found.lexicon.vocabulary)
    for number in range(REMEMBERED // 20):
        pair = " ".join(vocabulary[(number * 41 + step) % len(vocabulary)] for step in range(50))
        likeness.shares(words(f"zanzibarova {pair}"), REMINDED, found, reading)
    (remembered,) = likeness._words.values()
    assert 0 < len(remembered) <= REMEMBERED
    assert "zanzibarova" not in remembered


SAID_OTHERWISE = [
    ("danger, where the rules heard none", "the strangest thing today", Intent.EMERGENCY),
    ("an opt-out, where the rules heard none", "the strangest thing today", Intent.STOP),
    ("a wrong number, said almost certainly", "the strangest thing today", Intent.WRONG_NUMBER),
    ("lateness, which moves nothing", "the strangest thing today", Intent.LATE),
    ("an answer, with nothing against it", "the strangest thing today", Intent.CANCEL),
]


@pytest.mark.parametrize(("text", "wanted"), [row[1:] for row in SAID_OTHERWISE])
def test_what_the_rules_doubt_is_what_it_is_most_like(text: str, wanted: Intent) -> None:
    assert meaning(text, known=only(wanted)) is wanted


STANDS = [
    ("a keyword alone", "STOP", Intent.CONFIRM, Intent.STOP),
    ("an opt-out word in a clause of its own", "STOP. see you", Intent.CONFIRM, Intent.STOP),
    ("a few plain words", "yes ill be there", Intent.CANCEL, Intent.CONFIRM),
    ("what takes an answer back", "X. Oops, I meant C", Intent.CANCEL, Intent.CONFIRM),
]


@pytest.mark.parametrize(("text", "like", "wanted"), [row[1:] for row in STANDS])
def test_what_the_rules_are_sure_of_stands(text: str, like: Intent, wanted: Intent) -> None:
    assert meaning(text, known=only(like)) is wanted


NO_ANSWER = [
    ("under a condition", "if my brother drives me then the strangest thing"),
    ("a question", "the strangest thing today?"),
    ("a not that nobody explains", "not the strangest thing today"),
]


@pytest.mark.parametrize("text", [row[1] for row in NO_ANSWER])
def test_likeness_alone_confirms_nothing_that_something_speaks_against(text: str) -> None:
    assert meaning(text, known=only(Intent.CONFIRM)) is not Intent.CONFIRM


@pytest.mark.parametrize(("share", "wanted"), [(0.92, Intent.AGENT), (0.97, Intent.CANCEL)])
def test_beside_a_wish_an_answer_has_to_be_likelier(share: float, wanted: Intent) -> None:
    logit = log(share / (1 - share) * (len(MEANINGS) - 1))
    bias = tuple(logit if m is Intent.CANCEL else 0.0 for m in MEANINGS)
    known = {
        "en": replace(lexicons()["en"], likeness=replace(certain_of(Intent.CANCEL), bias=bias))
    }
    assert meaning("could you the strangest thing today", known=known) is wanted


def test_danger_and_opt_outs_that_the_rules_hear_are_at_least_for_a_person() -> None:
    for like in {*MEANINGS} - {Intent.STOP, Intent.EMERGENCY}:
        for heard in (
            "i cant breathe and my chest hurts so",
            "please stop texting me about any of it",
        ):
            assert meaning(heard, "none", only(like)) is Intent.AGENT


def test_what_is_somewhat_like_danger_is_for_a_person() -> None:
    bias = tuple({Intent.EMERGENCY: 18.4, Intent.LATE: 20.0}.get(m, 0.0) for m in MEANINGS)
    torn = {"en": replace(lexicons()["en"], likeness=replace(certain_of(Intent.LATE), bias=bias))}
    assert meaning("the strangest thing happened to us today", known=torn) is Intent.AGENT


def test_what_is_somewhat_like_danger_shows_the_words_that_are() -> None:
    like = knowing_one("strangest", Intent.EMERGENCY)
    bias = tuple({Intent.EMERGENCY: 8.2, Intent.LATE: 20.0}.get(m, 0.0) for m in MEANINGS)
    torn = {"en": replace(lexicons()["en"], likeness=replace(like, scale=0.1, bias=bias))}
    shown = explained(words("the strangest thing happened to us today"), REMINDED, "en", torn)
    assert "somewhat like" in shown.reading.reason
    assert shown.words == ("strangest",)


@pytest.mark.parametrize("like", [Intent.START, Intent.WRONG_NUMBER, Intent.ACK])
def test_consent_and_silence_need_more_than_a_likely_guess(like: Intent) -> None:
    bias = tuple(1.0 if m is like else -1.0 for m in MEANINGS)
    guess = replace(certain_of(like), bias=bias)
    known = {"en": replace(lexicons()["en"], likeness=guess)}
    assert meaning("the strangest thing happened to us today", known=known) is Intent.AGENT


def test_an_action_that_only_one_would_take_is_for_a_person() -> None:
    text = "can't make it on that day my sitter fell ill"
    assert meaning(text, known=only(Intent.CANCEL)) is Intent.CANCEL
    assert meaning(text, known=only(Intent.CONFIRM)) is Intent.AGENT


def test_which_time_is_picked_the_rules_alone_say() -> None:
    known = only(PICK)
    assert meaning("the friday one would suit my family", "slots", known) is Intent.SLOT_3
    assert meaning("whichever suits your family", "slots", known) not in {Intent.SLOT_1, PICK}


def test_a_language_that_nothing_was_learned_of_is_read_by_its_rules() -> None:
    assert lexicons()["pt"].likeness is None
    assert lexicons()["es"].likeness is lexicons()["en"].likeness is not None


def test_an_empty_text_is_no_matter_of_likeness() -> None:
    text = words("")
    found, reading = by_rules(text, REMINDED, "en", lexicons())
    likeness = certain_of(Intent.CANCEL)
    assert seconded(reading, text, REMINDED, found, likeness).reading is reading


def test_a_reason_by_likeness_quotes_nobody() -> None:
    reading = read(words("zanzibar the strangest thing"), REMINDED, "en", only(Intent.LATE))
    assert "zanzibar" not in reading.reason
    assert reading.certainty <= 0.8


def knowing_one(word: str, intent: Intent) -> Likeness:
    """One that has learned a single word."""
    table = [[0] * len(MEANINGS) for _ in range(4096)]
    table[place(word, 4096)][MEANINGS.index(intent)] = 100
    return replace(certain_of(intent), table=packed(table), bias=(0.0,) * len(MEANINGS))


def test_a_reading_by_likeness_shows_the_words_that_decided() -> None:
    known = {"en": replace(lexicons()["en"], likeness=knowing_one("strangest", Intent.LATE))}
    shown = explained(words("zanzibar the strangest thing"), REMINDED, "en", known)
    assert shown.reading.intent is Intent.LATE
    assert shown.words == ("strangest",)


def test_an_alarm_in_a_language_that_was_not_learned_is_weighed_by_one_that_knows_the_text() -> (
    None
):
    text = words("mi expediente es el 192 y me piden los papeles del hospital")
    like = {
        language: replace(lexicon, likeness=certain_of(Intent.AGENT) if language != "pt" else None)
        for language, lexicon in lexicons().items()
    }
    assert by_rules(text, REMINDED, "en", lexicons())[1].intent is Intent.EMERGENCY
    assert read(text, REMINDED, "en", like).intent is Intent.AGENT
    portuguese = words("nao consigo respirar direito e ele tambem nao consegue respirar")
    assert read(portuguese, REMINDED, "en", like).intent is Intent.EMERGENCY


def test_nothing_learned_is_no_likeness(tmp_path: Path) -> None:
    assert learned.likeness("en", tmp_path / "none.bin") is None
    assert learned.picks("en", tmp_path / "none.bin") is None


@pytest.mark.parametrize(
    "damage",
    ["cut short", "one figure of the head", "a head that is none", "one byte", "no head", "empty"],
)
@pytest.mark.parametrize(
    ("read_again", "kept"),
    [(learned.likeness, learned.LIKENESS), (learned.picks, learned.PICKS)],
    ids=["likeness", "picks"],
)
def test_what_is_damaged_is_not_believed(
    read_again: Callable[[str, Path], object], kept: Path, damage: str, tmp_path: Path
) -> None:
    whole = kept.read_bytes()
    file = tmp_path / "damaged.bin"
    file.write_bytes(
        {
            "cut short": whole[:-7],
            "one figure of the head": whole.replace(b'"scale": 0.0', b'"scale": 0.1', 1),
            "a head that is none": b"7\n" + whole.partition(b"\n")[2],
            "one byte": whole[:-1] + bytes([whole[-1] ^ 1]),
            "no head": whole[99:],
            "empty": b"",
        }[damage]
    )
    assert read_again("en", kept) is not None
    assert read_again("en", file) is None


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "likeness.bin"
    learned.write_likeness(certain_of(Intent.HELP), "abc", file)
    assert learned.likeness("en", file) == certain_of(Intent.HELP)
    assert learned.likeness("pt", file) is None
    assert learned.learned_from(file) == "abc"


def test_no_text_that_is_held_back_is_learned_from_another_set() -> None:
    held = {reply.text for name in HELD for reply in labelled(name)}
    assert held
    assert not held & {reply.text for reply in to_learn((*SEEN_BY_THE_RULES, *UNSEEN))}
