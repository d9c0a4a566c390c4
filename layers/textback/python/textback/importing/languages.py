"""A language, by its code or its name, as the contract has it."""

import re

from textback.importing.outcomes import Unusable

CODE = re.compile(r"([a-z]{2,3})([-_][a-z0-9]{1,8})*", re.IGNORECASE)
NAMES = {
    "english": "en",
    "spanish": "es",
    "español": "es",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "portuguese": "pt",
    "chinese": "zh",
    "mandarin": "zh",
    "cantonese": "yue",
    "vietnamese": "vi",
    "korean": "ko",
    "japanese": "ja",
    "tagalog": "tl",
    "russian": "ru",
    "ukrainian": "uk",
    "arabic": "ar",
    "somali": "so",
    "haitian creole": "ht",
    "polish": "pl",
    "hindi": "hi",
}


def language(text: str) -> str:
    """ "" for no language at all. Raises Unusable."""
    word = text.strip().casefold()
    if not word or word in NAMES:
        return NAMES.get(word, "")
    if not CODE.fullmatch(word):
        raise Unusable("contact.language", "write its code, such as en or es")
    first, *others = word.replace("_", "-").split("-")
    return "-".join((first, *others))
