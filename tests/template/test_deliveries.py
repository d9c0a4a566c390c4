"""What other AWS services bring to this stack gets in, and what is not for it stays out: topic,
queue and key policies, judged as IAM judges them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from grants.policy import Call, Grant, allowing, grants
from grants.report import Report, told
from grants.template import ACCOUNT, REGION, Deployed

CARRIER, BUS = "sms-voice.amazonaws.com", "events.amazonaws.com"
TOPICS, ALARMS = "sns.amazonaws.com", "cloudwatch.amazonaws.com"
LOGS = f"logs.{REGION}.amazonaws.com"
STRANGER = "444455556666"
HELD = f"arn:aws:sms-voice:{REGION}:{ACCOUNT}:phone-number/held"
SENDING = "kms:GenerateDataKey", "kms:Decrypt"  # SQS's and SNS's guides, of a sender


@pytest.fixture(scope="module", params=[{"NewNumber": "LONG_CODE"}, {"HeldNumbers": HELD}])
def deployed(request: pytest.FixtureRequest) -> Deployed:
    return Deployed.on_aws(**request.param)


@pytest.fixture(scope="module")
def given(deployed: Deployed) -> list[Grant]:
    """All that the policies of topics, queues and the key let be done."""
    policies = deployed.resources("AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy")
    (key,) = deployed.resources("AWS::KMS::Key").values()
    found = [g for name, p in policies.items() for g in grants(p["PolicyDocument"], name)]
    return found + [
        replace(grant, resource=deployed.arn("Key")) for grant in grants(key["KeyPolicy"], "Key")
    ]


def test_all_that_is_delivered_gets_in(deployed: Deployed, given: list[Grant]) -> None:
    calls = list(deliveries(deployed))
    assert {call.principal for call in calls} == {CARRIER, BUS, TOPICS, ALARMS, LOGS}
    assert [(c.principal, told(c)) for c in calls if not allowing(c, given)] == []


def test_nothing_is_let_in_that_is_not_delivered(deployed: Deployed, given: list[Grant]) -> None:
    used = {grant for call in deliveries(deployed) for grant in allowing(call, given)}
    (governing,) = {grant for grant in given if grant.action == "kms:*"}
    of_logs = {grant for grant in given if grant.principal == LOGS}  # the five of its guide
    assert {f"{g.principal} {told(g)}" for g in given if g not in used | of_logs | {governing}} == (
        set()
    )
    assert governing.principal == f"arn:aws:iam::{ACCOUNT}:root"


def test_another_account_and_another_source_stay_out(
    deployed: Deployed, given: list[Grant]
) -> None:
    """But for the bus at the key, which EventBridge tells of no source: its queue's policy does."""
    for call in deliveries(deployed):
        if call.context:
            foreign = {(key, value.replace(ACCOUNT, STRANGER)) for key, value in call.context}
            assert not allowing(replace(call, context=frozenset(foreign)), given), told(call)
            assert not allowing(replace(call, context=frozenset()), given), told(call)
            assert not allowing(replace(call, principal="s3.amazonaws.com"), given), told(call)
    at_a_queue = [c for c in deliveries(deployed) if c.action == "sqs:SendMessage"]
    for call in at_a_queue:
        beside = {(key, f"{value}-2") for key, value in call.context}
        assert not allowing(replace(call, context=frozenset(beside)), given), told(call)


def test_what_aws_does_in_the_functions_names_is_allowed(deployed: Deployed) -> None:
    report = Report.of([], deployed)
    assert report.derived
    assert [(call.principal, told(call)) for call in report.denied] == []


def test_no_role_is_made_that_is_not_written(deployed: Deployed) -> None:
    written = {f"{name.removesuffix('Function')}Role" for name in functions(deployed)}
    assert set(deployed.resources("AWS::IAM::Role")) == written | {"ScheduleRole"}
    assert all(deployed.role_of(name) == f"{name[:-8]}Role" for name in functions(deployed))


def functions(deployed: Deployed) -> list[str]:
    return list(deployed.resources("AWS::Lambda::Function"))


def deliveries(deployed: Deployed) -> Iterator[Call]:
    """What each service does for this stack, drawn from its resources, and what it asks of the
    key: everything it is brought to is encrypted."""
    account = ("aws:SourceAccount", ACCOUNT)
    for source, topic in from_the_carrier(deployed):
        context = {account, ("aws:SourceArn", source)}
        yield Call(CARRIER, "sns:Publish", topic, frozenset(context))
        yield from at_the_key(CARRIER, deployed, context)
    for subscription in deployed.resources("AWS::SNS::Subscription").values():
        for queue in subscription["Endpoint"], subscription["RedrivePolicy"]["deadLetterTargetArn"]:
            source = ("aws:SourceArn", subscription["TopicArn"])
            yield Call(TOPICS, "sqs:SendMessage", queue, frozenset({source}))
        yield from at_the_key(TOPICS, deployed, {account})
    for name, rule in deployed.resources("AWS::Events::Rule").items():
        for target in rule["Targets"]:
            for queue in target["Arn"], target["DeadLetterConfig"]["Arn"]:
                source = ("aws:SourceArn", deployed.arn(name))
                yield Call(BUS, "sqs:SendMessage", queue, frozenset({source}))
        yield from at_the_key(BUS, deployed, set())
    if deployed.resources("AWS::CloudWatch::Alarm"):
        yield from at_the_key(ALARMS, deployed, {account})
    for name in deployed.resources("AWS::Logs::LogGroup"):
        group = deployed.arn(name).removesuffix(":*")
        yield from at_the_key(LOGS, deployed, {("kms:EncryptionContext:aws:logs:arn", group)})


def from_the_carrier(deployed: Deployed) -> Iterator[tuple[str, str]]:
    """Its numbers and pools, each to the topic of its texts; its sets to that of their receipts."""
    for name, number in deployed.resources("AWS::SMSVOICE::PhoneNumber").items():
        yield deployed.arn(name), number["TwoWay"]["ChannelArn"]
    for name, pool in deployed.resources("AWS::SMSVOICE::Pool").items():
        yield deployed.arn(name), pool["TwoWay"]["ChannelArn"]
    for name, configuration in deployed.resources("AWS::SMSVOICE::ConfigurationSet").items():
        for destination in configuration["EventDestinations"]:
            yield deployed.arn(name), destination["SnsDestination"]["TopicArn"]


def at_the_key(who: str, deployed: Deployed, context: set[tuple[str, str]]) -> Iterator[Call]:
    for action in SENDING:
        yield Call(who, action, deployed.arn("Key"), frozenset(context))
