"""Texting hours and the steps of a cadence as they are written, read and shown."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from textback import stored
from textback.cli.line import changed as changed_settings
from textback.domain.conversation import Urgency
from textback.domain.hours import ALL_DAY, Hours, Span, Spans
from textback.domain.playbook import Audience, ConsentRule, Late, Line, Outside, Playbook
from textback.playbooks import as_yaml, load
from textback.playbooks.durations import written
from textback.playbooks.reading import read
from textback.playbooks.times import spans_written, time_written

from tests.support.clocks import of_a_day
from tests.support.playbooks import DEFAULT, SHIPPED, changed

H, M = timedelta(hours=1), timedelta(minutes=1)
DAYTIME: Spans = (Span(8 * H, 20 * H),)
TEXTS = ["reminder", "reminder_today", "follow_up", "booked"]


def with_hours(written_hours: str) -> Playbook:
    """The shipped playbook with these lines for its hours."""
    lines = DEFAULT.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("hours:"))
    return read("\n".join([*lines[:start], written_hours, *lines[start + 2 :]]), "my.yaml")


FORMS: list[tuple[str, str, tuple[Spans, ...]]] = [
    ("of every day", "hours: 8:00-20:00", (DAYTIME,) * 7),
    ("in quotes, with spaces", 'hours: " 08:00 - 20:00 "', (DAYTIME,) * 7),
    ("always", "hours: always", (ALL_DAY,) * 7),
    ("always, as hours", "hours: 0:00-24:00", (ALL_DAY,) * 7),
    ("in capitals", "hours: ALWAYS", (ALL_DAY,) * 7),
    ("never", "hours: closed", ((),) * 7),
    (
        "by days, as in the documentation",
        'hours: {mon-fri: "8:00-12:00, 13:00-20:00", sat: 9:00-17:00, sun: closed}',
        (
            *((Span(8 * H, 12 * H), Span(13 * H, 20 * H)),) * 5,
            (Span(9 * H, 17 * H),),
            (),
        ),
    ),
    (
        "days in a list, in capitals, on lines",
        "hours:\n  Mon, Wed: 8:00-20:00\n  tue: closed\n  thu - sun: to be",
        (DAYTIME, (), DAYTIME, *((Span(10 * H + 30 * M, 24 * H),),) * 4),
    ),
    ("not told", "", (DAYTIME,) * 7),
]


@pytest.mark.parametrize(("text", "week"), [f[1:] for f in FORMS], ids=[f[0] for f in FORMS])
def test_hours_in_every_form(text: str, week: tuple[Spans, ...]) -> None:
    assert with_hours(text.replace("to be", "10:30-24:00")).hours == Hours(week)


def test_dates_with_and_without_quotes() -> None:
    given_dates = 'hours_on: {2026-12-25: closed, "2026-12-24": 8:00-12:00}'
    assert with_hours(given_dates).hours.dates == {
        date(2026, 12, 25): (),
        date(2026, 12, 24): (Span(8 * H, 12 * H),),
    }


TIMES = [("18:00", 18 * H), ('"18:00"', 18 * H), ("8:05", 8 * H + 5 * M), ("0:00", 0 * H),
         ("'08:00'", 8 * H), ("08:00", 8 * H), ("23:59", 24 * H - M)]  # fmt: skip


@pytest.mark.parametrize(("text", "at"), TIMES)
def test_a_time_needs_no_quotes(text: str, at: timedelta) -> None:
    """To YAML 18:00 is 1080, a number of base sixty."""
    step = "{name: eve, before: 1 day, at: " + text + "}"
    lines = yaml.safe_dump(SHIPPED | {"cadence": []}, sort_keys=False)
    assert read(lines.replace("cadence: []", f"cadence: [{step}]"), "my.yaml").cadence[0].at == at


@st.composite
def cadences(draw: st.DrawFn) -> list[dict[str, Any]]:
    steps = []
    for n in range(draw(st.integers(0, 4))):
        at = draw(st.none() | st.integers(0, 24 * 60 - 1).map(lambda minutes: minutes * M))
        days = timedelta(days=n + 1)
        span = days if at is not None else days + draw(st.integers(1, 1439)) * M
        step: dict[str, Any] = {
            "name": f"step_{n}",
            draw(st.sampled_from(["before", "after"])): written(span),
            "to": draw(st.sampled_from(Audience)).value,
            "outside": draw(st.sampled_from(Outside)).value,
            "late": draw(st.sampled_from(Late)).value,
            "late_after": written(draw(st.integers(1, 7 * 24 * 60)) * M),
            "late_text": draw(st.sampled_from(TEXTS)),
        }
        if at is not None:
            step["at"] = time_written(at)
        if draw(st.booleans()):
            step["case"] = draw(st.sampled_from(Urgency)).value
        else:
            step["text"] = draw(st.sampled_from(TEXTS))
        steps.append(step)
    return steps


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
a_day = of_a_day.filter(lambda spans: all(a.closes < b.opens for a, b in pairwise(spans)))


@settings(max_examples=40, deadline=None)  # each reads a whole playbook twice
@given(
    cadences(),
    st.tuples(*[a_day] * 7),
    st.dictionaries(st.dates(date(2026, 1, 1), date(2030, 1, 1)), a_day, max_size=3),
    st.sampled_from([None, *TEXTS]),
    st.sampled_from(ConsentRule),
    st.integers(1, 1440),
)
def test_what_is_shown_is_what_apply_takes(
    cadence: list[dict[str, Any]],
    week: tuple[Spans, ...],
    dates: dict[date, Spans],
    on_booking: str | None,
    consent: ConsentRule,
    minutes: int,
) -> None:
    given_settings = changed("cadence", cadence) | {
        "hours": {day: spans_written(spans) for day, spans in zip(DAYS, week, strict=True)},
        "hours_on": {day: spans_written(spans) for day, spans in dates.items()},
        "consent": consent.value,
        "visit_minutes": minutes,
    }
    if on_booking:
        given_settings["on_booking"] = on_booking
    for wording in given_settings["wordings"].values():
        texts = wording["texts"]
        wording["texts"] = texts | dict.fromkeys(("reminder_short", *TEXTS), texts["reminder"])
    playbook = read(yaml.safe_dump(given_settings, sort_keys=False), "my.yaml")
    assert playbook.hours == Hours(week, dates)
    assert read(as_yaml(playbook), "shown") == playbook
    assert stored.playbook_in(stored.playbook_out(playbook)) == playbook


# why; what is applied over the shipped one; what is told to have changed
APPLIED: list[tuple[str, dict[str, Any], list[str]]] = [
    ("nothing", {}, []),
    ("hours by days", {"hours": {"mon-fri": "8:00-20:00", "sat-sun": "10:00-16:00"}},
     ["hours.sat-sun"]),
    ("the same hours in other words", {"hours": {"mon-fri": "8:00-20:00", "sat": "9:00-19:00",
     "sun": "9:00-19:00"}}, []),
    ("hours for all days", {"hours": "8:00-20:00"}, ["hours"]),
    ("other days alike", {"hours": {"mon-sat": "8:00-20:00", "sun": "9:00-19:00"}}, ["hours"]),
    ("a holiday", {"hours_on": {"2026-12-25": "closed"}}, ["hours_on.2026-12-25"]),
    ("a text for bookings", {"on_booking": "reminder"}, ["on_booking"]),
    ("consent", {"consent": "required"}, ["consent"]),
    ("a step", {"cadence": SHIPPED["cadence"][:1]}, ["cadence"]),
]  # fmt: skip


@pytest.mark.parametrize(("more", "told"), [a[1:] for a in APPLIED], ids=[a[0] for a in APPLIED])
def test_apply_tells_what_changed(more: dict[str, Any], told: list[str]) -> None:
    number, before = "+12065550100", load()
    after = read(yaml.safe_dump(SHIPPED | more, sort_keys=False), "my.yaml")
    assert list(changed_settings(Line(number, before), Line(number, after))) == told
