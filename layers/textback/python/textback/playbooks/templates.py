"""What a template may hold, and has to."""

import re
from collections.abc import Collection, Iterator, Sequence

from textback.domain.filling import PLACEHOLDER, forms
from textback.domain.plurals import plurals
from textback.domain.texts import PRACTICE, STOP, Fragment, musts_of, values_of
from textback.playbooks.faults import listed, meant

_BRACES = re.compile(r"\{[^{}]*\}?|\}")
CHOICE = "{count|one:it is|other:they are}"
_WHY = {
    PRACTICE: "so that the contact knows who texts",
    STOP: 'to say how all texts are ended, as in "Reply STOP to opt out"',
    "R": 'to say how to get another time, as in "Reply R for another time"',
    "X": 'to say what cancels the visit, as in "Reply X if you can\'t make it"',
}

# AWS takes a text that begins with one of these for an opt-out (End User Messaging, required
# keywords), and 47 CFR 64.1200(a)(10) names CANCEL and END: no prompt may ask for them. The other
# words of both lists mean nothing else than the end of all texts.
_WORD = r"(?:CANCEL(?:AR)?|END|QUIT|REMOVE)"
_ASKING = (
    r"(?:reply|respond|answer|text|send|type|responda|responde|conteste|contesta|env[ií]e|"
    r"env[ií]a|escriba|escribe|mande|manda)"
)
_BETWEEN = r"(?:\s+(?:back|with|the word|con|la palabra))*\s*:?\s*[\"'“‘«]?"
_ASKS_FOR = (
    re.compile(rf"\b{_WORD}\b"),  # in capitals it can only be what to reply
    re.compile(rf"\b{_ASKING}\b{_BETWEEN}\b{_WORD}\b", re.IGNORECASE),
    re.compile(rf"[\"'“‘«]{_WORD}[\"'”’»]", re.IGNORECASE),
    re.compile(rf"(?:,|\bor|\bo)\s+{_WORD}\s+(?:to|para)\b", re.IGNORECASE),
)
_OPT_OUT = re.compile(_WORD, re.IGNORECASE)


def checked(name: str, template: str) -> str:
    """The template of this name as it is. Raises ValueError, naming all that is wrong with it."""
    if not template.strip() and name not in Fragment:
        raise ValueError("is empty: write what the contact is to read")
    return _without(template, (*_values(template, values_of(name)), *_words(name, template)))


def faulty_forms(template: str, language: str) -> Iterator[str]:
    """What is wrong with the forms that a template of this language has by number."""
    wanted = plurals(language)
    for placeholder, by in forms(template):
        if missing := [category for category in wanted if category not in by]:
            yield f"{placeholder} lacks {listed(missing, 'and')}, which {language} has"
        for category in by:
            if category not in wanted:
                known = f"{language} has {listed(wanted, 'and')}"
                yield f"{placeholder}: {category} is no form here; {known}"


def checked_form(form: str, values: Collection[str], needed: Collection[str]) -> str:
    """A form of dates as it is. Raises ValueError."""
    missing = [f"{{{n}}}" for n in needed if f"{{{n}}}" not in form]
    gaps = [f"has to hold {listed(missing, 'and')}"] if missing else []
    if any(forms(form)):
        gaps.append("has forms by number, which a date has not")
    return _without(form, (*_values(form, values), *gaps))


def _without(template: str, faults: Sequence[str]) -> str:
    if faults:
        raise ValueError("\n".join(faults))
    return template


def _values(template: str, values: Collection[str]) -> Iterator[str]:
    for found in dict.fromkeys(_BRACES.findall(template)):
        named = PLACEHOLDER.fullmatch(found)
        if named and named[1] in values:
            continue
        may = f"; it may hold {listed([f'{{{v}}}' for v in sorted(values)])}"
        if "|" in found and not named:
            yield f"has forms that cannot be read: write {CHOICE}"
        elif word := named[1] if named else found.strip("{} "):
            yield f"{{{word}}} is no value here{_instead(word, values) or may}"
        else:
            yield f"has a brace that holds no value{may}"


def _instead(word: str, values: Collection[str]) -> str:
    """A value that is not always known comes within its fragment."""
    around = next((f for f in Fragment if f.needs == word and f in values), None)
    if around:
        return f"; write {{{around}}}, which is left out while it is not known"
    return meant(f"{{{word}}}", [f"{{{value}}}" for value in values])


def _words(name: str, template: str) -> Iterator[str]:
    always = template
    for placeholder, _ in forms(template):
        always = always.replace(placeholder, " ")
    for must in musts_of(name):
        form = must if must == PRACTICE else rf"\b{must}\b"
        if not re.search(form, always):
            yield f"has to hold {must}, {_WHY[must]}"
    asked = next((found[0] for form in _ASKS_FOR if (found := form.search(template))), "")
    if asked:
        yield (
            f"asks for {_OPT_OUT.findall(asked)[-1].upper()}, which ends all texts at the carrier; "
            'ask for another word, as in "Reply X"'
        )
