"""What is moved from one day or hour to another: only the new one is wished. Rules as in
`grammar`."""

from dataclasses import replace

from textback.domain.understand.when import clocks, grammar, nearing
from textback.domain.understand.when.items import Item, item_at
from textback.domain.understand.when.reader import Reader
from textback.domain.understand.when.vocabulary import Means

_FARTHEST = 14  # words from "move" to the new day: "my appt with dr lee on monday at 3 to | friday"


def moved(r: Reader, at: int) -> list[Item]:
    """ "move my appt from tuesday to | thursday"; of the old, only its day may stand, where the
    new has none: "my | friday | 3pm to | 4pm". Nothing where nothing is moved."""
    if not r.has(at, Means.MOVING) or r.lacks(Means.TOWARD):
        return []
    old: list[Item] = []
    found: list[Item] = []
    hour = False
    place, last = at + 1, min(at + _FARTHEST, len(r.tokens))
    while place < last and not _breaks(r, place) and (old or r.kind(place) != "comma"):
        new = _new(r, place, old) if r.has(place, Means.TOWARD) else None
        if new and (not old or (found and (r.has(place, Means.AT) or not hour))):
            break  # "move it to | thursday", "to thursday from 2 | to 4"
        if new:
            hour = r.has(place, Means.AT)  # "del martes a las 3 | al jueves" goes on
            kept = [] if new.day or new.minutes else [item for item in old if item.day][-1:]
            found = [replace(item, weak=False) for item in (*kept, new)]
        item = new or _one(r, place)
        old += [item] if item else []
        place = item.behind if item else place + 1
    return found


def _breaks(r: Reader, at: int) -> bool:
    if r.kind(at) == "pause" or r.has(at, Means.ANY, Means.FREE):
        return True
    return r.has(at, Means.NOT) and not r.has(at, Means.BESIDE)


def _new(r: Reader, at: int, old: list[Item]) -> Item | None:
    """What stands behind a word like "to"; behind figures of a date, a figure is one too."""
    dated = bool(old) and old[-1].day is not None and old[-1].day.bare
    if dated and not r.has(at, Means.AT) and (found := nearing.figure(r, at + 1)):
        return Item(at + 1, found[1], day=found[0])
    return item_at(r, at + 1, bare=True)


def _one(r: Reader, at: int) -> Item | None:
    """A day or an hour, and no stretch from one to another."""
    ahead = r.skip(at, Means.FROM) if r.has(at, Means.FROM) else at
    if day := grammar.one_day(r, ahead) or nearing.ordinal_day(r, ahead):
        return Item(at, day[1], day=day[0])
    if not clocks.marked(r, at, at + 2) and not r.has(at, Means.AT, Means.FROM, Means.BETWEEN):
        return None  # "my 2 appointments"
    hour = clocks.clock(r, r.skip(at, Means.FROM, Means.BETWEEN, Means.AT))
    return Item(at, hour[1], hours=hour[0]) if hour else None
