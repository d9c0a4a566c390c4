"""What ends or begins the texts, whose phone it is, and danger: heard, and not made up."""

import pytest
from textback.domain.conversation import Conversation
from textback.domain.reading import Intent

from tests.unit.test_understand import BOOKED, NOBODY, REMINDED, intent

ENDED = [
    ("politely", "Please remove me"),
    ("no interest", "I'm not interested, thanks"),
    ("no interest, in Spanish", "no me interesa, gracias"),
    ("a single word", "Block"),
    ("off", "I want off of this"),
    ("out", "we just want out"),
    ("what is to come", "cancel all further messages"),
    ("spelled as it sounds", "estop por favor"),
    ("misspelled", "stp txting"),
    ("a stranger's", "Wrong number, take me off"),
    ("to a stranger, in Spanish", "número equivocado, bórrenme"),
    ("asked how", "how the heck can I get off this list"),
    ("no reason for them", "we live in Ohio now, there's no reason to keep texting"),
    ("not the first time", "how many times must I reply STOP"),
    ("a threat", "message me one more time and I'm getting a lawyer"),
    ("somebody else's wish", "my wife wants these texts stopped"),
    ("done well without", "stop all texts I'm fine without them"),
    ("beside what they do", "you keep texting my work phone, please stop it"),
    ("consent", "I revoke my consent to be texted at this number"),
    ("consent, in Spanish", "retiro mi permiso para que me manden textos"),
    ("no permission, in Spanish", "no autorizo que me sigan mandando mensajes"),
    ("nothing more, in Spanish", "ya no manden nada a este número"),
    ("no need, in Spanish", "no hace falta que sigan mandando textos"),
    ("not wanted, in Spanish", "esos avisos ya no los quiero"),
    ("switched off, in Spanish", "háganme el favor de apagar estos mensajes"),
    ("told before, in Spanish", "les dije que pararan"),
]


@pytest.mark.parametrize("text", [e[1] for e in ENDED], ids=[e[0] for e in ENDED])
def test_texts_end_for_who_wants_no_more_of_them(text: str) -> None:
    assert intent(text, NOBODY, "en") is Intent.STOP
    assert intent(text, NOBODY, "es") is Intent.STOP


SOMETHING_ELSE_STOPS = [
    ("pain", "my tooth hurts so bad, make it stop"),
    ("mail", "Stop emailing me"),
    ("calls", "no more phone calls please"),
    ("calls, in Spanish", "ya no me llamen al trabajo"),
    ("another phone", "stop texting my husband, text me"),
    ("another phone, in Spanish", "dejen de mandarle mensajes a mi esposo"),
    ("another consent", "I'm withdrawing my consent for surgery"),
    ("another consent, in Spanish", "revoco mi permiso para compartir mi expediente"),
    ("what comes twice", "Stop sending me two of every reminder"),
    ("what comes twice, in Spanish", "dejen de mandarme mensajes repetidos"),
    ("a language", "quit sending texts in Spanish"),
    ("asked why", "how come I quit getting reminders"),
    ("asked when", "when will you stop texting me about a balance I paid"),
    ("bills", "please do not send me any more bills"),
    ("bills, in Spanish", "no me manden otra factura"),
    ("to somebody else", "don't send anything to my ex"),
    ("to somebody else, in Spanish", "no le manden nada a mi jefe"),
    ("another list", "how do I get off the waitlist"),
    ("another list, in Spanish", "quítenlo de la lista de espera"),
    ("a day", "block off Tuesday for me"),
    ("a doctor", "no me interesa cambiar de doctor"),
    ("texts that do not come", "I'm not getting your texts"),
]


@pytest.mark.parametrize(
    "text", [s[1] for s in SOMETHING_ELSE_STOPS], ids=[s[0] for s in SOMETHING_ELSE_STOPS]
)
def test_what_shall_stop_may_be_something_else_than_the_texts(text: str) -> None:
    for conversation in (NOBODY, REMINDED):
        assert intent(text, conversation) is Intent.AGENT


@pytest.mark.parametrize(
    "text",
    [
        "Stop, that day is no good",
        "Stop, can we move it to Friday",
        "Stop, ese día no puedo",
    ],
)
def test_an_opt_out_word_may_begin_a_sentence_about_the_time(text: str) -> None:
    assert intent(text) in {Intent.AGENT, Intent.RESCHEDULE}


@pytest.mark.parametrize(
    "text",
    [
        "Stop. That day is no good",
        "That day is no good. Stop",
        "Stop, who is this",
        "stop, I don't want these",
    ],
)
def test_an_opt_out_word_that_is_a_sentence_ends_the_texts(text: str) -> None:
    assert intent(text) is Intent.STOP


@pytest.mark.parametrize("text", ["not interested", "no me interesa", "I want out"])
def test_no_interest_is_in_the_visit_where_one_is_awaited(text: str) -> None:
    assert intent(text, NOBODY) is Intent.STOP
    assert intent(text, REMINDED) is Intent.CANCEL


STRANGERS = [
    "This is not the right person",
    "this isn't her phone anymore",
    "Wrong number, I don't need Tuesday",
    "no soy don Eusebio",
    "aquí no hay ninguna Yolanda",
    "Ramona ya no vive aquí",
]
NO_STRANGERS = [
    "Yes my number changed",
    "this is my new number",
    "I don't have an appointment",
    "I'm not getting texts",
    "I'm not ready",
    "this isn't fair",
    "who is covering for her",
    "No fui a la cita",
    "No hay falla",
    "no soy buena para los textos",
    "mi hijo ya no vive aquí",
]


@pytest.mark.parametrize("conversation", [NOBODY, REMINDED], ids=["none", "asked"])
def test_a_stranger_is_who_says_so(conversation: Conversation) -> None:
    read = {text: intent(text, conversation) for text in STRANGERS + NO_STRANGERS}
    assert [text for text in read if read[text] is Intent.WRONG_NUMBER] == STRANGERS


@pytest.mark.parametrize(
    "text",
    [
        "I missed it",
        "I miss these talks",
        "sip, apúntenme",
        "I'll park before you unlock the doors",
    ],
)
def test_texts_do_not_begin_for_who_asks_for_something_else(text: str) -> None:
    assert intent(text) is not Intent.START


DANGER = [
    ("help at once", "I need help now"),
    ("an old sign", "SOS"),
    ("help at once, in Spanish", "necesito ayuda urgente"),
    ("again and again", "I keep fainting"),
    ("again and again, in Spanish", "me sigo desmayando"),
    ("a dose twice", "took double my dose"),
    ("two doses", "gave him two doses by accident"),
    ("somebody else's pills", "I took my husband's pills by mistake"),
    ("the wrong ones, in Spanish", "le di la medicina equivocada a mi hijo"),
    ("asleep", "we can't get grandpa to wake up"),
    ("blind", "suddenly I can't see"),
    ("a fever with little to fight it", "I got chemo last week and have a fever of 101"),
    ("a fever after a wound", "had surgery Monday and now I have a fever of 103"),
    ("a goodbye", "nobody needs to look for me, just make sure my cat gets fed"),
    ("beside a figure of speech", "I feel like crap and I can't breathe"),
    ("beside what was", "my chest hurts, had a heart attack last year"),
    ("beside what is not", "no chest pain yesterday but now my chest hurts"),
    ("beside what is not, in Spanish", "no me duele el pecho pero no puedo respirar"),
    ("beside what runs in a family", "family history of stroke and my face is drooping"),
    ("of last night", "I had a heart attack last night"),
    ("of the hour, not of an age", "my son had a seizure at 10 this morning"),
    ("while late", "running late, grandpa passed out in the car"),
    ("a reading", "my sugar is 450"),
]


@pytest.mark.parametrize("text", [d[1] for d in DANGER], ids=[d[0] for d in DANGER])
def test_danger_is_heard_whatever_stands_beside_it(text: str) -> None:
    for conversation in (NOBODY, REMINDED):
        assert intent(text, conversation) is Intent.EMERGENCY


CALM = [
    ("a figure of speech", "my feet are killing me"),
    ("how somebody feels", "I feel like crap"),
    ("a baby", "my baby is teething"),
    ("a baby, in Spanish", "mi bebé está sacando dientes"),
    ("prices", "I'm choking on these prices"),
    ("bills, in Spanish", "las facturas me van a matar"),
    ("years ago", "my mom had a stroke last year"),
    ("at an age", "my dad had a heart attack at 50"),
    ("in a family", "family history of heart attack and stroke"),
    ("in a family, in Spanish", "historial familiar de infartos"),
    ("none", "No chest pain today, feeling better"),
    ("over", "I had chest pain last month but it's gone"),
    ("over, in Spanish", "ya no me duele el pecho"),
    ("fine", "my chest is fine now"),
    ("a job", "I'm a 911 dispatcher so I need an evening time"),
    ("a class, which two languages name alike", "when is the suicide prevention class"),
    ("a class, in Spanish", "clases de primeros auxilios"),
    ("a test", "is my shortness of breath test on Tuesday"),
    ("an injection", "I had my second shot"),
    ("a reading", "blood pressure 134 over 84 this morning"),
    ("how somebody died, in Spanish", "mi cuñado murió de un derrame"),
]


@pytest.mark.parametrize("text", [c[1] for c in CALM], ids=[c[0] for c in CALM])
@pytest.mark.parametrize(
    "conversation", [NOBODY, BOOKED, REMINDED], ids=["none", "booked", "asked"]
)
def test_words_of_alarm_used_otherwise_are_none(text: str, conversation: Conversation) -> None:
    assert intent(text, conversation) not in {Intent.EMERGENCY, Intent.STOP}


STILL_DANGER = """
    le dio un derrame cuando estaba comiendo
    mi hijo tuvo convulsiones cuando llegamos a casa
    me dio un infarto hace 20 minutos vengan
    me dio un infarto hace una hora
    despues de su infarto no respira
    me dio dolor de pecho hace rato
    he had a stroke 2 minutes ago
    had a seizure a few minutes ago
    I had chest pain last month and now again
    my bp is 100 over 140
    my sugar is 70 and shaking
    me muero por dormir y no despertar
    could the pill cause trouble breathing im having it now
    history of seizures and having one now
    tuve un derrame el año pasado y otra vez se me cae la cara
    no chest pain but cant breathe
    last year i had a stroke and now my face is numb
    mi abuelo murio de infarto y ahora mi papa tiene dolor de pecho
    bill for ambulance and now she cant breathe
"""


@pytest.mark.parametrize("text", STILL_DANGER.strip().splitlines())
def test_what_is_calm_of_long_ago_hides_no_danger_of_now(text: str) -> None:
    assert intent(text.strip(), NOBODY) is Intent.EMERGENCY
