"""Places in a due index: an instant, then "#" and the timer's id, so that text order is time order
and no two are the same."""

from datetime import UTC, datetime

from textback.domain.conversation import Timer

_AFTER_HASH = "$"  # the character that follows "#"


def instant(moment: datetime) -> str:
    """UTC to the millisecond, of fixed width."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def place(timer: Timer) -> str:
    return f"{instant(timer.due)}#{timer.id}"


def due_at(place: str) -> datetime:
    """When the timer at this place is due, to the millisecond. Raises ValueError."""
    due, _, _ = place.partition("#")
    return datetime.fromisoformat(due)


def end_of(moment: datetime) -> str:
    """Behind every place that is due by `moment`."""
    return instant(moment) + _AFTER_HASH


def event_id(place: str) -> str:
    """The id of the event that the timer at this place fires: the timer, then its due instant."""
    due, _, timer = place.partition("#")
    return f"timer:{timer}:{due}"
