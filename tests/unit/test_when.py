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


STARTS = [
    ("a bare hour is one that practices are open at", "at 3", "2026-11-24T15:00"),
    ("and the next such one", "at 8", "2026-11-25T08:00"),
    ("but today's evening when it says today", "today at 8", "2026-11-24T20:00"),
    ("the part of the day says which half", "tomorrow evening at 7", "2026-11-25T19:00"),
    ("in any order", "7 tomorrow evening", "2026-11-25T19:00"),
    ("what is said of one end goes for both", "tomorrow 5 to 6pm", "2026-11-25T17:00"),
    ("a bare weekday is never today", "tuesday", "2026-12-01T00:00"),
    ("next means next week's", "next friday", "2026-12-04T00:00"),
    ("a date that is past is next year's", "november 3", "2027-11-03T00:00"),
    ("today's date is not past", "november 24", "2026-11-24T00:00"),
    ("figures are month first", "12/8", "2026-12-08T00:00"),
    ("unless they cannot be", "14/12", "2026-12-14T00:00"),
    ("a date outweighs a wrong weekday", "friday december 8", "2026-12-08T00:00"),
    ("a figure behind a weekday may be its date", "thursday 10", "2026-12-10T00:00"),
    ("or an hour, where it cannot", "thursday 9", "2026-11-26T09:00"),
    ("a leap day is searched for", "february 29", "2028-02-29T00:00"),
    ("until begins now", "by friday", "2026-11-24T09:30"),
    ("before begins now", "before noon", "2026-11-24T09:30"),
    ("a zone that is named is converted", "tomorrow 3pm EST", "2026-11-25T12:00"),
    ("half an hour past, as the British say", "half three", "2026-11-24T15:30"),
    ("a word for a date alone tells one from a time", "on 5.12", "2027-05-12T00:00"),
    ("a fortnight is two weeks", "in a fortnight", "2026-12-08T00:00"),
    (
        "a weekday of a month that has gone by is the next month's",
        "second tuesday of the month",
        "2026-12-08T00:00",
    ),
    ("days are counted by their name", "two fridays from now", "2026-12-04T00:00"),
    ("a month of a year in figures", "11/2027", "2027-11-01T00:00"),
    ("soldiers' hours", "1400 hours", "2026-11-24T14:00"),
    ("a holiday is counted from another", "black friday", "2026-11-27T00:00"),
    ("or from easter", "good friday", "2027-03-26T00:00"),
    ("or is a month's last", "memorial day", "2027-05-31T00:00"),
    ("one slip of a long word is put right", "thurzday", "2026-11-26T00:00"),
]


@pytest.mark.parametrize(("why", "text", "start"), STARTS, ids=[row[0] for row in STARTS])
def test_where_a_window_starts(why: str, text: str, start: str) -> None:
    assert windows(text)[0][0] == start, why


LENGTHS = [
    ("an hour is an hour", "tomorrow at 3", timedelta(hours=1)),
    ("a minute that was named is a minute", "tomorrow at 3:15", timedelta(minutes=1)),
    ("a day is a day", "tomorrow", timedelta(days=1)),
    ("a week is from Monday to Monday", "next week", timedelta(days=7)),
    ("a month is all of it", "next month", timedelta(days=31)),
]


@pytest.mark.parametrize(("why", "text", "length"), LENGTHS, ids=[row[0] for row in LENGTHS])
def test_a_window_is_as_long_as_what_was_named(why: str, text: str, length: timedelta) -> None:
    ((start, end),) = find(text, NOW, SEATTLE, dates("en"))
    assert end - start == length, why


UNDATED = [
    ("a modal verb", "en", "may I bring my son"),
    ("a verb", "en", "I'll sit down"),
    ("an ordinal that counts", "en", "second opinion"),
    ("a phone number", "en", "call me at 206-555-0100"),
    ("a flat", "en", "apt 4"),
    ("what is counted", "en", "after 2 doses it got better"),
    ("a duration", "en", "for 3 days"),
    ("a weak word in another sense", "en", "sun exposure"),
    ("a greeting", "es", "buenas tardes"),
    ("what is over", "es", "el lunes pasado"),
    ("what is over, counted", "es", "hace 3 días"),
    ("an age", "es", "tengo 45 años"),
    ("the sea", "es", "mar y sol"),
    ("a wish", "en", "happy mothers day"),
    ("a doctor's name", "en", "dr. May"),
    ("a card's last month", "en", "card exp 11/2027"),
    ("two figures of which neither is a day", "en", "I am 50/50 on it"),
    ("a blood pressure", "en", "bp is 90/60"),
    ("how far one is", "en", "I am 10 minutes away"),
    ("a dose behind a word for dates", "en", "she is on 15 mg"),
    ("a moment to offer nothing at", "es", "ahora no puedo"),
    ("a wish", "es", "feliz pascua"),
    ("a greeting", "pt", "bom dia"),
    ("an ordinal that is a weekday too", "pt", "segunda opinião"),
]


@pytest.mark.parametrize(("why", "language", "text"), UNDATED)
def test_nothing_is_found_where_no_date_is(why: str, language: str, text: str) -> None:
    assert windows(text, language) == [], why


SPANS = [
    ("hours go for both days", "en", "between 2 and 4 on wed or thursday",
     [["2026-11-25T14:00", "2026-11-25T16:00"], ["2026-11-26T14:00", "2026-11-26T16:00"]]),
    ("next goes for both weekdays", "en", "next tuesday or wednesday",
     [["2026-12-01T00:00", "2026-12-02T00:00"], ["2026-12-02T00:00", "2026-12-03T00:00"]]),
    ("a month goes for both dates", "en", "dec 8 or 9",
     [["2026-12-08T00:00", "2026-12-09T00:00"], ["2026-12-09T00:00", "2026-12-10T00:00"]]),
    ("and for the one before it", "es", "el 17 y 18 de diciembre",
     [["2026-12-17T00:00", "2026-12-18T00:00"], ["2026-12-18T00:00", "2026-12-19T00:00"]]),
    ("a stretch may go over the night", "en", "2pm till tomorrow 4:30",
     [["2026-11-24T14:00", "2026-11-25T16:30"]]),
    ("weekdays are those of the week that is named", "en", "wednesday to friday next week",
     [["2026-12-02T00:00", "2026-12-05T00:00"]]),
    ("a length is told behind an hour", "en", "tomorrow at 2 for an hour and a half",
     [["2026-11-25T14:00", "2026-11-25T15:30"]]),
    ("or before a day", "en", "for 3 days from monday", [["2026-11-30T00:00", "2026-12-03T00:00"]]),
    ("hours ahead are from now on", "en", "the next 3 hours",
     [["2026-11-24T09:30", "2026-11-24T12:30"]]),
    ("one of several lengths", "en", "in a day or two", [["2026-11-25T00:00", "2026-11-27T00:00"]]),
    ("what is left of a day", "es", "el resto del día", [["2026-11-24T09:30", "2026-11-25T00:00"]]),
    ("days, for articles of one", "es", "del 3 al 5", [["2026-12-03T00:00", "2026-12-06T00:00"]]),
    ("a week from a day", "es", "de hoy en ocho", [["2026-12-01T00:00", "2026-12-02T00:00"]]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "text", "found"), SPANS, ids=[row[0] for row in SPANS])
def test_what_is_said_once_goes_as_far_as_it_is_meant(
    why: str, language: str, text: str, found: Windows
) -> None:
    assert windows(text, language) == found, why


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
