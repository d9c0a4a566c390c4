"""How many segments a text costs: GSM-7 or UCS-2, and the character that decides it.

A segment is what the carrier bills. One character outside GSM 03.38 turns the whole text into
UCS-2, whose segments hold less than half: so texts are made plain with `to_gsm` before sending.
"""

import sys
import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

# 3GPP TS 23.038 section 6.2.1: the default alphabet (without its escape) and the extension table.
GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION = frozenset("\f^{}\\[~]|€")  # an escape and a letter: two septets each
GSM = GSM_BASIC | GSM_EXTENSION

# 3GPP TS 23.040: 140 octets a segment, 6 of them a header once a text has several.
GSM_ALONE, GSM_JOINED = 160, 153  # septets
UCS2_ALONE, UCS2_JOINED = 70, 67  # UTF-16 units

# What AWS End User Messaging takes in one text: its user guide, "SMS character limits" (ten
# segments), and the service model of SendTextMessage (MessageBody, 1 to 1600).
AWS_GSM_LIMIT = 1530
AWS_UCS2_LIMIT = 630
AWS_API_LIMIT = 1600

FIRST_ASTRAL = 0x10000  # from here on a character is a surrogate pair in UTF-16


@dataclass(frozen=True, slots=True)
class Segments:
    """The bill of a text. `characters` are septets in GSM-7 (an extension character counts two)
    and UTF-16 units in UCS-2 (an emoji counts two); `unicode_because` is the first character that
    GSM-7 lacks, empty in GSM-7."""

    encoding: Literal["GSM-7", "UCS-2"]
    characters: int
    segments: int
    unicode_because: str = ""

    @property
    def sendable(self) -> bool:
        """Whether AWS takes a text of this length."""
        limit = AWS_UCS2_LIMIT if self.unicode_because else AWS_GSM_LIMIT
        return 0 < self.characters <= limit


def segments(text: str) -> Segments:
    """Count `text` exactly as given. An empty text is one segment, as an empty SMS is."""
    offender = next((c for c in text if c not in GSM), "")
    if offender:
        widths = [2 if ord(c) >= FIRST_ASTRAL else 1 for c in text]
        return Segments(
            "UCS-2", sum(widths), _pack(widths, UCS2_ALONE, UCS2_JOINED), unicode_because=offender
        )
    widths = [2 if c in GSM_EXTENSION else 1 for c in text]
    return Segments("GSM-7", sum(widths), _pack(widths, GSM_ALONE, GSM_JOINED))


def is_gsm(text: str) -> bool:
    """Whether GSM-7 has every character of it."""
    return all(c in GSM for c in text)


def shortened(text: str, gsm: int, ucs2: int) -> str:
    """As much of `text` from its start as fits: `gsm` septets, or `ucs2` UTF-16 units if anything
    in it needs UCS-2."""
    widths, limit = (
        ([2 if c in GSM_EXTENSION else 1 for c in text], gsm)
        if is_gsm(text)
        else ([2 if ord(c) >= FIRST_ASTRAL else 1 for c in text], ucs2)
    )
    return text[: sum(total <= limit for total in accumulate(widths))]


def _pack(widths: list[int], alone: int, joined: int) -> int:
    """Fill segments in order; a character of width two never straddles two of them."""
    if sum(widths) <= alone:
        return 1
    count, room = 1, joined
    for width in widths:
        if width > room:
            count, room = count + 1, joined
        room -= width
    return count


# Characters that mean the same as a plain one, to every reader. A degree sign, a fraction or an
# emoji has no such twin and is left for the sender to see in `unicode_because`.
_TWINS = {
    **dict.fromkeys("‘’‚‛′´`ʼʹˈ‹›＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣⁃", "-"),
    **dict.fromkeys("•‣●▪", "-"),
    "…": "...",
    "⋯": "...",
    "·": ".",
    "⁄": "/",
    "×": "x",
    "ª": "a",
    "º": "o",
    "™": "(TM)",
    "©": "(C)",
    "®": "(R)",
    "\t": " ",
    "\v": "\n",
    "\x85": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
}
_INVISIBLE = frozenset("\u00ad\u034f\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff")
# These shape emoji and right-to-left scripts, so they go only where they buy GSM-7.
_JOINERS = frozenset("\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufe0e\ufe0f")
# Letters with no decomposition that their readers themselves type plain.
_PLAIN_LETTERS = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "OE", "ẞ": "SS"}
# NFKC also turns 10² into 102 and 1½ into 11/2: only these kinds of rewriting keep the meaning.
_SAFE_REWRITINGS = ("<wide>", "<narrow>", "<font>", "<noBreak>", "<compat>")
_LAST_SAFE_ACCENT = 0x17F  # Latin-1 and Extended-A; Vietnamese without its tones says other things


def to_gsm(text: str, *, every_accent: bool = False) -> str:
    """Write `text` in GSM-7 where nothing is lost that a reader needs.

    Typographic quotes, dashes, spaces and invisible characters always become plain. Accents that
    GSM-7 lacks (á í ó ú, but not é à ñ ü, which it has) are dropped only when the whole text then
    fits GSM-7: one of them would triple the bill, and a Spanish reader misses nothing; in a text
    that stays UCS-2 for another reason dropping them would buy nothing. `every_accent` drops all
    that Latin letters wear, as of a name within a text of another language. It never raises.
    """
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    typed = "".join(map(_typed, composed))
    if typed.isascii():
        return typed
    furthest = sys.maxunicode if every_accent else _LAST_SAFE_ACCENT
    plain = "".join(_unaccented(character, furthest) for character in typed)
    return plain if is_gsm(plain) else typed


def _typed(character: str) -> str:
    """The character as a keyboard would have typed it."""
    if character in GSM:
        return character
    if character in _TWINS:
        return _TWINS[character]
    if character in _INVISIBLE:
        return ""
    category = unicodedata.category(character)
    if category == "Cc":
        return ""
    if category == "Zs":
        return " "
    if unicodedata.decomposition(character).startswith(_SAFE_REWRITINGS):
        rewritten = unicodedata.normalize("NFKC", character)
        if is_gsm(rewritten):
            return rewritten
    return character


def _unaccented(character: str, furthest: int) -> str:
    if character in GSM:
        return character
    if character in _JOINERS:
        return ""
    if character in _PLAIN_LETTERS:
        return _PLAIN_LETTERS[character]
    if ord(character) > furthest:
        return character
    if unicodedata.combining(character):
        return ""
    letter = unicodedata.normalize("NFD", character)[0]
    return letter if letter in GSM_BASIC else character
