"""Zones, their changes of the clock, and texting hours, for tests to be drawn from."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import strategies as st
from textback.domain.hours import ALL_DAY, Hours, Span, Spans

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ZONES = sorted(available_timezones())
FIRST, LAST = datetime(2007, 1, 1, tzinfo=UTC), datetime(2037, 12, 31, tzinfo=UTC)


@cache
def changes(zone: str) -> list[datetime]:
    """Every moment from 2007 to 2037 at which the clocks of a zone change, to the minute."""
    clock = ZoneInfo(zone)
    weeks = [FIRST + n * 7 * DAY for n in range((LAST - FIRST).days // 7 + 1)]
    found = []
    for before, after in pairwise(weeks):
        low, high = before, after
        if low.astimezone(clock).utcoffset() == high.astimezone(clock).utcoffset():
            continue
        while high - low > MINUTE:
            middle = low + (high - low) // 2
            middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
            is_old = middle.astimezone(clock).utcoffset() == before.astimezone(clock).utcoffset()
            low, high = (middle, high) if is_old else (low, middle)
        found.append(high)
    return found


@st.composite
def moments(draw: st.DrawFn, zone: str) -> datetime:
    """A moment from 2007 to 2037, more often than not near a change of the zone's clocks."""
    anchors = changes(zone)
    if anchors and draw(st.booleans()):
        return draw(st.sampled_from(anchors)) + draw(st.integers(-3_000, 3_000)) * MINUTE
    return FIRST + draw(st.integers(0, int((LAST - FIRST) / MINUTE))) * MINUTE


def _spans(edges: list[int]) -> Spans:
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return tuple(Span(opens * 15 * MINUTE, closes * 15 * MINUTE) for opens, closes in pairs)


def _edges(count: int) -> st.SearchStrategy[Spans]:
    quarters = st.integers(0, 96)
    edges = st.lists(quarters, min_size=count, max_size=count, unique=True).map(sorted)
    return edges.map(_spans)


of_a_day = st.one_of(_edges(2), _edges(4), st.just(ALL_DAY), st.just(()))
weeks = st.one_of(
    of_a_day.map(lambda spans: (spans,) * 7),
    st.tuples(*[of_a_day] * 7),
)


@st.composite
def hours_near(draw: st.DrawFn, at: datetime) -> Hours:
    """Hours of any kind, with other ones on a few dates around `at`."""
    near = st.integers(-4, 4).map(lambda n: at.date() + n * DAY)
    return Hours(draw(weeks), draw(st.dictionaries(near, of_a_day, max_size=3)))


def spans_of(hours: Hours, day: date) -> Spans:
    return hours.dates.get(day, hours.week[day.weekday()])


def on_the_wall(hours: Hours, at: datetime, zone: ZoneInfo) -> bool:
    """Whether it is within the hours by nothing but what the contact's clock shows."""
    wall = at.astimezone(zone).replace(tzinfo=None)
    into = wall - datetime.combine(wall.date(), datetime.min.time())
    return any(span.opens <= into < span.closes for span in spans_of(hours, wall.date()))


def shows_all(hours: Hours, near: datetime, zone: ZoneInfo) -> bool:
    """Whether every edge of the hours in the days around `near` is on the clock once: then there
    are no two ways to read them."""
    today = near.astimezone(zone).date()
    for n in range(-2, 3):
        midnight = datetime.combine(today + n * DAY, datetime.min.time())
        for span in spans_of(hours, today + n * DAY):
            for edge in (midnight + span.opens, midnight + span.closes):
                if (
                    edge.replace(tzinfo=zone).utcoffset()
                    != edge.replace(tzinfo=zone, fold=1).utcoffset()
                ):
                    return False
    return True
