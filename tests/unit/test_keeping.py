"""Trees that are kept: the same as grown ones, and read only if nothing they grew from changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textback.languages import languages, reading
from textback.languages.files import sources
from textback.languages.keeping import KEPT, keep, load
from textback.languages.reading import grown


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    keep(folder)
    return folder


@pytest.mark.parametrize("language", languages())
def test_what_is_kept_is_what_was_grown(kept: Path, language: str) -> None:
    assert load(language, kept) == grown(sources(language))


def test_what_is_kept_is_read(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would be of no use, and nobody would notice: growing gives the same."""
    monkeypatch.delattr(reading, "grown")
    assert load("pt", kept).vocabulary


@pytest.mark.parametrize(
    "damage",
    [lambda b: b[:-1], lambda b: b[:30], lambda b: b.replace(b"confirm", b"cancelo", 1)],
    ids=["cut by a byte", "cut short", "with a word changed"],
)
def test_what_is_damaged_is_not_read(
    kept: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    whole = (kept / "pt" / KEPT).read_bytes()
    assert damage(whole) != whole
    (tmp_path / "pt").mkdir()
    (tmp_path / "pt" / KEPT).write_bytes(damage(whole))
    assert load("pt", tmp_path) == grown(sources("pt"))


@pytest.mark.parametrize("first", [b"", b"another hash"])
def test_what_was_kept_of_other_files_is_not_read(tmp_path: Path, first: bytes) -> None:
    (tmp_path / "pt").mkdir()
    (tmp_path / "pt" / KEPT).write_bytes(first)
    assert load("pt", tmp_path) == grown(sources("pt"))


def test_a_language_that_is_not_kept_is_grown(tmp_path: Path) -> None:
    assert load("pt", tmp_path) == grown(sources("pt"))
