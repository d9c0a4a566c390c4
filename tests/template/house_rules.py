"""What this house asks of its template. Each rule gives its faults, one sentence each."""

from collections.abc import Callable, Iterator

from textback.fan_out import AT_ONCE
from textback.requesting import CALLED_AT_ONCE

from tests.template.cloudformation import Json, Properties, Template, listed, strings, target

type Rule = Callable[[Template], Iterator[str]]

FORTNIGHT = 14 * 24 * 3600  # seconds: the longest that SQS keeps a message
FEWEST_RECEIVES = 5  # fewer, and a throttled batch lands among the dead letters (Lambda's guide)
VISIBILITY = 6  # times the function's time-out (Lambda's guide to SQS)
SLOW_TURN = 0.1  # seconds: four times the usual, a read and a transaction of the table

DATA = {
    "AWS::DynamoDB::Table",
    "AWS::KMS::Key",
    "AWS::SMSVOICE::OptOutList",
    "AWS::SMSVOICE::PhoneNumber",
}
# Every asterisk there is, and why it may be.
ANY_ACTION = {
    ("Key", "kms:*"),  # else nobody in the account could ever govern the key
    ("Key", "kms:GenerateDataKey*"),  # both kinds, as each service's guide asks
    ("Key", "kms:ReEncrypt*"),
    ("Key", "kms:Describe*"),
}
ANY_RESOURCE = {
    ("Key", "*"),  # in a key policy: this key
    ("PerformRole", ":phone-number/*"),  # a line's number is known only at run time
    ("PerformRole", ":pool/*"),
    ("PerformRole", "/stream/*"),  # a stream's name is the moment it was made
}
UNCONDITIONAL = {"BusDelivers"}  # EventBridge tells the key of no account: see there
PHYSICAL_NAMES = {
    "AlarmName", "AliasName", "BucketName", "ConfigurationSetName", "FunctionName", "GroupName",
    "LayerName", "LogGroupName", "ManagedPolicyName", "OptOutListName", "QueueName", "RoleName",
    "TableName", "TopicName",
}  # fmt: skip


def queues_have_dead_letters(template: Template) -> Iterator[str]:
    dead = _dead_letters(template)
    for name, queue in template.queues.items():
        if name in dead:
            if queue.get("MessageRetentionPeriod") != FORTNIGHT:
                yield f"{name} keeps dead letters for less than a fortnight"
            continue
        redrive = queue.get("RedrivePolicy", {})
        if redrive.get("maxReceiveCount", 0) < FEWEST_RECEIVES:
            yield f"{name} gives up on a message before it was received five times"
        letters = template.queues.get(target(redrive.get("deadLetterTargetArn")))
        if letters is None:
            yield f"{name} has nowhere to lay down what it gives up on"
        elif letters.get("FifoQueue") != queue.get("FifoQueue"):
            yield f"{name} and its dead letters are not of one kind"


def all_at_rest_is_encrypted(template: Template) -> Iterator[str]:
    keys = {
        "AWS::SQS::Queue": "KmsMasterKeyId",
        "AWS::SNS::Topic": "KmsMasterKeyId",
        "AWS::Logs::LogGroup": "KmsKeyId",
    }
    for type_, attribute in keys.items():
        for name, properties in template.of(type_).items():
            if target(properties.get(attribute)) != "Key":
                yield f"{name} is not encrypted with our key"
    for name, table in template.of("AWS::DynamoDB::Table").items():
        if target(table.get("SSESpecification", {}).get("KMSMasterKeyId")) != "Key":
            yield f"{name} is not encrypted with our key"


def messages_stay_hidden_long_enough(template: Template) -> Iterator[str]:
    for event in template.events:
        if event.type == "SQS":
            queue = target(event.properties["Queue"])
            needed = VISIBILITY * template.functions[event.function]["Timeout"]
            if template.queues[queue].get("VisibilityTimeout", 30) < needed:
                yield f"{queue} shows a message again while {event.function} may still have it"


def a_batch_of_pointers_ends_in_time(template: Template) -> Iterator[str]:
    """Lambda kills what takes longer, and all that was in the batch comes six minutes late."""
    turns = max(AT_ONCE, CALLED_AT_ONCE)
    for event in template.events:
        if event.type == "SQS" and target(event.properties["Queue"]) == "WakeQueue":
            longest = event.properties["BatchSize"] * turns * SLOW_TURN
            if longest > template.functions[event.function]["Timeout"]:
                yield f"{event.function}.{event.name} may need {longest:.0f} seconds for a batch"


def one_bad_record_fails_alone(template: Template) -> Iterator[str]:
    for event in template.events:
        if event.type in {"SQS", "DynamoDB"}:
            where = f"{event.function}.{event.name}"
            if event.properties.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
                yield f"{where} fails a whole batch for one record"
        if event.type == "SQS" and "ScalingConfig" not in event.properties:
            yield f"{where} may take every execution that the account has"


def the_stream_keeps_order(template: Template) -> Iterator[str]:
    for event in template.events:
        if event.type != "DynamoDB":
            continue
        where = f"{event.function}.{event.name}"
        wanted = {
            "ParallelizationFactor": 1,
            "StartingPosition": "TRIM_HORIZON",
            "BisectBatchOnFunctionError": True,
        }
        for name, value in wanted.items():
            if event.properties.get(name) != value:
                yield f"{where} wants {name}: {value}"
        if event.properties.get("MaximumRetryAttempts", -1) < 0:
            yield f"{where} repeats a bad record for a day, and all behind it wait"


def deliveries_have_dead_letters(template: Template) -> Iterator[str]:
    for name, subscription in template.of("AWS::SNS::Subscription").items():
        if subscription["Protocol"] != "sqs":
            continue
        letters = subscription.get("RedrivePolicy", {}).get("deadLetterTargetArn")
        yield from _delivers(template, name, subscription["TopicArn"], letters)
        yield from _delivers(template, name, subscription["TopicArn"], subscription["Endpoint"])
    for name, rule in template.of("AWS::Events::Rule").items():
        for at in rule["Targets"]:
            letters = at.get("DeadLetterConfig", {}).get("Arn")
            yield from _delivers(template, name, {"Ref": name}, letters)
            yield from _delivers(template, name, {"Ref": name}, at["Arn"])
    for event in template.events:
        where = f"{event.function}.{event.name}"
        match event.type:
            case "ScheduleV2":
                asynchronous = template.functions[event.function].get("EventInvokeConfig", {})
                letters = [
                    event.properties.get("DeadLetterConfig", {}).get("Arn"),
                    _on_failure(asynchronous),
                ]
            case "DynamoDB":
                letters = [_on_failure(event.properties)]
            case _:
                continue
        if not all(target(one) in template.queues for one in letters):
            yield f"{where} has nowhere to lay down what it cannot deliver"


def schedules_do_not_pile_up(template: Template) -> Iterator[str]:
    for event in template.events:
        if event.type != "ScheduleV2":
            continue
        where = f"{event.function}.{event.name}"
        once = {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60}
        asynchronous = template.functions[event.function].get("EventInvokeConfig", {})
        if event.properties.get("RetryPolicy") != once or not once.items() <= asynchronous.items():
            yield f"{where} repeats a minute that the next one makes up for"
        if event.properties.get("OmitName") is not True:
            yield f"{where} is named after its event: a second stack collides"


def data_outlives_the_stack(template: Template) -> Iterator[str]:
    for name, resource in template.resources.items():
        if resource["Type"] in DATA:
            for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
                if resource.get(policy) != "Retain":
                    yield f"{name} is lost: {policy} is not Retain"
    for name, table in template.of("AWS::DynamoDB::Table").items():
        recovery = table.get("PointInTimeRecoverySpecification", {})
        if recovery.get("PointInTimeRecoveryEnabled") is not True:
            yield f"{name} cannot be brought back to an earlier moment"


def functions_keep_their_own_logs(template: Template) -> Iterator[str]:
    groups = template.of("AWS::Logs::LogGroup")
    taken: set[str] = set()
    for name, function in template.functions.items():
        group = target(function.get("LoggingConfig", {}).get("LogGroup"))
        if group not in groups or group in taken:
            yield f"{name} has no log group of its own"
        elif "RetentionInDays" not in groups[group]:
            yield f"{name} keeps its logs for ever"
        taken.add(group)


def functions_have_their_own_role(template: Template) -> Iterator[str]:
    roles = [target(function.get("Role")) for function in template.functions.values()]
    for name, role in zip(template.functions, roles, strict=True):
        if not role or roles.count(role) > 1:
            yield f"{name} has no role of its own, so SAM gives it every queue of the account"


def rights_are_narrow(template: Template) -> Iterator[str]:
    for where, statement in template.statements():
        for action in strings(statement.get("Action", [])):
            if "*" in action and (where, action) not in ANY_ACTION:
                yield f"{where} may do {action}"
        for resource in strings(statement.get("Resource", [])):
            if "*" in resource and not any(
                where == at and resource.endswith(tail) for at, tail in ANY_RESOURCE
            ):
                yield f"{where} may do it to {resource}"
        if "NotAction" in statement or "NotResource" in statement:
            yield f"{where} says what may not be done, and so allows all else"


def services_act_for_us_only(template: Template) -> Iterator[str]:
    """A service that anybody can set to work must say for whom it works."""
    for where, statement in template.statements():
        principals = list(strings(statement.get("Principal", {}).get("Service", [])))
        trusted = statement.get("Action") == "sts:AssumeRole" and principals == [
            "lambda.amazonaws.com"  # assumes a role only for a function that was given it
        ]
        if principals and not trusted and statement.get("Sid") not in UNCONDITIONAL:
            names = [n for condition in statement.get("Condition", {}).values() for n in condition]
            if not any("aws:Source" in n or "EncryptionContext" in n for n in names):
                yield f"{where} lets {', '.join(principals)} act for anybody"


def two_stacks_do_not_collide(template: Template) -> Iterator[str]:
    for name, resource in template.resources.items():
        properties = resource.get("Properties", {})
        named = PHYSICAL_NAMES & properties.keys()
        if resource["Type"] in {"AWS::Events::EventBus", "AWS::Events::Rule"}:
            named |= {"Name"} & properties.keys()
        for given in (properties[attribute] for attribute in named):
            unique = any("AWS::StackName" in part for part in strings(given))
            if not unique and target(given) not in template.resources:
                yield f"{name} is called {given} in every stack"


def a_simulator_needs_no_carrier(template: Template) -> Iterator[str]:
    simulated = {"CarrierEndpointUrl": "http://localhost:1", "NewNumber": "SIMULATOR"}
    simulated["HeldNumbers"] = "arn:aws:sms-voice:us-east-1:111122223333:phone-number/phone-1"
    for name, resource in template.resources.items():
        if resource["Type"].startswith("AWS::SMSVOICE::"):
            condition = resource.get("Condition")
            if not condition or template.holds(condition, simulated):
                yield f"{name} is asked of AWS although a simulator stands in for the carrier"


def opt_outs_are_ours(template: Template) -> Iterator[str]:
    """AWS would take CANCEL for an opt-out and tell nobody."""
    for type_ in ("AWS::SMSVOICE::PhoneNumber", "AWS::SMSVOICE::Pool"):
        for name, properties in template.of(type_).items():
            if properties.get("SelfManagedOptOutsEnabled") is not True:
                yield f"{name} lets AWS opt people out"
            if target(properties.get("TwoWay", {}).get("ChannelArn")) != "InboundTopic":
                yield f"{name} does not tell us what patients text"


def trouble_raises_an_alarm(template: Template) -> Iterator[str]:
    watched = set()
    for name, alarm in template.of("AWS::CloudWatch::Alarm").items():
        if [target(action) for action in alarm.get("AlarmActions", [])] != ["AlarmTopic"]:
            yield f"{name} tells nobody"
        watched.add((alarm["MetricName"], target(alarm["Dimensions"][0]["Value"])))
    consumed = {target(e.properties["Queue"]) for e in template.events if e.type == "SQS"}
    needed = (
        [("ApproximateNumberOfMessagesVisible", queue) for queue in _dead_letters(template)]
        + [("ApproximateAgeOfOldestMessage", queue) for queue in consumed]
        + [("Errors", function) for function in template.functions]
        + [("IteratorAge", e.function) for e in template.events if e.type == "DynamoDB"]
        + [("Invocations", e.function) for e in template.events if e.type == "ScheduleV2"]
    )
    for metric, name in needed:
        if (metric, name) not in watched:
            yield f"{name} has no alarm on {metric}"


def _dead_letters(template: Template) -> set[str]:
    """Give every queue that something lays down what it could not deliver."""
    redriven = [*template.queues.values(), *template.of("AWS::SNS::Subscription").values()]
    found = {target(one.get("RedrivePolicy", {}).get("deadLetterTargetArn")) for one in redriven}
    for rule in template.of("AWS::Events::Rule").values():
        found |= {target(at.get("DeadLetterConfig", {}).get("Arn")) for at in rule["Targets"]}
    for event in template.events:
        found.add(target(event.properties.get("DeadLetterConfig", {}).get("Arn")))
        found.add(target(_on_failure(event.properties)))
    return found - {""}


def _on_failure(properties: Properties) -> Json:
    return properties.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")


def _delivers(template: Template, where: str, source: Json, queue: Json) -> Iterator[str]:
    """Look for the queue, and for its policy that lets this source in."""
    name = target(queue)
    if name not in template.queues:
        yield f"{where} has nowhere to lay down what it cannot deliver"
        return
    for policy in template.of("AWS::SQS::QueuePolicy").values():
        if [target(q) for q in policy["Queues"]] == [name]:
            for statement in listed(policy["PolicyDocument"]["Statement"]):
                admitted = statement["Condition"]["ArnEquals"]["aws:SourceArn"]
                if target(admitted) == target(source):
                    return
    yield f"{name} does not let {where} in"


RULES: list[Rule] = [
    queues_have_dead_letters,
    all_at_rest_is_encrypted,
    messages_stay_hidden_long_enough,
    a_batch_of_pointers_ends_in_time,
    one_bad_record_fails_alone,
    the_stream_keeps_order,
    deliveries_have_dead_letters,
    schedules_do_not_pile_up,
    data_outlives_the_stack,
    functions_keep_their_own_logs,
    functions_have_their_own_role,
    rights_are_narrow,
    services_act_for_us_only,
    two_stacks_do_not_collide,
    a_simulator_needs_no_carrier,
    opt_outs_are_ours,
    trouble_raises_an_alarm,
]
