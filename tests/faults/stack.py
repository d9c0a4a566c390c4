"""What template.yaml says of the stack: its table, queues, rule and event sources, and what each
function is told."""

import json
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any

from textback.adapters.memory import MemoryClock
from textback.domain.playbook import Playbook
from textback.playbooks import load
from textback.settings import Settings

from tests.faults.queues import Queue, url_of
from tests.faults.sources import QueueSource, StreamSource
from tests.faults.table import Index, Table
from tests.support.samples import SALT
from tests.template.cloudformation import ROOT, Template, target
from tests.template.cloudformation import load as load_template

TEMPLATE = Template(load_template())


@cache
def module_of(name: str) -> ModuleType:
    """A function's module of our own: Lambda calls it `app` and has one in each process."""
    spec = spec_from_file_location(f"{name}_under_faults", ROOT / f"functions/{name}/app.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def settings_of(function: str) -> Settings:
    """What the template tells this function, with a real carrier."""
    resource = next(n for n, p in TEMPLATE.functions.items() if _name(p) == function)
    shared = TEMPLATE.body["Globals"]["Function"]["Environment"]["Variables"]
    own = TEMPLATE.functions[resource].get("Environment", {}).get("Variables", {})
    variables = {name: _value(value) for name, value in (shared | own).items()}
    return Settings.of(variables)


@cache
def shipped_playbook() -> Playbook:
    return load()


def _value(value: Any) -> str:
    chosen = {"ConversationSalt": SALT, "RegionOfPhones": "US", "LocalClock": "false"}
    match value:
        case {"Fn::If": ["HasCarrier", yes, _]}:
            return _value(yes)
        case {"Fn::If": _}:
            return ""
        case {"Ref": name} if name in TEMPLATE.queues:
            return url_of(_queue_name(name))
        case {"Ref": name}:
            return chosen.get(name, "" if name in TEMPLATE.body["Parameters"] else name)
        case _:
            return str(value)


def new_table() -> Table:
    ((name, shape),) = TEMPLATE.of("AWS::DynamoDB::Table").items()
    indexes = {}
    for index in shape["LocalSecondaryIndexes"] + shape["GlobalSecondaryIndexes"]:
        hash_, range_ = (key["AttributeName"] for key in index["KeySchema"])
        more = frozenset(index["Projection"].get("NonKeyAttributes", []))
        indexes[index["IndexName"]] = Index(hash_, range_, more)
    return Table(name, indexes)


def _queue_name(resource: str) -> str:
    return resource + (".fifo" if TEMPLATE.queues[resource].get("FifoQueue") else "")


def new_queues(clock: MemoryClock) -> dict[str, Queue]:
    queues = {
        resource: Queue(
            _queue_name(resource),
            clock,
            visibility=timedelta(seconds=properties.get("VisibilityTimeout", 30)),
            fifo=properties.get("FifoQueue", False),
            by_content=properties.get("ContentBasedDeduplication", False),
        )
        for resource, properties in TEMPLATE.queues.items()
    }
    for resource, properties in TEMPLATE.queues.items():
        if redrive := properties.get("RedrivePolicy"):
            queues[resource].receives = redrive["maxReceiveCount"]
            queues[resource].dead_letters = queues[target(redrive["deadLetterTargetArn"])]
    return queues


def requests_rule() -> dict[str, Any]:
    (rule,) = TEMPLATE.of("AWS::Events::Rule").values()
    pattern: dict[str, Any] = rule["EventPattern"]
    return pattern


def new_sources(
    queues: dict[str, Queue], table: Table, clock: MemoryClock
) -> Iterable[QueueSource | StreamSource]:
    for event in TEMPLATE.events:
        function, properties = _name(TEMPLATE.functions[event.function]), event.properties
        if event.type == "SQS":
            yield QueueSource(
                function, queues[target(properties["Queue"])], properties["BatchSize"]
            )
        elif event.type == "DynamoDB":
            (pattern,) = properties["FilterCriteria"]["Filters"]
            yield StreamSource(
                function,
                table,
                clock,
                json.loads(pattern["Pattern"]),
                properties["BatchSize"],
                properties["MaximumRetryAttempts"],
                queues[target(properties["DestinationConfig"]["OnFailure"]["Destination"])],
            )


def _name(function: dict[str, Any]) -> str:
    return str(function["CodeUri"]).strip("/").rpartition("/")[2]
