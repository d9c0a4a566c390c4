"""Words of an answer, an opt-out or an alarm about other places, people and matters act on nothing;
beside them the plain ones still do."""

import pytest
from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import read, words
from textback.languages import lexicons

ACTS = {Intent.CONFIRM, Intent.CANCEL, Intent.STOP, Intent.START, Intent.WRONG_NUMBER}
ACTS |= {Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3, Intent.SLOT_NONE, Intent.EMERGENCY}
NOTHING = {
    "reminder": """
        see you at church
        omw to work
        nos vemos en misa
        voy a la tienda
        my aunt will come
        mi hermana va a ir
        my caregiver won't be able to come
        el que me lleva no puede
        the babysitter just cancelled
        me canceló la niñera
        se canceló mi vuelo
        el doctor me canceló
        voy a cancelar mi saldo mañana
        se puede cancelar
        cancel what
        X?
        will someone be there at 7
        va a estar la doctora lópez
        ayer no pude ir
        i had to cancel last time
        casi cancelo
        he's not going to like it
        no one called me back
        changed my mind
    """,
    "none": """
        i don't want to stop the texts
        i never said stop
        no me quiten los recordatorios
        no me ha llegado ningún mensaje con los resultados
        se equivocaron con mi fecha de nacimiento
        can i start driving again
        i want to start therapy
        this bill is killing me
        ahorita no puedo hablar
        me muero por saber mis resultados
        tomo una pastilla en la noche está bien
    """,
    "slots": """
        i get my kids at 2:30
        be back at 9
        el viernes hablamos
        friday is iffy
        see you friday at church
        since tuesday i've been sick
        my brother takes the wednesday one
        apt 2
        primero dios
        2 of those work
        8 de enero
    """,
}
MEANT = {
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
SOMETHING = [
    ("reminder", "see you there", Intent.CONFIRM),
    ("reminder", "ya voy en camino", Intent.CONFIRM),
    ("reminder", "my ride canceled so I can't come", Intent.CANCEL),
    ("reminder", "X", Intent.CANCEL),
    ("reminder", "changed my mind, cancel it", Intent.CANCEL),
    ("none", "no one called Priya uses this number", Intent.WRONG_NUMBER),
    ("none", "I don't want these texts", Intent.STOP),
    ("none", "no reminders please", Intent.STOP),
    ("none", "start", Intent.START),
    ("none", "kms tonight", Intent.EMERGENCY),
    ("none", "he is foaming at the mouth", Intent.EMERGENCY),
    ("none", "me quiso ahorcar anoche", Intent.EMERGENCY),
    ("slots", "see you friday", Intent.SLOT_3),
    ("slots", "la segunda", Intent.SLOT_2),
    ("reminder", "stop, reschedule", Intent.STOP),
    ("reminder", "Yes! My sister is coming with me", Intent.CONFIRM),
]


def texts(said: dict[str, str]) -> list[tuple[str, str]]:
    """Each line with what it stands under."""
    return [
        (name, line.strip())
        for name, lines in said.items()
        for line in lines.split("\n")
        if line.strip()
    ]


def meant(text: str, context: str = "reminder") -> Intent:
    return read(words(text), CONTEXTS[context], "en", lexicons()).intent


@pytest.mark.parametrize(("context", "text"), texts(NOTHING))
def test_what_is_about_something_else_acts_on_nothing(context: str, text: str) -> None:
    assert meant(text, context) not in ACTS


@pytest.mark.parametrize(("wanted", "text"), texts(MEANT))
def test_an_answer_is_told_from_words_of_one(wanted: str, text: str) -> None:
    assert meant(text) is Intent(wanted)


@pytest.mark.parametrize(("context", "text", "wanted"), SOMETHING)
def test_what_resembles_it_still_does(context: str, text: str, wanted: Intent) -> None:
    assert meant(text, context) is wanted
