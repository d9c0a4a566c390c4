"""The shipped playbook with something changed, and what is said of it."""

import copy
from typing import Any

import pytest
import yaml
from textback.playbooks import DEFAULT
from textback.playbooks.faults import FaultyPlaybook
from textback.playbooks.reading import read

SHIPPED = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))
GONE = object()


def changed(path: str, value: Any) -> dict[str, Any]:
    """The shipped settings with one of them changed, or GONE."""
    settings: Any = copy.deepcopy(SHIPPED)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inner = settings
    for step in way:
        inner = inner[step]
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    return dict(settings)


def faults(settings: Any) -> list[str]:
    text = settings if isinstance(settings, str) else yaml.safe_dump(settings, sort_keys=False)
    with pytest.raises(FaultyPlaybook) as faulty:
        read(text, "my.yaml")
    return [str(fault) for fault in faulty.value.faults]
