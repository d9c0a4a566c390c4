"""What the functions of a local run asked of IAM, read from their logs."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import boto3

from grants.policy import Call
from grants.template import ACCOUNT, PARTITION, REGION, Deployed

WORD = "asks"  # what such a log line says, see textback/adapters/calls.py
_NAMED = {
    "AWS::DynamoDB::Table": "table/",
    "AWS::Events::EventBus": "event-bus/",
    "AWS::SQS::Queue": "",
}


def calls(stack: Mapping[str, Any], name: str, deployed: Deployed) -> set[Call]:
    """Each kind of call that a function made, told of the deployment on AWS. `stack` is what
    `stack.json` says of the local run, `name` the stack's."""
    made = _client(stack, "cloudformation").describe_stack_resources(StackName=name)
    names = {
        each["PhysicalResourceId"].rpartition("/")[2]: _NAMED[each["ResourceType"]]
        + each["LogicalResourceId"]
        for each in made["StackResources"]
        if each["ResourceType"] in _NAMED
    }
    groups = {
        each["LogicalResourceId"]: each["PhysicalResourceId"]
        for each in made["StackResources"]
        if each["ResourceType"] == "AWS::Logs::LogGroup"
    }
    logs = _client(stack, "logs")
    return {
        call(deployed.role_of(function), line, names)
        for function, properties in deployed.resources("AWS::Lambda::Function").items()
        for line in _lines(logs, groups[properties["LoggingConfig"]["LogGroup"]])
    }


def call(role: str, line: Mapping[str, str], names: Mapping[str, str]) -> Call:
    """One line of a log as IAM is asked on AWS; `names` gives the template's own."""
    service = line["action"].partition(":")[0]
    physical, *within = line["resource"].split("/", 1)
    resource = "/".join([names.get(physical, physical), *within])
    key = {("dynamodb:LeadingKeys", line["key"])} if line["key"] else set()
    arn = f"arn:{PARTITION}:{service}:{REGION}:{ACCOUNT}:{resource}"
    return Call(role, line["action"], arn, frozenset(key))


def _lines(logs: Any, group: str) -> Iterator[dict[str, str]]:
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group):
        for event in page["events"]:
            for written in event["message"].splitlines():
                if f'"message":"{WORD}"' in written:
                    yield json.loads(written)


def _client(stack: Mapping[str, Any], service: str) -> Any:
    return boto3.client(
        service,
        endpoint_url=stack["endpoint_url"],
        region_name=stack["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the local engine's own
    )
