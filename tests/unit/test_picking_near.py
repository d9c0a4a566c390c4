"""What stands close to a pick: what is still one, and what names another time or speaks of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import read, words
from textback.languages import lexicons

SLOTS = CONTEXTS["slots"]  # Tue Dec 8 9:00, Wed Dec 9 14:30, Fri Dec 11 11:15
ACTS = {Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3, Intent.SLOT_NONE, Intent.CONFIRM} | {
    Intent.CANCEL,
    Intent.STOP,
    Intent.START,
}


def read_as(text: str, language: str = "en", now: datetime | None = None) -> Intent:
    return read(words(text), replace(SLOTS, now=now), language, lexicons()).intent


PICKS = [
    ("its half of the day", "9 in the morning please", Intent.SLOT_1),
    ("its half of the day in Spanish", "a las 9 de la mañana", Intent.SLOT_1),
    ("an hour without its minutes", "2 pm works", Intent.SLOT_2),
    ("a date with its ending", "11th of December", Intent.SLOT_3),
    ("an hour that bounds its day", "before 3 on Wednesday", Intent.SLOT_2),
    ("the same behind the day", "wed after 2", Intent.SLOT_2),
    ("a day that is said to be one", "el día nueve", Intent.SLOT_2),
    ("a day with an apostrophe", "Tuesday's perfect", Intent.SLOT_1),
    ("a repeated day as the reason", "mornings are hard for me, so wednesday", Intent.SLOT_2),
    ("a time as a place", "first time works", Intent.SLOT_1),
    ("a date beside this week's day", "this Friday the 11th", Intent.SLOT_3),
    ("two that are refused", "2 and 3 don't work so 1", Intent.SLOT_1),
    ("who is told to want it", "my mom says 2", Intent.SLOT_2),
    ("leave to go", "me dieron permiso el martes", Intent.SLOT_1),
    ("to be put in for it", "put me in for the 8th", Intent.SLOT_1),
]
NO_PICKS = [
    ("the other half of the day", ["9 pm", "2 am", "9 at night", "11 de la noche"]),
    ("another month", ["11th of January", "the 2nd of January", "8 de enero", "earliest in March"]),
    ("another date in figures", ["1/8", "2/8", "3/11"]),
    ("repeated days", ["only Fridays", "every Friday", "any Wednesday", "los viernes", "mornings"]),
    ("this week's or the next", ["this Tuesday", "the following Tuesday", "el próximo viernes"]),
    ("a week of the calendar", ["2nd week", "first week of the month", "primera semana de enero"]),
    ("a time of the day", ["last appointment of the day", "first appt of the day"]),
    ("a time that something happened", ["second time you changed it", "tercera vez que llamo"]),
    ("all of them", ["all 3", "any of the 3", "all 3 work", "cualquiera de los 3"]),
    ("an age", ["my son is 3", "she is 2", "mi hijo tiene 3"]),
    ("a number of something else", ["suite 3", "exit 2", "press 1", "1 star"]),
    ("for whom", ["1 for my mom", "Friday for my son", "la 1 para mi hija"]),
    ("with whom", ["2 with the nurse", "1 with Dr Lee", "la 2 con la doctora"]),
    ("where", ["2 at the other office", "Friday at the Elm St office", "Friday by phone"]),
    ("not certain", ["leaning 2", "2 most likely", "thinking 2", "estoy pensando en la 2"]),
    ("an alternative", ["the last one or the one before it", "2 or the waitlist"]),
    ("a bound alone", ["after 2", "before 11", "a partir de la 1", "no later than Wednesday"]),
    ("what is to be cancelled", ["cancel Tuesday", "cancel 1", "cancele la del viernes"]),
    ("what is to be changed", ["move my Friday one", "remove me from Tuesday"]),
    ("what was", ["I called Tuesday", "you said Friday", "me caí el viernes"]),
    ("what will be", ["I'll let you know Tuesday", "call me Friday", "le aviso el martes"]),
    ("since when", ["sick since Tuesday", "me duele desde el martes"]),
    ("what happens then", ["my son has a game Friday", "I see you have Friday", "funeral Friday"]),
    ("work or leave", ["descanso el miércoles", "I drive Tuesday", "entro a las 9"]),
    ("an hour of their own", ["a la una", "martes 9"]),
    ("another hour of its day", ["3 but earlier", "la 2 pero más tarde"]),
    ("texts again beside it", ["start texting me again, and 2 please", "2 please and resubscribe"]),
]


@pytest.mark.parametrize(("text", "wanted"), [p[1:] for p in PICKS], ids=[p[0] for p in PICKS])
def test_a_pick_with_more_about_it_is_one(text: str, wanted: Intent) -> None:
    assert read_as(text) is wanted


@pytest.mark.parametrize("texts", [n[1] for n in NO_PICKS], ids=[n[0] for n in NO_PICKS])
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_only_names_a_time_picks_none(texts: list[str], language: str) -> None:
    acted = {text: read_as(text, language) for text in texts}
    assert {text: intent for text, intent in acted.items() if intent in ACTS} == {}


def test_days_from_one_to_another_are_refused_with_those_between() -> None:
    assert read_as("Tuesday through Friday I work") is Intent.SLOT_NONE
    assert read_as("de martes a viernes trabajo", "es") is Intent.SLOT_NONE
    assert read_as("Tuesday through Wednesday I work") is not Intent.SLOT_1


def test_this_friday_is_the_next_one_from_today() -> None:
    near = datetime(2026, 12, 7, 17, tzinfo=UTC)
    far = datetime(2026, 12, 1, 17, tzinfo=UTC)
    assert read_as("this Friday", now=near) is Intent.SLOT_3
    assert read_as("este viernes", "es", now=near) is Intent.SLOT_3
    assert read_as("this Friday", now=far) is Intent.UNCLEAR
    assert read_as("next Friday", now=near) not in ACTS
