"""A CSV file's rows as events, or why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import TextIO

from textback.errors import BadInput
from textback.importing import delimited, moments, outcomes
from textback.importing.columns import Columns, Field, columns, recognised
from textback.importing.languages import language
from textback.importing.outcomes import (
    Detail,
    LeftOut,
    Meaning,
    Outcome,
    Refused,
    Taken,
    Told,
    Unusable,
)
from textback.importing.statuses import AHEAD, meaning

# Which column a field of the contract comes from.
FIELDS: Mapping[str, Field] = {
    "id": Field.ID,
    "version": Field.VERSION,
    "updated": Field.UPDATED,
    "contact.phone": Field.PHONE,
    "contact.language": Field.LANGUAGE,
    "contact.time_zone": Field.ZONE,
    "status": Field.STATUS,
    "patient.id": Field.PATIENT,
    "patient.first_name": Field.FIRST_NAME,
    "minutes": Field.MINUTES,
    "provider": Field.PROVIDER,
    "place.name": Field.PLACE,
    "place.address": Field.ADDRESS,
    "calendar": Field.CALENDAR,
    "consent.how": Field.CONSENT_HOW,
    "consent.at": Field.CONSENT_AT,
}
REPORTED = ("refused_line", "refused_column", "refused_why")  # a report that was mended has these
A_DAY = timedelta(days=1)  # further ahead of now, no clock is merely fast
MAX_VERSION = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Importing:
    """What whoever imports has told, and what time it is.

    `as_of` is how new the file is: rows without a version or an update of their own have it, and if
    it was `told` those too."""

    line: str
    region: str
    now: datetime
    as_of: datetime
    told: bool = False
    manner: moments.Manner = field(default_factory=moments.Manner)
    own_columns: Mapping[str, Field | None] = field(default_factory=dict)
    own_statuses: Mapping[str, Meaning] = field(default_factory=dict)
    delimiter: str | None = None


@dataclass(slots=True)
class Table:
    """A CSV file after its header. Raises BadInput for a header that will not do."""

    columns: Columns
    _records: Iterator[delimited.Record]
    _how: Importing

    @classmethod
    def of(cls, text: TextIO, how: Importing) -> "Table":
        lines = delimited.lines_of(text)
        before, first = 0, ""
        for first in lines:
            if first.strip("\ufeff \t\r\n"):
                break
            before += 1
        else:
            raise BadInput("the file is empty")
        delimiter = how.delimiter
        if first.strip('\ufeff"\r\n')[:4].lower() == "sep=":  # what Excel writes for itself
            delimiter = delimiter or first.strip('\ufeff"\r\n')[4:5]
            before, first = before + 1, next(lines, "")
        delimiter = delimiter or _sniffed(first)
        records = delimited.records(chain([first.lstrip("\ufeff")], lines), delimiter, before)
        header = next(records, None)
        if header is None or header.fault:
            raise BadInput(f"line {before + 1}: the header: {header.fault if header else 'empty'}")
        return cls(columns(_without_reported(header.cells), how.own_columns), records, how)

    @property
    def header(self) -> tuple[str, ...]:
        return self.columns.headings

    @property
    def notes(self) -> tuple[str, ...]:
        unknown = self.columns.unknown
        return (f"columns that are not read: {', '.join(unknown)}",) if unknown else ()

    def outcomes(self) -> Iterator[Outcome]:
        width = len(self.columns.headings)
        for record in self._records:
            cells = record.cells
            if record.fault:
                yield Refused(record.line, "", record.fault, cells)
                continue
            if any(cell.strip() for cell in cells[width:]):
                why = f"more values than the header's {width}: a value with the delimiter in it?"
                yield Refused(record.line, "", f"{why} Quote it", cells)
                continue
            if len(cells) < width:
                why = f"{len(cells)} values where the header has {width}: is a line broken in two?"
                yield Refused(record.line, "", why, cells)
                continue
            yield self._outcome(record.line, cells[:width])

    def _outcome(self, line: int, cells: tuple[str, ...]) -> Outcome:
        try:
            meant = meaning(self._cell(cells, Field.STATUS), self._how.own_statuses)
            if isinstance(meant, outcomes.Left) and meant is not outcomes.Left.OVER:
                return LeftOut(line, meant)
            start = self._start(cells, needed=meant in AHEAD)
            told = outcomes.told(meant, start, self._how.now)
            if told is None:
                return LeftOut(line, outcomes.Left.OVER)
            return Taken(line, told, self._detail(line, cells, told, start), cells)
        except Unusable as unusable:
            column = self._column(unusable.field)
            return Refused(line, column, unusable.why, cells)

    def _detail(
        self, line: int, cells: tuple[str, ...], told: Told, start: datetime | None
    ) -> Detail:
        how = self._how
        contact = {"phone": outcomes.phone(self._required(cells, Field.PHONE), how.region)}
        same = {
            "line": how.line,
            "id": self._required(cells, Field.ID),
            "version": self._version(line, cells),
        }
        if told is Told.CANCELLED:
            return outcomes.checked(told, same | {"contact": contact})
        said = outcomes.said
        detail = same | said(
            contact=contact
            | said(
                language=language(self._cell(cells, Field.LANGUAGE)),
                time_zone=self._cell(cells, Field.ZONE),
            ),
            patient=said(
                id=self._cell(cells, Field.PATIENT), first_name=self._cell(cells, Field.FIRST_NAME)
            ),
            consent=self._consent(cells),
            start=start and start.isoformat(),
            minutes=self._minutes(cells),
            provider=self._cell(cells, Field.PROVIDER),
            place=said(
                name=self._cell(cells, Field.PLACE), address=self._cell(cells, Field.ADDRESS)
            ),
            calendar=self._cell(cells, Field.CALENDAR),
        )
        return outcomes.checked(told, detail)

    def _start(self, cells: tuple[str, ...], *, needed: bool) -> datetime | None:
        """The start, from one column or from several: a date in one, its time in another."""
        start, date, time = (
            self._cell(cells, part) for part in (Field.START, Field.DATE, Field.TIME)
        )
        if not (start or date or time):
            if needed:
                raise Unusable("start", "empty")
            return None
        if date and (time or start):
            try:
                return self._moment(f"{date} {time or start}", "start")
            except Unusable:
                if not start:
                    raise
        return self._moment(start or date or time, "start")

    def _consent(self, cells: tuple[str, ...]) -> dict[str, str]:
        how, at = self._cell(cells, Field.CONSENT_HOW), self._cell(cells, Field.CONSENT_AT)
        if not how and not at:
            return {}
        if not how or not at:
            raise Unusable("consent.at" if how else "consent.how", "how and at belong together")
        return {"how": how, "at": self._moment(at, "consent.at").isoformat()}

    def _minutes(self, cells: tuple[str, ...]) -> int | None:
        text = self._cell(cells, Field.MINUTES)
        if not text:
            return None
        number = text.lower().removesuffix("minutes").removesuffix("min").strip()
        if not (number.isascii() and number.isdigit() and len(number) < 5):  # noqa: PLR2004
            raise Unusable("minutes", "write how many minutes the visit takes, such as 30")
        return int(number)

    def _version(self, line: int, cells: tuple[str, ...]) -> int:
        """Later rows of one file are newer, in what a clock's milliseconds leave of a nanosecond
        count: so a file that says one appointment twice means what it says last."""
        how = self._how
        if Field.VERSION in self.columns.places:
            return version(self._required(cells, Field.VERSION))
        if Field.UPDATED in self.columns.places and not how.told:
            at = self._moment(self._required(cells, Field.UPDATED), "updated")
            return of_clock(at, how.now, "updated")
        return outcomes.nanoseconds(how.as_of) + line

    def _moment(self, text: str, field: str) -> datetime:
        try:
            return self._how.manner.moment(text)
        except moments.Unreadable as error:
            raise Unusable(field, str(error)) from None

    def _cell(self, cells: tuple[str, ...], field: Field) -> str:
        return self.columns.cell(cells, field)

    def _required(self, cells: tuple[str, ...], field: Field) -> str:
        if not (text := self._cell(cells, field)):
            raise Unusable(next(name for name, of in FIELDS.items() if of is field), "empty")
        return text

    def _column(self, field: str) -> str:
        if field == "start":
            there = [f for f in (Field.START, Field.DATE, Field.TIME) if f in self.columns.places]
            return ", ".join(self.columns.heading(f) for f in there)
        return self.columns.heading(FIELDS[field]) if field in FIELDS else field


def version(text: str) -> int:
    """Raises Unusable."""
    if text.isascii() and text.isdigit() and (number := int(text[:20])) <= MAX_VERSION:
        return number
    raise Unusable("version", "a whole number that rises with every change")


def of_clock(at: datetime, now: datetime, field: str) -> int:
    """A moment as a version. Raises Unusable for one ahead of now: nothing could change it."""
    if at > now + A_DAY:
        raise Unusable(field, "it is in the future: every later change would be taken for older")
    return outcomes.nanoseconds(at)


def _sniffed(header: str) -> str:
    """The delimiter under which most of the header is known, or else the one there is most of."""

    def good(delimiter: str) -> tuple[int, int]:
        first = next(delimited.records([header], delimiter), None)
        cells = first.cells if first and not first.fault else ()
        return recognised(cells), len(cells)

    return max(delimited.DELIMITERS, key=good)


def _without_reported(headings: tuple[str, ...]) -> tuple[str, ...]:
    """The report's own columns count as blank: they are known, and say nothing of a visit."""
    return tuple("" if heading in REPORTED else heading for heading in headings)
