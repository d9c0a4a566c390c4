"""Values into a template: `{practice}`, and by number `{count|one:It is|other:They are}`."""

import re
from collections.abc import Iterator, Mapping

from textback.domain.plurals import Plural, plural

PLACEHOLDER = re.compile(r"\{([a-z_]+)((?:\|[a-z]+:[^{}|]*)*)\}")  # a value, and its forms
MOST_DIGITS = 6  # the rules of plurals are for numbers below a million

type Forms = Mapping[str, str]


def fill(template: str, values: Mapping[str, str], language: str = "") -> str:
    """Put values in for placeholders; a value is never itself read as a template. Forms are chosen
    by the number that their value is; what is none has the form of `other`."""

    def put(found: re.Match[str]) -> str:
        value = values.get(found[1], "")
        return _chosen(_forms(found), value, language) if found[2] else value

    return PLACEHOLDER.sub(put, template)


def forms(template: str) -> Iterator[tuple[str, Forms]]:
    """Every choice of a template: its placeholder as it is written, and the forms by category."""
    yield from ((found[0], _forms(found)) for found in PLACEHOLDER.finditer(template) if found[2])


def _forms(found: re.Match[str]) -> Forms:
    parts = (form.partition(":") for form in found[2].split("|")[1:])
    return {category: words for category, _, words in parts}


def _chosen(by: Forms, value: str, language: str) -> str:
    category = Plural.OTHER
    if re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", value):
        category = plural(language, int(value))
    return by.get(category, by.get(Plural.OTHER, ""))
