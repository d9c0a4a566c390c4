"""Which of the offered times a text picks: named, refused, corrected, or none of them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from operator import or_

from textback.domain.understand.lexicon import Lexicon
from textback.domain.understand.matching import Matcher
from textback.domain.understand.offers import Mention, Offers
from textback.domain.understand.spelling import Spelled
from textback.domain.understand.words import BREAKS, COMMA, OFFERED

SHIFTING, DIRECTLY = 5, 2  # words before a mention that may shift it, and that do
LEADING = 7  # words that lead up to a mention, at most


@dataclass(frozen=True, slots=True)
class Choice:
    """What is left of the offered times. `wanted`: what the text may mean (several: it does not
    say which); `refused`: what it says no to; `torn`: it cannot be told whether it says no."""

    wanted: frozenset[int]
    refused: frozenset[int]
    named: bool
    torn: bool = False
    settled: bool = False  # a "no" of the text is about some of them, or about what was corrected
    mentions: tuple[Mention, ...] = ()
    elsewhen: bool = False  # a time that was not offered is named too
    words: tuple[str, ...] = ()  # of the mentions
    named_words: int = 0  # of the mentions, and of what makes a figure a count
    other_times: frozenset[int] = frozenset()  # where their words stand in the reduced text
    shifted: bool = False  # "the day after Tuesday": what is named is not what is meant

    @property
    def names_otherwise(self) -> bool:
        """Whether figures or days stand there that pick none of the offered times."""
        return self.torn or (bool(self.named_words or self.other_times) and not self.named)

    @property
    def picked(self) -> int | None:
        left = self.wanted - self.refused
        return min(left) if len(left) == 1 and not self.torn else None


def choose(
    text: Spelled, lexicon: Lexicon, slots: tuple[datetime, ...], now: datetime | None
) -> tuple[Choice, Spelled]:
    """Read a choice out of a text; the text comes back with each mention of a time as one word."""
    offers = Offers(text, lexicon, slots)
    found = offers.mentions(now)
    mentions = tuple(m for m in found if m.slots)
    reader = _Polarity(text, lexicon, mentions)
    groups: list[frozenset[int]] = []
    vague = False  # all that is named tells only which times would do
    refused: frozenset[int] = frozenset()
    torn = settled = rest = led = False
    for number, mention in enumerate(mentions):
        if reader.is_corrected(number):
            settled = True
            continue
        denied = reader.denied(number)
        led = led or (not denied and reader.is_led(number))
        torn = torn or led or reader.is_shifted(number, DIRECTLY)
        if mention.rest:
            rest = rest or not denied
            continue
        torn = torn or denied is None
        if denied:
            refused |= mention.slots
        else:
            torn = torn or reader.has_alternative(number)
            vague = mention.vague and (vague or not groups)
            groups.append(mention.slots)
    vague = vague and not reader.refers_back()
    if rest:
        left = frozenset(range(len(slots))) - refused
        torn = torn or bool(groups) or len(left) > 1
        groups.append(left)
    elsewhen = len(found) > len(mentions)  # an hour that was not offered stands there too
    choice = Choice(
        _wanted(groups),
        refused,
        bool(mentions),
        torn or elsewhen or vague,
        settled or bool(refused),
        mentions,
        elsewhen,
        tuple(word for m in mentions for word in text.tokens[m.start : m.end]),
        sum(m.end - m.start for m in mentions) + offers.counting,
        _other_times(found),
        vague or led or any(map(reader.is_shifted, range(len(mentions)))),
    )
    return choice, _reduced(text, mentions)


def _other_times(found: tuple[Mention, ...]) -> frozenset[int]:
    """Where words of times that were not offered stand, once each that was is but one word."""
    places: set[int] = set()
    shorter = 0
    for mention in found:
        if mention.slots:
            shorter += mention.end - mention.start - 1
        else:
            places |= set(range(mention.start - shorter, mention.end - shorter))
    return frozenset(places)


def _wanted(groups: list[frozenset[int]]) -> frozenset[int]:
    """What all groups agree on; all that they name, where they do not agree."""
    if not groups:
        return frozenset()
    common = frozenset.intersection(*groups)
    return common or frozenset().union(*groups)


def _reduced(text: Spelled, mentions: tuple[Mention, ...]) -> Spelled:
    tokens: list[str] = []
    named: set[int] = set()
    mended: set[int] = set()
    at = 0
    for mention in (*mentions, None):
        until = mention.start if mention else len(text.tokens)
        for old in range(at, until):
            named |= {len(tokens)} if old in text.named else set()
            mended |= {len(tokens)} if old in text.mended else set()
            tokens.append(text.tokens[old])
        if mention:
            guessed = not text.mended.isdisjoint(range(mention.start, mention.end))
            mended |= {len(tokens)} if guessed else set()
            tokens.append(OFFERED)
            at = mention.end
    return Spelled(tuple(tokens), frozenset(mended), frozenset(named))


class _Polarity:
    """Whether the words around a mention take it back."""

    def __init__(self, text: Spelled, lexicon: Lexicon, mentions: tuple[Mention, ...]) -> None:
        self._words = text.tokens
        self._lexicon = lexicon
        self._matcher = Matcher(text, lexicon)
        self._mentions = mentions

    def is_corrected(self, number: int) -> bool:
        """Whether a later mention replaces this one: "2 sorry 3"."""
        return any(
            self._has("corrects", one.end, other.start)
            for one, other in pairwise(self._mentions[number:])
        )

    def has_alternative(self, number: int) -> bool:
        """Whether an "or" that parts no two mentions stands beside it: "2 or whenever"."""
        first, last = number == 0, number + 1 == len(self._mentions)
        mention = self._mentions[number]
        return (first and self._alternates(mention.start - 1)) or (
            last and self._alternates(mention.end)
        )

    def _alternates(self, at: int) -> bool:
        return 0 <= at < len(self._words) and self._lexicon.begins(self._words[at], "alternates")

    def refers_back(self) -> bool:
        """ "My son is off on Fridays, so that day"."""
        return self._has("refers_back", self._mentions[-1].end, len(self._words))

    def is_shifted(self, number: int, words: int = SHIFTING) -> bool:
        """Whether it is but where another time is counted from: "the day after 1"."""
        start = self._mentions[number].start
        return self._has("shifts", max(start - words, 0), start)

    def is_led(self, number: int) -> bool:
        """Whether what stands right before a mention speaks of it and takes nothing: "cancel"."""
        start = self._mentions[number].start
        leads = (
            self._matcher.ends("leads_away", at) for at in range(max(start - LEADING, 0), start)
        )
        return any(start in ends for ends in leads) and not self.refers_back()

    def denied(self, number: int) -> bool | None:
        """True if it is said no to, None if nobody can tell ("no 1")."""
        mention = self._mentions[number]
        first, last = self._run(number)
        begin, end = self._clause(first, last)
        inside = [m for m in self._mentions if begin <= m.start and m.end <= end]
        place = inside.index(self._mentions[first])
        before = inside[place - 1].end if place else begin
        place = inside.index(self._mentions[last])
        after = inside[place + 1].start if place + 1 < len(inside) else end
        behind = self._mentions[last].end
        if self._has("denies", behind, after) or self._has("denies_last", behind, after):
            return True  # "Tuesday is no good", "Tuesday and Friday I work"
        if self._has("corrects", before, mention.start):
            return False  # "1. no wait 2": the "no" is about the first
        if self._has("denies", begin, inside[0].start):  # "can't do Wednesday or Friday"
            return True if first == number or self._ends_with(last, end) else None
        if self._has("denies_next", before, mention.start):  # "Friday not Tuesday"
            return True
        if number and self._has("likewise", behind, after) and self.denied(number - 1):
            return True  # "Tuesday I work, Wednesday too"
        return None if self._has("denies_or_counts", before, mention.start) else False

    def _run(self, number: int) -> tuple[int, int]:
        """The first and the last of the mentions that one clause lists: "1, 2 or 3"."""
        first = last = number
        while first > 0 and self._lists(first - 1):
            first -= 1
        while last + 1 < len(self._mentions) and self._lists(last):
            last += 1
        return first, last

    def _lists(self, number: int) -> bool:
        """Whether a mention and the next one stand in a list, or before the comma of one."""
        if number + 1 >= len(self._mentions):
            return False
        between = self._words[self._mentions[number].end : self._mentions[number + 1].start]
        lists = [self._lexicon.begins(word, "lists") for word in between]
        joins = (word == COMMA or self._lexicon.begins(word, "joins") for word in between)
        if not between or not all(map(or_, lists, joins)):
            return False
        return any(lists) or self._lists(number + 1)

    def _ends_with(self, number: int, end: int) -> bool:
        """Whether a list ends its clause, or leaves one out of two, so that a no is to all of it:
        "can't do Tuesday and Friday", but "can't do Tuesday and Friday is good"."""
        mention = self._mentions[number]
        before = self._words[self._mentions[number - 1].end : mention.start] if number else ()
        parted = any(self._lexicon.begins(word, "parts") for word in before)
        return mention.end >= end or not parted

    def _clause(self, first: int, last: int) -> tuple[int, int]:
        begin, end = self._mentions[first].start, self._mentions[last].end
        while begin > 0 and not self._parts(begin - 1):
            begin -= 1
        while end < len(self._words) and not self._parts(end):
            end += 1
        return begin, end

    def _parts(self, at: int) -> bool:
        word = self._words[at]
        if word in BREAKS:
            return True
        parts = self._lexicon.begins(word, "parts")
        return parts and not any(  # "anything but"
            at + 1 in self._matcher.ends("denies", at - back) for back in (1, 2) if at >= back
        )

    def _has(self, name: str, start: int, end: int) -> bool:
        """Whether a spelling of a class stands wholly between two places."""
        begins = self._lexicon.begins
        return any(
            begins(self._words[at], name) and any(e <= end for e in self._matcher.ends(name, at))
            for at in range(start, end)
        )
