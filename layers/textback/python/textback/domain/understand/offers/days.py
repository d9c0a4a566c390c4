"""An offered time by its day: the weekday, the date, in figures or in words."""

from datetime import datetime, timedelta

from textback.domain.understand.dates import TODAY, TOMORROW, WEEKDAYS
from textback.domain.understand.offers.hours import HOURS, NOON, strikes
from textback.domain.understand.offers.seen import Found, Seen, found_as, places
from textback.domain.understand.words import BREAKS

MONTHS: tuple[str, ...] = ("january", "february", "march", "april", "may", "june")
MONTHS += ("july", "august", "september", "october", "november", "december")
DAYS = ("weekday", "date")  # the kinds of mentions that name a day
WEEK = timedelta(days=7)
TWO_DIGITS, LAST_DAY, MONTHS_A_YEAR = 2, 31, 12


class Days:
    """ "Wednesday", "this Friday", "Dec 9", "the ninth", "9/12"."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def weekday(self, at: int, now: datetime | None) -> Found | None:
        for number, name in enumerate(WEEKDAYS):
            if end := self._seen.end(name, at):
                slots = places(s.weekday() == number for s in self._seen.slots)
                vague = self.repeats(at) or self._is_later(at, end, slots, now)
                return Found(at, end, slots, "weekday", slots, vague)
        for days, name in enumerate((TODAY, TOMORROW)):
            if now and (end := self._seen.end(name, at)):
                after = timedelta(days=days)
                dates = [now.astimezone(s.tzinfo).date() + after for s in self._seen.slots]
                slots = places(s.date() == d for s, d in zip(self._seen.slots, dates, strict=True))
                return found_as(at, end, slots, "weekday")
        return None

    def repeats(self, at: int) -> bool:
        """ "Fridays", "every Friday", "any afternoon"."""
        plural = self._seen.end("plural", at)
        ends = plural and (plural == len(self._seen.words) or self._seen.words[plural] in BREAKS)
        return (
            bool(ends or self._seen.end("repeated", at))
            or self._seen.behind("repeats_next", at) < at
        )

    def _is_later(self, at: int, end: int, slots: frozenset[int], now: datetime | None) -> bool:
        """Whether a day may be another week's: "this Friday" is the next one from today."""
        if self._seen.behind("later_day", at) < at or self._seen.end("of_later_week", end):
            return True
        if self._seen.behind("coming_day", at) == at:
            return False
        return now is None or any(
            self._seen.slots[i].date() - now.astimezone(self._seen.slots[i].tzinfo).date() >= WEEK
            for i in slots
        )

    def date_by_month(self, at: int) -> Found | None:
        for month, name in enumerate(MONTHS, start=1):
            end = self._seen.end(name, at)
            if not end:
                continue
            day = self._seen.words[end] if end < len(self._seen.words) else ""
            if spoken := self._day_word(end):
                number, end = spoken
                slots = places((s.month, s.day) == (month, number) for s in self._seen.slots)
                return found_as(at, end, slots, "date")
            if day.isdecimal() and len(day) <= TWO_DIGITS:
                end, number = self._seen.past_suffix(end + 1), int(day)
                slots = places((s.month, s.day) == (month, number) for s in self._seen.slots)
                return found_as(at, end, slots, "date")
        return None

    def _day_word(self, at: int) -> tuple[int, int] | None:
        """An offered day of the month in words ("eleventh"), and where it ends."""
        for number in sorted({slot.day for slot in self._seen.slots}):
            if end := self._seen.end(f"day_{number}", at):
                return number, end
        return None

    def spoken_day(self, at: int) -> Found | None:
        """ "the ninth", "el nueve", "nueve de diciembre"."""
        spoken = self._day_word(at)
        if not spoken:
            return None
        number, end = spoken
        if month := self.month_after(end):
            slots = self._seen.where(lambda s: (s.month, s.day) == (month[0], number))
            return found_as(at, month[1], slots, "date")
        if at == 0 or not self._seen.begins(self._seen.words[at - 1], "before_day"):
            return None
        days = self._seen.where(lambda s: s.day == number)
        either = days
        if self._seen.end(f"hour_{HOURS[number - 1]}" if number <= NOON else "", at):
            either = days | self._seen.where(lambda s: strikes(s.hour, number))
        return Found(at, end, days if self.names_day(at) else either, "date", days)

    def other_month(self, at: int) -> Found | None:
        """ "in January", where no time of January was offered."""
        if self._seen.behind("in_month", at) == at:
            return None
        for month, name in enumerate(MONTHS, start=1):
            if (end := self._seen.end(name, at)) and all(
                s.month != month for s in self._seen.slots
            ):
                return found_as(at, end, frozenset(), "month")
        return None

    def month_after(self, at: int) -> tuple[int, int] | None:
        """A month behind a day ("9 de diciembre"), and where it ends."""
        at += at < len(self._seen.words) and self._seen.begins(self._seen.words[at], "joins")
        for month, name in enumerate(MONTHS, start=1):
            if end := self._seen.end(name, at):
                return month, end
        return None

    def is_date_in_figures(self, at: int, end: int) -> bool:
        """ "12/9": two figures of which one may be a month, and that are no two places."""
        following = self._seen.words[end] if end < len(self._seen.words) else ""
        if (
            not following.isdecimal()
            or len(following) > TWO_DIGITS
            or self._seen.end("half_day", end + 1)
        ):
            return False
        figures = sorted((int(self._seen.words[at]), int(following)))
        months = {slot.month for slot in self._seen.slots}
        if len(months) == 1 and not months.isdisjoint(figures):
            return True
        one, other = figures
        return 0 < one <= MONTHS_A_YEAR and len(self._seen.slots) < other <= LAST_DAY

    def names_day(self, at: int) -> bool:
        """Whether a figure is a day and no hour: "el día 9"."""
        return self._seen.behind("day_only", at) < at
