"""A text as plain words: whatever the keyboard, the font or the mood it was typed in."""

import re
import unicodedata
from dataclasses import dataclass

from textback.domain.understand.quoting import own_words

BOUND = 1600  # characters read of a text: more than ten segments no phone sends
BEGINNING, END = 96, 32  # tokens heard of a letter

FEWEST_BROKEN = 3  # words with a dot behind each: fewer are short sentences
DOT, BREAK, COMMA, ASKING = ".", ";", ",", "?"
BREAKS = frozenset({DOT, BREAK, COMMA, ASKING})

_APOSTROPHES = "’‘ʼ`´′＇‛"
_SMILEY = re.compile(r"(?<!\w)[:;=]['-]?[)(dpo3/\\|*]+(?!\w)|<3+|\^_*\^", re.IGNORECASE)
_MAY_SMILE = re.compile(r"[:;=<^]")  # what a smiley begins with
_NUMBER_SIGN = re.compile(r"#(?!\w)")  # "wrong #"; "#2" is the figure
_HALF_DAY = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)"
    r"|(?P<number>\d+(?:[:.h]\d\d(?!\d))?)"
    r"|(?P<asking>[?]+[?!.\s]*)"
    r"|(?P<pause>(?:[.!;:\n\r…|]|\s[-–—~]+(?=\s)|(?<=\s)[-–—~]+|^[-–—~]+)+)"
    r"|(?P<comma>,)"
    r"|(?P<sign>[^\s\w\"'(){}\[\]<>*/\\¿¡_~#%^&+=@-])",
    re.MULTILINE,
)
_SAID = frozenset({"word", "number", "sign"})
_MARKS = {"asking": ASKING, "comma": COMMA}
MOST_KEPT = 4096  # characters
OFFERED = "◆"  # stands for a mention of an offered time (`choosing`)
_OURS = OFFERED + "◇◈◊"  # the others do in `picks`
_DROPPED = ("M", "Cf", "Sk", "Cc", "Cs", "Co", "Cn")  # marks, skin tones, joiners, broken bytes


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a text, in lower case and without accents; DOT, BREAK, COMMA and
    ASKING stand between clauses. `named` are the positions that were written like a name."""

    tokens: tuple[str, ...]
    named: frozenset[int] = frozenset()


def words(text: str) -> Words:
    """Tell the words of any string; it never raises."""
    tokens: list[str] = []
    named: set[int] = set()
    for match in _TOKEN.finditer(plain(own_words(_theirs(text[:BOUND])))):
        raw, kind = match[0], match.lastgroup
        if kind in _SAID:
            if raw.istitle():
                named.add(len(tokens))
            tokens.append(raw.lower())
        elif tokens:
            mark = DOT if raw == DOT else _MARKS.get(kind or "", BREAK)
            if tokens[-1] not in BREAKS:
                tokens.append(mark)
            elif tokens[-1] != ASKING:
                tokens[-1] = mark
    return _unbroken(_heard(Words(tuple(tokens), frozenset(named))))


def _theirs(text: str) -> str:
    """Without the signs that stand for something here."""
    if not text.isascii():
        for sign in _OURS:
            text = text.replace(sign, "")
    return text


def _heard(text: Words) -> Words:
    """Of a letter its beginning and its end: a person reads all of it anyway."""
    left_out = len(text.tokens) - BEGINNING - END
    if left_out <= 0:
        return text
    tokens = (*text.tokens[:BEGINNING], BREAK, *text.tokens[-END:])
    moved = left_out - 1
    begun = {at for at in text.named if at < BEGINNING}
    ended = {at - moved for at in text.named if at >= BEGINNING + left_out}
    return Words(tokens, frozenset(begun | ended))


def _unbroken(text: Words) -> Words:
    """Without the dots of what is said with one behind each word: "Take. Me. Off."."""
    tokens = text.tokens
    if tokens.count(DOT) < FEWEST_BROKEN:
        return text
    dots = [at for at in range(1, len(tokens)) if tokens[at] == DOT]
    dropped: set[int] = set()
    row: list[int] = []
    for at in (*dots, -1):
        if row and at - row[-1] != 2:  # noqa: PLR2004 - a word and its dot
            dropped.update(row if len(row) >= FEWEST_BROKEN else ())
            row = []
        row.append(at)
    if not dropped:
        return text
    left = [at for at in range(len(tokens)) if at not in dropped]
    named = frozenset(new for new, at in enumerate(left) if at in text.named)
    return Words(tuple(tokens[at] for at in left), named)


def plain(text: str) -> str:
    """No accents, no styled letters, no apostrophes, no skin tones, no smileys."""
    is_ascii = text.isascii()
    for apostrophe in "`" if is_ascii else _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    if _MAY_SMILE.search(text):
        text = _SMILEY.sub(" ", text)
    if not is_ascii:
        decomposed = unicodedata.normalize("NFKD", text)
        text = decomposed.translate(_KEPT)
    text = text.replace("'", "")
    if "#" in text:
        text = _NUMBER_SIGN.sub(" number ", text)
    text = text.replace("\x00", "")
    return _HALF_DAY.sub(r"\1m", text) if DOT in text else text


class _Kept(dict[int, int | None]):
    """What becomes of each character; None: it is dropped. What was asked once is remembered, of
    a few thousand characters: who sends more of them writes in no language."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        dropped = character not in "\n\r\t" and (
            not character.isalnum() and unicodedata.category(character).startswith(_DROPPED)
        )
        if len(self) >= MOST_KEPT:
            self.clear()
        self[code] = kept = None if dropped else code
        return kept


_KEPT = _Kept()
