"""Words as a language spells them: stretched and slightly misspelled ones put right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.trees import SHORTEST_MENDED
from textback.domain.understand.words import BREAKS, COMMA, DOT, Words

MOST_MENDED = 12  # words of a text that are looked up by their misspellings
LONGEST_STRETCHED = 40  # letters: a longer word is a hand on a key, not a word said with feeling
_STRETCHED, _DOUBLED = re.compile(r"(.)\1{2,}"), re.compile(r"(.)\1+")
_SPACED_OUT, _LONGEST_SPACED = 3, 24  # tokens that may be one word typed as S.T.O.P


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
    trees, vocabulary = lexicon.trees, lexicon.vocabulary
    for word, is_name in _joined(text, lexicon):
        if word in vocabulary and not is_name and word not in trees.spellings:
            tokens.append(word)  # most are, and are done with
            continue
        if word == DOT and tokens and tokens[-1] in lexicon.trees.abbreviations:
            continue
        if is_name:
            named.add(len(tokens))
        a_name = is_name and bool(tokens) and tokens[-1] not in BREAKS
        plain = lexicon.trees.spellings.get(word) or _unstretched(word, lexicon)
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
        word = text.tokens[at]
        if len(word) > 1:
            yield word, at in text.named
            at += 1
            continue
        end, letters = at, ""
        inside = at > 0 and len(text.tokens[at - 1]) == 1  # of a row that was looked at already
        while not inside and end < min(size, at + _LONGEST_SPACED):
            letter = text.tokens[end]
            if len(letter) > 1 or not (letter.isalpha() or letter == DOT):
                break
            letters += letter.strip(DOT)
            end += 1
        if len(letters) >= _SPACED_OUT and letters in lexicon.vocabulary:
            yield letters, False
            at = end
        else:
            dumb = not word.isalnum() and word not in lexicon.vocabulary
            yield COMMA if dumb and word not in BREAKS else word, at in text.named
            at += 1  # an emoji that says nothing parts clauses, as people use it


def _unstretched(word: str, lexicon: Lexicon) -> str | None:
    """The word itself, or without its repeated letters, if the language has it."""
    if word in lexicon.vocabulary or word[0].isdigit():
        return word
    if len(word) > LONGEST_STRETCHED or not _DOUBLED.search(word):
        return None
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
    head, tail = word[:-3], word[-2:]  # a slip leaves one of the two as it is
    near: list[str] = []
    for size in (len(word) - 1, len(word), len(word) + 1):
        near += [
            other
            for other in lexicon.trees.beginnings.get((word[:2], size), ())
            if (other.endswith(tail) or other.startswith(head)) and one_slip(word, other)
        ]
        near += [  # where the slip is right behind the first letter
            other
            for other in lexicon.trees.endings.get((word[0] + tail, size), ())
            if other[1] != word[1] and one_slip(word, other)
        ]
    return near[0] if len(near) == 1 else None


def one_slip(one: str, other: str) -> bool:
    """Whether a letter left out, put in, changed, or two swapped, makes one of the other."""
    at = 0
    shortest = min(len(one), len(other))
    while at < shortest and one[at] == other[at]:
        at += 1
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return (
        one[at + 1 :] == other[at + 1 :]
        or one[at:] == other[at + 1 :]
        or one[at + 1 :] == other[at:]
        or (swapped and len(one) == len(other))
    )
