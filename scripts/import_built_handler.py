"""Import one built handler as Lambda does, with nothing but the build to import it from.

To be run by `python3.13 -I -S`: no site-packages, no environment, no current folder.
"""

import importlib
import sys
from pathlib import Path


def main(build: Path, function: str) -> None:
    """Import `app` from the built function and the built layers, and look for its handler."""
    layers = sorted(build.glob("*Layer/python"))
    sys.path[:0] = [str(build / function), *map(str, layers)]
    sys.dont_write_bytecode = True  # the build is to hold what the build made
    handler = getattr(importlib.import_module("app"), "handler", None)
    if not callable(handler):
        raise SystemExit(f"{function}: app.py has no handler")
    sys.stdout.write(f"{function}: {handler.__module__}.{handler.__qualname__}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2])
