"""The labelled replies: which are learned from, and which are kept to tell how well it went."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import Context, words
from textback.domain.understand.words import Words

DATA = Path(__file__).parents[1] / "tests" / "data"
# No rule and no weight was made with these in sight.
HELD = (
    "replies-held",
    "replies-l",
    "replies-u",
    "replies-v",
    "replies-y",
)
# The rules were written with these in sight: what the rules find in them tells nothing of how far
# they can be trusted, so that only their words are learned from.
SEEN_BY_THE_RULES = (
    "replies",
    "replies-more",
    "replies-tuned",
    "replies-opened",
    "replies-a",
    "replies-own",
    "replies-looked",
)
UNSEEN = (
    "replies-untouched",
    "replies-c",
    "replies-d",
    "replies-e",
    "replies-f",
    "replies-g",
    "replies-h",
    "replies-i",
    "replies-k",
    "replies-m",
    "replies-n",
    "replies-o",
    "replies-p",
    "replies-q",
    "replies-r",
    "replies-s",
    "replies-t",
    "replies-w",
    "replies-x",
)


@dataclass(frozen=True, slots=True)
class Reply:
    text: Words
    context: Context
    meaning: Intent
    language: str


def read(name: str) -> list[Reply]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_reply(json.loads(line)) for line in lines]


def to_learn(names: Iterable[str]) -> list[Reply]:
    """The replies of some sets, without what somebody also wrote among those kept back."""
    held = {reply.text for name in HELD for reply in read(name)}
    return [reply for name in names for reply in read(name) if reply.text not in held]


def _reply(case: dict[str, str]) -> Reply:
    context = CONTEXTS[case["context"]]
    return Reply(words(case["text"]), context, Intent(case["label"]), case["lang"])


def digest() -> str:
    """A hash of all that is learned from."""
    files = (DATA / f"{name}.jsonl" for name in (*SEEN_BY_THE_RULES, *UNSEEN))
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
