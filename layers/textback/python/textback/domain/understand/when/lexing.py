"""A text as tokens: what each word or figure can mean in a language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from textback.domain.understand.spelling import one_slip
from textback.domain.understand.when.folding import folded
from textback.domain.understand.when.token import Token
from textback.domain.understand.when.vocabulary import SHORTEST_MENDED, Means, Vocabulary
from textback.domain.understand.words import BOUND, plain

MOST = 48  # words, figures and signs that are looked at: who asks for a time is briefer
MOST_MENDED = 12  # words of a text that are looked up by their misspellings
_MOST_IN_A_ROW = 3
_TENS = range(20, 100, 10)
_HOURS = 24
_CENTURY = 100
_AND = (Means.AND, Means.PLUS)
_THOUSANDS = 2  # of the years that people make appointments in

_TOKEN = re.compile(
    r"(?P<other>(?:\+?\d{1,3}[-. ]?)?\(?\b\d{3}\)?[-. ]?\d{3}[-. ]\d{4}\b"
    r"|\b\d{3}[-.]\d{4}\b"  # phones
    r"|\b\d{3}-\d\d-\d{4}\b|\+\d[\d -]{7,}"
    r"|[$€£#]\s?\d[\d.,]*|[$€£][^\W\d_]\w*|(?:%[\da-f]{2}){2,}|\b\d(?:-\d){2,}(?![\d/-])"
    r"|\d[\d.,]*\s?[$€£%°+]|\b(?![ap]m-\d)[^\W\d_]{1,2}-?\d\w*"  # amounts, names of rooms
    r"|\d{5,}|\d+,\d{3}\b|\d+\.\d(?!\d|\.\d)|\d{3,}\.\d+(?!\.?\d)|[^\s\d]\S*@\w\S*|@[^\W\d_]\w*|https?:\S+"
    r"|\b\d{1,2}:\d(?!\d))"  # "1:1"
    r"|(?P<date>\b\d{4}(?P<one>[-/.])\d\d?(?:(?P=one)\d\d?)(?!\d)"
    r"|\b\d\d? ?[/.-] ?(?:19|20)\d\d(?![\d/-])|\b(?:19|20)\d\d ?[/-] ?\d\d?(?![\d/:-])"
    r"|\b\d\d?(?P<two> ?[/-] ?|[.])\d\d?(?P=two)(?:\d{4}|\d\d)(?!\d)"
    r"|(?<![\d/])\b\d\d? ?/ ?\d\d?(?![\d/%]|\.\d))"
    r"|(?P<clock>\b\d\d?(?:[:.]| ?: (?=\d\d(?: ?[ap]m| ?h\b|$))| ?h ?)"
    r"[0-5]\d(?!\d| ?min)(?::[0-5]\d)?)"
    r"|(?P<number>\d{1,4}(?!\d))"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<pause>[.!?;:\n\r…|]+)"
    r"|(?P<comma>,)"
    r"|(?P<dash>[-–—~]+)"
    r"|(?P<sign>[@/&])"
    r"|(?P<bracket>[^\s\w])"
)

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)t(?=\d\d:)")
_HALF_DAY = re.compile(r"(?<=\d)([ap])\.\s?m\b\.?")  # "1:30p.m."
_RAISED = re.compile(  # "1° de mayo", "2.a semana", but "37° C"
    r"(?<=\d)(?:°(?=\s+[^\W\d_]{2})|\.(?=[oa]\s[^\W\d_]{2}))"
)
_SHORT_YEAR = re.compile(r"\s['’‘]([0-5]\d)\b")  # "december '26"
_ABBREVIATED = 5  # letters, at most: "sept."


def tokens(text: str, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """Tell the tokens of any string; it never raises."""
    raw = list(islice(_spelled_out(_raw(text), vocabulary), MOST))
    _mend(raw, vocabulary)
    found: list[Token] = []
    at = 0
    while at < len(raw):
        kind, word, _ = raw[at]
        glued = at > 0 and raw[at - 1][2] == raw[at][2] - len(word)
        size, means = _longest(raw, at, vocabulary)
        if size > 1 and glued and raw[at - 1][0] == "number" and _ends_ordinal(word, vocabulary):
            size, means = 1, {Means.ORDINAL_END: 0}  # "2a | mitad", where "a mitad" is a word too
        if size:
            text_ = " ".join(raw[at + i][1] for i in range(size))
            figures = (int(word),) if kind == "number" else ()
            if kind == "number" and Means.NOTHING not in means:
                means = {**means, Means.NUMBER: int(word)}
            found.append(Token("word", text_, means, figures, glued))
            at += size
            at += _dot(raw, at, means, text_)
            continue
        found.append(_figures(kind, word, glued=glued))
        at += 1
        if kind == "number" and at + 1 < len(raw) and raw[at][1] == ".":
            at += Means.MONTH in _longest(raw, at + 1, vocabulary)[1]  # "16. Nov."
    return tuple(_unrepeated(folded(_years(_joined(found)))))


def _spelled_out(
    raw: Iterable[tuple[str, str, int]], vocabulary: Vocabulary
) -> Iterator[tuple[str, str, int]]:
    """With what short forms stand for: "eom" is the end of the month."""
    for kind, word, end in raw:
        for each in vocabulary.instead.get(word, (word,)):
            yield kind, each, end


def _unrepeated(found: Iterable[Token]) -> Iterator[Token]:
    """Without what only stands there again and again: nobody means more by "no no no no"."""
    run = 0
    last: Token | None = None
    for token in found:
        run = run + 1 if last is not None and token.text == last.text else 0
        last = token
        if run < _MOST_IN_A_ROW:
            yield token


def _raw(text: str) -> Iterator[tuple[str, str, int]]:
    """(kind, text, where it ends)"""
    dated = _SHORT_YEAR.sub(r" 20\1", text[:BOUND])
    told = _RAISED.sub(_ordinal, plain(dated).lower())
    for match in _TOKEN.finditer(_ISO.sub(r"\1 ", _HALF_DAY.sub(r"\1m ", told))):
        yield match.lastgroup or "", match[0], match.end()


def _ordinal(mark: re.Match[str]) -> str:
    return "o" if mark[0] == "°" else ""


def _mend(raw: list[tuple[str, str, int]], vocabulary: Vocabulary) -> None:
    """Put long words right that are one slip away from words for just one day."""
    looked_up = 0
    for at, (kind, word, end) in enumerate(raw):
        if kind != "word" or word in vocabulary.known or len(word) < SHORTEST_MENDED - 1:
            continue
        if looked_up == MOST_MENDED:
            return
        looked_up += 1
        near = [w for w in vocabulary.mended if w[0] == word[0] and one_slip(word, w)]
        if near and all(vocabulary.mended[w] == vocabulary.mended[near[0]] for w in near):
            raw[at] = (kind, near[0], end)


def _dot(raw: list[tuple[str, str, int]], at: int, means: Mapping[Means, int], text: str) -> int:
    """1 where a dot stands that only ends a short name of a day or a month: "dec. 8"."""
    if at + 1 >= len(raw) or raw[at][1] != ".":
        return 0
    if Means.COUNTED in means:
        return int(len(text) < _ABBREVIATED)  # "apt. 4", "dr. May"
    tight = raw[at + 1][2] - len(raw[at + 1][1]) == raw[at][2]
    dated = raw[at + 1][0] == "number" and Means.MONTH in means  # "october. 2"
    dated = dated and (at + 2 == len(raw) or raw[at + 2][0] not in ("word", "number"))
    if len(text) > _ABBREVIATED and not tight and not dated:
        return 0
    return int(Means.WEEKDAY in means or Means.MONTH in means)


def _longest(
    raw: list[tuple[str, str, int]], at: int, vocabulary: Vocabulary
) -> tuple[int, Mapping[Means, int]]:
    """The longest spelling that begins here: (its words, what it means)."""
    second = raw[at + 1][1] if at + 1 < len(raw) else None
    for words, means in vocabulary.spellings.get(raw[at][1], ()):
        if len(words) > 1 and words[1] != second:
            continue
        if all(at + i < len(raw) and raw[at + i][1] == word for i, word in enumerate(words)):
            return len(words), means
    return 0, {}


def _ends_ordinal(word: str, vocabulary: Vocabulary) -> bool:
    return any(
        words == (word,) and Means.ORDINAL_END in means
        for words, means in vocabulary.spellings.get(word, ())
    )


def _figures(kind: str, word: str, *, glued: bool) -> Token:
    match kind:
        case "date":
            return Token(kind, word, {}, tuple(int(n) for n in re.split(r"\D+", word)), glued)
        case "clock":
            hour, minute, *_ = (int(n) for n in re.split(r"\D+", word))
            if hour <= _HOURS:
                return Token(kind, word, {}, (hour % _HOURS * 60 + minute,), glued)
            return Token("other", word, {}, (), glued)
        case "number":
            return Token(kind, word, {Means.NUMBER: int(word)}, (int(word),), glued)
        case _:
            return Token(kind, word, {}, (), glued)


def _years(found: Iterable[Token]) -> Iterator[Token]:
    """With "dos mil veinte" and "two thousand and twenty" as a year."""
    tokens = list(found)
    at = 0
    while at < len(tokens):
        token, at = tokens[at], at + 1
        spelled = token.means.get(Means.NUMBER) == _THOUSANDS and not token.figures
        if spelled and at < len(tokens) and Means.THOUSAND in tokens[at].means:
            at += 1
            step = at + (at < len(tokens) and not tokens[at].means.keys().isdisjoint(_AND))
            rest = tokens[step].means.get(Means.NUMBER, 0) if step < len(tokens) else 0
            year = _THOUSANDS * 1000
            if 0 < rest < _CENTURY and not tokens[step].figures:
                year, at = year + rest, step + 1
            token = Token("number", token.text, {Means.NUMBER: year}, (year,), token.glued)
        yield token


def _joined(found: list[Token]) -> Iterator[Token]:
    """With "twenty two" and "treinta y uno" as one number, and figures with an ending of their
    own ("10mg", "2x") as nothing."""
    at = 0
    while at < len(found):
        token = found[at]
        value = token.means.get(Means.NUMBER)
        if value is not None and value in _TENS and not token.figures:
            step = at + 1
            if step < len(found) and (
                found[step].kind == "dash" or Means.PLUS in found[step].means
            ):
                step += 1
            if step < len(found) and not found[step].figures:
                for means in (Means.NUMBER, Means.ORDINAL):
                    ones = found[step].means.get(means, 0)
                    if 0 < ones < _TENS.step:
                        both = f"{token.text} {found[step].text}"
                        token = Token("word", both, {means: value + ones}, (), token.glued)
                        at = step
                        break
        after = found[at + 1] if at + 1 < len(found) else None
        if token.figures and after and after.glued and after.kind == "word":
            if Means.ORDINAL_END in after.means and token.kind == "number":
                token = Token(
                    "number", token.text, {Means.ORDINAL: token.figures[0]}, token.figures
                )
                at += 1
            elif not after.means or Means.COUNTED in after.means:
                token = Token("other", token.text + after.text)
                at += 1
        yield token
        at += 1
