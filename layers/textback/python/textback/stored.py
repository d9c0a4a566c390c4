"""The stored form: domain values to JSON and back, with pydantic at this edge only.

The form has a number. Code reads every form up to its own, and refuses a newer one: during a
rolling deploy the message then waits for code that knows it.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter

from textback.domain.conversation import Conversation
from textback.domain.effects import Effect
from textback.domain.events import Event
from textback.domain.ledger import TextRecord
from textback.domain.playbook import Playbook
from textback.errors import NewerForm

FORM = 2

_KINDS: dict[str, type] = {
    kind.__name__: kind for kind in (*get_args(Event.__value__), *get_args(Effect.__value__))
}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    return _adapter(kind).dump_python(value, mode="json", exclude_defaults=True)


def _text(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def conversation_out(conversation: Conversation) -> str:
    return _text(_plain(conversation))


def conversation_in(stored: str, form: int) -> Conversation:
    """Raises NewerForm when newer code wrote it."""
    if form > FORM:
        raise NewerForm(f"the conversation is stored in form {form}, this code knows up to {FORM}")
    conversation: Conversation = _adapter(Conversation).validate_json(stored)
    return conversation


def tagged_out(value: Event | Effect) -> dict[str, Any]:
    """A member of a closed union, under its name."""
    return {type(value).__name__: _plain(value)}


def event_out(event: Event) -> str:
    return _text(tagged_out(event))


def event_in(stored: str) -> Event:
    return _tagged_in(json.loads(stored))  # type: ignore[no-any-return]


def effects_out(effects: Iterable[Effect]) -> str:
    return _text([tagged_out(effect) for effect in effects])


def effects_in(stored: str) -> tuple[Effect, ...]:
    return tuple(_tagged_in(tagged) for tagged in json.loads(stored))


def _tagged_in(tagged: dict[str, Any]) -> Any:
    ((name, plain),) = tagged.items()
    return _adapter(_KINDS[name]).validate_python(plain, strict=False)


def record_out(record: TextRecord) -> dict[str, Any]:
    plain: dict[str, Any] = _plain(record)
    return plain


def record_in(plain: dict[str, Any]) -> TextRecord:
    record: TextRecord = _adapter(TextRecord).validate_python(plain)
    return record


def playbook_out(playbook: Playbook) -> str:
    return _text(_adapter(Playbook).dump_python(playbook, mode="json"))


def playbook_in(stored: str) -> Playbook:
    playbook: Playbook = _adapter(Playbook).validate_json(stored)
    return playbook


def playbook_from(settings: Any) -> Playbook:
    """A playbook from plain values, as they stand in a YAML file. Raises pydantic's
    ValidationError, which names every field that is wrong."""
    playbook: Playbook = _adapter(Playbook).validate_python(settings)
    return playbook
