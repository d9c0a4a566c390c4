"""pydantic's findings about a playbook, in the words of who has to put it right."""

from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from textback.domain.texts import REMINDER, Fragment, Text
from textback.playbooks.faults import Path, listed, meant
from textback.playbooks.model import DatesIn, PlaybookIn, StepIn, WordingIn

type Finding = tuple[Path, str]

_KEY = "[key]"  # how pydantic marks a fault of a key
_UNKNOWN = "is not known"
_SETTINGS = "should hold settings, each as `name: value`"
_SAYS = {
    "missing": "is missing",
    "invalid_key": "is no text; put it in quotes",
    "string_type": "should be text; put it in quotes",
    "string_too_short": "is empty",
    "string_too_long": "should have at most {max_length} characters",
    "string_pattern_mismatch": "should be of small letters, digits and _, such as two_days",
    "int_type": "should be a whole number, without quotes",
    "int_from_float": "should be a whole number",
    "float_type": "should be a number, without quotes",
    "finite_number": "should be a number that ends",
    "greater_than": "should be more than {gt:g}",
    "greater_than_equal": "should be at least {ge:g}",
    "less_than": "should be less than {lt:g}",
    "less_than_equal": "should be at most {le:g}",
    "list_type": "should be a list: each on its line after a dash, or all in [ ]",
    "too_short": "should have at least {min_length} of them, and has {actual_length}",
    "too_long": "should have at most {max_length} of them, and has {actual_length}",
    "dict_type": _SETTINGS,
    "model_type": _SETTINGS,
    "literal_error": "should be {expected}",
    "value_error": "{error}",
}


def findings(error: ValidationError) -> Sequence[Finding]:
    """All that is wrong. Of a setting that is not known, that is told, and nothing else."""
    found = [_found(details) for details in error.errors(include_url=False)]
    unknown = {path for path, says in found if says.startswith(_UNKNOWN)}
    return [
        (path, says)
        for path, says in found
        if says.startswith(_UNKNOWN) or not any(path[: len(u)] == u for u in unknown)
    ]


def _found(details: ErrorDetails) -> Finding:
    path = tuple(step for step in details["loc"] if step != _KEY)
    match details["type"], path:
        case ("extra_forbidden", _) | ("string_pattern_mismatch", (*_, "texts", _)):
            return path, _unknown(path)
        case "string_pattern_mismatch", (*_, "text" | "late_text" | "on_booking"):
            return path, "should be reminder, follow_up or booked, or begin so, as reminder_week"
        case "enum", _:
            known = details["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            return path, f"should be {listed(known)}{meant(str(details['input']), known)}"
        case kind, _:
            return path, _SAYS.get(kind, details["msg"]).format(**details.get("ctx", {}))


def _unknown(path: Path) -> str:
    match path:
        case ("cadence", int(), _):
            known = list(StepIn.model_fields)
        case ("wordings", _, "texts", _):
            known = [*Fragment, *Text, REMINDER]
        case ("wordings", _, "dates", _):
            known = list(DatesIn.model_fields)
        case ("wordings", _, _):
            known = list(WordingIn.model_fields)
        case _:
            known = list(PlaybookIn.model_fields)
    return _UNKNOWN + (meant(str(path[-1]), known) or f"; these are: {listed(known, 'and')}")
