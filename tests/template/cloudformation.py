"""template.yaml as data, and the little of CloudFormation that the house rules need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
PATH = ROOT / "template.yaml"

type Json = Any
type Properties = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """Reads `!Ref x` as `{"Ref": x}`, `!GetAtt a.b` as `{"Fn::GetAtt": ["a", "b"]}`, and so on."""


def _short_form(loader: yaml.SafeLoader, name: str, node: yaml.Node) -> Json:
    value: Json
    if isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    elif isinstance(node, yaml.MappingNode):
        value = loader.construct_mapping(node, deep=True)
    else:
        assert isinstance(node, yaml.ScalarNode)
        value = loader.construct_scalar(node)
    if name in {"Ref", "Condition"}:
        return {name: value}
    if name == "GetAtt" and isinstance(value, str):
        return {"Fn::GetAtt": value.split(".", 1)}
    return {f"Fn::{name}": value}


_Loader.add_multi_constructor("!", _short_form)


def load(path: Path = PATH) -> Properties:
    """Read a template with its short forms spelt out."""
    body: Properties = yaml.load(path.read_text(), _Loader)  # noqa: S506 - a SafeLoader, with tags
    return body


def target(value: Json) -> str:
    """Say which resource a `Ref` or `GetAtt` is about; empty when it is neither."""
    match value:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]}:
            return name
        case _:
            return ""


def strings(value: Json) -> Iterator[str]:
    """Give every string within, at any depth."""
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from strings(inner)
        case list():
            for inner in value:
                yield from strings(inner)
        case _:
            pass


def listed(value: Json) -> list[Json]:
    """Give what IAM lets stand alone or in a list as a list."""
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True, slots=True)
class Mapped:
    """An event of a function: what starts it."""

    function: str
    name: str
    type: str
    properties: Properties


@dataclass(frozen=True, slots=True)
class Template:
    body: Properties

    @property
    def resources(self) -> dict[str, Properties]:
        resources: dict[str, Properties] = self.body["Resources"]
        return resources

    def of(self, type_: str) -> dict[str, Properties]:
        """Give the properties of each resource of a type, by its name."""
        return {
            name: resource.get("Properties", {})
            for name, resource in self.resources.items()
            if resource["Type"] == type_
        }

    @property
    def queues(self) -> dict[str, Properties]:
        return self.of("AWS::SQS::Queue")

    @property
    def functions(self) -> dict[str, Properties]:
        """Give each function, with what it shares with all of them."""
        shared = self.body["Globals"]["Function"]
        return {n: shared | own for n, own in self.of("AWS::Serverless::Function").items()}

    @property
    def events(self) -> list[Mapped]:
        return [
            Mapped(function, name, event["Type"], event["Properties"])
            for function, properties in self.functions.items()
            for name, event in properties.get("Events", {}).items()
        ]

    def statements(self) -> Iterator[tuple[str, Properties]]:
        """Give every statement of every policy, with the resource that it is written at."""
        for name, resource in self.resources.items():
            yield from ((name, statement) for statement in _statements(resource.get("Properties")))

    def holds(self, condition: str, parameters: Mapping[str, str]) -> bool:
        """Say whether a condition holds when these parameters are given and no others."""
        given = {
            name: parameter["Default"]
            for name, parameter in self.body["Parameters"].items()
            if "Default" in parameter
        } | dict(parameters)
        return bool(self._value({"Condition": condition}, given))

    def refused(self, parameters: Mapping[str, str]) -> list[str]:
        """Give the rules by which a deployment with these parameters is refused."""
        given = {n: p.get("Default", "") for n, p in self.body["Parameters"].items()} | dict(
            parameters
        )
        return [
            name
            for name, rule in self.body["Rules"].items()
            if self._value(rule.get("RuleCondition", True), given)
            and not all(self._value(a["Assert"], given) for a in rule["Assertions"])
        ]

    def _value(self, expression: Json, given: Mapping[str, str]) -> Json:
        match expression:
            case {"Ref": name}:
                return given[name]
            case {"Condition": name}:
                return self._value(self.body["Conditions"][name], given)
            case {"Fn::Equals": [left, right]}:
                return self._value(left, given) == self._value(right, given)
            case {"Fn::Not": [inner]}:
                return not self._value(inner, given)
            case {"Fn::And": inner}:
                return all(self._value(one, given) for one in inner)
            case {"Fn::Or": inner}:
                return any(self._value(one, given) for one in inner)
            case _:
                return expression


def _statements(value: Json) -> Iterator[Properties]:
    match value:
        case {"Effect": _}:
            yield value
        case Mapping():
            for inner in value.values():
                yield from _statements(inner)
        case list():
            for inner in value:
                yield from _statements(inner)
        case _:
            pass
