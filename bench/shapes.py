"""Texts of patients that do not repeat, and texts of ten segments made to be slow."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from textback.domain.understand.matching import MOST_WORDS
from textback.languages import lexicons
from textback.languages.dates import dates

from bench.rounds import ROOT

LONG = 1600  # characters: more is not read of a text
FIGURES = [str(number) for number in range(60)] + [f"{hour}:30" for hour in range(1, 13)]
NEGATIONS = ["no", "not", "never", "don't", "dont", "can't", "cant", "won't", "nope", "nobody", "i"]
EMOJI = "👍🏽❤️🙏😂🛑👩‍👩‍👧✅"
SHORT = 4  # letters
LETTERS = "abcdefghijklmnopqrstuvwxyz"

type Shape = Callable[[Random], str]


def replies() -> list[str]:
    """The labelled replies of tests/data."""
    files = sorted((ROOT / "tests/data").glob("replies*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines]


def varied(texts: Sequence[str], chance: Random) -> Iterator[str]:
    """Each of the texts, with a word of another in it: only those of one word come again."""
    pool = " ".join(texts).split()
    for text in texts:
        words = text.split()
        if len(words) > 1:
            words[chance.randrange(len(words))] = chance.choice(pool)
        yield " ".join(words)


def of_readings() -> dict[str, Shape]:
    """What is slow to read, each for its own reason."""
    everyday = " ".join(replies()).split()
    known = {language: sorted(lexicon.vocabulary) for language, lexicon in lexicons().items()}
    every = sorted(set().union(*known.values()))
    short = [word for word in every if len(word) < SHORT]
    shapes: dict[str, Shape] = {
        "everyday words": _of(everyday),
        "as many as are wholly looked at": lambda c: " ".join(c.choices(everyday, k=MOST_WORDS)),
        "every word alike": _of(sorted(set(everyday))),
        "words of all languages": _of(every),
        "their short words": _of(short),
        "replies in a row": _of(replies()),
        "figures": _of(FIGURES),
        "negations": _of(NEGATIONS),
        "emoji": _of(EMOJI, between=""),
        "words and emoji": _of([*every, *EMOJI * len(short)]),
        "a few words again and again": lambda c: _again(c.choices(short, k=c.randint(1, 4))),
        "long unknown words": lambda c: " ".join(_word(c) for _ in range(LONG)),
        "words with a slip": lambda c: " ".join(_slip(c, c.choice(every)) for _ in range(LONG)),
    }
    for language, words in known.items():
        shapes[f"words of {language}"] = _of(words)
    return shapes


def of_times() -> Mapping[str, list[str]]:
    """What is slow to look for times in, by language: pieces of few words, again and again."""
    chance = Random(LONG)  # noqa: S311 - the same texts each time
    pieces = ["3 or", "by", "in 2", "tomorrow at 3", "mon tue", "from 3 to", "12/8", "not the 8th"]
    found: dict[str, list[str]] = {}
    for language in ("en", "es"):
        words = sorted(dates(language).spellings) + FIGURES
        some = [chance.choices(words, k=chance.randint(1, 5)) for _ in range(150)]
        found[language] = [_again([piece]) for piece in pieces] + [_again(few) for few in some]
    return found


def _of(pool: Sequence[str], between: str = " ") -> Shape:
    return lambda chance: between.join(chance.choices(pool, k=LONG))[:LONG]


def _again(words: Sequence[str]) -> str:
    return (" ".join(words) + " ") * LONG


def _word(chance: Random) -> str:
    return "".join(chance.choices(LETTERS, k=chance.randint(5, 14)))


def _slip(chance: Random, word: str) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(LETTERS) + word[at + 1 :]
