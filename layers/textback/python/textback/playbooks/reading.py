"""A playbook read from YAML: strictly, and with the line of every fault."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import yaml
from pydantic import ValidationError

from textback.domain.hours import DAY
from textback.domain.playbook import ON_BOOKING, Late, Playbook
from textback.playbooks.faults import Fault, FaultyPlaybook, Path, dotted, meant
from textback.playbooks.model import NO_TIME, PlaybookIn, StepIn
from textback.playbooks.telling import Finding, findings
from textback.playbooks.templates import faulty_forms
from textback.stored import playbook_from


class _Loader(yaml.SafeLoader):
    """Refuses a setting that stands twice, of which YAML would take the last, and leaves alone what
    only looks like a number or a date."""

    def as_written(self, node: yaml.ScalarNode) -> Any:
        """Its value, but 18:00 is no number of base sixty, and 2026-02-30 is no date."""
        tag = node.tag.rpartition(":")[2]
        if ":" in node.value and tag != "timestamp":
            return node.value
        try:
            return getattr(self, f"construct_yaml_{tag}")(node)
        except ValueError:
            return node.value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML's own
        seen: set[str] = set()
        for key in (k for k, _ in node.value if isinstance(k, yaml.ScalarNode)):
            if key.value in seen:
                problem = f"{key.value} stands here twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


for _tag in ("int", "float", "timestamp"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _Loader.as_written)


def read(text: str, source: str) -> Playbook:
    """The playbook that a YAML file holds; `source` names the file. Raises FaultyPlaybook."""
    tree, settings = _parsed(text, source)
    try:
        given = PlaybookIn.model_validate(settings)
    except ValidationError as error:
        raise _faulty(source, tree, findings(error)) from None
    if found := list(_across(given)):
        raise _faulty(source, tree, found)
    settings = given.model_dump()
    settings["hours"] = {"week": settings["hours"], "dates": settings.pop("hours_on")}
    return playbook_from(settings)


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
        yield from _of_a_step(step, ("cadence", n), given.cadence[:n])
        yield from _of_its_texts(step, ("cadence", n), given)
    if given.on_booking:
        yield from _text(given.on_booking, ("on_booking",), given)
    for language, wording in given.wordings.items():
        for name, template in wording.texts.model_dump().items():
            for says in faulty_forms(template, language):
                yield ("wordings", language, "texts", name), says
    if given.consent_days < given.journal_days:
        yield ("consent_days",), "should be no less than journal_days: it is the proof of it"


def _of_a_step(step: StepIn, path: Path, others: Sequence[StepIn]) -> Iterator[Finding]:
    if (step.before is None) == (step.after is None):
        yield path, "should have before or after, and only one of them"
    if step.at is None and step.before == NO_TIME:
        says = "should be at least 1 minute, unless `at` names the time of that day"
        yield (*path, "before"), says
    if step.at is not None and (step.before or step.after or NO_TIME) % DAY:
        yield (*path, "at"), "is a time of a day, so before or after it are whole days"
    if step.name == ON_BOOKING:
        yield (*path, "name"), "is the name of the step that on_booking is: choose another"
    if step.case and "text" in step.model_fields_set:
        yield (*path, "text"), "is not sent: a step opens a case or sends a text"
    for other in others:
        if other.name == step.name:
            yield (*path, "name"), "is the name of two steps: give each its own"
        if not (step.case or other.case) and _when(step) == _when(other):
            says = f"is when {other.name} goes out too, and one of them would be dropped"
            yield (*path, "before" if step.before is not None else "after"), says


def _when(step: StepIn) -> tuple[object, ...]:
    return step.before, step.after, step.at


def _of_its_texts(step: StepIn, path: Path, given: PlaybookIn) -> Iterator[Finding]:
    if step.case:
        return
    yield from _text(step.text, (*path, "text"), given)
    if step.late is Late.SHORTEN:
        yield from _text(step.late_text, (*path, "late_text"), given)


def _text(name: str, path: Path, given: PlaybookIn) -> Iterator[Finding]:
    for language, wording in given.wordings.items():
        if name not in (reminders := wording.texts.model_extra):
            yield path, f"is no text of wordings.{language}{meant(name, reminders)}"


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
