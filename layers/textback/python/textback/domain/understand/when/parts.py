"""Parts of the day: "morning", "late afternoon", "noon". Rules as in `grammar`."""

from textback.domain.understand.when import hours
from textback.domain.understand.when.hours import Hours
from textback.domain.understand.when.reader import Found, Reader, remembered
from textback.domain.understand.when.vocabulary import Means

_PIECES = (Means.BEGINNING, Means.END)


@remembered
def part(r: Reader, at: int) -> Found[Hours]:
    """ "morning", "late afternoon", "noon"."""
    at = r.skip(at, Means.THE, Means.ON)
    if halved := _half_of_day(r, at):
        return halved
    named, piece = at, None
    if r.has(at, Means.PART) and r.has(
        at - 1, Means.WEEKDAY, Means.DAY
    ):  # "early monday | morning"
        piece = next((i for i, means in enumerate(_PIECES) if r.has(at - 2, means)), None)
    if not r.has(at, Means.PART):
        piece = next((i for i, means in enumerate(_PIECES) if r.has(at, means)), None)
        named = at + 1 + (r.kind(at + 1) == "dash")
        named = r.skip(named, Means.OF, Means.ON, Means.THE, Means.THIS)
    place = r.value(named, Means.PART)
    if place is None or (named > at and piece is None):
        return None
    behind = named + 1
    start, end = r.vocabulary.parts[place]
    if start == end:
        return hours.clock(start, exact=False, loose=False), behind
    if piece is not None:
        half = (start + end) // 2
        start, end = (start, half) if piece == 0 else (half, end)
    return Hours(start, end, part=True), behind


def _half_of_day(r: Reader, at: int) -> Found[Hours]:
    """ "tuesday | am": a half of the day where no hour stands before it."""
    if not r.has(at, Means.AM, Means.PM) or len(r.tokens[at].text) < len("am"):
        return None
    if not r.has(at - 1, Means.DAY, Means.WEEKDAY, Means.ORDINAL, Means.THIS) or r.has(
        at - 1, Means.PART
    ):
        return None
    start, end = hours.MORNING if r.has(at, Means.AM) else hours.AFTERNOON
    return Hours(start, end, part=True), at + 1
