"""What a local run's log tells of the calls that a function makes."""

from typing import Any

import boto3
import pytest
from moto import mock_aws
from textback.adapters.calls import Ask, asks, record

from tests.support.aws import REGION, new_table

PHONE = "+14255550123"


def key(pk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": f"turn#{PHONE}"}}


def query(pk: str, **more: str) -> dict[str, Any]:
    return {
        "TableName": "t",
        "KeyConditionExpression": "paced_key = :key AND paced_at BETWEEN :after AND :until",
        "ExpressionAttributeValues": {":after": {"S": "x"}, ":key": {"S": pk}},
    } | more


@pytest.mark.parametrize(
    ("service", "operation", "params", "expected"),
    [
        (
            "dynamodb",
            "GetItem",
            {"TableName": "t", "Key": key("c#1")},
            [("dynamodb:GetItem", "t", "c#*")],
        ),
        (
            "dynamodb",
            "PutItem",
            {"TableName": "t", "Item": key(f"pacing#{PHONE}")},
            [("dynamodb:PutItem", "t", "pacing#*")],
        ),
        (
            "dynamodb",
            "UpdateItem",
            {"TableName": "t", "Key": key("lines")},
            [("dynamodb:UpdateItem", "t", "lines")],
        ),
        (
            "dynamodb",
            "TransactWriteItems",
            {
                "TransactItems": [
                    {"Put": {"TableName": "t", "Item": key("c#1")}},
                    {"ConditionCheck": {"TableName": "t", "Key": key(f"a#{PHONE}#9")}},
                ]
            },
            [("dynamodb:PutItem", "t", "c#*"), ("dynamodb:ConditionCheckItem", "t", "a#*")],
        ),
        (
            "dynamodb",
            "BatchGetItem",
            {"RequestItems": {"t": {"Keys": [key("c#1"), key("lines")]}}},
            [("dynamodb:BatchGetItem", "t", "c#*"), ("dynamodb:BatchGetItem", "t", "lines")],
        ),
        ("dynamodb", "Query", query("lines"), [("dynamodb:Query", "t", "lines")]),
        (
            "dynamodb",
            "Query",
            query(f"{PHONE}#0", IndexName="due_paced"),
            [("dynamodb:Query", "t/index/due_paced", "*")],
        ),
        ("dynamodb", "Scan", {"TableName": "t"}, [("dynamodb:Scan", "", "")]),
        (
            "sqs",
            "SendMessageBatch",
            {"QueueUrl": "http://127.0.0.1:1/000000000000/wake", "Entries": []},
            [("sqs:SendMessage", "wake", "")],
        ),
        (
            "events",
            "PutEvents",
            {"Entries": [{"EventBusName": "b"}]},
            [("events:PutEvents", "b", "")],
        ),
        (
            "sms-voice",
            "SendTextMessage",
            {
                "OriginationIdentity": PHONE,
                "DestinationPhoneNumber": PHONE,
                "ConfigurationSetName": "s",
            },
            [
                ("sms-voice:SendTextMessage", "phone-number/*", ""),
                ("sms-voice:SendTextMessage", "configuration-set/s", ""),
            ],
        ),
        (
            "sms-voice",
            "SendTextMessage",
            {"OriginationIdentity": "pool-1"},
            [("sms-voice:SendTextMessage", "pool/*", "")],
        ),
        (
            "sms-voice",
            "PutOptedOutNumber",
            {"OptOutListName": "l", "OptedOutNumber": PHONE},
            [("sms-voice:PutOptedOutNumber", "opt-out-list/l", "")],
        ),
        ("s3", "GetObject", {"Bucket": "b"}, [("s3:GetObject", "", "")]),
    ],
)
def test_a_call_asks_for_its_parts_and_tells_no_phone(
    service: str, operation: str, params: dict[str, Any], expected: list[Ask]
) -> None:
    asked = list(asks(service, operation, params))
    assert asked == expected
    assert PHONE not in str(asked)


@mock_aws
def test_each_kind_of_call_is_told_once() -> None:
    told: list[Ask] = []
    session = boto3.Session("test", "test", region_name=REGION)
    record(session, told.append)
    client = session.client("dynamodb")
    table = new_table(client)
    told.clear()
    for pk in ("c#1", "c#2", "lines", "c#3"):
        client.get_item(TableName=table, Key=key(pk))
    assert told == [("dynamodb:GetItem", table, "c#*"), ("dynamodb:GetItem", table, "lines")]
