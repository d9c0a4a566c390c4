"""What a text costs: the tables of 3GPP at their edges, and an independent count as an oracle."""

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st
from textback.domain.segments import (
    AWS_GSM_LIMIT,
    AWS_UCS2_LIMIT,
    GSM,
    GSM_BASIC,
    GSM_EXTENSION,
    is_gsm,
    segments,
    shortened,
    to_gsm,
)

EDGES = [
    ("an empty text is a text", "", "GSM-7", 0, 1),
    ("one fits to the last septet", "a" * 160, "GSM-7", 160, 1),
    ("one more, and both carry headers", "a" * 161, "GSM-7", 161, 2),
    ("two are full", "a" * 306, "GSM-7", 306, 2),
    ("three begin", "a" * 307, "GSM-7", 307, 3),
    ("an extension character is two", "a" * 158 + "€", "GSM-7", 160, 1),
    ("two septets do not fit one", "a" * 159 + "€", "GSM-7", 161, 2),
    ("an escape is not split: a septet is lost", "a" * 152 + "€" + "a" * 152, "GSM-7", 306, 3),
    ("an escape that ends a segment is whole", "a" * 151 + "€" + "a" * 153, "GSM-7", 306, 2),
    ("a form feed is an extension", "\f", "GSM-7", 2, 1),
    ("a line break is basic", "a\r\n", "GSM-7", 3, 1),
    ("Greek capitals are basic", "ΔΦΓΛΩΠΨΣΘΞ", "GSM-7", 10, 1),
    ("the large cedilla is basic", "Ç", "GSM-7", 1, 1),
    ("the small one is not", "ç", "UCS-2", 1, 1),
    ("a back tick is not", "`", "UCS-2", 1, 1),
    ("a tab is not", "\t", "UCS-2", 1, 1),
    ("the escape itself is no character", "\x1b", "UCS-2", 1, 1),
    ("UCS-2 fits to the last unit", "á" * 70, "UCS-2", 70, 1),
    ("one more", "á" * 71, "UCS-2", 71, 2),
    ("two are full in UCS-2", "á" * 134, "UCS-2", 134, 2),
    ("three begin in UCS-2", "á" * 135, "UCS-2", 135, 3),
    ("an emoji is two units", "😀" * 35, "UCS-2", 70, 1),
    ("a pair is not split: a unit is lost", "á" * 66 + "😀" + "á" * 66, "UCS-2", 134, 3),
    ("extension characters are single in UCS-2", "€á", "UCS-2", 2, 1),
    ("ten are full, AWS's most", "a" * 1530, "GSM-7", 1530, 10),
    ("eleven begin", "a" * 1531, "GSM-7", 1531, 11),
    ("every extension character is two", "[]{}|^~\\€\f", "GSM-7", 20, 1),
    ("eighty of them are one", "{}" * 40, "GSM-7", 160, 1),
    ("the next does not fit", "{}" * 40 + "|", "GSM-7", 162, 2),
    ("pairs of two leave a septet in each", "[" * 153, "GSM-7", 306, 3),
    ("a letter and pairs of two leave none", "a" + "[" * 152 + "a", "GSM-7", 306, 2),
    ("umlauts and eñes are basic", "ÄÖÑÜäöñü§¿¡", "GSM-7", 11, 1),
    ("a currency sign, yen and pound are basic", "¤¥£$", "GSM-7", 4, 1),
    ("one curly apostrophe, and 70 are the most", "it’s " + "a" * 65, "UCS-2", 70, 1),
    ("the reminder that triples for it", "it’s " + "a" * 153, "UCS-2", 158, 3),
    ("a flag is four units", "🇲🇽", "UCS-2", 4, 1),
    ("a family is eleven", "👨\u200d👩\u200d👧\u200d👦", "UCS-2", 11, 1),
    ("a skin tone is two more", "👍🏽", "UCS-2", 4, 1),
    ("a heart is one, and two with its selector", "❤\ufe0f", "UCS-2", 2, 1),
    ("emoji leave a unit in each", "😀" * 67, "UCS-2", 134, 3),
    ("a letter before them, and none is left", "á" + "😀" * 66 + "á", "UCS-2", 134, 2),
    ("630 units are AWS's most", "á" * 630, "UCS-2", 630, 10),
    ("a combining mark is a unit of its own", "e\u0301", "UCS-2", 2, 1),
    ("a no-break space", "a\u00a0b", "UCS-2", 3, 1),
    ("Greek small letters", "αβγ", "UCS-2", 3, 1),
    ("Chinese", "明天见", "UCS-2", 3, 1),
    ("a broken pair is one unit", "\ud800", "UCS-2", 1, 1),
    ("a null is counted, not choked on", "\0", "UCS-2", 1, 1),
]


@pytest.mark.parametrize(
    ("text", "encoding", "characters", "count"), [e[1:] for e in EDGES], ids=[e[0] for e in EDGES]
)
def test_the_edges_of_a_segment(text: str, encoding: str, characters: int, count: int) -> None:
    counted = segments(text)
    assert (counted.encoding, counted.characters, counted.segments) == (encoding, characters, count)


def test_the_alphabet_has_the_size_that_the_standard_gives_it() -> None:
    assert len(GSM_BASIC) == 127  # 128 codes, one of them the escape
    assert len(GSM_EXTENSION) == 10


def test_the_first_character_that_costs_is_named() -> None:
    assert segments("it’s – at 5").unicode_because == "’"
    assert segments("it's at 5").unicode_because == ""


def test_what_aws_takes() -> None:
    assert segments("a" * AWS_GSM_LIMIT).sendable
    assert not segments("a" * (AWS_GSM_LIMIT + 1)).sendable
    assert segments("á" * AWS_UCS2_LIMIT).sendable
    assert not segments("á" * (AWS_UCS2_LIMIT + 1)).sendable
    assert not segments("").sendable


@given(st.text(alphabet=[*"ab", *sorted(GSM_EXTENSION)], min_size=140, max_size=700))
def test_an_escape_straddles_for_an_independent_library_as_for_us(text: str) -> None:
    assert segments(text).segments == len(smsutil.split(text).parts)


@given(st.text(alphabet="áx😀👍", min_size=60, max_size=300))
def test_a_pair_straddles_for_an_independent_library_as_for_us(text: str) -> None:
    counted = segments(text)
    assert counted.segments == len(smsutil.split(text).parts)
    if counted.encoding == "UCS-2":
        assert counted.characters == len(text.encode("utf-16-be")) // 2


@given(st.text(alphabet=sorted(GSM), max_size=700))
def test_gsm_is_counted_as_an_independent_library_counts(text: str) -> None:
    assert segments(text).segments == max(1, len(smsutil.split(text).parts))


# The library takes the escape (0x1B) itself for a letter of GSM-7. It is none: 3GPP TS 23.038,
# section 6.2.1, note 1 has it as the way to the extension table, and one alone as a space.
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x1b"), min_size=1, max_size=300))
def test_any_text_is_counted_as_an_independent_library_counts(text: str) -> None:
    counted = segments(text)
    assert (counted.encoding == "GSM-7") == smsutil.is_valid_gsm(text)
    assert counted.segments == max(1, len(smsutil.split(text).parts))


PLAIN = [
    ("typographic quotes", "“it’s”", '"it\'s"'),
    ("dashes", "9–10 — ok", "9-10 - ok"),
    ("an ellipsis", "wait…", "wait..."),
    ("odd spaces", "a\u00a0b\u2009c\u3000d\te", "a b c d e"),
    ("what nobody sees", "a\u200bb\ufeffc\u00add", "abcd"),
    (
        "Spanish accents that GSM-7 lacks",
        "sí, mañana él irá a Bogotá",
        "si, mañana él ira a Bogota",
    ),
    ("letters that GSM-7 has stay", "é è à ñ ü ö ¿ ¡ Ç", "é è à ñ ü ö ¿ ¡ Ç"),
    ("a letter typed as two", "cafe\u0301", "café"),
    ("full width", "ＯＫ", "OK"),
    ("styled letters", "𝐎𝐊", "OK"),
    ("a bullet list", "• one", "- one"),
    ("control characters", "a\x00\x07b", "ab"),
    ("a line separator", "a\u2028b", "a\nb"),
    ("a square would become another number", "10²", "10²"),
    ("so would a fraction", "1½", "1½"),
    ("an emoji has no plain form", "ok 😀", "ok 😀"),
    ("accents stay where dropping them buys nothing", "mañana iré allá 😀", "mañana iré allá 😀"),
    ("joined emoji stay joined", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ("Vietnamese keeps its tones", "hẹn gặp lại", "hẹn gặp lại"),
    ("Chinese stays", "明天见", "明天见"),
]


@pytest.mark.parametrize(("text", "plain"), [p[1:] for p in PLAIN], ids=[p[0] for p in PLAIN])
def test_a_text_is_made_plain_where_nothing_is_lost(text: str, plain: str) -> None:
    assert to_gsm(text) == plain


@given(st.text(alphabet=st.characters(), max_size=200))
def test_dropping_every_accent_is_done_once_and_never_makes_a_text_dearer(text: str) -> None:
    plain = to_gsm(text, every_accent=True)
    assert to_gsm(plain, every_accent=True) == plain
    assert is_gsm(plain) or plain == to_gsm(text)


def test_every_accent_goes_only_where_it_buys_gsm() -> None:
    assert to_gsm("hẹn gặp lại", every_accent=True) == "hen gap lai"
    assert to_gsm("hẹn gặp 😀", every_accent=True) == "hẹn gặp 😀"
    assert to_gsm("й ά 明", every_accent=True) == "й ά 明"


@given(st.text(st.characters(), max_size=2_000))
def test_what_is_shortened_is_what_aws_takes(text: str) -> None:
    cut = shortened(text, AWS_GSM_LIMIT, AWS_UCS2_LIMIT)
    assert text.startswith(cut)
    assert not cut or segments(cut).sendable
    assert cut == text or not segments(text).sendable


@given(st.text(alphabet=st.characters(), max_size=200))  # lone surrogates too
def test_making_plain_never_raises_never_costs_and_is_done_once(text: str) -> None:
    plain = to_gsm(text)
    assert to_gsm(plain) == plain
    if segments(text).encoding == "GSM-7":
        assert plain == text
