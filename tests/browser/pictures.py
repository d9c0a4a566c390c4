"""`make pictures`: the page at a lively moment, into docs/pictures, from a run of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
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
        plan(page, outside)
        take(page)
        page = Page.open(browser, url, PHONE_WIDTH, scale=SHARP)
        page.card(KIM)
        take(page)
        page.run("document.querySelector('.phone.shown .record').scrollIntoView()")
        take(page, "-planned")


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


def plan(page: Page, outside: Outside) -> None:
    """Book more visits, so that something lies ahead; one patient lives by another clock."""
    for phone, ahead, more in (
        (ANA, timedelta(days=6, hours=2), {"provider": "Dr. Ortiz"}),
        (LUIS, timedelta(days=9), {"language": "es"}),
        (KIM, timedelta(days=5, hours=3), {"time_zone": "America/New_York"}),
    ):
        start = (outside.now() + ahead).replace(minute=0, second=0)
        outside.api("/api/appointments", {"phone": phone, "start": start.isoformat()} | more)
    assert eventually(lambda: all(len(page.phone(p).planned) > 1 for p in (ANA, LUIS, KIM)))


def wait_for_texts(page: Page, number: str, count: int) -> None:
    def are_there() -> bool:
        got = page.phone(number).got
        return len(got) == count and all(text.below.endswith(" delivered") for text in got)

    assert eventually(are_there, PATIENCE), page.phone(number)


def take(page: Page, of: str = "") -> None:
    page.run("document.activeElement.blur()")
    PICTURES.mkdir(exist_ok=True)
    assert page.browser.save_screenshot(str(PICTURES / f"console-{page.width}{of}.png"))


if __name__ == "__main__":
    main()
