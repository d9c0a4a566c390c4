"""Which offered time is picked (`domain/understand/picks.py`), learned from those replies that had
times to pick from: each is one example for every time that was offered."""

from collections.abc import Iterable, Iterator

import numpy as np
from sklearn.linear_model import LogisticRegression
from textback.domain.reading import PICKS
from textback.domain.understand.picks import ABOVE, Picks, features, of_words
from textback.domain.understand.understanding import by_rules
from textback.languages import lexicons

from learning.learn import MOST, ROUNDS, matrix
from learning.replies import Reply

PLACES = 1 << 14
REGULARITY = 0.5

type Example = tuple[Iterable[str], bool]


def learn_picks(seen: Iterable[Reply], unseen: Iterable[Reply]) -> Picks:
    """`seen`: replies that the rules were written with in sight, see `learning.replies`."""
    examples = [example for reply in seen for example in _examples(reply, by_words_alone=True)]
    examples += [example for reply in unseen for example in _examples(reply, by_words_alone=False)]
    rows = matrix([iter(set(counted)) for counted, _ in examples], PLACES)
    model = LogisticRegression(C=REGULARITY, max_iter=ROUNDS).fit(
        rows, [picked for _, picked in examples]
    )
    scale = float(np.abs(model.coef_).max()) / MOST
    weights = np.round(model.coef_[0] / scale).astype(int) + ABOVE
    return Picks(
        bytes(weights.tolist()),
        round(float(model.intercept_[0]), 4),
        scale,
        frozenset({"en", "es"}),
    )


def _examples(reply: Reply, *, by_words_alone: bool) -> Iterator[Example]:
    if not reply.context.slots:
        return
    found, _ = by_rules(reply.text, reply.context, reply.language, lexicons())
    if found.choice is None:
        return
    for offer in range(len(reply.context.slots)):
        alone = of_words(found.text, found.choice, offer)
        counted = alone if by_words_alone else features(found, offer)
        yield counted, reply.meaning in PICKS[offer : offer + 1]
