"""What is planned on the console's page, and days that are played there, in a real browser on the
deployed stack."""

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.page import DESK_WIDTH, PHONE_WIDTH, Page
from tests.stack.line import LINE, Outside, eventually

WIDTHS = pytest.mark.parametrize("width", [PHONE_WIDTH, DESK_WIDTH])
CLINIC, EAST = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A_DAY = 120.0  # seconds: what is planned for other phones has its time too


@pytest.fixture
def number() -> str:
    return f"+1425{uuid.uuid4().int % 8_000_000 + 2_000_000}"


@pytest.fixture
def running_again(outside: Outside) -> Iterator[None]:
    """Leaves nothing standing still for those who share the stack."""
    yield
    outside.api("/api/pauses", {"paused": False})
    assert eventually(lambda: not outside.api(f"/api/phones/{LINE}/timeline")["standing_still"])


def booked(page: Page, outside: Outside, number: str, ahead: timedelta, zone: str = "") -> datetime:
    """Book a visit; its start."""
    start = (outside.now() + ahead).replace(microsecond=0)
    outside.api("/api/phones", {"phone": number, "name": "Ana"})
    contact = {"phone": number, "language": "en"} | ({"time_zone": zone} if zone else {})
    outside.book(number, ahead, contact=contact, start=start.isoformat())
    assert eventually(lambda: page.phone(number).visit).endswith("Dr. Lee booked")
    return start


def written(moment: datetime, zone: ZoneInfo, now: datetime) -> str:
    """As the page writes it: with the year where it is not the one of now."""
    there = moment.astimezone(zone)
    year = "" if there.year == now.astimezone(zone).year else f"{there.year}, "
    return f"{there:%a}, {there:%b} {there.day}, {year}{there.hour % 12 or 12}:{there:%M}"


@WIDTHS
def test_what_is_planned_stands_on_the_patients_clock_and_goes_with_the_answer(
    at: Callable[[int], Page], width: int, outside: Outside, number: str
) -> None:
    page = at(width)
    start = booked(page, outside, number, 30 * DAY, "America/New_York")
    two_days, three_hours = eventually(lambda: page.phone(number).planned)
    assert three_hours.at.startswith(written(start - 3 * HOUR, EAST, outside.now()))
    assert three_hours.at.endswith((" EST", " EDT"))
    assert three_hours.says.startswith("three hours: text “reminder_today”, unless confirmed")
    assert "Ana, Elm Street Clinic: your visit with Dr. Lee is soon" in three_hours.says
    assert two_days.says.startswith("two days: text “reminder”")
    assert page.phone(number).facts["Clock"] == "New York"
    page.text(number, "C")
    assert eventually(lambda: page.phone(number).planned == [])
    assert page.phone(number).reasons[0] == "the contact confirmed the visit"


def test_a_visit_of_another_year_is_told_with_its_year(
    page: Page, outside: Outside, number: str
) -> None:
    start = booked(page, outside, number, 400 * DAY)
    year = str(start.astimezone(CLINIC).year)
    assert year in page.phone(number).visit
    assert all(", 20" in planned.at for planned in eventually(lambda: page.phone(number).planned))
    now = page.find("#now").text
    assert str(outside.now().year) not in now, "this year goes without saying"


def test_a_reminder_that_nobody_may_send_says_so(page: Page, outside: Outside, number: str) -> None:
    booked(page, outside, number, 30 * DAY)
    page.text(number, "STOP")
    assert eventually(lambda: "not told: opted out" in page.phone(number).planned[0].says)


def test_what_a_planned_text_says_stays_open_while_the_page_follows(
    page: Page, outside: Outside, number: str
) -> None:
    booked(page, outside, number, 30 * DAY)
    assert eventually(lambda: page.phone(number).planned)
    summary = page.card(number).find_element("css selector", ".planned summary")
    summary.send_keys(Keys.ENTER)
    page.text(number, "what time is it?")
    assert eventually(lambda: len(page.phone(number).reasons) > 1)
    opened = page.card(number).find_elements("css selector", ".planned details[open] p")
    assert [paragraph.text[:7] for paragraph in opened] == ["Hi Ana,"]


@pytest.mark.usefixtures("running_again")
@WIDTHS
def test_reminders_that_stand_still_say_so_until_they_are_resumed(
    at: Callable[[int], Page], width: int, outside: Outside, number: str
) -> None:
    page = at(width)
    booked(page, outside, number, 30 * DAY)
    page.click("Pause reminders")
    assert eventually(lambda: page.find("#still").text).startswith("Reminders stand still until")
    assert eventually(lambda: held(page, number) == [True, True])
    assert page.sideways() == 0
    page.click("Resume reminders")
    assert eventually(lambda: not page.find("#still").is_displayed())
    assert eventually(lambda: held(page, number) == [False, False])
    assert page.find("#pause").text == "Pause reminders"


def held(page: Page, number: str) -> list[bool]:
    return ["stands still" in planned.says for planned in page.phone(number).planned]


def test_a_day_that_is_closed_reaches_whoever_has_a_visit_then(
    page: Page, outside: Outside, number: str
) -> None:
    far = timedelta(days=60 + uuid.uuid4().int % 200)
    start = booked(page, outside, number, far)
    page.click("Close for a day")
    page.fill("#closing", why="snow")
    day = page.find("#closing [name=day]")
    page.run("arguments[0].value = arguments[1]", day, f"{start.astimezone(CLINIC):%Y-%m-%d}")
    page.click("Close", "#closing")
    assert eventually(lambda: page.phone(number).visit.endswith("closed"))
    assert not page.is_open("#closing")
    page.click("To the next event")
    assert eventually(lambda: "is closed at the time" in "".join(got(page, number)))


def got(page: Page, number: str) -> list[str]:
    return [text.text for text in page.phone(number).got]


@WIDTHS
def test_a_day_is_played_so_that_each_reminder_goes_at_its_time(
    at: Callable[[int], Page], width: int, outside: Outside, number: str
) -> None:
    """A jump over the same day would drop it: it would come eight hours late, two are allowed."""
    page = at(width)
    start = booked(page, outside, number, 19 * HOUR)
    began = outside.now()
    page.click("Play a day")
    assert page.find("[data-slowly]").text == "Stop"
    assert eventually(lambda: page.find("#played").text == "The day is through", A_DAY)
    assert page.find("[data-slowly]").text == "Play a day"
    assert outside.now() - began >= DAY - timedelta(seconds=2)  # it is told to the second
    assert page.phone(number).happened[0] == "texted three hours: a reminder came due"
    (reminder,) = outside.texts(number)
    late = datetime.fromisoformat(reminder["at"]) - (start - 3 * HOUR)
    assert timedelta() <= late < timedelta(minutes=1)


def test_a_day_can_be_stopped_by_its_button_and_by_the_keyboard(
    page: Page, outside: Outside
) -> None:
    began = outside.now()
    button = page.find("[data-slowly]")
    button.send_keys(Keys.ENTER)
    assert eventually(lambda: outside.now() - began > HOUR)
    assert page.find("[data-play=next]").get_attribute("aria-disabled") == "true"
    page.press(Keys.ENTER)
    assert eventually(lambda: page.find("#played").text == "Stopped")
    assert outside.now() - began < DAY
    assert page.find("[data-play=next]").get_attribute("aria-disabled") == "false"


def test_the_page_follows_what_others_do_without_a_reload(
    page: Page, outside: Outside, number: str
) -> None:
    booked(page, outside, number, 30 * DAY)
    before = page.find("#now").text
    outside.api("/api/clock", {"forward": "PT2H"})
    assert eventually(lambda: page.find("#now").text != before, 5)
    cancelled = {"line": LINE, "id": f"apt-{number}", "version": 2, "contact": {"phone": number}}
    outside.put("appointment.cancelled", cancelled)
    assert eventually(lambda: page.phone(number).planned == [], 5)
    assert outside.api(f"/api/phones/{quote(number)}/timeline")["visits"] == []
