"""What texts tell of days and hours: sentences with their reasons, read in Seattle on Tuesday
2026-11-24 at 9:30; and sentences that tell of none."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from textback.domain.understand.when import find
from textback.languages.dates import dates

SEATTLE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=SEATTLE)  # a Tuesday

type Windows = list[list[str]]


def windows(text: str, language: str = "en") -> Windows:
    found = find(text, NOW, SEATTLE, dates(language))
    return [[moment.strftime("%Y-%m-%dT%H:%M") for moment in window] for window in found]


STARTS = [
    ("a bare hour is one that practices are open at", "at 3", "2026-11-24T15:00"),
    ("and the next such one", "at 8", "2026-11-25T08:00"),
    ("but today's evening when it says today", "today at 8", "2026-11-24T20:00"),
    ("the part of the day says which half", "tomorrow evening at 7", "2026-11-25T19:00"),
    ("in any order", "7 tomorrow evening", "2026-11-25T19:00"),
    ("what is said of one end goes for both", "tomorrow 5 to 6pm", "2026-11-25T17:00"),
    ("a bare weekday is never today", "tuesday", "2026-12-01T00:00"),
    ("next means next week's", "next friday", "2026-12-04T00:00"),
    ("a date that is past is next year's", "november 3", "2027-11-03T00:00"),
    ("today's date is not past", "november 24", "2026-11-24T00:00"),
    ("figures are month first", "12/8", "2026-12-08T00:00"),
    ("unless they cannot be", "14/12", "2026-12-14T00:00"),
    ("a date outweighs a wrong weekday", "friday december 8", "2026-12-08T00:00"),
    ("a figure behind a weekday may be its date", "thursday 10", "2026-12-10T00:00"),
    ("or an hour, where it cannot", "thursday 9", "2026-11-26T09:00"),
    ("a leap day is searched for", "february 29", "2028-02-29T00:00"),
    ("until begins now", "by friday", "2026-11-24T09:30"),
    ("before begins now", "before noon", "2026-11-24T09:30"),
    ("a zone that is named is converted", "tomorrow 3pm EST", "2026-11-25T12:00"),
    ("half an hour past, as the British say", "half three", "2026-11-24T15:30"),
    ("a word for a date alone tells one from a time", "on 5.12", "2027-05-12T00:00"),
    ("a fortnight is two weeks", "in a fortnight", "2026-12-08T00:00"),
    (
        "a weekday of a month that has gone by is the next month's",
        "second tuesday of the month",
        "2026-12-08T00:00",
    ),
    ("days are counted by their name", "two fridays from now", "2026-12-04T00:00"),
    ("a month of a year in figures", "11/2027", "2027-11-01T00:00"),
    ("soldiers' hours", "1400 hours", "2026-11-24T14:00"),
    ("a holiday is counted from another", "black friday", "2026-11-27T00:00"),
    ("or from easter", "good friday", "2027-03-26T00:00"),
    ("or is a month's last", "memorial day", "2027-05-31T00:00"),
    ("one slip of a long word is put right", "thurzday", "2026-11-26T00:00"),
    ("minutes stand behind an hour", "could we do 7 45 pm", "2026-11-24T19:45"),
    ("spelled out too", "would nine fifteen be ok", "2026-11-25T09:15"),
    ("or half and half", "4 twenty pm thursday", "2026-11-26T16:20"),
    ("beside a day, where nothing else can be meant", "11 15 tomorrow", "2026-11-25T11:15"),
    ("a comma does not part a time and its day", "6, tomorrow", "2026-11-25T18:00"),
    ("a year behind an apostrophe", "january '28", "2028-01-01T00:00"),
    ("or behind a date", "the 9th of february 28", "2028-02-09T00:00"),
    ("before a month", "2028 april", "2028-04-01T00:00"),
    ("half a unit more", "in a month and a half", "2027-01-08T00:00"),
    ("half a unit", "half a year from now", "2027-05-24T00:00"),
    ("in figures", "in 2.5 weeks", "2026-12-11T00:00"),
    ("a length alone that days come after", "after three weeks", "2026-12-15T00:00"),
    ("a place from the end", "the second to last friday of december", "2026-12-18T00:00"),
    ("in figures", "2nd last thursday of january", "2027-01-21T00:00"),
    ("the second half of a week", "second half of next week", "2026-12-03T00:00"),
    ("the nearest of a weekday", "the closest monday to jan 7", "2027-01-04T00:00"),
    ("what follows a feast", "the monday following christmas", "2026-12-28T00:00"),
    ("a month that is counted", "the first tuesday of the month in 2 months", "2027-01-05T00:00"),
    ("days behind a day", "4 day after christmas", "2026-12-29T00:00"),
    ("hours of a date whose month stands between", "4 to 5 of january 22", "2027-01-22T16:00"),
    ("from now on", "from now until 2 hours later", "2026-11-24T09:30"),
]


@pytest.mark.parametrize(("why", "text", "start"), STARTS, ids=[row[0] for row in STARTS])
def test_where_a_window_starts(why: str, text: str, start: str) -> None:
    assert windows(text)[0][0] == start, why


LENGTHS = [
    ("an hour is an hour", "tomorrow at 3", timedelta(hours=1)),
    ("a minute that was named is a minute", "tomorrow at 3:15", timedelta(minutes=1)),
    ("a day is a day", "tomorrow", timedelta(days=1)),
    ("a week is from Monday to Monday", "next week", timedelta(days=7)),
    ("a month is all of it", "next month", timedelta(days=31)),
]


@pytest.mark.parametrize(("why", "text", "length"), LENGTHS, ids=[row[0] for row in LENGTHS])
def test_a_window_is_as_long_as_what_was_named(why: str, text: str, length: timedelta) -> None:
    ((start, end),) = find(text, NOW, SEATTLE, dates("en"))
    assert end - start == length, why


UNDATED = [
    ("a modal verb", "en", "may I bring my son"),
    ("a verb", "en", "I'll sit down"),
    ("an ordinal that counts", "en", "second opinion"),
    ("a phone number", "en", "call me at 206-555-0100"),
    ("a flat", "en", "apt 4"),
    ("what is counted", "en", "after 2 doses it got better"),
    ("a duration", "en", "for 3 days"),
    ("a report of what came after one", "en", "after 4 days the rash was gone"),
    ("a weak word in another sense", "en", "sun exposure"),
    ("a greeting", "es", "buenas tardes"),
    ("what is over", "es", "el lunes pasado"),
    ("what is over, counted", "es", "hace 3 días"),
    ("an age", "es", "tengo 45 años"),
    ("the sea", "es", "mar y sol"),
    ("a wish", "en", "happy mothers day"),
    ("a doctor's name", "en", "dr. May"),
    ("a card's last month", "en", "card exp 11/2027"),
    ("two figures of which neither is a day", "en", "I am 50/50 on it"),
    ("a blood pressure", "en", "bp is 90/60"),
    ("how far one is", "en", "I am 10 minutes away"),
    ("a dose behind a word for dates", "en", "she is on 15 mg"),
    ("a moment to offer nothing at", "es", "ahora no puedo"),
    ("a wish", "es", "feliz pascua"),
    ("a greeting", "pt", "bom dia"),
    ("an ordinal that is a weekday too", "pt", "segunda opinião"),
    ("a day that no month has", "en", "the 31st of june"),
    ("a figure that is none", "en", "august 47"),
    ("a leap day of another year", "en", "feb 29 2027"),
    ("a day that February never has", "en", "feb 30"),
    ("an hour that no clock of halves has", "en", "17pm"),
    ("two figures alone", "en", "3-4"),
    ("three of them", "en", "2-3-4"),
    ("a score", "en", "it ended 28-17"),
    ("how much it hurts", "en", "my pain is 6/10"),
    ("a version", "en", "app version: 3.1.26"),
    ("a birthday", "en", "her birthday is june 9"),
    ("a meal with somebody", "en", "lunch with my sister"),
    ("what a modal verb is left of", "en", "if they may"),
    ("a price spelled out", "en", "it costs two fifty"),
    ("a zone's name behind a figure", "en", "12 pt"),
    ("how much a time is moved", "en", "could you come in 10 minutes earlier"),
    ("until when somebody works", "en", "I work until 6"),
    ("a birthday behind more words", "en", "my birthday is on june 9"),
    ("an hour of twelve and one of twenty-four", "en", "I live at 4-22"),
    ("a room", "en", "room 4a"),
    ("a month that does not end so late", "en", "june 10 - 31, 2027"),
    ("no month is counted from the end of nothing", "en", "second to last december"),
    ("how far one is with child", "en", "I am in week 20"),
    ("years that are others than from now", "es", "estaré fuera en los 3 años"),
    ("a birthday", "es", "cumplo años el 9 de junio"),
    ("a cup", "es", "2/3 de taza"),
    ("since when it hurts", "es", "me duele desde el lunes"),
    ("a birthday", "es", "mi cumpleaños es el 9 de junio"),
]


@pytest.mark.parametrize(("why", "language", "text"), UNDATED)
def test_nothing_is_found_where_no_date_is(why: str, language: str, text: str) -> None:
    assert windows(text, language) == [], why


SPANS = [
    ("hours go for both days", "en", "between 2 and 4 on wed or thursday",
     [["2026-11-25T14:00", "2026-11-25T16:00"], ["2026-11-26T14:00", "2026-11-26T16:00"]]),
    ("next goes for both weekdays", "en", "next tuesday or wednesday",
     [["2026-12-01T00:00", "2026-12-02T00:00"], ["2026-12-02T00:00", "2026-12-03T00:00"]]),
    ("a month goes for both dates", "en", "dec 8 or 9",
     [["2026-12-08T00:00", "2026-12-09T00:00"], ["2026-12-09T00:00", "2026-12-10T00:00"]]),
    ("and for the one before it", "es", "el 17 y 18 de diciembre",
     [["2026-12-17T00:00", "2026-12-18T00:00"], ["2026-12-18T00:00", "2026-12-19T00:00"]]),
    ("a stretch may go over the night", "en", "2pm till tomorrow 4:30",
     [["2026-11-24T14:00", "2026-11-25T16:30"]]),
    ("weekdays are those of the week that is named", "en", "wednesday to friday next week",
     [["2026-12-02T00:00", "2026-12-05T00:00"]]),
    ("a length is told behind an hour", "en", "tomorrow at 2 for an hour and a half",
     [["2026-11-25T14:00", "2026-11-25T15:30"]]),
    ("or before a day", "en", "for 3 days from monday", [["2026-11-30T00:00", "2026-12-03T00:00"]]),
    ("hours ahead are from now on", "en", "the next 3 hours",
     [["2026-11-24T09:30", "2026-11-24T12:30"]]),
    ("one of several lengths", "en", "in a day or two", [["2026-11-25T00:00", "2026-11-27T00:00"]]),
    ("what is left of a day", "es", "el resto del día", [["2026-11-24T09:30", "2026-11-25T00:00"]]),
    ("days, for articles of one", "es", "del 3 al 5", [["2026-12-03T00:00", "2026-12-06T00:00"]]),
    ("a week from a day", "es", "de hoy en ocho", [["2026-12-01T00:00", "2026-12-02T00:00"]]),
    ("two bounds that part are two", "en", "thursday before 9 or after 4",
     [["2026-11-26T00:00", "2026-11-26T09:00"], ["2026-11-26T16:00", "2026-11-27T00:00"]]),
    ("and in Spanish", "es", "el lunes antes de las 9 o después de las 4",
     [["2026-11-30T00:00", "2026-11-30T09:00"], ["2026-11-30T16:00", "2026-12-01T00:00"]]),
    ("a day goes for the hours before it", "en", "8 or 9 on wednesday",
     [["2026-11-25T08:00", "2026-11-25T09:00"], ["2026-11-25T09:00", "2026-11-25T10:00"]]),
    ("a length goes on from its hour", "en", "for 2 hours starting at 1 on monday",
     [["2026-11-30T13:00", "2026-11-30T15:00"]]),
    ("a day of a season", "en", "the first day of spring",
     [["2027-03-20T00:00", "2027-03-21T00:00"]]),
    ("what cannot be is left out of what can", "en", "can't do monday or friday so thursday then",
     [["2026-11-26T00:00", "2026-11-27T00:00"]]),
    ("by the word before it or behind it", "es", "el lunes no puedo, el jueves sí",
     [["2026-11-26T00:00", "2026-11-27T00:00"]]),
    ("or by what refuses it", "en", "wednesday is no good, monday?",
     [["2026-11-30T00:00", "2026-12-01T00:00"]]),
    ("in other words", "en", "can't make it monday, tuesday?",
     [["2026-12-01T00:00", "2026-12-02T00:00"]]),
    ("of both days", "en", "wednesday and friday I can't, monday works",
     [["2026-11-30T00:00", "2026-12-01T00:00"]]),
    ("with what cannot be done behind it", "es", "el martes no puedo ir, el jueves sí",
     [["2026-11-26T00:00", "2026-11-27T00:00"]]),
    ("a bare no", "es", "el viernes no, mejor el lunes",
     [["2026-11-30T00:00", "2026-12-01T00:00"]]),
    ("until when it cannot be", "en", "I can't come until 3",
     [["2026-11-24T15:00", "2026-11-25T00:00"]]),
    ("but one that is asked for", "en", "can't I come in monday?",
     [["2026-11-30T00:00", "2026-12-01T00:00"]]),
    ("what is moved is wished where it goes", "en", "move it from tuesday to thursday",
     [["2026-11-26T00:00", "2026-11-27T00:00"]]),
    ("on the day that stands", "en", "can I move my friday 3pm to 4pm",
     [["2026-11-27T16:00", "2026-11-27T17:00"]]),
    ("from one date", "es", "quiero mover mi cita del 8 al 10",
     [["2026-12-10T00:00", "2026-12-11T00:00"]]),
    ("from one hour", "es", "pasar la cita de las 3 a las 4",
     [["2026-11-24T16:00", "2026-11-24T17:00"]]),
    ("to a stretch", "en", "can we move it to thursday from 2 to 4",
     [["2026-11-26T14:00", "2026-11-26T16:00"]]),
    ("what is free is a stretch", "en", "need to reschedule, free monday to wednesday",
     [["2026-11-30T00:00", "2026-12-03T00:00"]]),
    ("a place from this month's end", "es", "el penúltimo viernes",
     [["2026-12-18T00:00", "2026-12-19T00:00"]]),
    ("by the word behind it", "en", "friday at the latest",
     [["2026-11-24T09:30", "2026-11-28T00:00"]]),
    ("one of a week is left out alone", "en", "next friday instead of this friday",
     [["2026-12-04T00:00", "2026-12-05T00:00"]]),
    ("what stands in the place of another", "es", "en vez del lunes puede ser el jueves",
     [["2026-11-26T00:00", "2026-11-27T00:00"]]),
    ("a bound that is not", "en", "thursday works but not before 11",
     [["2026-11-26T11:00", "2026-11-27T00:00"]]),
    ("nothing before is from then on", "en", "nothing before 11 on friday",
     [["2026-11-27T11:00", "2026-11-28T00:00"]]),
    ("an ampersand joins", "en", "between 2 & 4 tomorrow",
     [["2026-11-25T14:00", "2026-11-25T16:00"]]),
    ("days behind a joint", "en", "the 8th and on the 10th",
     [["2026-12-08T00:00", "2026-12-09T00:00"], ["2026-12-10T00:00", "2026-12-11T00:00"]]),
    ("two bounds are one stretch", "en", "friday after 1 and before 4",
     [["2026-11-27T13:00", "2026-11-27T16:00"]]),
    ("figures between words are of the month before them", "en", "dec between the 9th and the 11th",
     [["2026-12-09T00:00", "2026-12-12T00:00"]]),
    ("several of one weekday", "en", "the next two mondays",
     [["2026-11-30T00:00", "2026-12-01T00:00"], ["2026-12-07T00:00", "2026-12-08T00:00"]]),
    ("halves of the day at both ends", "es", "9 a.m.-11 a.m.",
     [["2026-11-24T09:00", "2026-11-24T11:00"]]),
    ("noon's hour stays in the morning", "es", "de 11 a 11:40 del mediodía",
     [["2026-11-24T11:00", "2026-11-24T11:40"]]),
    ("any afternoon, and no late one", "es", "cualquier tarde del viernes",
     [["2026-11-27T12:00", "2026-11-27T20:00"], ["2026-12-04T12:00", "2026-12-04T20:00"]]),
    ("half a unit more", "es", "dentro de semana y media",
     [["2026-12-04T00:00", "2026-12-05T00:00"]]),
    ("a weekday of a week ahead", "es", "el martes dentro de tres semanas",
     [["2026-12-15T00:00", "2026-12-16T00:00"]]),
    ("a place from the end", "es", "el penúltimo jueves de enero",
     [["2027-01-21T00:00", "2027-01-22T00:00"]]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "language", "text", "found"), SPANS, ids=[row[0] for row in SPANS])
def test_what_is_said_once_goes_as_far_as_it_is_meant(
    why: str, language: str, text: str, found: Windows
) -> None:
    assert windows(text, language) == found, why
