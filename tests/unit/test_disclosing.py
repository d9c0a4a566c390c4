"""The first text to a contact says who texts, and how to stop it."""

from dataclasses import replace

import pytest
from textback.domain.effects import SendText
from textback.domain.events import Parked, TextFailed
from textback.domain.playbook import ReminderStep
from textback.domain.reading import Intent

from tests.support.story import DAY, Story, moment, shown

TWO_DAYS = ReminderStep("two_days", 2 * DAY)
SAYS_SO = "Elm Street Clinic texts about your visits. Reply HELP for help, STOP to opt out."


def new(*steps: ReminderStep) -> Story:
    story = Story(*steps)
    story.book("10 10:00")
    story.there = replace(story.there, disclosed=None)
    return story


def bodies(story: Story) -> list[str]:
    assert story.last
    return [effect.body for effect in story.last.effects if isinstance(effect, SendText)]


def test_the_first_text_of_any_kind_says_who_texts_and_only_the_first() -> None:
    story = new()
    story.answer(Intent.QUESTION)
    assert [body.endswith(SAYS_SO) for body in bodies(story)] == [True]
    story.answer(Intent.QUESTION)
    assert [SAYS_SO in body for body in bodies(story)] == [False]


def test_a_reminder_says_it_itself() -> None:
    story = new(TWO_DAYS)
    assert story.until("08 10:00") == ["08 10:00 reminder"]
    assert SAYS_SO not in story.text.body
    assert shown(story.there.disclosed or moment("01 00:00")) == "08 10:00"


def test_it_is_said_in_the_contact_s_language() -> None:
    story = new()
    story.book("10 10:00", language="es")
    story.answer(Intent.QUESTION)
    assert story.text.body.endswith("Responda HELP para ayuda, STOP para no recibirlos.")


@pytest.mark.parametrize("intent", [Intent.EMERGENCY, Intent.STOP, Intent.WRONG_NUMBER])
def test_some_texts_stand_alone(intent: Intent) -> None:
    story = new()
    story.answer(intent)
    assert SAYS_SO not in story.text.body
    assert story.there.disclosed is None


def test_what_to_do_in_an_emergency_stands_alone_when_it_comes_back_too() -> None:
    story = new()
    story.answer(Intent.EMERGENCY)
    text = story.text
    assert story.on("01 09:05").come_back(text) == ["text: reply"]
    assert story.text.body == text.body
    assert story.there.disclosed is None


def test_a_text_that_never_went_said_nothing() -> None:
    story = new()
    story.answer(Intent.QUESTION)
    text = story.text
    story.happen(TextFailed("fail", story.now, "effect", text, "NOT_REACHABLE"))
    assert story.there.disclosed is None
    story.answer(Intent.HELP)
    assert story.there.disclosed == story.now


def test_a_text_that_came_back_too_late_said_nothing() -> None:
    story = new()
    story.answer(Intent.QUESTION)
    text = story.text
    assert story.on("03 09:00").come_back(text) == []
    assert story.there.disclosed is None


def test_of_a_text_whose_end_nobody_knows_it_is_taken_to_be_said() -> None:
    story = new()
    story.answer(Intent.QUESTION)
    story.on("03 09:00").come_back(story.text, Parked.UNKNOWN)
    assert story.there.disclosed


def test_behind_a_text_that_is_too_long_it_does_not_fit_so_it_goes_before() -> None:
    story = new()
    long = replace(
        story.line.playbook.wordings["en"],
        texts={**story.line.playbook.wordings["en"].texts, "details": "long " * 300},
    )
    book = replace(story.line.playbook, wordings={**story.line.playbook.wordings, "en": long})
    story.line = replace(story.line, playbook=book)
    story.answer(Intent.QUESTION)
    own, text = bodies(story)
    assert own == SAYS_SO
    assert text.startswith("long long")
