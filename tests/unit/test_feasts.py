"""Feasts that follow the moon, on the days that their communities' calendars print."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from textback.domain.understand.when import find, moons
from textback.languages.dates import dates

SEATTLE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=SEATTLE)

HEBREW = [
    ("rosh hashanah", 7, 1, {2023: "09-16", 2024: "10-03", 2025: "09-23", 2026: "09-12"}),
    ("yom kippur", 7, 10, {2023: "09-25", 2024: "10-12", 2025: "10-02", 2026: "09-21"}),
    ("hanukkah", 9, 25, {2022: "12-19", 2023: "12-08", 2024: "12-26", 2025: "12-15"}),
    ("passover", 1, 15, {2022: "04-16", 2023: "04-06", 2024: "04-23", 2025: "04-13"}),
    ("shavuot", 3, 6, {2023: "05-26", 2024: "06-12", 2025: "06-02"}),
]
ISLAMIC = [
    ("ramadan", 9, 1, {2024: "03-11", 2025: "03-01", 2026: "02-18"}),
    ("eid al-fitr", 10, 1, {2024: "04-10", 2025: "03-31", 2026: "03-20"}),
    ("eid al-adha", 12, 10, {2024: "06-17", 2025: "06-07", 2026: "05-27"}),
]

type Reckoning = Callable[[int, int, int], Iterator[date]]


@pytest.mark.parametrize(
    ("reckoning", "month", "day", "years"),
    [(moons.hebrew, *row[1:]) for row in HEBREW] + [(moons.islamic, *row[1:]) for row in ISLAMIC],
    ids=[row[0] for row in (*HEBREW, *ISLAMIC)],
)
def test_a_feast_is_on_its_day(
    reckoning: Reckoning, month: int, day: int, years: dict[int, str]
) -> None:
    for year, told in years.items():
        assert [found.strftime("%m-%d") for found in reckoning(year, month, day)] == [told]


def test_a_year_may_hold_a_feast_twice() -> None:
    assert len(list(moons.islamic(2030, 9, 1))) == 2  # Ramadan, in January and in December


@pytest.mark.parametrize(
    ("year", "told"), [(2023, "04-16"), (2024, "05-05"), (2025, "04-20"), (2026, "04-12")]
)
def test_the_orthodox_easter(year: int, told: str) -> None:
    assert moons.orthodox_easter(year).strftime("%m-%d") == told


@pytest.mark.parametrize(
    ("language", "text", "first", "behind"),
    [
        ("en", "sometime after ramadan", "2027-03-10", "2027-03-24"),
        ("en", "I keep passover, what about the week after passover", "2027-05-03", "2027-05-10"),
        ("en", "the day after yom kippur", "2027-10-12", "2027-10-13"),
        ("en", "greek easter 2027", "2027-05-02", "2027-05-03"),
        ("es", "después del ramadán", "2027-03-10", "2027-03-24"),
        ("es", "en pesaj", "2027-04-22", "2027-04-30"),
    ],
)
def test_texts_tell_of_them(language: str, text: str, first: str, behind: str) -> None:
    start, end = find(text, NOW, SEATTLE, dates(language))[-1]
    assert (f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}") == (first, behind)
