"""What a record brings into a text. Whoever filled in a form may have written it: it is made short
and plain, and can neither end the text's line, nor turn its direction, nor triple its price."""

import re
import unicodedata

from textback.domain.segments import GSM, shortened, to_gsm

VALUE_LIMIT = 40  # what any one value may take of a text, so that a long name costs no segment
READ = 200  # characters of a value that are looked at: combining ones may be many

# Emoji and signs, skin tones, direction marks and the like; marks around a character; what is
# nothing yet. A name holds letters, digits and punctuation. Joiners are letters' in Persian.
_NO_NAMES = frozenset({"So", "Sk", "Cf", "Me", "Cn", "Co", "Cs"})
_JOINERS, _SELECTORS = frozenset("\u200c\u200d"), frozenset("\ufe0e\ufe0f")

# Phones make links of these, and a first name is what a patient typed.
_LINKING = re.compile(r"[/@\\]+")
_DOT = re.compile(r"(?<=\w)[.\u3002\uff61](?=\w)")
_NUMBER = re.compile(r"\d(?:\D?\d){4,}")  # five digits and more: no John 3rd, but a phone number


def short(value: str, *, every_accent: bool = False) -> str:
    """A value as a text takes it. `every_accent`: the rest of the text is GSM-7, so letters of the
    Latin script lose what GSM-7 lacks of them (Nguyễn becomes Nguyen) if the value then fits it."""
    return _cut(_named(value, every_accent=every_accent))


def first_name(value: str, *, every_accent: bool = False) -> str:
    """A first name that is no link; empty for one that holds a number to call."""
    named = _named(value, every_accent=every_accent)
    return "" if _NUMBER.search(named) else _cut(_DOT.sub(". ", _LINKING.sub(" ", named)))


def _named(value: str, *, every_accent: bool) -> str:
    """What may stand in a name."""
    kept = "".join(c for c in to_gsm(value[:READ]) if _may_be_named(c))
    return to_gsm(kept, every_accent=every_accent)


def _may_be_named(character: str) -> bool:
    if character in GSM or character in _JOINERS:
        return True
    return character not in _SELECTORS and unicodedata.category(character) not in _NO_NAMES


def _cut(named: str) -> str:
    """On one line, as long as a text has room for it; nothing if it is nothing that is read."""
    line = " ".join(named.split())
    while line and (unicodedata.combining(line[0]) or line[0] in _JOINERS):
        line = line[1:]  # it would change the letter before it
    return shortened(line, VALUE_LIMIT, VALUE_LIMIT).strip()
