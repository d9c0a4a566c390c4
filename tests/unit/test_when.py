"""Days and hours in texts: what is found, what never is, and that clocks which leap break nothing.

`tests/data/dates.jsonl` holds texts by language with the windows they tell of, read in Seattle on
Tuesday 2026-11-24 at 9:30. Its `tuned` half was worked on; the `reported` half only measures.
"""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textback.domain.understand.when import calendar, find, may_tell, vocabulary
from textback.domain.understand.when.calendar import Day
from textback.domain.understand.when.lexing import MOST, tokens
from textback.domain.understand.when.reader import Reader
from textback.domain.understand.when.reading import read
from textback.domain.understand.when.resolving import MOST as MOST_WINDOWS
from textback.languages import languages
from textback.languages.dates import dated_languages, dates

SEATTLE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=SEATTLE)  # a Tuesday
ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "dates.jsonl").read_text().splitlines()
]
LEAST_RIGHT = {"tuned": 0.98, "reported": 0.9}  # of the texts with a date, all windows equal
MOST_MADE_UP = 0.03  # of the texts without one

type Windows = list[list[str]]


def windows(text: str, language: str = "en", now: datetime = NOW) -> Windows:
    found = find(text, now, SEATTLE, dates(language))
    return [[moment.strftime("%Y-%m-%dT%H:%M") for moment in window] for window in found]


@pytest.mark.parametrize("half", ["tuned", "reported"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_labelled_texts_are_found_right(half: str, language: str) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for row in ROWS:
        if (row["half"], row["language"]) == (half, language):
            right = windows(row["text"], language) == row["found"]
            kind = "dated" if row["found"] else "undated"
            counts.update([kind, f"{kind} right" if right else f"{kind} wrong"])
            if not right:
                wrong.append(row["text"])
    assert counts["dated right"] >= LEAST_RIGHT[half] * counts["dated"], wrong
    assert counts["undated wrong"] <= MOST_MADE_UP * counts["undated"] + 1, wrong


def test_the_labelled_set_is_large_and_plain() -> None:
    assert sum(bool(row["found"]) for row in ROWS) >= 250
    assert sum(not row["found"] for row in ROWS) >= 120
    assert len({(row["language"], row["text"]) for row in ROWS}) == len(ROWS)


REPEATED = [
    "by ",
    "3 or ",
    "en ",
    "the day after ",
    "del 3 al ",
    "1, 2, ",
    "next ",
    "for 3 days from ",
    "sunday 12 ",
    "q2 1:30 38 ",
    "51 afternoons 1 ",
]


@pytest.mark.parametrize("piece", REPEATED)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_text_of_repeated_words_asks_no_rule_too_often(piece: str, language: str) -> None:
    known = dates(language)
    reader = Reader(tokens(piece * (1600 // len(piece)), known), known, NOW.date())
    read(reader)
    assert len(reader.told) < 400  # of rule and place, in a text of ten segments


def test_as_many_times_as_anybody_lists_are_all_found() -> None:
    listed = (
        "i can do monday at 9, tuesday at 10, wednesday at 11:30, thursday 1pm or 2pm, friday at 3,"
        " saturday 4 or 5, next monday 9am or next tuesday after 2"
    )
    assert len(windows(listed)) == 9  # the tenth, next Monday's, is the first again


def test_no_more_windows_are_told_than_each_day_of_a_month_at_four_hours() -> None:
    hours = " or ".join(f"{hour}:{minute}" for hour in (1, 2, 3) for minute in (10, 20, 30))
    assert len(windows(f"in december at {hours}")) == MOST_WINDOWS
    often = "in december at 9 or 10 or 9 or 10 or 9 or 10 or 9 or 10"
    assert len(windows(often)) == 62


@pytest.mark.parametrize(
    ("said", "most"),
    [
        (Day(month=11, day=2), 3),
        (Day(month=2, day=29), 10),
        (Day(day=31), 3),
        (Day(weekday=4), 2),
        (Day(weekday=4, month=5), 60),
        (Day(weekday=2, day=13), 15),
        (Day(weekday=0, year=2028, month=3), 60),
    ],
)
def test_a_day_is_looked_for_where_it_can_be(
    said: Day, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not through a year day by day: a text may name sixty holidays."""
    fits = calendar._fits
    looked_at: list[date] = []
    monkeypatch.setattr(calendar, "_fits", lambda s, d: looked_at.append(d) or fits(s, d))
    assert calendar.spans(said, NOW.date())
    assert len(looked_at) <= most


@given(
    st.integers(0, 32) | st.none(),
    st.integers(1, 12) | st.none(),
    st.integers(0, 7) | st.none(),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 900),
)
def test_a_day_is_the_first_that_fits(
    day: int | None, month: int | None, weekday: int | None, first: date, many: int
) -> None:
    said = Day(month=month, day=day, weekday=weekday)
    span = (first, first + timedelta(days=many))
    plain = (d for d in calendar._days(*span) if calendar._fits(said, d))
    assert calendar._first(said, *span) == next(plain, None)


def test_what_is_left_out_is_in_no_window() -> None:
    fridays = [
        datetime(2026, 11, 27, 12, tzinfo=SEATTLE),
        datetime(2026, 12, 4, 12, tzinfo=SEATTLE),
    ]
    found = find("any day but friday", NOW, SEATTLE, dates("en"))
    assert found
    assert not any(start <= friday < end for start, end in found for friday in fridays)


def test_a_third_language_needs_no_code() -> None:
    assert windows("próxima terça depois das 15h", "pt") == [
        ["2026-12-01T15:00", "2026-12-02T00:00"]
    ]
    assert windows("8 de dezembro às 9h30", "pt")[0][0] == "2026-12-08T09:30"


def test_a_language_of_dates_alone_is_not_read_in() -> None:
    assert set(languages()) <= set(dated_languages())
    assert "any" not in dated_languages()


def test_data_that_cannot_be_read_is_told() -> None:
    with pytest.raises(ValueError, match="order"):
        vocabulary({})
    with pytest.raises(ValueError, match=r"weekdays.*moonday"):
        vocabulary({"order": "day first", "weekdays": {"moonday": "moonday"}})


CHANGES = [
    ("an hour that the clocks leap over is as late as it would be", "march 14 at 2:30am", "03:30"),
    ("an hour that comes twice is the first", "november 7 2027 at 1am", "01:00"),
]


@pytest.mark.parametrize(("why", "text", "shown"), CHANGES, ids=[row[0] for row in CHANGES])
def test_clocks_that_change(why: str, text: str, shown: str) -> None:
    ((start, end),) = find(text, NOW, SEATTLE, dates("en"))
    assert start.strftime("%H:%M") == shown, why
    assert end.astimezone(UTC) - start.astimezone(UTC) in (timedelta(minutes=1), timedelta(hours=1))


def test_a_day_of_a_change_is_as_long_as_it_is() -> None:
    ((start, end),) = find("march 14", NOW, SEATTLE, dates("en"))
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=23)


JOINTS = """
next this not but any between and or to from after before 3 10 30 1530 12/8 31/31 the of at monday
mar may dec 14th second last weekend week days in a half past quarter pm am noon tonight , - .
para las y media menos el que viene hasta 2026-13-45 25:00 0 ago 9999-12-31 366 years 12/31/2099
"""


@given(
    text=st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(JOINTS.split()),
            max_size=9,
        ).map(" ".join),
    ),
    language=st.sampled_from(["en", "es", "pt"]),
    moment=st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2040, 1, 1)),  # noqa: DTZ001
)
def test_any_text_gives_windows_in_order(text: str, language: str, moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    for start, end in find(text, now, SEATTLE, dates(language)):
        assert start.tzinfo is SEATTLE
        assert start.astimezone(UTC) < end.astimezone(UTC)
        assert end > now


@given(st.text(max_size=40))
def test_a_text_that_may_tell_no_date_tells_none(text: str) -> None:
    if not may_tell(text):
        assert not find(text, NOW, SEATTLE, dates("en"))


def test_no_more_than_the_first_words_of_a_text_are_looked_at() -> None:
    assert len(tokens("by bus " * 300, dates("en"))) <= MOST
