"""Where a text speaks of the times that were offered: by number, by day, by hour."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.offers.days import DAYS, TWO_DIGITS, Days
from textback.domain.understand.offers.hours import BOUND, EVENING, NOON, Hours, strikes
from textback.domain.understand.offers.places import REST, Places
from textback.domain.understand.offers.seen import Found, Seen, found_as
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import BREAKS, COMMA

CLOCK_DIGITS = (3, 4)  # "230", "1115"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end`, and which of the offered times (by place, from 0) they may mean;
    `rest`: what the others leave, as "the other one" does; `vague`: it tells which times would do
    ("Fridays", "after 2") or what may be a week later ("this Friday"), and picks none by itself."""

    start: int
    end: int
    slots: frozenset[int]
    rest: bool = False
    vague: bool = False


class Offers:
    """The offered times, found in one text by one language."""

    def __init__(self, text: Spelled, lexicon: Lexicon, slots: tuple[datetime, ...]) -> None:
        self._seen = Seen(text, lexicon, slots)
        self._places = Places(self._seen)
        self._days = Days(self._seen)
        self._hours = Hours(self._seen)

    @property
    def counting(self) -> int:
        """How many words made counts of figures."""
        return self._seen.counting

    def mentions(self, now: datetime | None) -> tuple[Mention, ...]:
        """All mentions in order; what names one time together ("Wed the 9th") is one."""
        joined: list[Found] = []
        for found in self._singles(now):
            last = joined[-1] if joined else None
            if last and self._is_range(last, found):
                joined[-1] = replace(found, start=last.start, slots=self._between(last, found))
            elif not last or not self._are_one(last, found):
                joined.append(found)
            elif self._is_past(last, found):
                joined[-1] = found_as(last.start, found.end, frozenset(), found.kind)
            elif last.wide and found.wide and not last.wide & found.wide:  # "Friday at 2:30"
                joined[-1] = replace(last, slots=last.wide)
                joined.append(replace(found, slots=found.wide))
            else:
                slots = last.wide & found.wide
                kind = found.kind if found.kind != BOUND else last.kind
                dated = any(f.kind == "date" and not f.vague for f in (last, found))
                vague = (last.vague or found.vague) and not dated
                joined[-1] = Found(last.start, found.end, slots, kind, slots, vague)
        return tuple(
            Mention(f.start, f.end, f.slots, f.kind == REST, f.vague or f.kind == BOUND)
            for f in joined
        )

    def _singles(self, now: datetime | None) -> Iterator[Found]:
        at = 0
        while at < len(self._seen.words):
            found = self._figure(at) if self._seen.words[at][0].isdecimal() else self._word(at, now)
            if found:
                yield found
            at = found.end if found else at + 1

    def _are_one(self, one: Found, other: Found) -> bool:
        """Whether two mentions name one time together, or would."""
        if one.kind == other.kind or REST in {one.kind, other.kind}:
            return False
        return self._seen.adjoin(one.end, other.start)

    def _is_range(self, one: Found, other: Found) -> bool:
        """ "Tuesday through Friday"."""
        between = self._seen.words[one.end : other.start]
        days = one.kind in DAYS and other.kind in DAYS and one.slots and other.slots
        return bool(days) and len(between) == 1 and self._seen.begins(between[0], "ranges")

    def _between(self, one: Found, other: Found) -> frozenset[int]:
        dates = [self._seen.slots[place].date() for place in one.slots | other.slots]
        return self._seen.where(lambda s: min(dates) <= s.date() <= max(dates))

    def _is_past(self, one: Found, other: Found) -> bool:
        """ "last Friday" is over; "the last, Friday" and "the last one, Friday" are not."""
        names_day = one.kind == "place" and other.kind == "weekday"
        return (
            names_day
            and one.end == other.start
            and self._seen.end("past_day", one.start) == one.end
        )

    def _word(self, at: int, now: datetime | None) -> Found | None:
        return (
            self._places.place(at)
            or self._days.weekday(at, now)
            or self._days.date_by_month(at)
            or self._days.spoken_day(at)
            or self._part_of_day(at)
            or self._hours.spoken_hour(at)
            or self._days.other_month(at)
        )

    def _part_of_day(self, at: int) -> Found | None:
        parts = (
            ("morning", lambda s: s.hour < NOON),
            ("afternoon", lambda s: NOON <= s.hour < EVENING),
            ("evening", lambda s: s.hour >= EVENING),
        )
        for name, fits in parts:
            if end := self._seen.end(f"{name}_one", at):
                slots = self._seen.where(fits)
                vague = self._days.repeats(at) or self._seen.behind("coming_day", at) < at
                return Found(at, end, slots, "part", slots, vague)
        return None

    def _figure(self, at: int) -> Found | None:
        word = self._seen.words[at]
        if not word.isdecimal():
            hour, _, minute = word.replace(".", ":").replace("h", ":").partition(":")
            return self._hours.clock(at, at + 1, int(hour), int(minute))
        number, end = int(word[:4]), at + 1
        if len(word) in CLOCK_DIGITS:
            return self._hours.clock(at, end, number // 100, number % 100)
        if len(word) > TWO_DIGITS:  # no hour, no day, no place
            return None
        past = self._seen.past_suffix(end)
        if month := self._days.month_after(past):
            slots = self._seen.where(lambda s: (s.month, s.day) == (month[0], number))
            return found_as(at, month[1], slots, "date")
        if self._days.is_date_in_figures(at, end):
            other = int(self._seen.words[end])
            slots = self._seen.where(
                lambda s: (s.month, s.day) in {(number, other), (other, number)}
            )
            slots |= self._seen.where(lambda s: s.minute == other and strikes(s.hour, number))
            return found_as(at, end + 1, slots, "date")
        if past > end and self._seen.end("no_offer", past):
            return None
        if past > end and (of := self._seen.end("of_calendar", past)):
            return found_as(at, of, frozenset(), "date")
        if self._hours.after_at(at) or self._seen.end("half_day", end):
            return self._hours.hour(at, end, number)
        dated = past > end and self._days.names_day(at)  # "on the 1st"
        places = frozenset(set() if dated else {number - 1} & set(range(len(self._seen.slots))))
        days = self._seen.where(lambda s: s.day == number)
        if days and at > 0 and self._seen.begins(self._seen.words[at - 1], "on_day"):
            hours = self._seen.where(lambda s: strikes(s.hour, number))
            either = days if self._days.names_day(at) else days | hours
            return Found(at, past, either, "date", days)  # "el 9": perhaps the hour
        dated = not places and at > 0 and self._seen.begins(self._seen.words[at - 1], "dates_next")
        if past > end or (days and dated):  # "martes 9"
            return found_as(at, past, places | days, "date")
        if self._counts_something(at, end):
            return None
        hours = self._seen.where(lambda s: strikes(s.hour, number))
        wide = places | days | hours
        return Found(at, end, places or wide, "figure", wide)

    def _counts_something(self, at: int, end: int) -> bool:
        """ "2 kids", "10 minutes", "all 3": a figure that goes on is no place in the list."""
        if (start := self._seen.behind("counts_next", at)) < at:
            self._seen.counting += end - start
            return True
        past = max(*self._seen.ends("amount", at), end, self._seen.end("counted", end))
        if past > end:
            self._seen.counting += past - at
            return True
        following = self._seen.words[end] if end < len(self._seen.words) else COMMA
        return following not in BREAKS and following not in self._seen.vocabulary
