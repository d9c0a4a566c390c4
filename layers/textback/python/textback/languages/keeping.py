"""Grown trees, kept beside the files that they grew from: to load them takes a cold start a
twentieth of the time that growing them does.

scripts/build.sh keeps them, as it keeps bytecode, and by the same means (marshal). They begin with
a hash of all that they depend on (the language's files, the code that grows them and the Python
that wrote them) and one of themselves. Where either does not match, or nothing is kept, as in a
checkout, they are grown.
"""

import gc
import marshal
from collections.abc import Iterable
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path

from textback.domain import understand
from textback.domain.understand.trees import Trees
from textback.languages.files import HERE, languages, sources

KEPT = "trees.kept"
_HASH = 8  # bytes of a `source_hash`
_CODE = Path(understand.__file__).parent
_GROWN_BY = (
    HERE / "reading.py",
    *(_CODE / f"{name}.py" for name in ("growing", "phrases", "sense", "trees", "words")),
)


def load(language: str, folder: Path = HERE) -> Trees:
    """A language's trees, kept below `folder` or grown: ValueError for an unreadable phrase."""
    files = sources(language)
    try:
        kept = (folder / language / KEPT).read_bytes()
    except FileNotFoundError:
        return _grown(files)
    name = _name(files)
    if not kept.startswith(name):
        return _grown(files)
    start = len(name) + _HASH
    grown = memoryview(kept)[start:]
    if source_hash(grown) != kept[len(name) : start]:
        return _grown(files)  # cut short, or damaged: nobody may miss a phrase that is not there
    return _loaded(grown)


def keep(folder: Path = HERE) -> None:
    """Keep every language's trees, below `folder`."""
    for language in languages():
        files = sources(language)
        place = folder / language / KEPT
        place.parent.mkdir(exist_ok=True)
        grown = marshal.dumps(tuple(_grown(files)))
        place.write_bytes(_name(files) + source_hash(grown) + grown)


def _loaded(kept: memoryview) -> Trees:
    collects = gc.isenabled()
    gc.disable()  # no time goes into looking for garbage in what is only being made
    try:
        return Trees(*marshal.loads(kept))  # noqa: S302 - as trusted as code
    finally:
        if collects:
            gc.enable()


def _grown(files: Iterable[bytes]) -> Trees:
    from textback.languages.reading import grown  # noqa: PLC0415 - a cold start does without it

    return grown(files)


def _name(files: Iterable[bytes]) -> bytes:
    """What the trees of these files, grown by this code, begin with."""
    growing = [file.read_bytes() for file in _GROWN_BY]
    return MAGIC_NUMBER + source_hash(b"\0".join([*growing, *files]))
