"""`make pictures`: the page at a lively moment, into docs/pictures, from a run of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser import chromium
from tests.browser.page import DESK_WIDTH, PHONE_WIDTH, Page
from tests.stack.line import Outside, eventually
from tests.support.local_run import ROOT, LocalRun, free_port

PICTURES = ROOT / "docs" / "pictures"
DESK_HEIGHT = 1000
SHARP = 1.25  # dots a pixel
ANA, LUIS, KIM = "+12065550123", "+12065550134", "+12065550145"
PATIENCE = 180.0  # seconds


def main() -> None:
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        chromium.started(Path(folder) / "profile") as browser,
        running(Path(folder) / "local") as outside,
    ):
        url = outside.told["console_url"]
        page = Page.open(browser, url, DESK_WIDTH, DESK_HEIGHT, SHARP)
        enliven(page)
        take(page)
        page = Page.open(browser, url, PHONE_WIDTH, scale=SHARP)
        page.card(KIM)
        take(page)


@contextmanager
def running(folder: Path) -> Iterator[Outside]:
    run = LocalRun(folder, (free_port(), free_port()))
    try:
        yield run.start()
    finally:
        run.stop()


def enliven(page: Page) -> None:
    """Let three patients answer their reminders: one asks, one confirms, one says CANCEL."""
    for phone in (ANA, LUIS, KIM):
        wait_for_texts(page, phone, 1)
    page.text(LUIS, "Sí, ahí estaré")
    page.text(ANA, "Cancel")
    page.text(KIM, "Yes I'll be there!")
    for phone in (ANA, LUIS, KIM):
        wait_for_texts(page, phone, 2)
    page.text(ANA, "X")
    page.text(KIM, "Does my insurance cover this?")
    for phone in (ANA, KIM):
        wait_for_texts(page, phone, 3)
    assert eventually(lambda: "Case" in page.phone(KIM).facts, PATIENCE)
    assert eventually(lambda: "cancelled" in page.phone(ANA).visit, PATIENCE)


def wait_for_texts(page: Page, number: str, count: int) -> None:
    def are_there() -> bool:
        got = page.phone(number).got
        return len(got) == count and all(text.below.endswith(" delivered") for text in got)

    assert eventually(are_there, PATIENCE), page.phone(number)


def take(page: Page) -> None:
    page.run("document.activeElement.blur()")
    PICTURES.mkdir(exist_ok=True)
    assert page.browser.save_screenshot(str(PICTURES / f"console-{page.width}.png"))


if __name__ == "__main__":
    main()
