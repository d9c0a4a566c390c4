"""Phones: any usual spelling becomes one, and a message about a bad one never shows it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textback.domain.phones import NotAPhone, e164, region_of

SPELLINGS = [
    ("+12065550123", "US", "+12065550123"),
    ("(206) 555-0123", "US", "+12065550123"),
    ("206.555.0123", "US", "+12065550123"),
    ("1 206 555 0123", "US", "+12065550123"),
    ("tel:+1-206-555-0123", "US", "+12065550123"),
    ("２０６５５５０１２３", "US", "+12065550123"),
    ("+1 (206) 555‑0123 ", "MX", "+12065550123"),
    ("020 7946 0958", "GB", "+442079460958"),
    ("+15555550123", "US", "+15555550123"),  # an area code that no table knows yet
]
REFUSED = [
    ("a short code", "12345"),
    ("an emergency number", "911"),
    ("a digit too few", "206 555 012"),
    ("a digit too many", "+1 206 555 01234"),
    ("no area code, in full", "+1 206 5550"),
    ("no such area code, and no country", "0000000000"),
    ("an extension", "206-555-0123 x5"),
    ("nothing", ""),
    ("words", "call me"),
    ("a broken character", "\ud800"),
    ("far too long", "+1" + "2065550123" * 30),
]


@pytest.mark.parametrize(("text", "region", "phone"), SPELLINGS)
def test_a_phone_has_one_spelling(text: str, region: str, phone: str) -> None:
    assert e164(text, region) == phone
    assert e164(phone) == phone


@pytest.mark.parametrize("text", [r[1] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_cannot_be_texted_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(NotAPhone) as refused:
        e164(text)
    told = str(refused.value).replace("+12065550123", "")
    assert not re.search(r"\d", told)
    assert refused.value.__cause__ is None


@given(st.text(alphabet=st.characters(), max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        phone = e164(text)
    except NotAPhone:
        return
    assert re.fullmatch(r"\+[1-9]\d{6,14}", phone)


def test_the_country_of_a_phone() -> None:
    assert region_of("+12065550123") == "US"
    assert region_of("+16045550123") == "CA"
    assert region_of("+442079460958") == "GB"
    assert region_of("+15555550123") == ""
    assert region_of("no phone") == ""
