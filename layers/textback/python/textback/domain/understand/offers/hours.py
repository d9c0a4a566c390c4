"""An offered time by its hour: of twelve or of twenty-four, before noon or behind it."""

from textback.domain.understand.offers.seen import Found, Seen, found_as

NOON, OPENS = 12, 7  # hours; earlier than the second, nobody means the morning
BEFORE_NOON, BEHIND_NOON = "before_noon", "behind_noon"  # classes of a language
HALVES = (BEFORE_NOON, BEHIND_NOON)
EVENING, AN_HOUR = 17, 60  # an hour; minutes
BOUND = "bound"  # the kind of "after 2": the hours on one side of it
HOURS: tuple[str, ...] = ("one", "two", "three", "four", "five", "six")
HOURS += ("seven", "eight", "nine", "ten", "eleven", "twelve")


class Hours:
    """ "2:30", "at nine", "9 pm", "after 2", "half past two"."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def spoken_hour(self, at: int) -> Found | None:
        for hour, name in enumerate(HOURS, start=1):
            end = self._seen.end(f"hour_{name}", at)
            if end and (end - at > 1 or self.after_at(at) or self._seen.end("half_day", end)):
                return self.hour(at, end, hour)
            end = self._seen.end(f"hour_{name}_alone", at)
            if end and self._seen.is_alone(at, end):
                return self.hour(at, end, hour)
        return None

    def after_at(self, at: int) -> bool:
        return at > 0 and self._seen.begins(self._seen.words[at - 1], "at_hour")

    def hour(self, at: int, end: int, hour: int) -> Found:
        """An hour without its minutes: that hour, whatever the minutes."""
        return self._time(at, end, hour, None)

    def clock(self, at: int, end: int, hour: int, minute: int) -> Found:
        return self._time(at, end, hour, minute)

    def _time(self, at: int, end: int, hour: int, minute: int | None) -> Found:
        half = next((name for name in HALVES if self._seen.end(name, end)), "")
        past = self._past_half_day(end)
        bound = struck(hour, half) * AN_HOUR + (minute or 0)
        if (start := self._seen.behind("after_hour", at)) < at:
            slots = self._seen.where(lambda s: s.hour * AN_HOUR + s.minute >= bound)
            return found_as(start, past, slots, BOUND)
        if (start := self._seen.behind("before_hour", at)) < at:
            slots = self._seen.where(lambda s: s.hour * AN_HOUR + s.minute < bound)
            return found_as(start, past, slots, BOUND)
        slots = self._seen.where(
            lambda s: minute in {None, s.minute} and strikes(s.hour, hour, half)
        )
        return found_as(at, past, slots, "clock")

    def _past_half_day(self, at: int) -> int:
        return self._seen.end("half_day", at) or at


def strikes(hour: int, told: int, half: str = "") -> bool:
    """Whether an hour is told so: 14 is 2, and 23 is not 11; 9 is not "9 pm"."""
    if half and half != (BEFORE_NOON if hour < NOON else BEHIND_NOON):
        return False
    return hour == told or (told <= NOON and hour % NOON == told % NOON)


def struck(told: int, half: str) -> int:
    """The hour of twenty-four that is most likely told: "after 2" is after 14."""
    if told >= NOON:
        return told
    behind = half == BEHIND_NOON or (not half and told < OPENS)
    return told + NOON if behind else told
