"""What each text of a playbook costs at its worst: the dearest values that a visit can bring, and
the character that costs. It writes the texts as the line itself does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from textback.domain.composing import write
from textback.domain.conversation import Appointment, Patient, Place
from textback.domain.filling import PLACEHOLDER, forms
from textback.domain.personal import VALUE_LIMIT
from textback.domain.playbook import Playbook, Wording
from textback.domain.segments import GSM, Segments, segments, to_gsm
from textback.domain.texts import Fragment, Name, Reminder, Text
from textback.playbooks.faults import Fault, shown

BUDGET = 2  # parts that a text may cost
LONGEST = "W" * VALUE_LIMIT
FOREIGN = "Ж" * VALUE_LIMIT  # what a name in a script that GSM-7 lacks makes of a text
OF_THE_VISIT = "a value"
A_YEAR = range(366)  # has every day of the week in every month


@dataclass(frozen=True, slots=True)
class Row:
    """A text at its worst, as it would be sent. `foreign`: a value of the visit is in a script
    that GSM-7 lacks. `where` the character stands that made it UCS-2."""

    language: str
    text: str
    foreign: bool
    body: str
    bill: Segments
    where: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A character of the playbook that goes out as another, `by`, since GSM-7 lacks it."""

    where: str
    character: str
    by: str


@dataclass(frozen=True, slots=True)
class Findings:
    rows: Sequence[Row]
    replaced: Sequence[Replaced]
    faults: Sequence[Fault]
    warnings: Sequence[Fault]


def lint(playbook: Playbook, budget: int = BUDGET) -> Findings:
    """Count every text in every language. A fault is one that costs more than `budget` parts with
    values that GSM-7 can write; what others cost is in the rows, for who reads them."""
    rows = list(_rows(playbook))
    plain = [row for row in rows if not row.foreign]
    return Findings(
        rows=rows,
        replaced=list(_replaced(playbook)),
        faults=[_over(row, budget) for row in plain if row.bill.segments > budget],
        warnings=[
            *(_dear(row) for row in plain if row.where and row.bill.segments <= budget),
            *_unsaid(playbook),
        ],
    )


def _rows(playbook: Playbook) -> Iterator[Row]:
    longest = _at_its_longest(playbook)
    for language, wording in playbook.wordings.items():
        worst, foreign = (_visit(playbook, wording, value) for value in (LONGEST, FOREIGN))
        for name in names(wording):
            body = to_gsm(write(name, language, longest, worst))
            bill = segments(body)
            where = _where(playbook, language, name, bill.unicode_because)
            yield Row(language, name, foreign=False, body=body, bill=bill, where=where)
            told = to_gsm(write(name, language, longest, foreign))
            if told != body:
                because = segments(told).unicode_because
                where = _where(playbook, language, name, because)
                yield Row(language, name, foreign=True, body=told, bill=segments(told), where=where)


def _at_its_longest(playbook: Playbook) -> Playbook:
    """With the dearest of every word's forms by number: what is sent costs no more."""
    wordings = {
        language: replace(wording, texts={n: _longest(t) for n, t in wording.texts.items()})
        for language, wording in playbook.wordings.items()
    }
    return replace(playbook, wordings=wordings)


def _longest(template: str) -> str:
    for placeholder, by in forms(template):
        template = template.replace(placeholder, max(by.values(), key=_cost))
    return template


def names(wording: Wording) -> list[Name]:
    """What is sent by itself: the cadence's texts first, then those of the line."""
    own = [*Fragment, *Text]
    return [*(Reminder(name) for name in wording.texts if name not in own), *Text]


def _visit(playbook: Playbook, wording: Wording, value: str) -> Appointment:
    """A visit whose every value costs the most, and so does its date."""
    zone = ZoneInfo(playbook.zone)
    days = (datetime(2028, 1, 1, 12, 59, tzinfo=zone) + timedelta(days=n) for n in A_YEAR)
    dearest = max(days, key=lambda day: _cost(wording.dates.write(day)))
    return Appointment(
        "", 0, dearest, provider=value, place=Place(value), patient=Patient("", value)
    )


def _cost(text: str) -> tuple[bool, int]:
    bill = segments(to_gsm(text))
    return bool(bill.unicode_because), bill.characters


def _where(playbook: Playbook, language: str, name: str, character: str) -> str:
    """The setting that brings the character, or the value that does; empty when none."""
    if not character:
        return ""
    parts = _parts(playbook, language, name)
    places = (
        f"{at}, character {part.find(character) + 1}" for at, part in parts if character in part
    )
    return next(places, OF_THE_VISIT)


def _parts(playbook: Playbook, language: str, name: str) -> Iterator[tuple[str, str]]:
    """All that the playbook itself puts into a text."""
    wording = playbook.wordings[language]
    at = f"wordings.{language}"
    template = wording.texts[name]
    yield f"{at}.texts.{name}", template
    holds = {found[1] for found in PLACEHOLDER.finditer(template)}
    yield from ((f"{at}.texts.{f}", wording.texts[f]) for f in Fragment if f in holds)
    if "when" in holds:
        yield from _dates(at, wording)
    yield from ((v, getattr(playbook, v)) for v in ("practice", "call") if v in holds)


def _dates(at: str, wording: Wording) -> Iterator[tuple[str, str]]:
    yield f"{at}.dates.form", wording.dates.form
    yield from ((f"{at}.dates.weekdays[{n}]", d) for n, d in enumerate(wording.dates.weekdays))
    yield from ((f"{at}.dates.months[{n}]", m) for n, m in enumerate(wording.dates.months))


def _replaced(playbook: Playbook) -> Iterator[Replaced]:
    settings = [(name, getattr(playbook, name)) for name in ("practice", "call")]
    for language, wording in playbook.wordings.items():
        at = f"wordings.{language}"
        settings += _dates(at, wording)
        settings += ((f"{at}.texts.{name}", text) for name, text in wording.texts.items())
    for where, text in settings:
        for character in dict.fromkeys(text):
            if (by := to_gsm(character)) != character and character not in to_gsm(text):
                yield Replaced(where, character, by)


def _over(row: Row, budget: int) -> Fault:
    why = f"; {_because(row)} makes it UCS-2, in GSM-7 it costs {_in_gsm(row)}" if row.where else ""
    says = f"costs {row.bill.segments} parts at its longest, the budget is {budget}{why}"
    return Fault(f"wordings.{row.language}.texts.{row.text}", says)


def _dear(row: Row) -> Fault:
    costs = f"{row.bill.segments} part{'s' * (row.bill.segments > 1)}"
    says = f"is UCS-2 for {_because(row)}: it costs {costs}, in GSM-7 {_in_gsm(row)}"
    return Fault(f"wordings.{row.language}.texts.{row.text}", says)


def _because(row: Row) -> str:
    return f"{shown(row.bill.unicode_because)} in {row.where}"


def _in_gsm(row: Row) -> int:
    """Parts, with a plain letter in the place of each that GSM-7 lacks."""
    return segments("".join(c if c in GSM else "x" for c in row.body)).segments


def _unsaid(playbook: Playbook) -> Iterator[Fault]:
    said = {text for step in playbook.steps for text in step.texts}
    for language, wording in playbook.wordings.items():
        for name in names(wording):
            if name not in Text and name not in said:
                yield Fault(
                    f"wordings.{language}.texts.{name}", "is sent by no step of the cadence"
                )
