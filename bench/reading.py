"""What it costs to understand a text, warm: on patients' replies, and on texts made to be slow."""

import json
import random
from collections.abc import Iterator
from functools import partial

from textback.adapters.dynamodb import items
from textback.domain.understand import Context, read, words
from textback.languages import lexicons

from bench.endpoint import answering
from bench.rounds import ROOT, interleaved
from bench.row import Row
from tests.support.samples import rich

REMINDED = Context(visit=True, asked=True)
ROUNDS, CALLS = 9, 200
SEED = 2026

LONG = 10_000  # more than is read of a text

# Each slow for its own reason; which of them is the slowest changes with the languages.
SLOW = {
    "one word": "a" * LONG,
    "a word often": "stop " * LONG,
    "a negation often": "don't not never no " * LONG,
    "misspellings": "cancle tomorow apointment unsubscirbe " * LONG,
    "phrases begun": "can you please call me about my i will not be able to " * LONG,
    "two languages": "no puedo come my cita mañana please " * LONG,
    "pauses": "ok. no! yes? " * LONG,
    "signs": "👍🏽👩‍👩‍👧🛑" * LONG,
    "marks": "e" + "\u0301" * LONG,
    "smileys": ":-)))(((" * LONG,
    "numbers": "1:30 2 3.5 12/08 " * LONG,
    "quotes": "'" * LONG,
}
FIGURES = [str(number) for number in range(60)] + [f"{hour}:30" for hour in range(1, 13)]
NEGATIONS = ["no", "not", "never", "don't", "dont", "can't", "cant", "won't", "nope", "nobody", "i"]


def rows() -> Iterator[Row]:
    yield from (_ordinary(), _worst())


def _ordinary() -> Row:
    replies = _replies()
    item = items.conversation_item(rich())
    with answering("dynamodb", {"Item": item}) as dynamodb:
        key = {"pk": item["pk"], "sk": item["sk"]}

        def calls() -> None:
            for _ in range(CALLS):
                dynamodb.get_item(TableName="table", Key=key)

        reading, calling = interleaved([partial(_read, replies), calls], ROUNDS)
    return Row(
        "a reading, in GetItem calls",
        value=(reading / len(replies)) / (calling / CALLS),
        unit="x",
        target=0.1,
        floor=0,
    )


def _worst() -> Row:
    texts = [text[:LONG] for text in (*SLOW.values(), *_shuffled())]
    taken = interleaved([partial(_read, [text]) for text in texts], ROUNDS)
    return Row("the slowest reading", value=max(taken) * 1000, unit="CPU ms", target=5)


def _shuffled() -> Iterator[str]:
    """Words in an order that nobody writes: as common as they are, each as often, figures, noes."""
    chance = random.Random(SEED)  # noqa: S311 - the same texts each time
    common = " ".join(_replies()).split()
    for pool in (common, sorted(set(common)), FIGURES, NEGATIONS):
        yield " ".join(chance.choices(pool, k=LONG // 4))


def _replies() -> list[str]:
    files = sorted((ROOT / "tests/data").glob("replies*.jsonl"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines]


def _read(texts: list[str]) -> None:
    known = lexicons()
    for text in texts:
        read(words(text), REMINDED, "en", known)
