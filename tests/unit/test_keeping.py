"""Trees that are kept: the same as grown ones, and read only if nothing they grew from changed."""

from pathlib import Path

import pytest
from textback.languages import languages
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


def test_what_is_kept_is_read(kept: Path) -> None:
    """Else it would be of no use, and nobody would notice: growing gives the same."""
    place = kept / "pt" / KEPT
    whole = place.read_bytes()
    place.write_bytes(whole[:-1])
    with pytest.raises(EOFError):
        load("pt", kept)
    place.write_bytes(whole)


@pytest.mark.parametrize("first", [b"", b"another hash"])
def test_what_was_kept_of_other_files_is_not_read(tmp_path: Path, first: bytes) -> None:
    (tmp_path / "pt").mkdir()
    (tmp_path / "pt" / KEPT).write_bytes(first)
    assert load("pt", tmp_path) == grown(sources("pt"))


def test_a_language_that_is_not_kept_is_grown(tmp_path: Path) -> None:
    assert load("pt", tmp_path) == grown(sources("pt"))
