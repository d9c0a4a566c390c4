"""`make learn`: learn from the labelled replies, and tell how well it does on those kept back.

`--across` tells how a new author's replies fare: it learns from all others' and reads theirs.
"""

import argparse

from textback.languages.learned import FILE, write

from learning.learn import learn
from learning.replies import HELD, SEEN_BY_THE_RULES, UNSEEN, digest, read
from learning.telling import tell


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m learning", description=__doc__)
    parser.add_argument("--across", action="store_true", help="tell each set as if it was new")
    across = parser.parse_args().across
    seen = [reply for name in SEEN_BY_THE_RULES for reply in read(name)]
    sets = {name: read(name) for name in UNSEEN}
    if across:
        for name, replies in sets.items():
            others = [reply for other in sets if other != name for reply in sets[other]]
            tell(name, replies, learn(seen, others))
        return
    learned = learn(seen, [reply for replies in sets.values() for reply in replies])
    write(learned, digest(), FILE)
    tell(HELD, read(HELD.removesuffix(".jsonl")), learned)


if __name__ == "__main__":
    main()
