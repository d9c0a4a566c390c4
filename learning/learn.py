"""Logistic regression over hashed features (scikit-learn), its weights rounded to signed bytes."""

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from textback.domain.reading import Intent
from textback.domain.understand.likeness import (
    Likeness,
    features,
    learned_as,
    of_findings,
    packed,
    place,
    situation,
)
from textback.domain.understand.understanding import by_rules
from textback.languages import lexicons

from learning.replies import Reply

PLACES = 1 << 14
REGULARITY = 0.3  # scikit-learn's C: 1 learns the replies nearly by heart
ROUNDS = 500
MOST = 127  # of a signed byte


def learn(seen: Iterable[Reply], unseen: Iterable[Reply]) -> Likeness:
    """`seen`: replies that the rules were written with in sight, see `learning.replies`."""
    rows: list[tuple[Iterator[str], Reply]] = []
    rows += ((features(reply.text, reply.context), reply) for reply in seen)
    rows += ((_all_features(reply), reply) for reply in unseen)
    meanings = [learned_as(reply.meaning).value for _, reply in rows]
    model = LogisticRegression(C=REGULARITY, max_iter=ROUNDS).fit(
        matrix([found for found, _ in rows], PLACES), meanings
    )
    scale = float(np.abs(model.coef_).max()) / MOST
    return Likeness(
        packed(np.round(model.coef_ / scale).astype(int).T.tolist()),
        tuple(map(Intent, model.classes_)),
        tuple(round(float(b), 4) for b in model.intercept_),
        scale,
        frozenset(reply.language for _, reply in rows),
    )


def _all_features(reply: Reply) -> Iterator[str]:
    yield from features(reply.text, reply.context)
    found, reading = by_rules(reply.text, reply.context, reply.language, lexicons())
    yield from of_findings(found, reading, situation(reply.context))


def matrix(rows: list[Iterator[str]], places: int) -> csr_matrix:
    """A row a text, each feature counted at the place that it is hashed to."""
    columns: list[int] = []
    counts: list[float] = []
    ends = [0]
    for row in rows:
        counted = Counter(place(feature, places) for feature in row)
        columns += counted.keys()
        counts += counted.values()
        ends.append(len(columns))
    return csr_matrix((counts, columns, ends), shape=(len(rows), places))
