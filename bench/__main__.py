"""`make bench`: measure, and tell each figure beside its floor, its naive baseline and its target.

A figure that misses its target is told and is no failure of the run: times differ from machine to
machine. What has to hold everywhere is counted, and tests hold it.
"""

import argparse
import sys
from collections.abc import Sequence

from bench.benches import NAMES, bench, purpose
from bench.row import Row
from bench.telling import as_json, tell


def main(argv: Sequence[str] | None = None, names: Sequence[str] = NAMES) -> int:
    arguments = _parser(names).parse_args(argv)
    if arguments.list:
        for name in names:
            print(f"{name:14} {purpose(name)}")
        return 0
    rows: list[Row] = []
    for name in arguments.names or names:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows += bench(name)()
    if arguments.json:
        print(as_json(rows), flush=True)
    else:
        tell(rows)
    return 0


def _parser(names: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[[], *names], metavar="NAME", help="which to run (default: all)"
    )
    parser.add_argument("--list", action="store_true", help="list the benches, and run none")
    parser.add_argument("--json", action="store_true", help="print one line of JSON, no table")
    return parser


if __name__ == "__main__":
    sys.exit(main())
