"""What the template promises to the code, to the console and to other software."""

import json
import re
from dataclasses import fields
from fnmatch import fnmatch
from pathlib import Path

import pytest
from textback.adapters.dynamodb.items import TO_DO
from textback.adapters.queues import SOURCE
from textback.settings import PREFIX, Settings

from tests.template.cloudformation import PATH, ROOT, Template, listed, load, strings, target

ADAPTERS = ROOT / "layers/textback/python/textback/adapters"

# The published names, and the resource that each is about.
OUTPUTS = {
    "InboundTopicArn": "InboundTopic",
    "ReceiptsTopicArn": "ReceiptsTopic",
    "HandoffQueueUrl": "HandoffQueue",
    "ActionsQueueUrl": "ActionsQueue",
    "EventBusName": "EventBus",
    "TableName": "Table",
    "FanOutFunctionName": "FanOutFunction",
}
# What the code calls by one name and IAM by another.
AUTHORISED_AS = {
    "transact_write_items": "dynamodb:PutItem",  # a transaction is authorised by its parts
    "send_message_batch": "sqs:SendMessage",
}
SERVICES = {"dynamodb", "events", "sms-voice", "sqs"}
# What the mappings do on a function's behalf.
OF_THE_MAPPINGS = {
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
}


@pytest.fixture(scope="module")
def template() -> Template:
    return Template(load())


def test_the_published_outputs_are_there(template: Template) -> None:
    about = {name: target(output["Value"]) for name, output in template.body["Outputs"].items()}
    assert about.items() >= OUTPUTS.items()


def test_every_function_folder_is_deployed_once(template: Template) -> None:
    folders = sorted(f"functions/{app.parent.name}/" for app in ROOT.glob("functions/*/app.py"))
    assert sorted(function["CodeUri"] for function in template.functions.values()) == folders
    assert {function["Handler"] for function in template.functions.values()} == {"app.handler"}


def test_the_environment_is_what_the_settings_read(template: Template) -> None:
    given = {
        name
        for function in [template.body["Globals"]["Function"], *template.functions.values()]
        for name in function.get("Environment", {}).get("Variables", {})
        if name.startswith(PREFIX)
    }
    assert given == {PREFIX + field.name.upper() for field in fields(Settings)}


def test_a_queues_function_lays_down_bad_messages_where_the_queue_does(template: Template) -> None:
    for event in template.events:
        if event.type == "SQS":
            queue = template.queues[target(event.properties["Queue"])]
            own = template.of("AWS::Serverless::Function")[event.function]["Environment"]
            assert target(own["Variables"]["TEXTBACK_DEAD_LETTERS"]) == target(
                queue["RedrivePolicy"]["deadLetterTargetArn"]
            )


def test_the_stream_lets_through_what_the_table_flags(template: Template) -> None:
    (journal,) = [event for event in template.events if event.type == "DynamoDB"]
    (only,) = journal.properties["FilterCriteria"]["Filters"]
    assert json.loads(only["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"NewImage": {"todo": {"S": [TO_DO]}}},
    }


def test_our_own_events_do_not_come_back_to_us(template: Template) -> None:
    (rule,) = template.of("AWS::Events::Rule").values()
    assert rule["EventPattern"]["source"] == [{"anything-but": SOURCE}]


def test_the_adapters_may_do_what_they_do_and_no_more(template: Template) -> None:
    """Some function has the right to each call that the code makes, and none to any other."""
    granted = {
        action
        for where, statement in template.statements()
        if template.resources[where]["Type"].startswith("AWS::IAM::")
        for action in listed(statement["Action"])
        if action.partition(":")[0] in SERVICES
    }
    called = {call for path in ADAPTERS.rglob("*.py") for call in _calls(path)}
    named = {AUTHORISED_AS.get(call, _pascal(call)) for call in called}
    assert {action.partition(":")[2] for action in granted - OF_THE_MAPPINGS} == {
        name.rpartition(":")[2] for name in named
    }


def test_conversations_and_settings_are_written_by_those_who_own_them(template: Template) -> None:
    """No function writes a line's settings, and the fan-out touches no conversation."""
    for where, statement in template.statements():
        actions = set(listed(statement.get("Action", [])))
        if actions & {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}:
            keys = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
            assert "lines" not in keys
            assert "c#*" not in keys or where != "FanOutRole"


@pytest.mark.parametrize(
    ("parameters", "refused"),
    [
        ({}, []),
        ({"CarrierEndpointUrl": "http://localhost:1", "LocalClock": "true"}, []),
        ({"LocalClock": "true"}, ["LocalClockIsForASimulatorOnly"]),
        ({"NewNumber": "SIMULATOR", "HeldNumbers": "arn:1"}, ["OneWayToTheNumbers"]),
    ],
)
def test_a_dangerous_deployment_is_refused(
    parameters: dict[str, str], refused: list[str], template: Template
) -> None:
    assert template.refused(parameters) == refused


def test_the_salt_is_asked_for_and_kept_quiet(template: Template) -> None:
    salt = template.body["Parameters"]["ConversationSalt"]
    assert salt["NoEcho"] is True
    assert salt["MinLength"] >= 16
    assert "Default" not in salt


def test_sections_stand_in_the_order_that_the_top_announces() -> None:
    text = PATH.read_text()
    announced = re.search(r"under its banner:\n((?:#   .*\n)+)", text)
    assert announced is not None
    names = [name.strip(" \n#") for name in announced[1].replace("\n", "·").split("·")]
    banners = re.findall(r"^ *# ={10,} (.+)$", text, re.MULTILINE)
    assert banners == [name for name in names if name]


def _calls(path: Path) -> list[str]:
    return re.findall(r"\bclient\.(\w+)\(", path.read_text())


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def test_no_string_of_the_template_names_an_account_or_region(template: Template) -> None:
    fixed = re.compile(r"\b\d{12}\b|\b(us|eu|ap|ca|sa|me|af)-[a-z]+-\d\b")
    assert [s for s in strings(template.body) if fixed.search(s)] == []


def test_every_kind_of_key_may_be_read(template: Template) -> None:
    """What the code calls a key, and what the policies let be read by their leading keys."""
    readable = {
        pattern
        for _, statement in template.statements()
        if "dynamodb:GetItem" in listed(statement.get("Action", []))
        for pattern in statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
    }
    kinds = {
        kind
        for path in ADAPTERS.rglob("*.py")
        for kind in re.findall(r'"pk": (?:f|\{"S": )?"([^"{]+)', path.read_text())
    }
    assert {kind for kind in kinds if not any(fnmatch(kind, p) for p in readable)} == set()
    assert {"c#", "lines"} <= kinds
