"""The console's page, in a real browser, on the deployed stack."""

import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.page import DESK_WIDTH, PHONE_WIDTH, Page
from tests.stack.line import Outside, eventually

WIDTHS = pytest.mark.parametrize("width", [PHONE_WIDTH, DESK_WIDTH])
CLINIC = ZoneInfo("America/Los_Angeles")
FAR = timedelta(days=9)
FIRST = 180.0  # seconds: all functions start for the first time
DIALOGS = {
    "Book a visit": "#booking",
    "Close for a day": "#closing",
    "Add a phone": "#adding",
    "Faults": "#faulting",
}
MARKUP = "<img src=x onerror='window.hurt = true'><b>bold</b>"


@pytest.fixture
def number() -> str:
    return f"+1425{uuid.uuid4().int % 8_000_000 + 2_000_000}"


def booked(page: Page, outside: Outside, number: str, ahead: timedelta = FAR) -> None:
    outside.api("/api/phones", {"phone": number, "name": "Ana"})
    outside.book(number, ahead)
    assert eventually(lambda: page.phone(number).visit).endswith("Dr. Lee booked")


@WIDTHS
def test_the_patients_of_the_demo_are_there_with_their_first_reminder(
    at: Callable[[int], Page], width: int
) -> None:
    page = at(width)
    patients = [phone.number for phone in page.phones()[:3]]
    assert eventually(lambda: all(page.phone(patient).got for patient in patients), FIRST)
    ana, luis, kim = page.phones()[:3]
    assert [ana.name, luis.name, kim.name] == ["Ana", "Luis", "Kim"]
    assert ana.got[0].text.startswith("Hi Ana, Elm Street Clinic: your visit with Dr. Lee is ")
    assert luis.got[0].text.startswith("Hola Luis, Elm Street Clinic: su cita con Dr. Lee es ")
    if width == DESK_WIDTH:
        assert [ana.shown, luis.shown, kim.shown] == [True, True, True]
    else:
        page.card(luis.number)
        assert [phone.shown for phone in page.phones()[:3]] == [False, True, False]


@WIDTHS
def test_a_typed_answer_confirms_the_visit_and_says_why_without_a_reload(
    at: Callable[[int], Page], width: int, outside: Outside, number: str
) -> None:
    page = at(width)
    booked(page, outside, number)
    page.run("window.loaded = 'once'")
    page.text(number, "Yes I'll be there!")
    assert eventually(lambda: page.phone(number).visit.endswith("confirmed"))
    assert eventually(lambda: page.phone(number).got_one(" · delivered"))
    phone = page.phone(number)
    question, answer = phone.texts
    assert (question.text, question.to_phone) == ("Yes I'll be there!", False)
    assert question.below.endswith(" · 1 segment")
    assert "is confirmed. See you then!" in answer.text
    assert any("confirm" in reason for reason in phone.reasons)
    assert page.run("return window.loaded") == "once"


def test_a_quick_answer_is_one_click(page: Page, outside: Outside, number: str) -> None:
    booked(page, outside, number)
    page.click("X", page.card(number))
    assert eventually(lambda: page.phone(number).visit.endswith("cancelled"))
    assert page.phone(number).texts[0].text == "X"


@WIDTHS
def test_a_visit_that_is_booked_on_the_page_is_shown_in_front(
    at: Callable[[int], Page], width: int, number: str
) -> None:
    page = at(width)
    page.click("Book a visit")
    page.fill("#booking", phone=number.removeprefix("+"), first_name="Lou", provider="Dr. Ortiz")
    page.click("Book", "#booking")
    assert eventually(lambda: page.phone(number).visit.endswith("Dr. Ortiz booked"))
    assert eventually(lambda: page.phone(number).shown)
    assert page.phone(number).name == "Lou"
    assert not page.is_open("#booking")
    assert in_sight(page, number)


@WIDTHS
def test_a_phone_that_is_added_comes_to_the_front(
    at: Callable[[int], Page], width: int, number: str
) -> None:
    page = at(width)
    page.click("Add a phone")
    page.fill("#adding", phone=number, name="Sam")
    page.press(Keys.ENTER)
    assert eventually(lambda: page.phone(number).shown)
    assert page.phone(number).name == "Sam"
    assert not page.is_open("#adding")
    assert in_sight(page, number)


def in_sight(page: Page, number: str) -> bool:
    def is_in_sight() -> bool:
        left, right = page.run(
            "const { left, right } = document.getElementById(arguments[0]).getBoundingClientRect();"
            "return [left, right]",
            f"phone-{number}",
        )
        return bool(left >= 0 and right <= page.width)

    return eventually(is_in_sight)


def test_what_is_wrong_with_a_number_is_said_where_it_was_typed(page: Page) -> None:
    page.click("Add a phone")
    page.fill("#adding", phone="one two three")
    page.click("Add", "#adding")
    assert "is no phone number in E.164" in eventually(lambda: page.find("#adding .wrong").text)
    page.click("Cancel", "#adding")
    assert not page.is_open("#adding")
    (refused,) = page.complaints()
    assert "400" in refused


def test_a_day_forward_brings_the_reminder_that_is_due_by_then(
    page: Page, outside: Outside, number: str
) -> None:
    start = outside.now() + timedelta(days=2, hours=23)
    page.click("Book a visit")
    local = f"{start.astimezone(CLINIC):%Y-%m-%dT%H:%M}"
    page.fill("#booking", phone=number, first_name="Ana", start=local)
    page.click("Book", "#booking")
    assert eventually(lambda: page.phone(number).visit)
    assert page.phone(number).got == []
    before = page.find("#now").text
    page.click("+1 day")
    (reminder,) = eventually(lambda: page.phone(number).got)
    assert f"{start.astimezone(CLINIC):%a %b} {start.astimezone(CLINIC).day}" in reminder.text
    assert page.find("#now").text != before
    assert page.find("#offset").text.endswith("ahead")


def test_a_throttled_answer_comes_later(page: Page, outside: Outside, number: str) -> None:
    booked(page, outside, number)
    faults(page, throttle="1")
    page.text(number, "C")
    assert eventually(lambda: outside.api("/api/faults")["left"]["throttle"] == 0)
    assert "See you then!" in eventually(lambda: page.phone(number).got)[0].text
    assert eventually(lambda: page.phone(number).got_one(" · delivered"))


def test_a_text_that_is_not_delivered_says_so(page: Page, outside: Outside, number: str) -> None:
    outside.api("/api/phones", {"phone": number})
    faults(page, undelivered="1")
    page.text(number, "HELP")
    assert eventually(lambda: page.phone(number).got_one(" · not delivered"))


def faults(page: Page, **wanted: str) -> None:
    page.click("Faults")
    page.fill("#faulting", **wanted)
    page.click("Set", "#faulting")
    assert eventually(lambda: not page.is_open("#faulting"))


def test_nothing_is_wider_than_a_small_screen(
    at: Callable[[int], Page], outside: Outside, number: str
) -> None:
    page = at(PHONE_WIDTH)
    booked(page, outside, number)
    page.text(number, "x" * 400)
    assert eventually(lambda: page.phone(number).got)
    assert page.sideways() == 0
    for dialog in opened(page):
        assert page.find(dialog).size["width"] <= PHONE_WIDTH
        assert page.sideways() == 0


def test_four_phones_stand_whole_on_a_desk(page: Page, outside: Outside, number: str) -> None:
    outside.api("/api/phones", {"phone": number, "name": "Maximiliana-Guadalupe Montgomery"})
    assert eventually(lambda: page.phone(number).name)
    page.run("document.querySelector('main').scrollLeft = 0")
    cards = page.run(
        "return [...document.querySelectorAll('#phones > section')].slice(0, 4).map((card) =>"
        " [card.getBoundingClientRect().right, card.scrollWidth - card.clientWidth])"
    )
    assert len(cards) == 4
    assert max(right for right, _ in cards) <= DESK_WIDTH
    assert [hidden for _, hidden in cards] == [0] * 4, "nothing is cut at a card's edge"


@WIDTHS
def test_all_that_can_be_used_has_a_name(at: Callable[[int], Page], width: int) -> None:
    page = at(width)
    assert page.nameless("body > header, #phones > :first-child") == []
    for dialog in opened(page):
        assert page.find(dialog).accessible_name
        assert page.nameless(dialog) == []


def opened(page: Page) -> Iterator[str]:
    """Each dialog in turn, while it is open."""
    for button, dialog in DIALOGS.items():
        page.click(button)
        assert eventually(partial(page.is_open, dialog))
        yield dialog
        page.press(Keys.ESCAPE)
        assert not page.is_open(dialog)


def test_an_answer_takes_no_mouse(at: Callable[[int], Page], number: str) -> None:
    page = at(PHONE_WIDTH)
    shown = page.phones()[0].number
    body = f"what time is it? {number}"
    for _ in range(20):
        page.press(Keys.TAB)
        if page.focused() == "text":
            break
    page.press(body, Keys.ENTER)
    assert eventually(lambda: body in [text.text for text in page.phone(shown).texts])
    assert page.browser.switch_to.active_element.get_property("value") == ""


def test_arrows_move_between_the_phones(at: Callable[[int], Page]) -> None:
    page = at(PHONE_WIDTH)
    page.find("#tabs [aria-selected=true]").send_keys(Keys.ARROW_RIGHT)
    assert [phone.shown for phone in page.phones()[:3]] == [False, True, False]
    page.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT)
    assert page.phones()[-1].shown


def test_markup_in_names_and_texts_is_only_text(page: Page, outside: Outside, number: str) -> None:
    outside.api("/api/phones", {"phone": number, "name": MARKUP})
    outside.book(number, FAR, provider=MARKUP)
    page.text(number, MARKUP)
    assert eventually(lambda: MARKUP in page.phone(number).visit)
    assert eventually(lambda: page.phone(number).got)
    phone = page.phone(number)
    assert phone.name == MARKUP
    assert phone.texts[0].text == MARKUP
    assert page.all("main img, main b") == []
    assert not page.run("return window.hurt")
