"""Words by number, held against CLDR's own table in Babel."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from textback.domain.filling import fill, forms
from textback.domain.plurals import Plural, plural, plurals
from textback.languages import languages

LANGUAGES = [
    "ar",
    "de",
    "en",
    "es",
    "fil",
    "fr",
    "hi",
    "it",
    "ja",
    "ko",
    "pl",
    "pt",
    "ru",
    "so",
    "uk",
    "vi",
    "zh",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rule_is_cldr_s(language: str) -> None:
    cldr = Locale.parse(language).plural_form
    counts = [*range(1_200), *range(1_200, 1_000_000, 997)]
    assert [plural(language, n).value for n in counts] == [cldr(n) for n in counts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_categories_that_its_whole_numbers_take(language: str) -> None:
    taken = {plural(language, n) for n in range(1_200)}
    assert taken | {Plural.OTHER} == set(plurals(language))
    assert taken | {"other"} <= Locale.parse(language).plural_form.tags | {"other"}


def test_every_language_that_texts_are_understood_in_has_its_rule() -> None:
    assert set(languages()) <= set(LANGUAGES)


MEDICINES = "{count} {count|one:medicine is|other:medicines are} ready at {store}."
SENTENCES = [
    ("one", {"count": "1"}, "1 medicine is ready at ."),
    ("two", {"count": "2"}, "2 medicines are ready at ."),
    ("none", {"count": "0"}, "0 medicines are ready at ."),
    ("a word", {"count": "two"}, "two medicines are ready at ."),
    ("a fraction", {"count": "1.0"}, "1.0 medicines are ready at ."),
    ("not known", {}, " medicines are ready at ."),
    ("more than the rules are for", {"count": "1" * 40}, f"{'1' * 40} medicines are ready at ."),
    ("digits of another script", {"count": "١"}, "١ medicines are ready at ."),
    ("a value that looks like a template", {"count": "1", "store": "{count|one:x}{count}"},
     "1 medicine is ready at {count|one:x}{count}."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "sentence"), [s[1:] for s in SENTENCES], ids=[s[0] for s in SENTENCES]
)
def test_the_form_is_chosen_by_the_number(values: dict[str, str], sentence: str) -> None:
    assert fill(MEDICINES, values, "en") == sentence


def test_each_language_chooses_by_its_own_rule() -> None:
    russian = "{count|one:лекарство|few:лекарства|many:лекарств|other:лекарства}"
    assert [fill(russian, {"count": n}, "ru") for n in ("1", "3", "5", "21", "112")] == [
        "лекарство",
        "лекарства",
        "лекарств",
        "лекарство",
        "лекарств",
    ]
    assert fill("{count|other:thuốc}", {"count": "1"}, "vi") == "thuốc"


def test_the_forms_of_a_template_are_all_told() -> None:
    assert list(forms("{a} {n|one:x y|other:z: w} {m|other:}")) == [
        ("{n|one:x y|other:z: w}", {"one": "x y", "other": "z: w"}),
        ("{m|other:}", {"other": ""}),
    ]


@given(st.text(), st.dictionaries(st.sampled_from(["count", "store"]), st.text()))
def test_filling_never_raises_and_leaves_no_placeholder_of_the_template(
    words: str, values: dict[str, str]
) -> None:
    filled = fill(f"{{count|one:a|other:b}}{{store}}{words}", values, "en")
    assert filled.startswith(("a", "b"))
    assert filled[1:].startswith(values.get("store", ""))
