"""An offered time by its place in the list."""

from textback.domain.understand.offers.seen import Found, Seen, found_as

# Classes that a language may have.
PLACES = ("first_one", "second_one", "third_one", "fourth_one", "fifth_one")
REST = "rest"  # the kind of "the other one": what it means is left by the others


class Places:
    """ "The first one", "the last two", "the earliest"."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def place(self, at: int) -> Found | None:
        return self._several(at) or self._ordinal(at) or self._last(at) or self._extreme(at)

    def _several(self, at: int) -> Found | None:
        size = len(self._seen.slots)
        for name, places in (("first_two", (0, 1)), ("last_two", (size - 2, size - 1))):
            if end := self._seen.end(name, at):
                return found_as(at, end, frozenset(places) & set(range(size)), "place")
        if end := self._seen.end("rest_one", at):
            return found_as(at, end, frozenset(range(size)), REST)
        return None

    def _ordinal(self, at: int) -> Found | None:
        moment = at > 0 and self._seen.begins(self._seen.words[at - 1], "before_moment")
        for place, name in enumerate(PLACES):
            offered = frozenset({place} & set(range(len(self._seen.slots))))
            if end := self._seen.end(name, at):  # "a second", "a second opinion", "second week"
                return None if moment else self._of_the_list(at, end, offered)
            end = self._seen.end(f"{name}_alone", at)
            if end and self._seen.is_alone(at, end):
                return found_as(at, end, offered, "place")
        return None

    def _last(self, at: int) -> Found | None:
        end = self._seen.end("last_one", at)
        if not end or self._seen.end("of_calendar", end) == end + 1:  # "last week" is over
            return None
        return self._of_the_list(at, end, frozenset({len(self._seen.slots) - 1}))

    def _of_the_list(self, at: int, end: int, offered: frozenset[int]) -> Found | None:
        """Unless it is a place in something else."""
        if past := self._seen.end("no_offer", end):
            self._seen.counting += past - at
            return None
        if of := self._seen.end("of_calendar", end):
            return found_as(at, of, frozenset(), "date")
        return found_as(at, end, offered, "place")

    def _extreme(self, at: int) -> Found | None:
        size, slots = len(self._seen.slots), self._seen.slots
        if end := self._seen.end("middle_one", at):
            return found_as(at, end, frozenset({size // 2} if size % 2 else ()), "place")
        for name, choose in (("earliest_one", min), ("latest_one", max)):
            if end := self._seen.end(name, at):
                by_date = choose(range(size), key=slots.__getitem__)
                by_hour = choose(range(size), key=lambda i: slots[i].time())
                return found_as(at, end, frozenset({by_date, by_hour}), "place")
        return None
