"""The page of the stack that all tests share, in one browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.browser import chromium
from tests.browser.page import DESK_WIDTH, Page
from tests.stack.line import Outside


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where there is no Chromium, let one test fail and say so, not each of them."""
    ours = [item for item in items if item.path.parent == Path(__file__).parent]
    if chromium.programs() is None:
        config.hook.pytest_deselected(items=ours[1:])
        items[:] = [item for item in items if item not in ours[1:]]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with chromium.started(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def at(browser: Chrome, outside: Outside) -> Iterator[Callable[[int], Page]]:
    """Open the page at a width; whatever happens on it, the browser has nothing to complain of."""
    pages: list[Page] = []

    def opened(width: int) -> Page:
        pages.append(Page.open(browser, outside.told["console_url"], width))
        return pages[-1]

    yield opened
    for page in pages:
        assert page.complaints() == []


@pytest.fixture
def page(at: Callable[[int], Page]) -> Page:
    return at(DESK_WIDTH)
