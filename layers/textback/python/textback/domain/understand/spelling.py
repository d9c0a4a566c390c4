"""Words as a language spells them: stretched and slightly misspelled ones put right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.words import BREAK, BREAKS, COMMA, Words

SHORTEST_MENDED = 5  # letters: a shorter word is too close to too many others
MOST_MENDED = 12  # words of a text that are looked up by their misspellings
_STRETCHED, _DOUBLED = re.compile(r"(.)\1{2,}"), re.compile(r"(.)\1+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SPACED_OUT = 3  # single letters in a row that may be one word: S.T.O.P


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text's tokens in a language's spelling; `mended` are the positions that were guessed."""

    tokens: tuple[str, ...]
    mended: frozenset[int]
    named: frozenset[int]


def spell(text: Words, lexicon: Lexicon) -> Spelled:
    tokens: list[str] = []
    mended: set[int] = set()
    named: set[int] = set()
    looked_up = 0
    joined = _joined(text, lexicon)
    for word, is_name in joined:
        if word == BREAK and tokens and tokens[-1] in lexicon.abbreviations:
            continue
        if not word.isalnum() and word[0] not in BREAKS | lexicon.vocabulary and ":" not in word:
            word = COMMA  # an emoji that says nothing parts clauses, as people use it
        if is_name:
            named.add(len(tokens))
        a_name = is_name and bool(tokens) and tokens[-1] not in BREAKS
        plain = _unstretched(word, lexicon)
        if (
            plain is None
            and not a_name
            and looked_up < MOST_MENDED
            and _may_be_misspelled(word, lexicon)
        ):
            looked_up += 1
            plain = _mended(word, lexicon)
            if plain:
                mended.add(len(tokens))
        tokens.append(plain or word)
    return Spelled(tuple(tokens), frozenset(mended), frozenset(named))


def _joined(text: Words, lexicon: Lexicon) -> Iterator[tuple[str, bool]]:
    """The words, with a word typed letter by letter put together."""
    at, size = 0, len(text.tokens)
    while at < size:
        end, letters = at, ""
        while end < size and (len(text.tokens[end]) == 1):
            letter = text.tokens[end]
            if letter in BREAKS and letter != BREAK:
                break
            letters += letter.strip(BREAK)
            end += 1
        if len(letters) >= _SPACED_OUT and letters in lexicon.vocabulary:
            yield letters, False
            at = end
        else:
            yield text.tokens[at], at in text.named
            at += 1


def _unstretched(word: str, lexicon: Lexicon) -> str | None:
    """The word itself, or without its repeated letters, if the language has it."""
    if word in lexicon.vocabulary:
        return word
    for pattern, kept in ((_STRETCHED, r"\1\1"), (_STRETCHED, r"\1"), (_DOUBLED, r"\1")):
        shorter = pattern.sub(kept, word)
        if shorter in lexicon.vocabulary:
            return shorter
    return None


def _may_be_misspelled(word: str, lexicon: Lexicon) -> bool:
    return (
        len(word) >= SHORTEST_MENDED
        and word.isascii()
        and word.isalpha()
        and word not in lexicon.known
    )


def _mended(word: str, lexicon: Lexicon) -> str | None:
    """The one long word of the language that is a single slip away, if there is just one."""
    near = {
        slip for slip in _slips(word) if len(slip) >= SHORTEST_MENDED and slip in lexicon.vocabulary
    }
    return near.pop() if len(near) == 1 else None


def _slips(word: str) -> Iterator[str]:
    """All that one slip after the first letter makes of a word."""
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
