"""Where a text speaks of the times that were offered: by number, by day, by hour."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from textback.domain.understand.dates import TODAY, TOMORROW, WEEKDAYS
from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.matching import Matcher
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import BREAKS, COMMA

MONTHS: tuple[str, ...] = ("january", "february", "march", "april", "may", "june")
MONTHS += ("july", "august", "september", "october", "november", "december")
# Classes that a language may have: what people say for a place in the list, and for an hour.
PLACES = ("first_one", "second_one", "third_one", "fourth_one", "fifth_one")
HOURS: tuple[str, ...] = ("one", "two", "three", "four", "five", "six")
HOURS += ("seven", "eight", "nine", "ten", "eleven", "twelve")
REST = "rest"  # the kind of "the other one": what it means is left by the others
NOON, EVENING = 12, 17  # hours
CLOCK_DIGITS, TWO_DIGITS = (3, 4), 2  # "230", "1115"; "9"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to `end`, and which of the offered times (by place, from 0) they may mean;
    `rest`: what the others leave, as "the other one" does."""

    start: int
    end: int
    slots: frozenset[int]
    rest: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    """A mention in the making. A bare figure is a place in the list, and beside another mention
    perhaps an hour or a date: then `wide` counts."""

    start: int
    end: int
    slots: frozenset[int]
    kind: str
    wide: frozenset[int]


class Offers:
    """The offered times, found in one text by one language."""

    def __init__(self, text: Spelled, lexicon: Lexicon, slots: tuple[datetime, ...]) -> None:
        self._words = text.tokens
        self._lexicon = lexicon
        self._matcher = Matcher(text, lexicon)
        self._slots = slots

    def mentions(self, now: datetime | None) -> tuple[Mention, ...]:
        """All mentions in order; what names one time together ("Wed the 9th") is one."""
        joined: list[_Found] = []
        for found in self._singles(now):
            last = joined[-1] if joined else None
            if not last or not self._are_one(last, found):
                joined.append(found)
            elif self._is_past(last, found):
                joined[-1] = _found(last.start, found.end, frozenset(), found.kind)
            elif last.wide and found.wide and not last.wide & found.wide:  # "Friday at 2:30"
                joined[-1] = replace(last, slots=last.wide)
                joined.append(replace(found, slots=found.wide))
            else:
                slots = last.wide & found.wide
                joined[-1] = _found(last.start, found.end, slots, found.kind)
        return tuple(Mention(f.start, f.end, f.slots, f.kind == REST) for f in joined)

    def _singles(self, now: datetime | None) -> Iterator[_Found]:
        at = 0
        while at < len(self._words):
            found = self._figure(at) if self._words[at][0].isdecimal() else self._word(at, now)
            if found:
                yield found
            at = found.end if found else at + 1

    def _are_one(self, one: _Found, other: _Found) -> bool:
        """Whether two mentions name one time together, or would."""
        if one.kind == other.kind or REST in {one.kind, other.kind}:
            return False
        return self._adjoin(one.end, other.start)

    def _is_past(self, one: _Found, other: _Found) -> bool:
        """ "last Friday" is over; "the last, Friday" and "the last one, Friday" are not."""
        names_day = one.kind == "place" and other.kind == "weekday"
        return names_day and one.end == other.start and self._end("past_day", one.start) == one.end

    def _adjoin(self, end: int, start: int) -> bool:
        return all(w == COMMA or self._is(w, "joins") for w in self._words[end:start])

    def _is(self, word: str, name: str) -> bool:
        return self._lexicon.begins(word, name)

    def _end(self, name: str, at: int) -> int:
        """Where the longest spelling of a class that begins at `at` ends; 0: there is none."""
        if at >= len(self._words) or not self._is(self._words[at], name):
            return 0
        return max(self._matcher.ends(name, at), default=0)

    def _where(self, fits: Callable[[datetime], bool]) -> frozenset[int]:
        return frozenset(i for i, slot in enumerate(self._slots) if fits(slot))

    # ------------------------------------------------------------------ words

    def _word(self, at: int, now: datetime | None) -> _Found | None:
        return (
            self._place(at)
            or self._weekday(at, now)
            or self._date_by_month(at)
            or self._spoken_day(at)
            or self._part_of_day(at)
            or self._spoken_hour(at)
        )

    def _place(self, at: int) -> _Found | None:
        size = len(self._slots)
        for name, places in (("first_two", (0, 1)), ("last_two", (size - 2, size - 1))):
            if end := self._end(name, at):
                return _found(at, end, frozenset(places) & set(range(size)), "place")
        if end := self._end("rest_one", at):  # what is left of them, once the others are refused
            return _found(at, end, frozenset(range(size)), REST)
        for place, name in enumerate(PLACES):
            end = self._end(name, at)
            moment = at > 0 and self._is(self._words[at - 1], "before_moment")
            if end and (moment or self._end("no_offer", end)):  # "a second", "the second week"
                return None
            if end:
                return _found(at, end, frozenset({place} & set(range(size))), "place")
            alone = self._end(f"{name}_alone", at)
            if alone and self._is_alone(at, alone):
                return _found(at, alone, frozenset({place} & set(range(size))), "place")
        end = self._end("last_one", at)
        if end and self._end("no_offer", end):
            return None
        if end:
            return _found(at, end, frozenset({size - 1}), "place")
        if end := self._end("middle_one", at):
            return _found(at, end, frozenset({size // 2} if size % 2 else ()), "place")
        for name, choose in (("earliest_one", min), ("latest_one", max)):
            if end := self._end(name, at):
                by_date = choose(range(size), key=lambda i: self._slots[i])
                by_hour = choose(range(size), key=lambda i: self._slots[i].time())
                return _found(at, end, frozenset({by_date, by_hour}), "place")
        return None

    def _is_alone(self, at: int, end: int) -> bool:
        """Whether nothing but courtesy stands beside it: "ONE", but not "the afternoon one"."""
        before = at == 0 or self._words[at - 1] in BREAKS
        after = self._words[end] if end < len(self._words) else COMMA
        return before and (after in BREAKS or self._is(after, "thank") or self._is(after, "please"))

    def _weekday(self, at: int, now: datetime | None) -> _Found | None:
        for number, name in enumerate(WEEKDAYS):
            if end := self._end(name, at):
                slots = _places(s.weekday() == number for s in self._slots)
                return _found(at, end, slots, "weekday")
        for days, name in enumerate((TODAY, TOMORROW)):
            if now and (end := self._end(name, at)):
                after = timedelta(days=days)
                dates = [now.astimezone(s.tzinfo).date() + after for s in self._slots]
                slots = _places(s.date() == d for s, d in zip(self._slots, dates, strict=True))
                return _found(at, end, slots, "weekday")
        return None

    def _date_by_month(self, at: int) -> _Found | None:
        for month, name in enumerate(MONTHS, start=1):
            end = self._end(name, at)
            if not end:
                continue
            day = self._words[end] if end < len(self._words) else ""
            if spoken := self._day_word(end):
                number, end = spoken
                slots = _places((s.month, s.day) == (month, number) for s in self._slots)
                return _found(at, end, slots, "date")
            if day.isdecimal() and len(day) <= TWO_DIGITS:
                end, number = self._past_suffix(end + 1), int(day)
                slots = _places((s.month, s.day) == (month, number) for s in self._slots)
                return _found(at, end, slots, "date")
        return None

    def _day_word(self, at: int) -> tuple[int, int] | None:
        """An offered day of the month in words ("eleventh"), and where it ends."""
        for number in sorted({slot.day for slot in self._slots}):
            if end := self._end(f"day_{number}", at):
                return number, end
        return None

    def _spoken_day(self, at: int) -> _Found | None:
        """ "the ninth", "el nueve", "nueve de diciembre"."""
        spoken = self._day_word(at)
        if not spoken:
            return None
        number, end = spoken
        if month := self._month_after(end):
            slots = self._where(lambda s: (s.month, s.day) == (month[0], number))
            return _found(at, month[1], slots, "date")
        if at == 0 or not self._is(self._words[at - 1], "before_day"):
            return None
        days = self._where(lambda s: s.day == number)
        either = days
        if self._end(f"hour_{HOURS[number - 1]}" if number <= NOON else "", at):
            either = days | self._where(lambda s: _strikes(s.hour, number))
        return _Found(at, end, either, "date", days)

    def _part_of_day(self, at: int) -> _Found | None:
        parts = (
            ("morning", lambda s: s.hour < NOON),
            ("afternoon", lambda s: NOON <= s.hour < EVENING),
            ("evening", lambda s: s.hour >= EVENING),
        )
        for name, fits in parts:
            if end := self._end(f"{name}_one", at):
                return _found(at, end, self._where(fits), "part")
        return None

    def _spoken_hour(self, at: int) -> _Found | None:
        for hour, name in enumerate(HOURS, start=1):
            end = self._end(f"hour_{name}", at)
            if end and (end - at > 1 or self._after_at(at) or self._end("half_day", end)):
                return self._hour(at, end, hour)
        return None

    # ------------------------------------------------------------------ figures

    def _figure(self, at: int) -> _Found | None:
        word = self._words[at]
        if not word.isdecimal():
            hour, _, minute = word.replace(".", ":").replace("h", ":").partition(":")
            return self._clock(at, at + 1, int(hour), int(minute))
        number, end = int(word[:4]), at + 1
        if len(word) in CLOCK_DIGITS:
            return self._clock(at, end, number // 100, number % 100)
        if len(word) > TWO_DIGITS:  # no hour, no day, no place
            return None
        if month := self._month_after(end):
            slots = self._where(lambda s: (s.month, s.day) == (month[0], number))
            return _found(at, month[1], slots, "date")
        if self._is_date_in_figures(at, end):
            other = int(self._words[end])
            slots = self._where(lambda s: (s.month, s.day) in {(number, other), (other, number)})
            return _found(at, end + 1, slots, "date")
        past = self._past_suffix(end)
        if self._after_at(at) or self._end("half_day", end):
            return self._hour(at, end, number)
        places = frozenset({number - 1} & set(range(len(self._slots))))
        days = self._where(lambda s: s.day == number)
        if days and at > 0 and self._is(self._words[at - 1], "on_day"):
            either = days | self._where(lambda s: _strikes(s.hour, number))
            return _Found(at, past, either, "date", days)  # "el 9": perhaps the hour
        if past > end:
            return _found(at, past, places | days, "date")
        if self._counts_something(at, end):
            return None
        hours = self._where(lambda s: _strikes(s.hour, number))
        wide = places | days | hours
        return _Found(at, end, places or wide, "figure", wide)

    def _month_after(self, at: int) -> tuple[int, int] | None:
        """A month behind a day ("9 de diciembre"), and where it ends."""
        at += at < len(self._words) and self._is(self._words[at], "joins")
        for month, name in enumerate(MONTHS, start=1):
            if end := self._end(name, at):
                return month, end
        return None

    def _is_date_in_figures(self, at: int, end: int) -> bool:
        """ "12/9": two figures of which one is the month that all offers are in."""
        following = self._words[end] if end < len(self._words) else ""
        months = {str(slot.month) for slot in self._slots}
        figures = {self._words[at].lstrip("0"), following.lstrip("0")}
        return following.isdecimal() and bool(figures & months) and len(months) == 1

    def _counts_something(self, at: int, end: int) -> bool:
        """ "2 kids", "10 minutes", "1 sec": a figure that goes on is no place in the list."""
        if max(self._matcher.ends("amount", at), default=end) > end or self._end("counted", end):
            return True
        following = self._words[end] if end < len(self._words) else COMMA
        return following not in BREAKS and following not in self._lexicon.vocabulary

    def _past_suffix(self, at: int) -> int:
        return at + (at < len(self._words) and self._is(self._words[at], "ordinal_end"))

    def _after_at(self, at: int) -> bool:
        return at > 0 and self._is(self._words[at - 1], "at_hour")

    def _hour(self, at: int, end: int, hour: int) -> _Found:
        """An hour without its minutes: that hour, whatever the minutes."""
        slots = self._where(lambda s: _strikes(s.hour, hour))
        return _found(at, self._past_half_day(end), slots, "clock")

    def _clock(self, at: int, end: int, hour: int, minute: int) -> _Found:
        slots = self._where(lambda s: s.minute == minute and _strikes(s.hour, hour))
        return _found(at, self._past_half_day(end), slots, "clock")

    def _past_half_day(self, at: int) -> int:
        return self._end("half_day", at) or at


def _strikes(hour: int, told: int) -> bool:
    """Whether an hour is told so, of twelve or of twenty-four: 14 is 2, and 23 is not 11."""
    return hour == told or (told <= NOON and hour % NOON == told % NOON)


def _places(fits: Iterable[bool]) -> frozenset[int]:
    return frozenset(place for place, fit in enumerate(fits) if fit)


def _found(start: int, end: int, slots: frozenset[int], kind: str) -> _Found:
    return _Found(start, end, slots, kind, slots)
