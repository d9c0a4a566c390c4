"""Words of an answer, an opt-out or an alarm about other places, people and matters act on nothing;
beside them the plain ones still do."""

import pytest
from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import read, words
from textback.languages import lexicons

ACTS = {Intent.CONFIRM, Intent.CANCEL, Intent.STOP, Intent.START, Intent.WRONG_NUMBER}
ACTS |= {Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3, Intent.EMERGENCY}
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
]


@pytest.mark.parametrize(
    ("context", "text"),
    [
        (context, text.strip())
        for context, texts in NOTHING.items()
        for text in texts.strip().splitlines()
    ],
)
def test_what_is_about_something_else_acts_on_nothing(context: str, text: str) -> None:
    reading = read(words(text), CONTEXTS[context], "en", lexicons())
    assert reading.intent not in ACTS, reading


@pytest.mark.parametrize(("context", "text", "wanted"), SOMETHING)
def test_what_resembles_it_still_does(context: str, text: str, wanted: Intent) -> None:
    reading = read(words(text), CONTEXTS[context], "en", lexicons())
    assert reading.intent is wanted, reading
