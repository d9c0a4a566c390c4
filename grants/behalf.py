"""What AWS does in the functions' names without being called by them. No local run shows it, so it
is drawn from the template: event sources, logs, dead letters, the schedule, and the key."""

from collections.abc import Iterable, Iterator

from grants.policy import Call
from grants.template import DOMAIN, REGION, Deployed, name_in

# Lambda's guide: the permissions of an execution role for each event source, and for its logs.
_READING_A_QUEUE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
_READING_A_STREAM = (
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
)
_LOGGING = ("logs:CreateLogStream", "logs:PutLogEvents")
# SQS's guide: a sender makes a data key and verifies it, a reader opens one. DynamoDB's: the
# table's own key, made with the table, is opened for each caller.
_KEY = {
    "sqs:SendMessage": ("kms:GenerateDataKey", "kms:Decrypt"),
    "sqs:ReceiveMessage": ("kms:Decrypt",),
    "dynamodb": ("kms:Decrypt",),
}


def in_their_names(deployed: Deployed) -> Iterator[Call]:
    """All that AWS has to be allowed for the template to work, but for the key."""
    for name, function in deployed.resources("AWS::Lambda::Function").items():
        group = deployed.arn(function["LoggingConfig"]["LogGroup"]).removesuffix("*")
        for action in _LOGGING:
            yield Call(deployed.role_of(name), action, f"{group}log-stream:any")
    for mapping in deployed.resources("AWS::Lambda::EventSourceMapping").values():
        source, role = mapping["EventSourceArn"], deployed.role_of(mapping["FunctionName"])
        for action in _READING_A_QUEUE if ":sqs:" in source else _READING_A_STREAM:
            yield Call(role, action, source)
        yield from _laid_down(role, mapping)
    for asynchronous in deployed.resources("AWS::Lambda::EventInvokeConfig").values():
        yield from _laid_down(deployed.role_of(asynchronous["FunctionName"]), asynchronous)
    for schedule in deployed.resources("AWS::Scheduler::Schedule").values():
        target = schedule["Target"]
        role = name_in(target["RoleArn"])
        yield Call(role, "lambda:InvokeFunction", target["Arn"])
        yield Call(role, "sqs:SendMessage", target["DeadLetterConfig"]["Arn"])


def of_the_key(calls: Iterable[Call], deployed: Deployed) -> Iterator[Call]:
    """What these calls ask of the key: it guards the table and every queue."""
    (key,) = deployed.resources("AWS::KMS::Key")
    for call in calls:
        service = call.action.partition(":")[0]
        for action in _KEY.get(call.action) or _KEY.get(service, ()):
            via = frozenset({("kms:ViaService", f"{service}.{REGION}.{DOMAIN}")})
            yield Call(call.principal, action, deployed.arn(key), via)


def _laid_down(role: str, source: dict[str, dict[str, dict[str, str]]]) -> Iterator[Call]:
    letters = source.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
    if letters:
        yield Call(role, "sqs:SendMessage", letters)
