"""Playbooks from YAML files, and the one that ships with Textback. Not for the functions: they
read what was stored for their line."""

import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from textback.domain.playbook import Playbook
from textback.errors import BadInput
from textback.stored import playbook_from, playbook_out

DEFAULT = Path(__file__).parent / "default.yaml"


def load(path: Path = DEFAULT) -> Playbook:
    """Raises BadInput, naming every field that is wrong."""
    try:
        return playbook_from(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise BadInput(f"{path.name} is not YAML: {error}") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(step) for step in fault['loc'])}: {fault['msg']}"
            for fault in error.errors(include_url=False)
        )
        raise BadInput(f"{path.name}: {faults}") from None


def plain(playbook: Playbook) -> dict[str, Any]:
    """The playbook as plain values, in the shape that `load` takes."""
    values: dict[str, Any] = json.loads(playbook_out(playbook))
    return values
