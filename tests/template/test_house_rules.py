"""The template keeps the house rules, and each rule is able to find a fault."""

from copy import deepcopy
from typing import Any

import pytest

from tests.template import house_rules as rules
from tests.template.cloudformation import Properties, Template, load

GONE = object()
FROM_ANYBODY = {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": {"Ref": "Key"}}
FROM_ANYBODY["Principal"] = {"Service": "sns.amazonaws.com"}


@pytest.fixture(scope="module")
def body() -> Properties:
    return load()


@pytest.mark.parametrize("rule", rules.RULES)
def test_the_template_keeps_the_rule(rule: rules.Rule, body: Properties) -> None:
    assert list(rule(Template(body))) == []


# What is changed in the template (at a path in Resources, to what), and who is found at fault.
FAULTS: list[tuple[rules.Rule, str, Any, str]] = [
    (rules.queues_have_dead_letters, "WakeQueue.Properties.RedrivePolicy", GONE, "WakeQueue"),
    (
        rules.queues_have_dead_letters,
        "WakeQueue.Properties.RedrivePolicy.maxReceiveCount",
        3,
        "WakeQueue",
    ),
    (
        rules.queues_have_dead_letters,
        "ActionsQueue.Properties.RedrivePolicy.deadLetterTargetArn",
        {"Fn::GetAtt": ["WakeDeadLetters", "Arn"]},
        "ActionsQueue",
    ),
    (
        rules.queues_have_dead_letters,
        "PerformDeadLetters.Properties.MessageRetentionPeriod",
        GONE,
        "PerformDeadLetters",
    ),
    (rules.all_at_rest_is_encrypted, "WakeQueue.Properties.KmsMasterKeyId", GONE, "WakeQueue"),
    (rules.all_at_rest_is_encrypted, "Table.Properties.SSESpecification", GONE, "Table"),
    (
        rules.all_at_rest_is_encrypted,
        "InboundTopic.Properties.KmsMasterKeyId",
        GONE,
        "InboundTopic",
    ),
    (
        rules.messages_stay_hidden_long_enough,
        "InboundFunction.Properties.Timeout",
        31,
        "InboundQueue",
    ),
    (
        rules.messages_stay_hidden_long_enough,
        "WakeQueue.Properties.VisibilityTimeout",
        GONE,
        "WakeQueue",
    ),
    (
        rules.a_batch_of_pointers_ends_in_time,
        "WakeFunction.Properties.Events.Pointers.Properties.BatchSize",
        10,
        "WakeFunction.Pointers",
    ),
    (
        rules.one_bad_record_fails_alone,
        "PerformFunction.Properties.Events.Journal.Properties.FunctionResponseTypes",
        GONE,
        "PerformFunction.Journal",
    ),
    (
        rules.one_bad_record_fails_alone,
        "InboundFunction.Properties.Events.Texts.Properties.ScalingConfig",
        GONE,
        "InboundFunction.Texts",
    ),
    (
        rules.the_stream_keeps_order,
        "PerformFunction.Properties.Events.Journal.Properties.ParallelizationFactor",
        10,
        "PerformFunction.Journal",
    ),
    (
        rules.the_stream_keeps_order,
        "PerformFunction.Properties.Events.Journal.Properties.MaximumRetryAttempts",
        -1,
        "PerformFunction.Journal",
    ),
    (
        rules.deliveries_have_dead_letters,
        "InboundSubscription.Properties.RedrivePolicy",
        GONE,
        "InboundSubscription",
    ),
    (rules.deliveries_have_dead_letters, "RequestsDeadLettersPolicy", GONE, "RequestsDeadLetters"),
    (
        rules.deliveries_have_dead_letters,
        "InboundQueuePolicy.Properties.PolicyDocument.Statement.0.Condition.ArnEquals",
        {"aws:SourceArn": {"Ref": "ReceiptsTopic"}},
        "InboundQueue",
    ),
    (
        rules.deliveries_have_dead_letters,
        "FanOutFunction.Properties.Events.EveryMinute.Properties.DeadLetterConfig",
        GONE,
        "FanOutFunction.EveryMinute",
    ),
    (
        rules.deliveries_have_dead_letters,
        "PerformFunction.Properties.Events.Journal.Properties.DestinationConfig",
        GONE,
        "PerformFunction.Journal",
    ),
    (
        rules.schedules_do_not_pile_up,
        "FanOutFunction.Properties.Events.EveryMinute.Properties.OmitName",
        GONE,
        "FanOutFunction.EveryMinute",
    ),
    (
        rules.schedules_do_not_pile_up,
        "FanOutFunction.Properties.EventInvokeConfig",
        GONE,
        "FanOutFunction.EveryMinute",
    ),
    (rules.data_outlives_the_stack, "Table.DeletionPolicy", "Delete", "Table"),
    (rules.data_outlives_the_stack, "Key.UpdateReplacePolicy", GONE, "Key"),
    (
        rules.data_outlives_the_stack,
        "Table.Properties.PointInTimeRecoverySpecification",
        GONE,
        "Table",
    ),
    (
        rules.functions_keep_their_own_logs,
        "WakeFunction.Properties.LoggingConfig.LogGroup",
        {"Ref": "LaterLogs"},
        "LaterFunction",
    ),
    (rules.functions_keep_their_own_logs, "WakeLogs.Properties.RetentionInDays", GONE, "Wake"),
    (rules.functions_have_their_own_role, "WakeFunction.Properties.Role", GONE, "WakeFunction"),
    (
        rules.rights_are_narrow,
        "WakeRole.Properties.Policies.0.PolicyDocument.Statement.0.Action",
        "sqs:*",
        "WakeRole",
    ),
    (
        rules.rights_are_narrow,
        "WakeRole.Properties.Policies.0.PolicyDocument.Statement.0.Resource",
        "*",
        "WakeRole",
    ),
    (
        rules.services_act_for_us_only,
        "InboundQueuePolicy.Properties.PolicyDocument.Statement",
        [FROM_ANYBODY],
        "InboundQueuePolicy",
    ),
    (rules.two_stacks_do_not_collide, "WakeQueue.Properties.QueueName", "wake", "WakeQueue"),
    (rules.two_stacks_do_not_collide, "EventBus.Properties.Name", "textback", "EventBus"),
    (
        rules.two_stacks_do_not_collide,
        "TextbackLayer.Properties.LayerName",
        "code",
        "TextbackLayer",
    ),
    (rules.a_simulator_needs_no_carrier, "OptOutList.Condition", GONE, "OptOutList"),
    (rules.a_simulator_needs_no_carrier, "PhoneNumber.Condition", "HasSimulator", "PhoneNumber"),
    (rules.opt_outs_are_ours, "Pool.Properties.SelfManagedOptOutsEnabled", False, "Pool"),
    (rules.opt_outs_are_ours, "PhoneNumber.Properties.TwoWay", GONE, "PhoneNumber"),
    (rules.trouble_raises_an_alarm, "WakeDeadLettersAlarm", GONE, "WakeDeadLetters"),
    (rules.trouble_raises_an_alarm, "PerformAgeAlarm", GONE, "PerformFunction"),
    (rules.trouble_raises_an_alarm, "FanOutSilentAlarm", GONE, "FanOutFunction"),
    (
        rules.trouble_raises_an_alarm,
        "InboundAgeAlarm.Properties.AlarmActions",
        [],
        "InboundAgeAlarm",
    ),
]


@pytest.mark.parametrize(
    ("rule", "path", "value", "who"),
    FAULTS,
    ids=[f"{rule.__name__}: {path}" for rule, path, _, _ in FAULTS],
)
def test_the_rule_finds_the_fault(
    rule: rules.Rule, path: str, value: Any, who: str, body: Properties
) -> None:
    faulty = deepcopy(body)
    _change(faulty["Resources"], path.split("."), value)

    assert any(fault.startswith(who) for fault in rule(Template(faulty)))


def test_every_rule_is_known_to_find_a_fault() -> None:
    assert {rule for rule, *_ in FAULTS} == set(rules.RULES)


def _change(within: Any, path: list[str], value: Any) -> None:
    *steps, last = [int(step) if step.isdigit() else step for step in path]
    for step in steps:
        within = within[step]
    if value is GONE:
        del within[last]
    else:
        within[last] = value
