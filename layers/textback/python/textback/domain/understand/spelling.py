"""Words as a language spells them: stretched and slightly misspelled ones put right."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
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


def spell(text: Words, lexicon: Lexicon, familiar: Sequence[Collection[str]] = ()) -> Spelled:
    """`familiar` are other languages' words. How each of those is spelled, or what it is mended to,
    is remembered; of a contact's own words, which may be names, nothing is."""
    tokens: list[str] = []
    mended: set[int] = set()
    named: set[int] = set()
    words, names, size = text.tokens, text.named, len(text.tokens)
    vocabulary, settled = lexicon.vocabulary, lexicon.settled
    looked_up = at = 0
    while at < size:
        word, is_name = words[at], at in names
        at += 1
        plain = settled.get(word)
        if plain is not None and (len(word) > 1 or at == size or len(words[at]) > 1):
            if is_name:
                named.add(len(tokens))
            tokens.append(plain)  # most are, and are done with
            continue
        if len(word) == 1:
            row = word.isalpha() or word == DOT
            apart = _typed_apart(words, at - 1, vocabulary) if row else None
            if apart:
                word, at = apart
                is_name = False
            elif word not in vocabulary and word not in BREAKS and not word.isalnum():
                word = COMMA  # an emoji that says nothing parts clauses, as people use it
        if word == DOT and tokens and tokens[-1] in lexicon.trees.abbreviations:
            continue
        if is_name:
            named.add(len(tokens))
        if word in BREAKS:
            tokens.append(word)
            continue
        plain = _spelled(word, lexicon, familiar)
        if plain is None and looked_up < MOST_MENDED:
            a_name = is_name and bool(tokens) and tokens[-1] not in BREAKS
            if not a_name:
                looked_up += 1
                plain = _mended(word, lexicon, familiar)
                if plain:
                    mended.add(len(tokens))
        tokens.append(plain or word)
    return Spelled(tuple(tokens), frozenset(mended), frozenset(named))


def _spelled(word: str, lexicon: Lexicon, familiar: Sequence[Collection[str]]) -> str | None:
    """The word as the language has it; None if it may be a misspelled one."""
    if word in lexicon.mended:
        return None
    spelled = lexicon.trees.spellings.get(word)
    known = spelled is not None or word in lexicon.vocabulary
    plain = spelled or _unstretched(word, lexicon)
    if plain is None:
        if _may_be_misspelled(word, lexicon):
            return None
        plain = word
    if known or any(word in vocabulary for vocabulary in familiar):
        lexicon.settled[word] = plain
    return plain


def _typed_apart(
    words: Sequence[str], at: int, vocabulary: Collection[str]
) -> tuple[str, int] | None:
    """A word typed letter by letter, and where it ends: "s.t.o.p"."""
    end, size = at + 1, len(words)
    if end == size or len(words[end]) > 1:
        return None
    if at and len(words[at - 1]) == 1:
        return None  # inside of a row that was looked at already
    letters, end = "", at
    while end < min(size, at + _LONGEST_SPACED):
        letter = words[end]
        if len(letter) > 1 or not (letter.isalpha() or letter == DOT):
            break
        letters += letter.strip(DOT)
        end += 1
    return (letters, end) if len(letters) >= _SPACED_OUT and letters in vocabulary else None


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


def _mended(word: str, lexicon: Lexicon, familiar: Sequence[Collection[str]]) -> str | None:
    if word in lexicon.mended:
        return lexicon.mended[word]
    nearest = _nearest(word, lexicon)
    if any(word in vocabulary for vocabulary in familiar):
        lexicon.mended[word] = nearest
    return nearest


def _nearest(word: str, lexicon: Lexicon) -> str | None:
    """The one long word of the language that is a single slip away, if there is just one."""
    first, last = word[:-2], word[-2:]
    near = _within(word, lexicon.trees.endings.get(word[0] + last, ()))
    long = lexicon.trees.long
    alike = long[bisect_left(long, first) : bisect_left(long, _beyond(first))]
    near += _within(word, [other for other in alike if other[-2:] != last])
    swapped = f"{word[:-3]}{word[-2]}{word[-3]}{word[-1]}"  # neither is left as it was
    if swapped in lexicon.vocabulary:
        near.append(swapped)
    return near[0] if len(near) == 1 else None


def _within(word: str, others: Iterable[str]) -> list[str]:
    """Those that are a slip away; it is in one half of the word, and leaves the other."""
    shortest, half = len(word) - 1, len(word) // 2
    begins, ends, lengths = word[:half], word[half + 1 :], range(shortest, shortest + 3)
    return [
        other
        for other in others
        if len(other) in lengths
        and (other.startswith(begins) or other.endswith(ends))
        and one_slip(word, other)
    ]


def _beyond(beginning: str) -> str:
    """What comes behind all that begins so, in order."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


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
