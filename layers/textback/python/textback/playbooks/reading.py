"""A playbook read from YAML: strictly, and with the line of every fault."""

from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from pydantic import ValidationError

from textback.domain.playbook import Playbook
from textback.playbooks.faults import Fault, FaultyPlaybook, Path, dotted, meant
from textback.playbooks.model import PlaybookIn
from textback.playbooks.telling import Finding, findings
from textback.stored import playbook_from


class _Loader(yaml.SafeLoader):
    """Refuses a setting that stands twice, of which YAML would take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML's own
        seen: set[str] = set()
        for key in (k for k, _ in node.value if isinstance(k, yaml.ScalarNode)):
            if key.value in seen:
                problem = f"{key.value} stands here twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read(text: str, source: str) -> Playbook:
    """The playbook that a YAML file holds; `source` names the file. Raises FaultyPlaybook."""
    tree, settings = _parsed(text, source)
    try:
        given = PlaybookIn.model_validate(settings)
    except ValidationError as error:
        raise _faulty(source, tree, findings(error)) from None
    if found := list(_across(given)):
        raise _faulty(source, tree, found)
    return playbook_from(given.model_dump())


def _parsed(text: str, source: str) -> tuple[yaml.Node | None, Any]:
    try:
        loader = _Loader(text)
        tree = loader.get_single_node()
        settings = loader.construct_document(tree) if tree else None
    except yaml.YAMLError as error:
        raise FaultyPlaybook(source, [_not_yaml(error)]) from None
    except RecursionError:
        raise FaultyPlaybook(source, [Fault("", "is nested too deeply", 1)]) from None
    if not isinstance(settings, dict):
        raise FaultyPlaybook(source, [Fault("", "should hold settings, each as `name: value`", 1)])
    return tree, settings


def _not_yaml(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "holds a character that YAML may not hold"
    hint = "" if "twice" in problem else "; a text with : # { or } in it stands in quotes"
    return Fault("", f"{problem}{hint}", mark.line + 1 if mark else 1)


def _faulty(source: str, tree: yaml.Node | None, found: Iterable[Finding]) -> FaultyPlaybook:
    faults = [
        Fault(dotted(path), said, _line(tree, path))
        for path, says in found
        for said in says.splitlines()
    ]
    return FaultyPlaybook(source, sorted(faults, key=lambda fault: fault.line))


def _across(given: PlaybookIn) -> Iterator[Finding]:
    """What one setting asks of another."""
    for n, step in enumerate(given.cadence):
        for other in given.cadence[:n]:
            if other.name == step.name:
                yield ("cadence", n, "name"), "is the name of two steps: give each its own"
            if other.before == step.before:
                says = f"is when {other.name} goes out too, and one of them would be dropped"
                yield ("cadence", n, "before"), says
        for language, wording in given.wordings.items():
            if step.text not in (reminders := wording.texts.model_extra):
                says = f"is no text of wordings.{language}{meant(step.text, reminders)}"
                yield ("cadence", n, "text"), says
    if given.consent_days < given.journal_days:
        yield ("consent_days",), "should be no less than journal_days: it is the proof of it"


def _line(tree: yaml.Node | None, path: Path) -> int:
    """The line of the setting, or of the meant that is there."""
    line = 0
    for step in path:
        match tree:
            case yaml.MappingNode():
                pairs = ((k, v) for k, v in tree.value if k.value == str(step))
                key, tree = next(pairs, (None, None))
                line = key.start_mark.line if key else line
            case yaml.SequenceNode() if isinstance(step, int):
                tree = tree.value[step]
                line = tree.start_mark.line
    return line + 1
