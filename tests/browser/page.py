"""The console's page as a person has it before them: what can be seen, clicked and typed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.stack.line import eventually

HEIGHT = 844
PHONE_WIDTH = 390
DESK_WIDTH = 1280

# Read in one go, so that nothing is drawn anew between two looks.
_READ = """
return [...document.querySelectorAll("#phones > section")].map((section) => ({
  number: section.querySelector(".number").textContent,
  name: section.querySelector("h2").textContent,
  shown: section.checkVisibility(),
  texts: [...section.querySelectorAll(".thread > li")].map((bubble) => ({
    text: bubble.querySelector("p").textContent,
    below: bubble.querySelector("small").textContent,
    to_phone: bubble.classList.contains("to_phone"),
  })),
  facts: Object.fromEntries([...section.querySelectorAll("dt")].map(
    (name) => [name.textContent, name.nextElementSibling.textContent])),
  reasons: [...section.querySelectorAll(".turns .reason")].map((reason) => reason.textContent),
  happened: [...section.querySelectorAll(".turns li > div")].map((each) => each.textContent),
  planned: [...section.querySelectorAll(".planned > li")].map((item) => ({
    at: item.querySelector("time").textContent,
    says: item.querySelector("div").textContent,
  })),
}))
"""


@dataclass(frozen=True)
class Bubble:
    text: str
    below: str
    to_phone: bool


@dataclass(frozen=True)
class Planned:
    """Something that is planned: the moment as it is written, and what it will do."""

    at: str
    says: str


@dataclass(frozen=True)
class Phone:
    """One phone's card: its thread, and the line's record beside it. Empty before it is there."""

    number: str
    name: str = ""
    shown: bool = False
    texts: Sequence[Bubble] = ()
    facts: dict[str, str] = field(default_factory=dict)
    reasons: Sequence[str] = ()
    happened: Sequence[str] = ()
    planned: Sequence[Planned] = ()

    @classmethod
    def read(cls, seen: dict[str, Any]) -> Self:
        texts = [Bubble(**bubble) for bubble in seen["texts"]]
        planned = [Planned(**item) for item in seen["planned"]]
        return cls(**seen | {"texts": texts, "planned": planned})

    @property
    def got(self) -> list[Bubble]:
        return [bubble for bubble in self.texts if bubble.to_phone]

    def got_one(self, below: str) -> bool:
        """Whether there is a text from the line whose last line ends so."""
        return any(bubble.below.endswith(below) for bubble in self.got)

    @property
    def visit(self) -> str:
        """What the record says of the visit; "" while it says nothing."""
        return self.facts.get("Visit", "")


@dataclass(frozen=True)
class Page:
    """The page in a browser, `width` pixels wide; below 760 it shows one phone at a time."""

    browser: Chrome
    url: str
    width: int

    @classmethod
    def open(
        cls, browser: Chrome, url: str, width: int, height: int = HEIGHT, scale: float = 1
    ) -> Self:
        metrics = {
            "width": width,
            "height": height,
            "deviceScaleFactor": scale,
            "mobile": width == PHONE_WIDTH,
        }
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        browser.get(url)
        page = cls(browser, url, width)
        assert eventually(page.phones), "the stream told of no phone"
        return page

    def phones(self) -> list[Phone]:
        return [Phone.read(seen) for seen in self.run(_READ)]

    def phone(self, number: str) -> Phone:
        return next((phone for phone in self.phones() if phone.number == number), Phone(number))

    def run(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def find(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def card(self, number: str) -> WebElement:
        """The card of a phone, brought to the front."""
        assert eventually(lambda: self.all(f"[id='phone-{number}']")), f"no card for {number}"
        card = self.browser.find_element(By.ID, f"phone-{number}")
        if self.width == PHONE_WIDTH:
            self.find(f'#tabs [aria-controls="{card.get_attribute("id")}"]').click()
        return card

    def field(self, number: str) -> WebElement:
        return self.card(number).find_element(By.NAME, "text")

    def text(self, number: str, body: str) -> None:
        """Type a text on a phone, and send it by Enter."""
        self.field(number).send_keys(body, Keys.ENTER)

    def click(self, name: str, inside: str | WebElement = "body") -> None:
        """Click the button that says this."""
        within = self.find(inside) if isinstance(inside, str) else inside
        within.find_element(By.XPATH, f".//button[normalize-space()='{name}']").click()

    def fill(self, dialog: str, **values: str) -> None:
        """Fill in fields of a dialog, once it is open."""
        assert eventually(lambda: self.is_open(dialog))
        for name, value in values.items():
            field = self.find(f"{dialog}[open] [name={name}]")
            if field.get_attribute("type") == "datetime-local":
                self.run("arguments[0].value = arguments[1]", field, value)
            else:
                field.clear()
                field.send_keys(value)

    def focused(self) -> str:
        """The name of the field that a key goes to now."""
        return self.browser.switch_to.active_element.get_attribute("name") or ""

    def nameless(self, inside: str) -> list[str | None]:
        """What can be used there, and has no name for those who do not see it."""
        used = self.all(f":is({inside}) :is(button, input, select, [role], [tabindex])")
        assert used
        return [
            found.get_attribute("outerHTML")
            for found in used
            if found.is_displayed() and not found.accessible_name
        ]

    def is_open(self, dialog: str) -> bool:
        return bool(self.all(f"{dialog}[open]"))

    def press(self, *keys: str) -> None:
        ActionChains(self.browser).send_keys(*keys).perform()

    def sideways(self) -> int:
        """How many pixels of the page can only be seen by scrolling sideways."""
        width = self.run("return document.documentElement.scrollWidth")
        return int(width) - self.width

    def complaints(self) -> list[str]:
        """What the browser's console says went wrong since the last look."""
        return [
            entry["message"]
            for entry in self.browser.get_log("browser")
            if entry["level"] in {"SEVERE", "WARNING"}
        ]
