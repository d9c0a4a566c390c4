"""Playbooks from YAML files, and the one that ships with Textback. Not for the functions: they
read what was stored for their line."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from textback.domain.playbook import Playbook, ReminderStep
from textback.errors import BadInput
from textback.playbooks.durations import written
from textback.playbooks.reading import read
from textback.playbooks.times import hours_written, time_written

DEFAULT = Path(__file__).parent / "default.yaml"


def load(path: Path = DEFAULT) -> Playbook:
    """Raises FaultyPlaybook, naming every fault, and BadInput when there is no such file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8: save it as UTF-8") from None
    return read(text, path.name)


def plain(playbook: Playbook) -> dict[str, Any]:
    """The playbook as plain values, in the shape that `load` takes."""
    values: dict[str, Any] = _plain(asdict(playbook))
    values |= hours_written(playbook.hours)
    values["cadence"] = [_step(step) for step in playbook.cadence]
    wordings = values.pop("wordings")  # last, as in the shipped one
    return {name: value for name, value in values.items() if value is not None} | {
        "wordings": wordings
    }


def _step(step: ReminderStep) -> dict[str, Any]:
    """What of a step is not as it would be anyway."""
    plain = {
        f.name: _plain(value)
        for f in fields(step)
        if (value := getattr(step, f.name)) != f.default or f.name in {"text", "to"}
    }
    if step.at is not None:
        plain["at"] = time_written(step.at)
    if step.case:
        del plain["text"]
    return plain


def as_yaml(playbook: Playbook) -> str:
    """The playbook as a file that `load` takes, each text on a line of its own."""
    dumped: str = yaml.dump(
        plain(playbook), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf")
    )
    return dumped


class _Dumper(yaml.SafeDumper):
    """Writes a list of words on one line."""

    def words(self, data: list[Any]) -> yaml.Node:
        flow = all(isinstance(value, str) for value in data)
        return self.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flow)

    def text(self, data: str) -> yaml.Node:
        """Plain, but for line ends that YAML would fold away."""
        quoted = '"' if set("\x85\u2028\u2029").intersection(data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=quoted)


_Dumper.add_representer(list, _Dumper.words)
_Dumper.add_representer(str, _Dumper.text)


def _plain(value: Any) -> Any:
    match value:
        case timedelta():
            return written(value)
        case Enum():
            return value.value
        case Mapping():
            return {name: _plain(inner) for name, inner in value.items()}
        case frozenset():
            return sorted(value)
        case tuple():
            return [_plain(inner) for inner in value]
        case _:
            return value
