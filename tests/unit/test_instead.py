"""Words of an answer about somebody else, another time, or what might be: none, or another one."""

import pytest
from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import read, words
from textback.languages import lexicons

TEXTS = {
    "agent": """
        My ride can't make it
        my ride isn't coming
        our driver won't show up
        mi ride no puede ir
        I couldn't make it last time
        we weren't able to come yesterday
        no pude ir la vez pasada
        What if I can't make it
        is there a fee if I have to cancel
        qué pasa si no puedo ir
        ¿y si no puedo ir?
        I don't want to see Dr. Brown
        no quiero ver a esa doctora
        un-cancel please
        cancele también la de mi mamá
        ya llegué y está cerrado
    """,
    "unclear": """
        I hope I can be there
        praying I can make it
        my wife can't make it
        hubby cant make it, i can
        mi señora no puede pero yo sí
        mi esposo no puede ir
        espero poder ir
        ojalá pueda ir
    """,
    "confirm": """
        I was going to cancel but decided to come
        I won't be late
        no voy a llegar tarde
        pulling in now
        my mom will be there
    """,
    "cancel": """
        can't make it
        my ride canceled so I can't come
        cancel my son's appointment
        cancelen la cita de mi hijo
        couldn't find a sitter, can't come
        we decided to go with a clinic closer to home, please remove the appointment
    """,
    "reschedule": """
        I can't come in the morning
        can't do that early
        I can't make it before noon
        I can't make it until next week
        I can't come in on Tuesdays
        cant in the morning, afternoon ok
        no puedo en la mañana
        no puedo ir tan temprano
        no puedo los martes
    """,
}
CASES = [
    (wanted, text.strip()) for wanted, texts in TEXTS.items() for text in texts.strip().splitlines()
]


@pytest.mark.parametrize(("wanted", "text"), CASES)
def test_an_answer_is_told_from_words_of_one(wanted: str, text: str) -> None:
    reading = read(words(text), CONTEXTS["reminder"], "en", lexicons())
    assert reading.intent is Intent(wanted), reading
