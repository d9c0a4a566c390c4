"""What it costs to understand a text, warm: patients' replies, and texts made to be slow."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from textback.adapters.dynamodb import items
from textback.domain.understand import Context, explained, read, words
from textback.domain.understand.when import find
from textback.languages import lexicons
from textback.languages.dates import dates

from bench.endpoint import answering
from bench.rounds import interleaved
from bench.row import Row
from bench.shapes import LONG, Shape, of_readings, of_times, replies, varied
from tests.support.samples import rich

REMINDED = Context(visit=True, asked=True)
ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZONE)
ROUNDS, CALLS = 9, 200
ONE_OF = 8  # of the labelled replies
SLOWEST = 8  # texts for times that are looked at more than once
SEED = 2026

type Act = Callable[[], object]


def rows() -> Iterator[Row]:
    yield from _ordinary()
    yield from (_slowest_reading(), _slowest_find())


def _ordinary() -> Iterator[Row]:
    texts = replies()[::ONE_OF]
    item = items.conversation_item(rich())
    with answering("dynamodb", {"Item": item}) as dynamodb:
        key = {"pk": item["pk"], "sk": item["sk"]}

        def calls() -> None:
            for _ in range(CALLS):
                dynamodb.get_item(TableName="table", Key=key)

        chance = Random(SEED)  # noqa: S311 - the same texts each time
        acts = [_each_anew(how, texts, chance) for how in (read, explained)]
        reading, explaining, calling = interleaved([*acts, calls], ROUNDS)
    for name, taken in (("a reading", reading), ("a reading with its work", explaining)):
        value = (taken / len(texts)) / (calling / CALLS)
        yield Row(f"{name}, in GetItem calls", value=value, unit="x", target=0.1, floor=0)


def _each_anew(how: Callable[..., object], texts: Sequence[str], chance: Random) -> Act:
    """Understand the texts, other ones in each round: what was read before would flatter."""
    known = lexicons()
    rounds = iter([list(varied(texts, chance)) for _ in range(ROUNDS + 1)])

    def act() -> None:
        for text in next(rounds):
            how(words(text), REMINDED, "en", known)

    return act


def _slowest_reading() -> Row:
    taken = interleaved([_shaped(shape) for shape in of_readings().values()], ROUNDS)
    return Row("the slowest reading", value=max(taken) * 1000, unit="CPU ms", target=2.5)


def _shaped(shape: Shape) -> Act:
    """Read a text of this shape, another one in each round."""
    chance = Random(SEED)  # noqa: S311 - the same texts each time
    texts = iter([shape(chance) for _ in range(ROUNDS + 1)])
    return lambda: _read(next(texts))


def _read(text: str) -> None:
    read(words(text), REMINDED, "en", lexicons())


def _slowest_find() -> Row:
    acts = [_finding(text, language) for language, texts in of_times().items() for text in texts]
    once = interleaved(acts, 1)
    slowest = sorted(range(len(acts)), key=once.__getitem__)[-SLOWEST:]
    taken = interleaved([acts[number] for number in slowest], ROUNDS)
    return Row("the slowest look for times", value=max(taken) * 1000, unit="CPU ms", target=3)


def _finding(text: str, language: str) -> Act:
    return lambda: find(text[:LONG], NOW, ZONE, dates(language))
