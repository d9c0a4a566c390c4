"""What a practice decides about its line: its texts, its cadence, its policies. Plain data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from textback.domain.texts import REMINDER, Reminder

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class BareCancel(StrEnum):
    """What the single word CANCEL does while a visit is awaited."""

    ASK = "ask"
    APPOINTMENT = "appointment"
    OPT_OUT = "opt_out"


class Audience(StrEnum):
    UNCONFIRMED = "unconfirmed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ReminderStep:
    """A step of the cadence: `text` goes out `before` the visit starts, to whom it is for."""

    name: str
    before: timedelta
    text: Reminder = REMINDER
    to: Audience = Audience.UNCONFIRMED


@dataclass(frozen=True, slots=True)
class DateForms:
    """How a language writes a date: Monday first, January first."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    form: str = "{weekday} {month} {day}, {time}"

    def write(self, moment: datetime) -> str:
        hour = moment.hour % 12 or 12
        time = f"{hour}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"  # noqa: PLR2004
        parts = {
            "weekday": self.weekdays[moment.weekday()],
            "month": self.months[moment.month - 1],
            "day": str(moment.day),
            "time": time,
        }
        return fill(self.form, parts)


@dataclass(frozen=True, slots=True)
class Wording:
    """All that the line says in one language."""

    texts: Mapping[str, str]
    dates: DateForms


@dataclass(frozen=True, slots=True)
class Playbook:
    practice: str
    call: str  # the number to call, as it is written in texts
    zone: str  # IANA
    wordings: Mapping[str, Wording]  # by language; the first is the line's own
    cadence: tuple[ReminderStep, ...] = ()
    bare_cancel: BareCancel = BareCancel.ASK
    clarify_for: timedelta = timedelta(hours=1)  # silence after the clarifying text
    answer_within: timedelta = timedelta(minutes=30)  # a case's deadline
    unknown_outcome_again: frozenset[str] = frozenset({"reply", "agent"})
    sure_enough: float = 0.7  # below it a reading goes to a person
    parts_per_second: float = 1.0
    kept_for_replies: float = 0.2  # the share of the rate that reminders leave free
    journal_days: int = 90
    consent_days: int = 1826  # five years: longer than the four in which a claim can be brought

    def language(self, wanted: str) -> str:
        """The language to text in: the wanted one ("es-MX" is in "es"), else the line's own."""
        near = (wanted, wanted.partition("-")[0])
        return next((n for n in near if n in self.wordings), next(iter(self.wordings)))


@dataclass(frozen=True, slots=True)
class Line:
    """The practice's number with its playbook."""

    number: str
    playbook: Playbook
    region: str = "US"


def fill(template: str, values: Mapping[str, str]) -> str:
    """Put values in for `{placeholders}`; a value is never itself read as a template."""
    return PLACEHOLDER.sub(lambda m: values.get(m[1], ""), template)
