"""How people say yes, no, not that one, and take back what they said."""

import pytest
from textback.cli.read import CONTEXTS
from textback.domain.reading import Intent
from textback.domain.understand import read, words
from textback.languages import lexicons


def intent(text: str, context: str = "reminder", language: str = "en") -> Intent:
    return read(words(text), CONTEXTS[context], language, lexicons()).intent


YES = [
    ("en", "go right ahead, please do"),
    ("en", "undoubtedly"),
    ("en", "that is so true"),
    ("en", "precisely"),
    ("en", "why not"),
    ("en", "mhm"),
    ("en", "heck yes"),
    ("en", "that would be lovely"),
    ("en", "great, thanks"),
    ("en", "it all looks good to me"),
    ("en", "I'll take it"),
    ("en", "that is good"),
    ("en", "sure enough"),
    ("es", "en efecto"),
    ("es", "suena de maravilla"),
    ("es", "sin ningún inconveniente"),
    ("es", "eso mismo"),
    ("es", "tiene toda la razón"),
    ("es", "buenísimo"),
    ("es", "claro que sí, hágale"),
    ("es", "ok muchas gracias"),
]
NO = [
    ("en", "not exactly"),
    ("en", "certainly not"),
    ("en", "that doesn't sound good"),
    ("en", "I would never go ahead with that"),
    ("en", "under no circumstances"),
    ("en", "I doubt we will be there"),
    ("en", "I cannot in all honesty confirm"),
    ("en", "nobody said I'd be there"),
    ("en", "We won't sadly be there"),
    ("es", "qué va"),
    ("es", "ni hablar, qué va"),
    ("es", "no suena nada bien"),
    ("es", "no tiene sentido"),
    ("es", "dudo mucho que vayamos"),
    ("es", "claro que no"),
]


@pytest.mark.parametrize(("language", "text"), YES)
def test_a_yes_accepts_in_any_of_its_words(language: str, text: str) -> None:
    assert intent(text, language=language) is Intent.CONFIRM


@pytest.mark.parametrize(("language", "text"), YES)
def test_where_times_are_offered_a_yes_settles_none(language: str, text: str) -> None:
    settles = {Intent.CONFIRM, Intent.CANCEL, Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3}
    assert intent(text, "slots", language) not in settles


@pytest.mark.parametrize(("language", "text"), NO)
def test_a_no_never_confirms(language: str, text: str) -> None:
    assert intent(text, language=language) is not Intent.CONFIRM


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("C. Sorry, wrong letter, I meant X", Intent.CANCEL),
        ("X. Whoops, meant to hit C", Intent.CONFIRM),
        ("See you then. Wait no, I have to reschedule", Intent.RESCHEDULE),
        ("Ignore my last message, I can make it", Intent.CONFIRM),
        ("perdón puse C pero era X", Intent.CANCEL),
        ("I meant to ask about my bill", Intent.AGENT),
        ("STOP. Oops, I meant see you then", Intent.STOP),
    ],
)
def test_an_answer_that_is_taken_back_gives_way(text: str, wanted: Intent) -> None:
    assert intent(text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Wednesday and Friday I have class, so the other one", Intent.SLOT_1),
        ("neither the 1st nor the 2nd, the last one", Intent.SLOT_3),
        ("can't do Tuesday, Wednesday or Friday", Intent.SLOT_NONE),
        ("1 is out, 3 is out, 2 it is", Intent.SLOT_2),
        ("Tuesday would have been nicer, but Friday will do", Intent.SLOT_3),
        ("eleven fifteen please", Intent.SLOT_3),
        ("mornings are out, so two thirty", Intent.SLOT_2),
        ("el martes trabajo, el viernes también, pues el miércoles", Intent.SLOT_2),
        ("ni la primera ni la segunda, la otra", Intent.SLOT_3),
        # Which one, nobody can tell.
        ("can't do Tuesday and Wednesday is fine", Intent.UNCLEAR),
        ("I can't do 1 and 3", Intent.UNCLEAR),
        ("1 or the other one", Intent.UNCLEAR),
        ("not the first one, the other one", Intent.UNCLEAR),
        ("the first two are no good", Intent.UNCLEAR),
        ("las dos primeras no me sirven", Intent.UNCLEAR),
        ("give me 2 min", Intent.UNCLEAR),
    ],
)
def test_a_pick_is_what_refusals_leave_or_none(text: str, wanted: Intent) -> None:
    assert intent(text, "slots") is wanted


def test_a_count_of_people_is_no_pick() -> None:
    assert intent("somos 2", "slots", "es") is Intent.UNCLEAR


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("my molar is killing me, see you tomorrow", Intent.CONFIRM),
        ("yes, my feet are killing me but I'll be there", Intent.CONFIRM),
        ("my chest is killing me", Intent.EMERGENCY),
        ("my boss will kill me if I miss work again, can we do next week", Intent.RESCHEDULE),
        ("my husband is going to kill me", Intent.EMERGENCY),
        ("she had a seizure two years ago, can I bring her records", Intent.AGENT),
        ("late, my son is having a seizure", Intent.EMERGENCY),
        ("I am going to stab him", Intent.EMERGENCY),
        ("me llevaron a urgencias el mes pasado, ¿le mando el reporte?", Intent.AGENT),
        ("esta rodilla me trae matando, ¿hay algo antes?", Intent.RESCHEDULE),
        ("no se me corta la sangre", Intent.EMERGENCY),
    ],
)
def test_danger_is_told_from_figures_of_speech(text: str, wanted: Intent) -> None:
    assert intent(text) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("My uncle passed away, please stop contacting him", Intent.STOP),
        ("Do. Not. Text. Me.", Intent.STOP),
        ("kindly refrain from sending any more messages", Intent.STOP),
        ("take my cell off of whatever list this is", Intent.STOP),
        ("olvídense de mi número", Intent.STOP),
        ("ya no me fastidien con tanto recordatorio", Intent.STOP),
        ("don't ever stop sending these, they are handy", Intent.ACK),
        ("It says to text STOP to opt out, but I'm not opting out, I'm coming", Intent.CONFIRM),
        ("dejen de cobrarme de más", Intent.AGENT),
    ],
)
def test_an_opt_out_is_heard_and_none_made_up(text: str, wanted: Intent) -> None:
    assert intent(text) is wanted


def test_free_times_beside_a_refusal_ask_for_another() -> None:
    assert intent("can't make that one but I'm free any afternoon") is Intent.RESCHEDULE


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "we are never gonna cancel on you"),
        ("en", "I was not even thinking of cancelling"),
        ("en", "I have no reason to cancel"),
        ("en", "it is not me who wants to cancel"),
        ("es", "jamás cancelaría la cita"),
        ("es", "no hace falta cancelar nada"),
    ],
)
def test_a_cancellation_that_is_denied_cancels_nothing(language: str, text: str) -> None:
    assert intent(text, language=language) is not Intent.CANCEL


@pytest.mark.parametrize(
    "text",
    [
        "don't text me at work, text after 5",
        "please no texts while I'm asleep, I work nights",
        "don't message me the invoice, post it",
        "can you stop sending both reminders, one is enough",
        "quit bumping my appointment",
        "stop cancelling on me",
        "cancel the taxi, not me",
        "no me manden avisos de madrugada",
        "ya no me manden la factura por mensaje",
        "dejen de moverme la cita",
    ],
)
def test_a_limit_is_no_end(text: str) -> None:
    for language in ("en", "es"):
        assert intent(text, "reminder", language) is Intent.AGENT


@pytest.mark.parametrize(
    "text",
    ["yes for my son, no for my daughter", "C for tuesday X for friday", "I'll be there... not"],
)
def test_one_thing_yes_and_another_no_settles_nothing(text: str) -> None:
    assert intent(text) in {Intent.AGENT, Intent.UNCLEAR}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hey please ya no me manden mensajes", Intent.STOP),
        ("porfa don't text me", Intent.STOP),
    ],
)
def test_an_opt_out_in_another_language_than_the_rest_is_heard(text: str, wanted: Intent) -> None:
    for language in ("en", "es"):
        assert intent(text, "none", language) is wanted


@pytest.mark.parametrize(
    "text", ["I need 2 hours", "takes 3 hrs to get there", "los 3 me caen mal"]
)
def test_what_is_counted_picks_no_time(text: str) -> None:
    assert intent(text, "slots") not in {Intent.SLOT_1, Intent.SLOT_2, Intent.SLOT_3}
