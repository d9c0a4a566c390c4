"""What a record may bring into a text: nothing that ends its line, turns it round, makes a link of
a name, or triples its price."""

import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from textback.domain.composing import compose, outgoing
from textback.domain.conversation import Appointment, Patient, Place
from textback.domain.effects import Purpose
from textback.domain.personal import VALUE_LIMIT, first_name, short
from textback.domain.playbook import DateForms, Line, Playbook
from textback.domain.segments import AWS_GSM_LIMIT, GSM, is_gsm, segments, to_gsm
from textback.domain.texts import REMINDER, Fragment, Text
from textback.playbooks import load

from tests.support.samples import LINE, NOW

PLAYBOOK = load()
NAMES = [
    ("plain", "Ana", "Ana"),
    ("an accent that GSM-7 lacks", "José María", "José Maria"),
    ("an apostrophe of another keyboard", "D’Arcy", "D'Arcy"),
    ("tones", "Nguyễn Thị Hương", "Nguyen Thi Huong"),
    ("a Turkish letter", "Ayşe Çağlar", "Ayse Çaglar"),
    ("a letter typed as two", "Ma\u0302rie", "Marie"),
    ("an emoji", "Ana 🌸", "Ana"),
    ("an emoji with its skin tone", "👩🏽‍🦱 Bo", "Bo"),
    ("a flag and a keycap", "🇲🇽 Lu 1️⃣", "Lu 1"),
    ("a heart that is drawn as text", "Ana ♥\ufe0e", "Ana"),
    ("only an emoji", "🌸", ""),
    ("only what nobody sees", "\u200b\u200d\u2060", ""),
    ("line breaks", "Ana\r\nSTOP\u2028now\x85!", "Ana STOP now !"),
    ("control characters", "A\x00n\x1ba\x07", "Ana"),
    ("a name turned round", "\u202eanA\u202c", "anA"),
    ("isolates", "\u2067Ana\u2069", "Ana"),
    ("braces", "{practice} {x|one:a}", "{practice} {x|one:a}"),
    ("a mark that has no letter", "\u0301\u0302Ana", "Ana"),
    ("marks without end", "A" + "\u0336" * 5_000 + "na", "A"),
    ("another script stays", "Мария", "Мария"),
    ("and so does its joiner", "می\u200cخواهم", "می\u200cخواهم"),
    ("a script with an emoji", "Мария 🌸", "Мария"),
    ("half of a pair", "An\ud83da", "Ana"),
    ("much too long", "ab " * 5_000, ("ab " * 13 + "a")),
    ("brackets cost double", "[" * 50, "[" * 20),
]


@pytest.mark.parametrize(("name", "told"), [n[1:] for n in NAMES], ids=[n[0] for n in NAMES])
def test_a_name_is_told_as_a_text_takes_it(name: str, told: str) -> None:
    assert short(name, every_accent=True) == told


FIRST_NAMES = [
    ("a link", "evil.com/pay", "evil. com pay"),
    ("a whole link", "https://evil.com", "https: evil. com"),
    ("a link of full-width letters", "ｅｖｉｌ．ｃｏｍ", "evil. com"),
    ("a link around an emoji", "evil😀.com", "evil. com"),
    ("a link by a dot of another script", "evil。com", "evil. com"),
    ("an address", "a@evil.com", "a evil. com"),
    ("a number to call", "Ana call 1-900-555-0199", ""),
    ("a number in another script's digits", "٢٠٦٥٥٥", ""),
    ("a number behind what nobody sees", "2\u200b0\u200b6\u200b5\u200b5", ""),
    ("initials", "J.R.", "J. R."),
    ("a number that is a name's", "John 3rd", "John 3rd"),
]


@pytest.mark.parametrize(
    ("name", "told"), [n[1:] for n in FIRST_NAMES], ids=[n[0] for n in FIRST_NAMES]
)
def test_a_first_name_is_no_link_and_no_number(name: str, told: str) -> None:
    assert first_name(name, every_accent=True) == told


def test_what_the_practice_writes_may_be_a_link() -> None:
    assert short("zoom.us/j/123456789") == "zoom.us/j/123456789"


JOINERS = frozenset("\u200c\u200d")  # letters of Persian and Hindi need them
UNNAMED = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Me"}


@given(st.text(st.characters(), max_size=400), st.booleans())
@example("\u2028", True)  # noqa: FBT003 - an example of a hypothesis
def test_a_value_is_one_short_line_of_what_is_read(value: str, every_accent: bool) -> None:  # noqa: FBT001
    for told in (short(value, every_accent=every_accent), first_name(value)):
        assert segments(told).characters <= VALUE_LIMIT
        assert told == " ".join(told.split())
        assert not {unicodedata.category(c) for c in told if c not in GSM | JOINERS} & UNNAMED


@given(st.text(st.characters(categories=["Lu", "Ll", "So", "Sk", "Mn"]), max_size=60))
def test_a_name_in_latin_letters_keeps_a_text_in_gsm(name: str) -> None:
    """Only a letter that has no plain form makes a part of 67 characters of one of 153."""
    told = short(name, every_accent=True)
    has_latin_only = all(is_gsm(unicodedata.normalize("NFD", c)[0]) for c in told)
    assert is_gsm(told) or not has_latin_only


def visit_of(first: str, provider: str = "Dr. Lee", place: str = "Elm St") -> Appointment:
    start = NOW + timedelta(days=2)
    return Appointment(
        "apt", 1, start, provider=provider, place=Place(place), patient=Patient("", first)
    )


def reminder(first: str, playbook: Playbook = PLAYBOOK, language: str = "en") -> str:
    line = Line(LINE, playbook)
    return compose(REMINDER, language, line, NOW, visit=visit_of(first)).body


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", ["Ana 🌸", "Nguyễn", "👍", "Zoë\u202e", "ana\u0301"])
def test_a_name_does_not_triple_the_price_of_a_reminder(name: str, language: str) -> None:
    assert segments(reminder(name, language=language)).encoding == "GSM-7"


def test_tones_stay_where_the_text_itself_is_not_gsm() -> None:
    theirs = worded(reminder="{greeting}{practice}: lịch hẹn {when}. STOP")
    assert "Nguyễn" in reminder("Nguyễn", theirs)


def worded(**texts: str) -> Playbook:
    wording = PLAYBOOK.wordings["en"]
    return replace(PLAYBOOK, wordings={"en": replace(wording, texts={**wording.texts, **texts})})


OPT_OUTS = ["STOP", "stop all", "Cancel", "END", "quit now", "Opt-Out", "‘Unsubscribe’", "*REVOKE*"]


@pytest.mark.parametrize("name", OPT_OUTS)
def test_no_name_makes_an_opt_out_of_a_text(name: str) -> None:
    named_first = worded(greeting="{first_name}, ")
    assert reminder(name, named_first).startswith("Elm Street Clinic: your visit with Dr. Lee")
    assert reminder("Ana", named_first).startswith("Ana, Elm Street Clinic: your visit with")
    assert reminder("Stopford", named_first).startswith("Stopford, Elm")
    assert f"Hi {to_gsm(name)}, Elm" in reminder(name)  # it does not begin this one


def test_an_opt_out_word_that_the_playbook_itself_begins_with_stays() -> None:
    own = worded(reminder="STOP ends texts of {practice}. {greeting}see you {when}")
    assert reminder("Ana", own).startswith("STOP ends texts of Elm Street Clinic. Hi Ana, see you")


ANY = st.text(st.characters(), max_size=60)


@settings(deadline=None)
@given(st.sampled_from([*Text, REMINDER]), st.sampled_from(["en", "es"]), ANY, ANY, ANY)
def test_every_text_of_the_line_is_as_plain_as_it_can_be(
    name: Text, language: str, first: str, provider: str, place: str
) -> None:
    text = compose(
        name, language, Line(LINE, PLAYBOOK), NOW, visit=visit_of(first, provider, place)
    )
    assert to_gsm(text.body) == text.body
    assert segments(text.body).sendable
    for fragment in (*Fragment, "practice", "when"):
        assert f"{{{fragment}}}" not in text.body or f"{{{fragment}}}" in first + provider + place
    assert not any(c in text.body for c in "’“”…\u00a0\u2013\u2014\u202e\u200b\t\x00")


@given(st.text(st.characters(), max_size=2_000))
def test_an_agents_text_goes_the_same_way(words: str) -> None:
    text = outgoing(words, Purpose.AGENT, NOW)
    assert to_gsm(text.body) == text.body
    assert not text.body or segments(text.body).sendable


def test_typographic_characters_of_an_agent_cost_nothing() -> None:
    text = outgoing("“It’s\u00a0fine” – see\u2009you…", Purpose.AGENT, NOW)
    assert text.body == '"It\'s fine" - see you...'
    assert segments(outgoing("x" * 9_999, Purpose.AGENT, NOW).body).characters == AWS_GSM_LIMIT


DAYS = PLAYBOOK.wordings["en"].dates
HOURS = [
    ("midnight", 0, "12:05 AM", "0:05"),
    ("morning", 9, "9:05 AM", "9:05"),
    ("noon", 12, "12:05 PM", "12:05"),
    ("evening", 23, "11:05 PM", "23:05"),
]


@pytest.mark.parametrize(
    ("hour", "twelve", "twenty_four"), [h[1:] for h in HOURS], ids=[h[0] for h in HOURS]
)
def test_a_language_has_its_clock(hour: int, twelve: str, twenty_four: str) -> None:
    moment = NOW.replace(hour=hour, minute=5)
    assert DAYS.write(moment) == f"Tue Dec 1, {twelve}"
    german = DateForms(
        ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
        tuple(str(n) for n in range(1, 13)),
        "{weekday} {day}.{month}. um {time} Uhr",
        clock=24,
    )
    assert german.write(moment) == f"Di 1.12. um {twenty_four} Uhr"
