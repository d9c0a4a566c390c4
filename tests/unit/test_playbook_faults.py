"""Playbooks: what is refused. Every fault names its setting and its line, and what to do."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from textback.errors import BadInput
from textback.playbooks import DEFAULT, load
from textback.playbooks.faults import FaultyPlaybook
from textback.playbooks.reading import read

from tests.support.playbooks import GONE, changed, faults

REMINDER = "wordings.en.texts.reminder"
SAYS = "{practice}: {when}. Reply STOP to opt out. "
FAULTS = [
    ("a setting misspelt", "bare_cancle", "ask", "is not known; did you mean bare_cancel?"),
    ("a setting from nowhere", "wordings.en.colour", 1, "is not known; these are: dates and texts"),
    ("a setting missing", "call", GONE, "is missing"),
    ("a number for a text", "call", 2065550100, "should be text; put it in quotes"),
    ("a text for a number", "sure_enough", "0.7", "should be a number, without quotes"),
    ("yes is no number", "sure_enough", True, "should be a number, without quotes"),
    ("nobody is that certain", "sure_enough", 1.1, "should be at most 1"),
    ("no number at all", "sure_enough", float("nan"), "should be a number that ends"),
    ("a line that never sends", "parts_per_second", 0, "should be more than 0"),
    ("nothing left for reminders", "kept_for_replies", 1, "should be less than 1"),
    ("a share below nothing", "kept_for_replies", -0.1, "should be at least 0"),
    ("a journal too short", "journal_days", 29, "should be at least 30"),
    ("half a day", "journal_days", 30.5, "should be a whole number, without quotes"),
    (
        "proof gone before the journal",
        "consent_days",
        60,
        "should be no less than journal_days: it is the proof of it",
    ),
    (
        "no such zone",
        "zone",
        "Pacific Time",
        "should be an IANA time zone, such as America/New_York; did you mean US/Pacific?",
    ),
    (
        "a zone by its city",
        "zone",
        "US/Los Angeles",
        "should be an IANA time zone, such as America/New_York; did you mean America/Los_Angeles?",
    ),
    (
        "a choice there is not",
        "bare_cancel",
        "opt-out",
        "should be ask, appointment or opt_out; did you mean opt_out?",
    ),
    (
        "a name too long for texts",
        "practice",
        "W" * 41,
        "is too long: texts hold at most 40 characters of it",
    ),
    (
        "brackets cost two",
        "practice",
        "[" * 21,
        "is too long: texts hold at most 40 characters of it",
    ),
    (
        "a value in a value",
        "practice",
        "{call}",
        "should be one plain line: it is a value itself, and holds none",
    ),
    ("nobody", "practice", "", "is empty"),
    (
        "no duration",
        "clarify_for",
        "soon",
        "should be a duration, such as 2 days, 90 minutes or PT3H",
    ),
    (
        "seconds of what",
        "clarify_for",
        3600,
        "should be a duration, such as 2 days, 90 minutes or PT3H",
    ),
    (
        "longer than an opt-out may wait",
        "clarify_for",
        "11 days",
        "should be from 1 minute to 10 days",
    ),
    (
        "a reminder after the visit",
        "cadence.0.before",
        "0 minutes",
        "should be at least 1 minute, unless `at` names the time of that day",
    ),
    (
        "two reminders at once",
        "cadence.1.before",
        "48 hours",
        "is when two_days goes out too, and one of them would be dropped",
    ),
    (
        "two steps of one name",
        "cadence.1.name",
        "two_days",
        "is the name of two steps: give each its own",
    ),
    (
        "a name that no key can hold",
        "cadence.0.name",
        "2 days#",
        "should be of small letters, digits and _, such as two_days",
    ),
    (
        "a reminder that is another text",
        "cadence.0.text",
        "emergency",
        "should be reminder, follow_up or booked, or begin so, as reminder_week",
    ),
    ("for whom", "cadence.0.to", "everybody", "should be unconfirmed or all"),
    (
        "no list",
        "cadence",
        "two_days",
        "should be a list: each on its line after a dash, or all in [ ]",
    ),
    (
        "a purpose that is never sent again",
        "unknown_outcome_again.0",
        "opt_out",
        "opt_out cannot be sent again: an opt-out is confirmed by one text",
    ),
    ("no language", "wordings", {}, "should have at least 1 of them, and has 0"),
    (
        "a language nobody reads",
        "wordings.fr",
        {},
        "is not known; the languages that texts are understood in are en, es and pt",
    ),
    (
        "a week of six days",
        "wordings.en.dates.weekdays",
        ["Mon"] * 6,
        "should have at least 7 of them, and has 6",
    ),
    ("a date without its day", "wordings.en.dates.form", "{month}, {time}", "has to hold {day}"),
    ("a text missing", "wordings.es.texts.help", GONE, "is missing"),
    (
        "a text unknown",
        "wordings.en.texts.conffirmed",
        "Ok",
        "is not known; did you mean confirmed?",
    ),
    (
        "a text empty",
        "wordings.en.texts.details",
        " ",
        "is empty: write what the contact is to read",
    ),
    (
        "a text that YAML took for settings",
        "wordings.en.texts.at_place",
        {"place": None},
        "should be text; put it in quotes",
    ),
    (
        "a form that the language has, missing",
        REMINDER,
        SAYS + "{call|other:it}",
        "{call|other:it} lacks one, which en has",
    ),
    (
        "a form that the language has not",
        REMINDER,
        SAYS + "{call|one:it|few:some|other:them}",
        "{call|one:it|few:some|other:them}: few is no form here; en has one and other",
    ),
    (
        "forms of a value misspelt",
        REMINDER,
        SAYS + "{cal|one:it|other:them}",
        "{cal} is no value here; did you mean {call}?",
    ),
    (
        "forms without their names",
        REMINDER,
        SAYS + "{call|it|them}",
        "has forms that cannot be read: write {count|one:it is|other:they are}",
    ),
    (
        "forms in a date",
        "wordings.en.dates.form",
        "{month} {day|one:1st|other:then} {day}, {time}",
        "has forms by number, which a date has not",
    ),
    ("a clock of 10 hours", "wordings.en.dates.clock", 10, "should be 12 or 24"),
    ("a value misspelt", REMINDER, SAYS + "{wen}", "{wen} is no value here; did you mean {when}?"),
    (
        "a value not always known",
        REMINDER,
        SAYS + "{provider}",
        "{provider} is no value here; "
        "write {with_provider}, which is left out while it is not known",
    ),
    (
        "a value of a visit where there is none",
        "wordings.en.texts.for_a_person",
        "{when}",
        "{when} is no value here; it may hold {call} or {practice}",
    ),
    (
        "a brace left open",
        "wordings.en.texts.for_a_person",
        "a { b",
        "{b} is no value here; it may hold {call} or {practice}",
    ),
    (
        "a brace alone",
        "wordings.en.texts.for_a_person",
        "b }",
        "has a brace that holds no value; it may hold {call} or {practice}",
    ),
    (
        "nobody texts",
        REMINDER,
        "Reply STOP to opt out",
        "has to hold {practice}, so that the contact knows who texts",
    ),
    (
        "no way to stop",
        REMINDER,
        "{practice}: {when}. NONSTOP",
        'has to hold STOP, to say how all texts are ended, as in "Reply STOP to opt out"',
    ),
    (
        "a way to stop that only one number has",
        REMINDER,
        "{practice}: {when}. {call|one:STOP|other:them}",
        'has to hold STOP, to say how all texts are ended, as in "Reply STOP to opt out"',
    ),
    (
        "asked, and nothing for the visit",
        "wordings.en.texts.ask_cancel",
        "STOP?",
        'has to hold X, to say what cancels the visit, as in "Reply X if you can\'t make it"',
    ),
]


@pytest.mark.parametrize(
    ("path", "value", "told"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS]
)
def test_a_fault_names_the_setting_and_says_what_to_do(path: str, value: Any, told: str) -> None:
    where = re.sub(r"\.(\d+)", r"[\1]", path)
    assert faults(changed(path, value)) == [f"{where}: {told}"]


A_DAY = (
    "should be the hours of a day, such as 8:00-20:00, or 8:00-12:00, 13:00-17:00; "
    "or always, or closed"
)
OF_TIMES: list[tuple[str, str, Any, list[str]]] = [
    (
        "hours without minutes",
        "hours",
        "8-20",
        [f"hours: {A_DAY}"],
    ),
    (
        "hours that are one time",
        "hours",
        {"mon-fri": "8:00-20:00", "sat": "9:00", "sun": "closed"},
        [f"hours: sat: {A_DAY}"],
    ),
    (
        "hours that YAML took for no",
        "hours",
        {"mon-sat": "always", "sun": False},
        [f"hours: sun: {A_DAY}"],
    ),
    (
        "a night in one day",
        "hours",
        "20:00-8:00",
        ["hours: has hours that end before they begin: a night is part of two days"],
    ),
    (
        "hours that overlap",
        "hours",
        "8:00-12:00, 11:00-17:00",
        ["hours: has hours that overlap or touch: write those as one, in order"],
    ),
    (
        "hours that touch are one",
        "hours",
        "8:00-12:00, 12:00-17:00",
        ["hours: has hours that overlap or touch: write those as one, in order"],
    ),
    (
        "a day forgotten",
        "hours",
        {"mon-fri": "always", "sat": "closed"},
        ["hours: says nothing of sun; a day without texts is closed"],
    ),
    (
        "a day twice",
        "hours",
        {"mon-fri": "always", "fri-sun": "closed"},
        ["hours: has fri twice: name each day once"],
    ),
    (
        "a week that runs backwards",
        "hours",
        {"sat-mon": "closed", "tue-fri": "always"},
        ["hours: sat-mon runs backwards: weeks begin on Monday"],
    ),
    (
        "no such day",
        "hours",
        {"weekdays": "always"},
        [
            "hours: weekdays names no days; days are mon, tue, wed, thu, fri, sat and sun, "
            "as in mon-fri"
        ],
    ),
    (
        "a span of days left open",
        "hours",
        {"mon-": "always"},
        ["hours: mon- names no days; days are mon, tue, wed, thu, fri, sat and sun, as in mon-fri"],
    ),
    (
        "hours for nobody",
        "hours",
        None,
        [f"hours: {A_DAY}"],
    ),
    (
        "no date",
        "hours_on",
        {"Christmas": "closed"},
        ["hours_on: Christmas: is no date such as 2026-12-25"],
    ),
    (
        "a date that is no day",
        "hours_on",
        {"2026-02-30": "closed"},
        ["hours_on: 2026-02-30: is no date such as 2026-12-25"],
    ),
    (
        "hours of a date",
        "hours_on",
        {"2026-12-25": "8-12"},
        [f"hours_on: 2026-12-25: {A_DAY}"],
    ),
    (
        "a date twice",
        "hours_on",
        {"2026-12-25": "closed", "20261225": "always"},
        ["hours_on: has 2026-12-25 twice: name each date once"],
    ),
    (
        "dates in a list",
        "hours_on",
        ["2026-12-25"],
        ["hours_on: should hold dates, each as `2026-12-25: closed`"],
    ),
    (
        "a time that is a number",
        "cadence.0.at",
        800,
        ["cadence[0].at: should be a time of day, such as 18:00"],
    ),
    (
        "a time of no day",
        "cadence.0.at",
        "24:00",
        ["cadence[0].at: should be a time of day, such as 18:00"],
    ),
    (
        "a time of day and hours before",
        "cadence.1.at",
        "18:00",
        ["cadence[1].at: is a time of a day, so before or after it are whole days"],
    ),
    (
        "neither before nor after",
        "cadence.0.before",
        GONE,
        ["cadence[0]: should have before or after, and only one of them"],
    ),
    (
        "before and after",
        "cadence.0.after",
        "1 day",
        ["cadence[0]: should have before or after, and only one of them"],
    ),
    (
        "too long before",
        "cadence.0.before",
        "361 days",
        ["cadence[0].before: should be from 0 seconds to 360 days"],
    ),
    (
        "late at once",
        "cadence.1.late_after",
        "0 minutes",
        ["cadence[1].late_after: should be from 1 minute to 7 days"],
    ),
    (
        "late after too long",
        "cadence.1.late_after",
        "8 days",
        ["cadence[1].late_after: should be from 1 minute to 7 days"],
    ),
    (
        "late how",
        "cadence.1.late",
        "dropp",
        ["cadence[1].late: should be send, shorten or drop; did you mean drop?"],
    ),
    (
        "outside what",
        "cadence.0.outside",
        "early",
        ["cadence[0].outside: should be wait or earlier; did you mean earlier?"],
    ),
    (
        "a case that also sends",
        "cadence.0.case",
        "low",
        ["cadence[0].text: is not sent: a step opens a case or sends a text"],
    ),
    (
        "no such urgency",
        "cadence.0.case",
        "lowest",
        ["cadence[0].case: should be urgent, normal or low; did you mean low?"],
    ),
    (
        "a step that has the booking's name",
        "cadence.0.name",
        "on_booking",
        ["cadence[0].name: is the name of the step that on_booking is: choose another"],
    ),
    (
        "a booking's text there is not",
        "on_booking",
        "booked",
        [
            "on_booking: is no text of wordings.en: write it there",
            "on_booking: is no text of wordings.es: write it there",
        ],
    ),
    (
        "a booking's text of another kind",
        "on_booking",
        "confirmed",
        ["on_booking: should be reminder, follow_up or booked, or begin so, as reminder_week"],
    ),
    (
        "a late text there is not",
        "cadence.1.late",
        "shorten",
        [
            "cadence[1].late_text: is no text of wordings.en; did you mean reminder?",
            "cadence[1].late_text: is no text of wordings.es; did you mean reminder?",
        ],
    ),
    (
        "consent how",
        "consent",
        "require",
        ["consent: should be assumed or required; did you mean required?"],
    ),
    ("a visit of no time", "visit_minutes", 0, ["visit_minutes: should be at least 1"]),
    ("a visit of days", "visit_minutes", 1441, ["visit_minutes: should be at most 1440"]),
]


@pytest.mark.parametrize(
    ("path", "value", "told"), [f[1:] for f in OF_TIMES], ids=[f[0] for f in OF_TIMES]
)
def test_a_fault_of_hours_and_steps_says_what_to_do(path: str, value: Any, told: list[str]) -> None:
    assert faults(changed(path, value)) == told


# Dates and numbers that YAML itself would choke on, or take for something else.
UNLIKE_YAML = [
    ("hours_on: {2026-02-30: closed}", "hours_on: 2026-02-30: is no date such as 2026-12-25"),
    (
        "hours_on: {2026-12-25 10:00:00: closed}",
        "hours_on: 2026-12-25 10:00:00: is no date such as 2026-12-25",
    ),
    ("visit_minutes: 0:30", "visit_minutes: should be a whole number, without quotes"),
    ("journal_days: 1:30:00", "journal_days: should be a whole number, without quotes"),
    ("call: " + "9" * 5_000, "call: is too long: texts hold at most 40 characters of it"),
]


@pytest.mark.parametrize(("text", "told"), UNLIKE_YAML, ids=[u[0][:40] for u in UNLIKE_YAML])
def test_what_only_looks_like_a_date_or_a_number(text: str, told: str) -> None:
    assert told in faults(text)


ASKING = [
    ("CANCEL", "Reply C to confirm, CANCEL to cancel."),
    ("CANCEL", "Reply cancel if you can't make it."),
    ("CANCEL", "Text 'cancel' to us."),
    ("QUIT", "Reply with the word quit."),
    ("END", "Reply C to confirm or end to leave."),
    ("REMOVE", "Send “remove” to be removed."),
    ("CANCEL", "Responda con cancel para cancelar."),
    ("CANCELAR", "Responda CANCELAR si no puede venir."),
]
NOT_ASKING = [
    "To end all texts, reply STOP.",
    "Your visit is cancelled. Reply R to reschedule or cancel.",
    "Call {call} to cancel, or to quit waiting.",
    "Su cita queda cancelada.",
]


@pytest.mark.parametrize(("word", "prompt"), ASKING)
def test_no_prompt_asks_for_a_word_that_ends_all_texts(word: str, prompt: str) -> None:
    (told,) = faults(changed(REMINDER, SAYS + prompt))
    assert told.startswith(f"{REMINDER}: asks for {word}, which ends all texts at the carrier")


@pytest.mark.parametrize("prompt", NOT_ASKING)
def test_these_words_may_be_said(prompt: str) -> None:
    read(yaml.safe_dump(changed(REMINDER, SAYS + prompt)), "my.yaml")


def test_a_step_sends_a_text_that_every_language_has() -> None:
    settings = changed("cadence.0.text", "reminder_week")
    settings["wordings"]["en"]["texts"]["reminder_week"] = SAYS
    assert faults(settings) == [
        "cadence[0].text: is no text of wordings.es; did you mean reminder?"
    ]
    settings["wordings"]["es"]["texts"]["reminder_weak"] = SAYS
    assert faults(settings) == [
        "cadence[0].text: is no text of wordings.es; did you mean reminder_weak?"
    ]


def test_all_faults_are_told_at_once_each_with_its_line() -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    text = text.replace("bare_cancel: ask", "bare_cancel: aks").replace(
        "      help: ", "      hlep: "
    )
    lines = text.splitlines()
    with pytest.raises(FaultyPlaybook) as faulty:
        read(text, "my.yaml")
    for fault in faulty.value.faults:
        if "missing" not in fault.says:
            assert fault.where.rpartition(".")[2] in lines[fault.line - 1]
    assert [fault.where for fault in faulty.value.faults] == [
        "bare_cancel",
        "wordings.en.texts.help",
        "wordings.en.texts.hlep",
        "wordings.es.texts.help",
        "wordings.es.texts.hlep",
    ]
    assert str(faulty.value).splitlines()[:2] == [
        "my.yaml has 5 faults",
        f"  my.yaml:{lines.index('bare_cancel: aks') + 1}: bare_cancel: should be ask, "
        "appointment or opt_out; did you mean ask?",
    ]


NOT_PLAYBOOKS = [
    ("nothing", "", "should hold settings, each as `name: value`"),
    ("a list", "[1]", "should hold settings, each as `name: value`"),
    ("no YAML", "a: b: c", "mapping values are not allowed here"),
    ("a setting twice", "call: a\ncall: b", "call stands here twice"),
    ("a text twice", "wordings: {en: {texts: {help: a, help: b}}}", "help stands here twice"),
    ("a control character", "call: \x01", "holds a character that YAML may not hold"),
    ("a trap", "[" * 2_000, "is nested too deeply"),
    ("a list for a name", "? [a]\n: 1", "found unhashable key"),
]


@pytest.mark.parametrize(
    ("text", "told"), [n[1:] for n in NOT_PLAYBOOKS], ids=[n[0] for n in NOT_PLAYBOOKS]
)
def test_what_is_no_playbook_is_told(text: str, told: str) -> None:
    (fault,) = faults(text)
    assert fault.startswith(told)


def _nothing(path: Path) -> None:
    pass


FILES: list[tuple[Callable[[Path], Any], str]] = [
    (_nothing, "No such file"),
    (Path.mkdir, "Is a directory"),
    (lambda path: path.write_bytes(b"\xff"), "is not UTF-8"),
]


@pytest.mark.parametrize(("make", "told"), FILES)
def test_a_file_that_cannot_be_read_is_bad_input(
    make: Callable[[Path], Any], told: str, tmp_path: Path
) -> None:
    make(tmp_path / "my.yaml")
    with pytest.raises(BadInput, match=told):
        load(tmp_path / "my.yaml")
