"""The shape of a playbook's YAML: what each setting is, and what it may be. Editors get it as JSON
Schema; docs/playbook.md says why."""

from dataclasses import MISSING, fields
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    create_model,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from textback.domain.conversation import Urgency
from textback.domain.effects import Purpose
from textback.domain.hours import Spans
from textback.domain.personal import VALUE_LIMIT
from textback.domain.playbook import (
    Audience,
    BareCancel,
    ConsentRule,
    DateForms,
    Late,
    Outside,
    Playbook,
    ReminderStep,
)
from textback.domain.segments import segments, to_gsm
from textback.domain.texts import OF_A_DATE, REMINDER_MUST, REMINDER_NAME, Fragment, Text
from textback.languages import languages
from textback.playbooks.durations import EXAMPLES, PATTERN, duration, written
from textback.playbooks.faults import listed, nearest
from textback.playbooks.templates import checked, checked_form
from textback.playbooks.times import (
    SPANS,
    dates,
    time_of_day,
    time_written,
    week,
    week_written,
)

NO_TIME, MINUTE = timedelta(), timedelta(minutes=1)
LONGEST_BEFORE, LONGEST_ANSWERING = timedelta(days=360), timedelta(days=30)
LONGEST_LATE = timedelta(days=7)
LONGEST_VISIT = 24 * 60
# An opt-out is honoured within ten business days (47 CFR 64.1200(a)(10)); silence is one.
LONGEST_CLARIFYING = timedelta(days=10)
MOST_DAYS = 36_500


def _defaults(of: type) -> dict[str, Any]:
    return {f.name: f.default for f in fields(of) if f.default is not MISSING}


PLAYBOOK, STEP, DATES = (_defaults(of) for of in (Playbook, ReminderStep, DateForms))


def _short(value: str) -> str:
    if "{" in value or not value.isprintable():
        raise ValueError("should be one plain line: it is a value itself, and holds none")
    if segments(to_gsm(value)).characters > VALUE_LIMIT:
        raise ValueError(f"is too long: texts hold at most {VALUE_LIMIT} characters of it")
    return value


def _zone(name: str) -> str:
    zones = available_timezones()
    if name not in zones:
        cities = {zone.rpartition("/")[2]: zone for zone in sorted(zones)}
        near = cities.get(nearest(name.rpartition("/")[2], cities))
        hint = f"; did you mean {near}?" if near else ""
        raise ValueError(f"should be an IANA time zone, such as America/New_York{hint}")
    return name


def _language(name: str) -> str:
    if name not in languages():
        known = listed(languages(), "and")
        raise ValueError(f"is not known; the languages that texts are understood in are {known}")
    return name


def _again(purpose: Purpose) -> Purpose:
    if purpose is Purpose.OPT_OUT:
        raise ValueError("opt_out cannot be sent again: an opt-out is confirmed by one text")
    return purpose


def _between(least: timedelta, most: timedelta) -> AfterValidator:
    def checked(span: timedelta) -> timedelta:
        if not least <= span <= most:
            raise ValueError(f"should be from {written(least)} to {written(most)}")
        return span

    return AfterValidator(checked)


type Short = Annotated[str, StringConstraints(min_length=1), AfterValidator(_short)]
type Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
type Again = Annotated[
    Purpose,
    AfterValidator(_again),
    WithJsonSchema({"enum": [p for p in Purpose if p is not Purpose.OPT_OUT]}),
]
type Duration = Annotated[
    timedelta,
    BeforeValidator(duration),
    PlainSerializer(written, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": PATTERN, "examples": list(EXAMPLES)}),
]
type TimeOfDay = Annotated[
    timedelta,
    BeforeValidator(time_of_day),
    PlainSerializer(time_written, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "examples": ["18:00"]}),
]
type Week = Annotated[
    tuple[Spans, ...],
    BeforeValidator(week),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": SPANS},
                {"type": "object", "additionalProperties": {"type": "string", "pattern": SPANS}},
            ],
            "examples": ["8:00-20:00"],
        }
    ),
]
type Dates = Annotated[
    dict[date, Spans],
    BeforeValidator(dates),
    WithJsonSchema(
        {"type": "object", "additionalProperties": {"type": "string", "pattern": SPANS}}
    ),
]
type TextName = Annotated[str, StringConstraints(pattern=rf"^{REMINDER_NAME}$")]
type Share = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
type Days = Annotated[int, Field(strict=True, ge=30, le=MOST_DAYS)]
type DatePart = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class StepIn(Settings):
    """One reminder."""

    name: Key
    """What this step is called; of its own in the cadence."""
    before: Annotated[Duration, _between(NO_TIME, LONGEST_BEFORE)] | None = STEP["before"]
    """How long before the visit starts it is due; whole days are days of the contact's calendar."""
    after: Annotated[Duration, _between(NO_TIME, LONGEST_BEFORE)] | None = STEP["after"]
    """How long after the visit ends it is due, instead of before it."""
    at: TimeOfDay | None = STEP["at"]
    """The time of that day it is due at, on the contact's clock, instead of the visit's own."""
    text: TextName = STEP["text"]
    """The text it sends: its name is or begins with reminder, follow_up or booked."""
    case: Urgency | None = STEP["case"]
    """Instead of sending a text it opens a case of this urgency."""
    to: Audience = STEP["to"]
    """Whom it is for: those who have not confirmed, or all."""
    outside: Outside = STEP["outside"]
    """What it does if it falls outside the texting hours."""
    late: Late = STEP["late"]
    """What it does if it comes later than it should."""
    late_after: Annotated[Duration, _between(MINUTE, LONGEST_LATE)] = STEP["late_after"]
    """From when on it is late."""
    late_text: TextName = STEP["late_text"]
    """The text of late: shorten."""


class DatesIn(Settings):
    """How dates are written."""

    weekdays: Annotated[list[DatePart], Field(min_length=7, max_length=7)]
    """Monday first."""
    months: Annotated[list[DatePart], Field(min_length=12, max_length=12)]
    """January first."""
    form: Annotated[
        str,
        AfterValidator(partial(checked_form, values=OF_A_DATE, needed=("month", "day", "time"))),
    ] = DATES["form"]
    """The order: {weekday}, {month}, {day} and {time}."""
    clock: Literal[12, 24] = DATES["clock"]
    """How many hours the clock has: 12 (2:30 PM) or 24 (14:30)."""


def _template(name: str, said: str) -> Any:
    checks = AfterValidator(partial(checked, name))
    return Annotated[str, checks, Field(description=said)]


def _texts_schema(schema: JsonSchemaValue) -> None:
    schema["additionalProperties"] = False
    schema["patternProperties"] = {
        f"^{REMINDER_NAME}$": {
            "type": "string",
            "minLength": 1,
            "description": f"For steps of the cadence; holds {listed(REMINDER_MUST, 'and')}.",
        }
    }


class _Reminders(Settings):
    """Every text, in this language."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_texts_schema)
    __pydantic_extra__: dict[
        Annotated[str, StringConstraints(pattern=rf"^{REMINDER_NAME}$")],
        Annotated[str, AfterValidator(partial(checked, "reminder"))],
    ] = Field(init=False)


TextsIn: Any = create_model(
    "TextsIn",
    __base__=_Reminders,
    __doc__=_Reminders.__doc__,
    **{
        **{
            f.value: _template(f, f"{{{f}}} in other texts; left out while no {f.needs} is known.")
            for f in Fragment
        },
        **{t.value: _template(t, f"When {t.said}.") for t in Text},
    },
)


class WordingIn(Settings):
    """All that the line says in one language."""

    dates: DatesIn
    texts: TextsIn


class PlaybookIn(Settings):
    """What a practice decides about its line."""

    practice: Short
    """Who texts, as every text names it."""
    call: Short
    """The number to call, as texts write it."""
    zone: Annotated[str, AfterValidator(_zone)]
    """The practice's time zone, by its IANA name."""
    cadence: list[StepIn] = Field(list(PLAYBOOK["cadence"]), max_length=20)
    """The reminders that a visit has."""
    on_booking: TextName | None = PLAYBOOK["on_booking"]
    """The text that a booking itself sends; none by default."""
    hours: Week = PLAYBOOK["hours"].week
    """When contacts may be texted unasked, on their own clock."""
    hours_on: Dates = dict(PLAYBOOK["hours"].dates)
    """Dates on which the texting hours are others."""
    consent: ConsentRule = PLAYBOOK["consent"]
    """Whether contacts are reminded who have said neither yes nor no."""
    visit_minutes: Annotated[int, Field(strict=True, ge=1, le=LONGEST_VISIT)] = PLAYBOOK[
        "visit_minutes"
    ]
    """How long a visit takes where the scheduling system does not say."""
    bare_cancel: BareCancel = PLAYBOOK["bare_cancel"]
    """What the single word CANCEL does while a visit is ahead."""
    clarify_for: Annotated[Duration, _between(MINUTE, LONGEST_CLARIFYING)] = PLAYBOOK["clarify_for"]
    """How long `bare_cancel: ask` waits for an answer; silence ends all texts."""
    answer_within: Annotated[Duration, _between(MINUTE, LONGEST_ANSWERING)] = PLAYBOOK[
        "answer_within"
    ]
    """How soon a person is to answer a case."""
    unknown_outcome_again: list[Again] = Field(
        sorted(map(Purpose, PLAYBOOK["unknown_outcome_again"]))
    )
    """Which texts are sent once more when nobody can say whether they went."""
    sure_enough: Share = PLAYBOOK["sure_enough"]
    """How certain a reading has to be to be acted on; below it a person reads."""
    parts_per_second: Annotated[float, Field(strict=True, gt=0, le=1000, allow_inf_nan=False)] = (
        PLAYBOOK["parts_per_second"]
    )
    """The rate that the carrier gives the line, in message parts."""
    kept_for_replies: Annotated[float, Field(strict=True, ge=0, lt=1, allow_inf_nan=False)] = (
        PLAYBOOK["kept_for_replies"]
    )
    """The share of that rate which reminders leave free."""
    journal_days: Days = PLAYBOOK["journal_days"]
    """How long what was said and decided is kept."""
    consent_days: Days = PLAYBOOK["consent_days"]
    """How long the proof of consent and its end is kept."""
    wordings: Annotated[
        dict[Annotated[str, AfterValidator(_language)], WordingIn], Field(min_length=1)
    ]
    """What the line says, by language; the first is the line's own."""


class _Schema(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - names say it
        return False

    def encode_default(self, dft: Any) -> Any:
        match dft:
            case timedelta():
                return written(dft)
            case tuple():
                return week_written(dft)
            case _:
                return super().encode_default(dft)


def schema() -> dict[str, Any]:
    """The playbook's JSON Schema, for editors."""
    made = PlaybookIn.model_json_schema(schema_generator=_Schema)
    for part in made["$defs"].values():
        part.pop("title", None)
    wordings = made["properties"]["wordings"]
    wordings["properties"] = dict.fromkeys(languages(), wordings["additionalProperties"])
    wordings["additionalProperties"] = False
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        **made,
        "title": "A playbook of Textback",
    }
