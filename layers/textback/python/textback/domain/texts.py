"""The texts of a line, each with the values it may hold and what it must say. The one list: a step
says these, a playbook has them in every language, the lint counts them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NewType, Self

type Values = frozenset[str]

ALWAYS: Values = frozenset({"practice", "call"})
OF_A_VISIT: Values = ALWAYS | {"when", "greeting", "with_provider", "at_place"}

PRACTICE, STOP = "{practice}", "STOP"


class Text(StrEnum):
    """A text that the line says of itself: its name in the playbook, `said` when, the `values` it
    may hold, and what it `must` hold."""

    said: str
    values: Values
    must: tuple[str, ...]

    def __new__(cls, name: str, said: str, values: Values, must: tuple[str, ...] = ()) -> Self:
        text = str.__new__(cls, name)
        text._value_ = name
        text.said, text.values, text.must = said, values, must
        return text

    CONFIRMED = "confirmed", "the contact confirms a visit", OF_A_VISIT
    CANCELLED = "cancelled", "the contact cancels a visit", OF_A_VISIT
    CANCELLED_STOP_ENDS_TEXTS = (
        "cancelled_stop_ends_texts",
        "the single word CANCEL cancels a visit, as `bare_cancel: appointment` has it",
        OF_A_VISIT,
        (STOP,),
    )
    ASK_CANCEL = (
        "ask_cancel",
        "the single word CANCEL comes while a visit is ahead: X for the visit, STOP for all texts",
        OF_A_VISIT,
        ("X", STOP),
    )
    DETAILS = "details", "the contact asks when, where or with whom a visit is", OF_A_VISIT
    FOR_A_PERSON = "for_a_person", "a person has to answer", ALWAYS
    HELP = "help", "the contact texts HELP", ALWAYS, (PRACTICE, STOP)
    EMERGENCY = "emergency", "the contact's text may be an emergency", ALWAYS
    WRONG_NUMBER = "wrong_number", "the phone is somebody else's; no more texts go to it", ALWAYS
    STOPPED = "stopped", "the contact ends all texts; the last one they get", ALWAYS, (PRACTICE,)
    CLOSED = (
        "closed",
        "the practice closes on the day of the visit: R for another time",
        OF_A_VISIT,
        (PRACTICE, "R", STOP),
    )
    DISCLOSURE = (
        "disclosure",
        "a first text does not say by itself who texts and how to stop; it is put behind it",
        ALWAYS,
        (PRACTICE, STOP),
    )
    STARTED = "started", "the contact wants texts (again)", ALWAYS, (PRACTICE, STOP)


class Fragment(StrEnum):
    """A part of other texts, left out while the one value that it `needs` is not known."""

    needs: str

    def __new__(cls, name: str, needs: str) -> Self:
        fragment = str.__new__(cls, name)
        fragment._value_ = name
        fragment.needs = needs
        return fragment

    GREETING = "greeting", "first_name"
    WITH_PROVIDER = "with_provider", "provider"
    AT_PLACE = "at_place", "place"


Reminder = NewType("Reminder", str)  # the name of a text that steps of the cadence send
type Name = Text | Reminder  # of what can be sent by itself

REMINDER = Reminder("reminder")
REMINDER_SHORT = Reminder("reminder_short")
REMINDER_NAME = r"(reminder|follow_up|booked)(_[a-z0-9_]+)?"
REMINDER_MUST = (PRACTICE, STOP)  # who texts, and how to end it

OF_A_DATE: Values = frozenset({"weekday", "month", "day", "time"})  # a language's form of a date

_VALUES: Mapping[str, Values] = {
    **{text: text.values for text in Text},
    **{fragment: frozenset({fragment.needs}) for fragment in Fragment},
}
_MUSTS: Mapping[str, tuple[str, ...]] = {
    **{text: text.must for text in Text},
    **dict.fromkeys(Fragment, ()),
}


def values_of(name: str) -> Values:
    """The values that the template of this name may hold."""
    return _VALUES.get(name, OF_A_VISIT)


def musts_of(name: str) -> tuple[str, ...]:
    """What the template of this name has to hold."""
    return _MUSTS.get(name, REMINDER_MUST)
