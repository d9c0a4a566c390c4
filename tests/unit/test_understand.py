"""Understanding: what must be heard in any dress, what must never act, and that nothing breaks."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textback.domain.conversation import Appointment, Awaited, Awaiting, Conversation
from textback.domain.reading import Intent, Reading
from textback.domain.understand import Context, Lexicon, language_of, read, understand, words
from textback.domain.understand.growing import grow
from textback.domain.understand.matching import MOST_WORDS
from textback.domain.understand.words import BEGINNING, END
from textback.languages import languages, lexicons

KNOWN = dict(lexicons())  # read here, or Hypothesis would time their reading
SEATTLE = timezone(timedelta(hours=-8))
NOW = datetime(2026, 12, 7, 17, tzinfo=SEATTLE)
VISIT = Appointment("apt-1", 1, start=datetime(2026, 12, 8, 9, 30, tzinfo=SEATTLE))  # a Tuesday
NOBODY = Conversation("id", "+12065550100", "+12065550123")
BOOKED = replace(NOBODY, appointments=(VISIT,))
REMINDED = replace(BOOKED, awaiting=Awaiting(Awaited.CONFIRMATION, "apt-1", NOW))
TORN = replace(BOOKED, awaiting=Awaiting(Awaited.CANCEL_MEANING, "apt-1", NOW))


def reading(text: str, conversation: Conversation = REMINDED, language: str = "en") -> Reading:
    return understand(text, conversation, language, NOW, KNOWN)


def intent(text: str, conversation: Conversation = REMINDED, language: str = "en") -> Intent:
    return reading(text, conversation, language).intent


# AWS's opt-out words, and those of 47 CFR 64.1200(a)(10); CANCEL is told apart by the visit
OPT_OUT_WORDS = ["ARRET", "END", "OPT-OUT", "OPTOUT", "OPT OUT", "QUIT", "REMOVE", "STOP", "TD"]
OPT_OUT_WORDS += ["UNSUBSCRIBE", "REVOKE", "STOPALL", "ALTO", "PARAR", "BAJA"]


@pytest.mark.parametrize("word", OPT_OUT_WORDS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_opt_out_word_ends_the_texts_whatever_is_awaited(word: str, language: str) -> None:
    for conversation in (NOBODY, BOOKED, REMINDED, TORN):
        assert intent(word, conversation, language) is Intent.STOP


@given(
    st.sampled_from(OPT_OUT_WORDS),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.text(alphabet=" .,!…\n'\"-*", max_size=5),
    st.text(alphabet=" .,!…\n'\"*🙏🏽😡", max_size=8),
)
def test_an_opt_out_word_is_heard_in_any_case_and_punctuation(
    word: str, case: object, before: str, after: str
) -> None:
    assert callable(case)
    assert intent(f"{before}{case(word)}{after}") is Intent.STOP


STOPS = [
    ("with courtesy", "stop please"),
    ("with anger", "STOP!!! I never signed up for this"),
    ("letter by letter", "S T O P"),
    ("with full stops", "S.T.O.P."),
    ("stretched", "stoooop"),
    ("in styled letters", "𝐒𝐓𝐎𝐏"),
    ("in full width", "ＳＴＯＰ"),
    ("in quotes", '"STOP"'),
    ("before another wish", "STOP and cancel my appointment"),
    ("after a yes", "Yes. STOP"),
    ("said politely", "please stop texting me"),
    ("said rudely", "leave me the hell alone"),
    ("said formally", "I do not wish to receive messages from you"),
    ("the list", "take me off your list"),
    ("with a wrong number", "wrong number, stop texting me"),
    ("misspelled", "unsubscibe"),
    ("in Spanish", "ya no me manden mensajes"),
    ("in Spanish, politely", "deje de mandarme mensajes por favor"),
    ("as a sign", "🛑"),
]


@pytest.mark.parametrize("text", [s[1] for s in STOPS], ids=[s[0] for s in STOPS])
def test_a_reasonable_wording_ends_the_texts(text: str) -> None:
    assert intent(text) is Intent.STOP
    assert intent(text, NOBODY, "es") is Intent.STOP


NOT_STOPS = [
    ("the visit shall not stop", "please do not stop my appointment", Intent.CONFIRM),
    ("a medicine", "do i need to stop my blood thinner", Intent.AGENT),
    ("the texts shall go on", "don't stop the texts", Intent.ACK),
    ("a short call", "C. I'll stop by early to park", Intent.CONFIRM),
    ("an end of something", "the end of my bandage came off", Intent.AGENT),
    ("the schedule, not the list", "take me off the schedule", Intent.CANCEL),
    ("another opt-out", "me dieron de baja del seguro", Intent.AGENT),
    ("a mistake undone", "I texted stop by accident, turn the messages back on", Intent.START),
]


@pytest.mark.parametrize(
    ("text", "wanted"), [n[1:] for n in NOT_STOPS], ids=[n[0] for n in NOT_STOPS]
)
def test_no_opt_out_is_made_up(text: str, wanted: Intent) -> None:
    assert intent(text) is wanted


@pytest.mark.parametrize("text", ["cancel", "CANCEL", "Cancel please", "cancelar", "cancle."])
def test_the_bare_word_cancel_is_about_the_visit_if_there_is_one(text: str) -> None:
    assert (reading(text).intent, reading(text).detail) == (Intent.CANCEL, "bare")
    assert intent(text, BOOKED) is Intent.CANCEL
    assert intent(text, NOBODY) is Intent.STOP


def test_cancel_with_its_object_is_plain() -> None:
    assert reading("cancel my appointment").detail == ""
    assert intent("cancel my appointment", NOBODY) is Intent.AGENT


SETTLED = [
    ("the letter", "C", Intent.CONFIRM),
    ("a thumb of any colour", "👍🏾", Intent.CONFIRM),
    ("a promise", "Yes I'll be there!", Intent.CONFIRM),
    ("a curly apostrophe", "i’ll be there", Intent.CONFIRM),
    ("a signature", "Yes\n\n- Denise", Intent.CONFIRM),
    ("a denied cancellation", "don't cancel, I'll be there", Intent.CONFIRM),
    ("the day as it is", "see you tuesday", Intent.CONFIRM),
    ("a slip of the thumb", "confrim", Intent.CONFIRM),
    ("in Spanish", "sí, ahí estaré", Intent.CONFIRM),
    ("the letter to refuse", "X", Intent.CANCEL),
    ("a refusal", "can't make it", Intent.CANCEL),
    ("a denied coming", "not coming", Intent.CANCEL),
    ("a refusal with its reason", "can't make it, my sitter fell through", Intent.CANCEL),
    ("agreeing to cancel", "yes please cancel it", Intent.CANCEL),
    ("a refusal in Spanish", "no puedo ir", Intent.CANCEL),
    ("another time", "can we do thursday instead?", Intent.RESCHEDULE),
    ("a refusal that wants another time", "can't make it, anything friday?", Intent.RESCHEDULE),
    ("late", "running 10 min late", Intent.LATE),
    ("coming, but late", "yes but I'll be a little late", Intent.LATE),
    ("when", "what time is my appointment?", Intent.QUESTION),
    ("a person", "can I talk to a person", Intent.AGENT),
    ("thanks", "thanks!", Intent.ACK),
    ("who", "who is this?", Intent.HELP),
    ("a stranger", "wrong number", Intent.WRONG_NUMBER),
]


@pytest.mark.parametrize(("text", "wanted"), [s[1:] for s in SETTLED], ids=[s[0] for s in SETTLED])
@pytest.mark.parametrize("language", ["en", "es"])
def test_plain_answers_are_understood_in_whichever_language(
    text: str, wanted: Intent, language: str
) -> None:
    assert intent(text, REMINDED, language) is wanted


NO_ACTION = [
    ("a condition", "yes if the doctor can see my son too"),
    ("something else that cannot be made", "can't make it to the pharmacy before they close"),
    ("a bill", "cancel my credit card on file"),
    ("somebody else's visit", "cancel my husband's appointment but not mine"),
    ("another day than the visit's", "see you friday"),
    ("another hour than the visit's", "yes at 3"),
    ("a kiss is not the letter X", "thanks x"),
    ("neither is a Spanish 'por'", "gracias x todo"),
    ("ready to go elsewhere", "I'm going out of town"),
    ("a contradiction", "I'll be there. Cancel"),
    ("a question back", "confirmed?"),
    ("not decided", "maybe"),
    ("not decided in Spanish", "si puedo voy"),
    ("a bare no", "no"),
    ("yes with a second wish", "Yes. What do I need to bring?"),
    ("cannot confirm", "I can't confirm I'll be there"),
    ("on time is what they cannot be", "I can't be there on time"),
    ("perhaps a refusal", "I might need to cancel"),
]


@pytest.mark.parametrize("text", [n[1] for n in NO_ACTION], ids=[n[0] for n in NO_ACTION])
def test_what_is_not_wholly_explained_never_acts(text: str) -> None:
    for language in ("en", "es"):
        assert intent(text, REMINDED, language) not in {Intent.CONFIRM, Intent.CANCEL, Intent.STOP}


ALARMS = [
    "my chest hurts",
    "cant breathe",
    "I want to kill myself",
    "C\nhonestly i dont want to be alive anymore",
    "can't make it, i am having bad chest pains",
    "he passed out and wont wake up",
    "me duele mucho el pecho",
    "mi hijo se trago una pila",
    "ya no quiero vivir",
]
CALM = [
    "not coming, work emergency",
    "this traffic is killing me 😂 still coming just late",
    "me salio una emergencia en el trabajo, no podre ir",
    "Do u need the papers from my ER visit last month?",
]


@pytest.mark.parametrize("text", ALARMS)
def test_danger_is_heard_in_every_context_and_language(text: str) -> None:
    for conversation in (NOBODY, REMINDED, TORN):
        for language in ("en", "es"):
            assert intent(text, conversation, language) is Intent.EMERGENCY


@pytest.mark.parametrize("text", CALM)
def test_words_of_alarm_about_something_else_raise_none(text: str) -> None:
    assert intent(text) is not Intent.EMERGENCY


def test_a_short_ok_is_an_answer_only_where_something_was_asked() -> None:
    assert intent("ok") is Intent.CONFIRM
    assert intent("ok", BOOKED) is Intent.ACK
    assert intent("ok", NOBODY) is Intent.ACK
    assert intent("yes", TORN) is Intent.UNCLEAR


REACTIONS = [
    (
        "a thumb from an iPhone",
        "Liked “Your visit is soon. Reply C, or STOP to opt out”",
        Intent.CONFIRM,
    ),
    ("a thumb from Android", "👍 to “Your visit is soon, STOP to opt out”", Intent.CONFIRM),
    ("in Spanish", "Le gustó “Su cita es pronto. STOP para no recibir”", Intent.CONFIRM),
    ("in Portuguese", "Curtiu “Sua consulta é em breve. STOP”", Intent.CONFIRM),
    ("a heart", "Loved “Your visit is soon. STOP to opt out”", Intent.ACK),
    ("a thumb down", "Disliked “Your visit is soon. STOP to opt out”", Intent.UNCLEAR),
    ("a question mark", "Questioned “Your visit is soon. STOP to opt out”", Intent.UNCLEAR),
    ("a thumb taken back", "Removed a like from “Your visit is soon, STOP”", Intent.ACK),
    ("the reminder quoted", "Yes\n> Reply C to confirm, STOP to opt out", Intent.CONFIRM),
    ("quotes that are the writer's own", '"STOP"', Intent.STOP),
]


@pytest.mark.parametrize(
    ("text", "wanted"), [r[1:] for r in REACTIONS], ids=[r[0] for r in REACTIONS]
)
def test_what_a_text_quotes_is_not_what_it_says(text: str, wanted: Intent) -> None:
    assert intent(text) is wanted


IN_PORTUGUESE = [
    ("Sim, estarei lá", Intent.CONFIRM),
    ("não vou poder ir, desculpa", Intent.CANCEL),
    ("posso remarcar para outro dia?", Intent.RESCHEDULE),
    ("vou chegar 10 minutos atrasado", Intent.LATE),
    ("qual é o endereço?", Intent.QUESTION),
    ("número errado", Intent.WRONG_NUMBER),
    ("parem de mandar mensagens", Intent.STOP),
    ("não consigo respirar", Intent.EMERGENCY),
    ("vocês aceitam meu plano?", Intent.AGENT),
    ("não parem de mandar os lembretes", Intent.ACK),
]


@pytest.mark.parametrize(("text", "wanted"), IN_PORTUGUESE)
@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_a_language_is_added_by_its_folder_alone(text: str, wanted: Intent, language: str) -> None:
    assert intent(text, REMINDED, language) is wanted


LOOK_ALIKES = [
    "when does it end?",
    "I'll attend this weekend",
    "don't stop",
    "bus stop",
    "can you cancel my Tuesday visit",
    "stop by the office",
    "do I need to stop my meds before",
    "the rash won't go away",
    "I always get lost finding your office",
    "this wait is killing me",
    "when is my next shot",
    "I can't talk right now",
    "no puedo hablar ahorita",
    "para no llegar tarde salgo ya",
    "ya no recibo los mensajes",
]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_neither_an_opt_out_nor_an_alarm(text: str) -> None:
    assert intent(text) not in {Intent.STOP, Intent.EMERGENCY}
    assert intent(text, NOBODY, "es") not in {Intent.STOP, Intent.EMERGENCY}


OTHER_MATTERS = [
    "Stop calling me, texts are fine",
    "take us off the waiting list",
    "please unsubscribe my email from your newsletter",
    "don't text me after 9 pm, I get up early",
    "dejen de llamarme, mejor mándenme texto",
    "sáquenme de la lista de espera",
    "ya no me manden con el doctor Ruiz",
    "ya no me manden los recibos",
    "cómo me doy de baja del boletín",
    "please don't send it to my pharmacy",
    "why did you stop texting me",
    "I won't be able to fast",
    "ya no tengo seguro",
    "Cancel it. And I want my records sent to my new doctor",
    "no voy a ir, y quiero que me devuelvan el depósito",
]


@pytest.mark.parametrize("text", OTHER_MATTERS)
def test_what_is_about_other_lists_hours_and_papers_is_for_a_person(text: str) -> None:
    assert intent(text) is Intent.AGENT


TEXTS_AGAIN = [
    ("I want your texts back, send them again please", Intent.START),
    ("ya no quiero estar de baja, mándenme los mensajes otra vez", Intent.START),
    ("don't you dare text me again", Intent.STOP),
    ("never text me again", Intent.STOP),
    ("nobody should text me again", Intent.AGENT),
    ("I never asked you to start texting me. Stop texting me", Intent.STOP),
    ("send these again and I will sue", Intent.AGENT),
    ("no me den de baja", Intent.ACK),
    ("ok I'll stop bothering you now", Intent.AGENT),
]


@pytest.mark.parametrize(("text", "wanted"), TEXTS_AGAIN)
def test_texts_begin_again_only_for_who_asks_for_them(text: str, wanted: Intent) -> None:
    assert intent(text, NOBODY) is wanted


MIXED = [
    "i",
    "will",
    "cant",
    "not",
    "be",
    "there",
    "stop",
    "texting",
    "cancel",
    "yes",
    "no",
    "my",
    "appointment",
    "if",
    "but",
    "monday",
    "no",
    "voy",
    "a",
    "ir",
    "la",
    "cita",
    "si",
    "alto",
    "mensajes",
    "a",
    "b",
    "c",
    "x",
    "r",
    "one",
    "day",
    "late",
    "at",
    "what",
]


@settings(deadline=None)  # the first example may grow a language
@given(st.text(alphabet=st.characters(), max_size=300), st.sampled_from(["en", "es", "xx", ""]))
def test_any_text_gets_a_reading_in_bounds(text: str, language: str) -> None:
    got = reading(text, REMINDED, language)
    assert 0 <= got.certainty <= 1
    assert got.reason


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_gets_a_reading_while_times_are_offered(text: str) -> None:
    noon = datetime(2026, 12, 9, 12, tzinfo=SEATTLE)
    offered = Context(visit=True, now=NOW, slots=(noon, noon + timedelta(days=1)))
    assert read(words(text), offered, "en", KNOWN).reason


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*MIXED, "\n", "?", ",", ".", "(", "[", "|", "{", "#", "##", "*", "..", "^", "👍", "9"]
        ),
        max_size=25,
    )
)
def test_any_mixture_of_known_words_gets_a_reading(parts: list[str]) -> None:
    assert reading(" ".join(parts)).reason


def test_a_very_long_text_is_cut_to_a_bound() -> None:
    assert len(words("ab " * 10_000).tokens) == BEGINNING + 1 + END
    assert intent("stop texting me " * 2_000) is Intent.STOP


@pytest.mark.parametrize("text", ["stop texting me. {}", "{}. stop texting me", "{}. STOP"])
def test_of_a_letter_the_beginning_and_the_end_are_heard(text: str) -> None:
    assert intent(text.format("my sister came over and we talked for long " * 30)) is Intent.STOP


def test_a_letter_is_for_a_person_however_well_it_is_explained() -> None:
    promise = "yes i will be there "
    assert intent(promise * (MOST_WORDS // 5)) is Intent.CONFIRM
    assert intent(promise * (MOST_WORDS // 5 + 1)) is Intent.AGENT


def test_names_keep_their_places_where_a_letter_is_cut() -> None:
    letter = words("Ann " + "went home " * 100 + "with Bob")
    assert [letter.tokens[at] for at in sorted(letter.named)] == ["ann", "bob"]


@given(st.from_regex(r"[a-z]{9,14}", fullmatch=True))
def test_a_reason_quotes_nobody(word: str) -> None:
    known = any(word in spoken.vocabulary for spoken in KNOWN.values())
    assert known or word not in reading(f"can't make it to {word}").reason


def test_every_language_has_the_phrases_that_keep_people_safe() -> None:
    assert languages() == ["en", "es", "pt"]
    assert language_of("no puedo ir a la cita, disculpe", "en", KNOWN) == "es"
    assert language_of("I can't come to the appointment", "es", KNOWN) == "en"
    assert language_of("ok", "en", KNOWN) == ""


def test_a_phrase_that_cannot_be_read_is_named() -> None:
    for bad in ("yes (sir", "yes sir)", "[please]", "{nobody} comes"):
        with pytest.raises(ValueError, match=r"phrase|class|brackets"):
            grow({"yes": [bad]}, {}, {})


def test_no_language_is_no_reading() -> None:
    assert understand("yes", REMINDED, "en", NOW, {}).intent is Intent.UNCLEAR


def test_what_is_remembered_of_misspellings_are_words_of_languages_alone() -> None:
    """Never a contact's own, which may be names: so it is bounded too."""
    known = {language: Lexicon(language, KNOWN[language].trees) for language in KNOWN}
    understand("Marguerite Zylberstein: my appointment is zzz", REMINDED, "en", NOW, known)
    every = frozenset().union(*(lexicon.vocabulary for lexicon in known.values()))
    assert any(lexicon.mended for lexicon in known.values())
    assert all(lexicon.mended.keys() <= every for lexicon in known.values())


def test_a_hand_on_a_key_says_nothing() -> None:
    for letter in "xyc":
        assert intent(letter * 400, REMINDED) in {Intent.UNCLEAR, Intent.AGENT}
