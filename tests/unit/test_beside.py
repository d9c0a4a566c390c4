"""Work beside the console ends with it."""

from threading import Event

import pytest

from console.beside import beside


def test_work_goes_on_until_the_end() -> None:
    began, ended = Event(), Event()

    def work(over: Event) -> None:
        began.set()
        over.wait(5)
        ended.set()

    with beside(work, "work"):
        assert began.wait(5)
        assert not ended.is_set()
    assert ended.is_set()


def test_it_is_told_of_the_end_whatever_ends_it() -> None:
    seen: list[Event] = []
    with pytest.raises(ValueError, match="trouble"), beside(seen.append, "work"):
        raise ValueError("trouble")
    assert seen[0].is_set()
