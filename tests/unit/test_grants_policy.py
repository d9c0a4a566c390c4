"""The policy evaluator against what IAM's guide says of each word that the template uses."""

from typing import Any

import pytest

from grants.policy import Call, NotUnderstood, allowing, grants, like

TABLE = "arn:aws:dynamodb:us-east-1:111122223333:table/Table"
TOPIC = "arn:aws:sns:us-east-1:111122223333:Topic"


def policy(**changes: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": TABLE} | changes
    return {"Version": "2012-10-17", "Statement": [statement]}


def is_allowed(call: Call, document: dict[str, Any], principal: str = "Role") -> bool:
    return bool(allowing(call, grants(document, "here", principal)))


def asked(
    action: str = "dynamodb:GetItem", resource: str = TABLE, principal: str = "Role", **context: str
) -> Call:
    found = {(key.replace("__", ":"), value) for key, value in context.items()}
    return Call(principal, action, resource, frozenset(found))


@pytest.mark.parametrize(
    ("call", "allowed"),
    [
        (asked(), True),
        (asked("dynamodb:getitem"), True),  # actions know no case
        (asked("dynamodb:PutItem"), False),
        (asked(resource=f"{TABLE}/index/due_now"), False),
        (asked(resource=TABLE.replace("Table", "table")), False),  # resources do
        (asked(principal="Another"), False),
    ],
)
def test_action_resource_and_principal_have_to_match(call: Call, *, allowed: bool) -> None:
    assert is_allowed(call, policy()) == allowed


@pytest.mark.parametrize(
    ("value", "pattern", "matches"),
    [
        ("c#1", "c#*", True),
        ("c#", "c#*", True),
        ("ac#1", "c#*", False),
        ("lines", "line?", True),
        ("line", "line?", False),
        ("[a]", "[a]", True),  # no other character is special
        ("a", "[a]", False),
        ("a.b", "a.b", True),
        ("axb", "a.b", False),
        ("a/b/c", "a/*", True),  # a wildcard reaches over slashes
    ],
)
def test_wildcards(value: str, pattern: str, *, matches: bool) -> None:
    assert like(value, pattern) == matches


@pytest.mark.parametrize(
    ("keys", "allowed"),
    [
        ({"dynamodb__LeadingKeys": "c#*"}, True),
        ({"dynamodb__LeadingKeys": "lines"}, True),
        ({"dynamodb__LeadingKeys": "lines2"}, False),
        ({"dynamodb__LeadingKeys": "a#*"}, False),
        ({"dynamodb__LeadingKeys": "*"}, False),  # an index's key, of no kind
        ({}, True),  # "for all values" of none: why no role may scan
    ],
)
def test_leading_keys(keys: dict[str, str], *, allowed: bool) -> None:
    written = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["c#*", "lines"]}}
    assert is_allowed(asked(**keys), policy(Condition=written)) == allowed


@pytest.mark.parametrize(
    ("keys", "allowed"),
    [
        ({"kms__ViaService": "sqs.us-east-1.amazonaws.com"}, True),
        ({"kms__ViaService": "s3.us-east-1.amazonaws.com"}, False),
        ({}, False),
    ],
)
def test_a_condition_on_a_key_that_is_not_there_does_not_hold(
    keys: dict[str, str], *, allowed: bool
) -> None:
    written = {"StringEquals": {"kms:ViaService": ["sqs.us-east-1.amazonaws.com", "x"]}}
    assert is_allowed(asked(**keys), policy(Condition=written)) == allowed


def test_all_conditions_have_to_hold() -> None:
    document = policy(
        Action="sqs:SendMessage",
        Principal={"Service": ["sns.amazonaws.com", "events.amazonaws.com"]},
        Condition={
            "StringEquals": {"aws:SourceAccount": "111122223333"},
            "ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:T*"},
        },
    )

    def may(principal: str, **context: str) -> bool:
        return is_allowed(asked("sqs:SendMessage", TABLE, principal, **context), document, "")

    both = {"aws__SourceAccount": "111122223333", "aws__SourceArn": TOPIC}
    assert may("sns.amazonaws.com", **both)
    assert may("events.amazonaws.com", **both)
    assert not may("s3.amazonaws.com", **both)
    assert not may("sns.amazonaws.com", aws__SourceArn=TOPIC)
    assert not may("sns.amazonaws.com", **both | {"aws__SourceAccount": "444455556666"})


def test_a_wildcard_does_not_reach_over_the_colons_of_an_arn() -> None:
    written = {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:Topic"}}
    assert not is_allowed(asked(aws__SourceArn=TOPIC), policy(Condition=written))


@pytest.mark.parametrize(
    ("changes", "principal"),
    [
        ({"Effect": "Deny"}, "Role"),
        ({"NotAction": "dynamodb:Scan"}, "Role"),
        ({"Condition": {"StringLike": {"aws:SourceArn": "x"}}}, "Role"),
        ({"Condition": {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": "x"}}}, "Role"),
        ({"Principal": {"Federated": "x"}}, ""),
        ({"Principal": {"Service": "sns.amazonaws.com"}}, "Role"),
        ({}, ""),
    ],
)
def test_what_is_not_understood_is_an_error(changes: dict[str, Any], principal: str) -> None:
    with pytest.raises(NotUnderstood):
        list(grants(policy(**changes), "here", principal))


def test_a_statement_comes_apart_into_single_grants() -> None:
    document = policy(
        Action=["dynamodb:GetItem", "dynamodb:Query"],
        Resource=[TABLE, f"{TABLE}/index/by_seq"],
        Condition={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["c#*", "lines"]}},
    )
    assert len(list(grants(document, "here", "Role"))) == 8
