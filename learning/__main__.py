"""`make learn`: learn from the labelled replies, and tell how well it does on those kept back.

`--across` tells how a new author's replies fare: it learns from all others' and reads theirs.
"""

import argparse

from textback.languages.learned import write_likeness, write_picks

from learning.learn import learn
from learning.picks import learn_picks
from learning.replies import HELD, SEEN_BY_THE_RULES, UNSEEN, digest, read, to_learn
from learning.telling import tell


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m learning", description=__doc__)
    parser.add_argument("--across", action="store_true", help="tell each set as if it was new")
    across = parser.parse_args().across
    seen = to_learn(SEEN_BY_THE_RULES)
    if across:
        for name in UNSEEN:
            others = to_learn(other for other in UNSEEN if other != name)
            tell(name, read(name), learn(seen, others), learn_picks(seen, others))
        return
    unseen = to_learn(UNSEEN)
    learned, picks = learn(seen, unseen), learn_picks(seen, unseen)
    write_likeness(learned, digest())
    write_picks(picks, digest())
    for name in HELD:
        tell(name, read(name), learned, picks)


if __name__ == "__main__":
    main()
