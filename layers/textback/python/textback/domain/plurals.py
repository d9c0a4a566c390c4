"""Which form of a word goes with a number, by language: the plural categories of Unicode's CLDR
(UTS #35, Language Plural Rules), for whole numbers below a million."""

from collections.abc import Callable, Mapping
from enum import StrEnum


class Plural(StrEnum):
    """CLDR's names. A language has some of them, and always `other`."""

    ZERO = "zero"
    ONE = "one"
    TWO = "two"
    FEW = "few"
    MANY = "many"
    OTHER = "other"


type Rule = Callable[[int], Plural]


def plural(language: str, count: int) -> Plural:
    """The category of `count` (0 or more); `other` in a language whose rule is not known."""
    return _RULES[language][0](count) if language in _RULES else Plural.OTHER


def plurals(language: str) -> tuple[Plural, ...]:
    """The categories that the language has."""
    return _RULES[language][1] if language in _RULES else (Plural.OTHER,)


def _other(_: int) -> Plural:
    return Plural.OTHER


def _one(count: int) -> Plural:
    return Plural.ONE if count == 1 else Plural.OTHER


def _none_or_one(count: int) -> Plural:
    return Plural.ONE if count <= 1 else Plural.OTHER


def _slavic(count: int) -> Plural:
    tens, ones = count // 10 % 10, count % 10
    if tens == 1 or ones not in {1, 2, 3, 4}:
        return Plural.MANY
    return Plural.ONE if ones == 1 else Plural.FEW


def _polish(count: int) -> Plural:
    if count == 1:
        return Plural.ONE
    return Plural.FEW if _slavic(count) is Plural.FEW else Plural.MANY


def _arabic(count: int) -> Plural:
    match count, count % 100:
        case 0, _:
            return Plural.ZERO
        case 1, _:
            return Plural.ONE
        case 2, _:
            return Plural.TWO
        case _, hundreds if 3 <= hundreds <= 10:  # noqa: PLR2004 - CLDR's own
            return Plural.FEW
        case _, hundreds if hundreds > 10:  # noqa: PLR2004
            return Plural.MANY
        case _:
            return Plural.OTHER


def _filipino(count: int) -> Plural:
    return Plural.OTHER if count % 10 in {4, 6, 9} else Plural.ONE


_TWO = (Plural.ONE, Plural.OTHER)
_FOUR = (Plural.ONE, Plural.FEW, Plural.MANY, Plural.OTHER)  # the last for fractions
_RULES: Mapping[str, tuple[Rule, tuple[Plural, ...]]] = {
    **dict.fromkeys(("de", "en", "es", "it", "so"), (_one, _TWO)),
    **dict.fromkeys(("fr", "hi", "pt"), (_none_or_one, _TWO)),
    **dict.fromkeys(("ja", "ko", "vi", "zh"), (_other, (Plural.OTHER,))),
    **dict.fromkeys(("ru", "uk"), (_slavic, _FOUR)),
    "pl": (_polish, _FOUR),
    "ar": (_arabic, tuple(Plural)),
    "fil": (_filipino, _TWO),
}
