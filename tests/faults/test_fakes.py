"""The fakes answer as moto does, to the very calls that the functions make."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.faults.calls import Call, Fault
from tests.faults.points import play_clean, quietly
from tests.faults.queues import SQS, Queue
from tests.faults.scenarios import SCENARIOS
from tests.faults.steps import Scenario
from tests.faults.system import Point
from tests.support.aws import client, new_table
from tests.support.samples import NOW, clock

type Tape = list[tuple[Call, dict[str, Any], Any]]
NAME = "Table"  # what the table is called in the fakes
NOT_COMPARED = {
    "ConsumedCapacity",
    "ItemCollectionMetrics",
    "LastEvaluatedKey",  # at the limit DynamoDB gives it, as ours does; moto only if there is more
    "ResponseMetadata",
    "ScannedCount",
    "UnprocessedKeys",
}
# Where a second worker makes writes meet: their refusals are compared too.
RIVALRY = ("transact_write_items", "update_item", "put_item")
RIVALS = {"a visit is confirmed", "STOP", "a visit goes to another phone"}


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        yield client("dynamodb")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_the_table_answers_as_motos_does(scenario: Scenario, dynamodb: Any) -> None:
    _compare(*_taped(scenario, None), dynamodb)


@pytest.mark.parametrize(
    "scenario", [s for s in SCENARIOS if s.name in RIVALS], ids=lambda scenario: scenario.name
)
def test_the_table_refuses_as_motos_does(scenario: Scenario, dynamodb: Any) -> None:
    calls = [call for call in play_clean(scenario).calls if call.operation in RIVALRY]
    for call in calls:
        _compare(*_taped(scenario, Point(Fault.RIVAL, call.number)), dynamodb)


def _taped(scenario: Scenario, point: Point | None) -> tuple[list[dict[str, Any]], Tape]:
    """The items that were there before, and every call of the table with its answer."""
    with quietly():
        system = scenario.system(point)
        before = list(system.table.items.values())
        system.calls.tape = []
        scenario.play(system)
    return before, [taped for taped in system.calls.tape if taped[0].service == "dynamodb"]


def _compare(before: list[dict[str, Any]], tape: Tape, dynamodb: Any) -> None:
    table = new_table(dynamodb)
    for item in before:
        dynamodb.put_item(TableName=table, Item=item)
    for call, arguments, answer in tape:
        asked = _of_table(arguments, table)
        try:
            other = getattr(dynamodb, call.operation)(**asked)
        except ClientError as error:
            other = error
        assert _plain(other, table) == _plain(answer, NAME), call


def _of_table(value: Any, table: str) -> Any:
    """The same, said of another table."""
    match value:
        case dict():
            return {table if n == NAME else n: _of_table(v, table) for n, v in value.items()}
        case list():
            return [_of_table(inner, table) for inner in value]
        case _:
            return table if value == NAME else value


def _plain(answer: Any, table: str) -> Any:
    if isinstance(answer, ClientError):
        reasons = [r["Code"] for r in answer.response.get("CancellationReasons", [])]
        return answer.response["Error"]["Code"], reasons, answer.response.get("Item")
    told = {name: value for name, value in answer.items() if name not in NOT_COMPARED}
    if "Responses" in told:
        told["Responses"] = sorted(told["Responses"][table], key=str)
    return told


# ------------------------------------------------------------------ queues

GROUPS = [("a", "1"), ("a", "2"), ("b", "3")]
REFUSED = [
    pytest.param({"MessageBody": "x"}, id="no group"),
    pytest.param({"MessageBody": "x", "MessageGroupId": "a"}, id="nothing to deduplicate by"),
]


@pytest.fixture
def queues() -> Iterator[tuple[Any, str, SQS, Queue]]:
    """A FIFO queue with dead letters after two receives: moto's and ours."""
    with mock_aws():
        sqs = client("sqs")
        dead = sqs.create_queue(QueueName="dead.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])
        policy = f'{{"deadLetterTargetArn":"{arn["Attributes"]["QueueArn"]}","maxReceiveCount":2}}'
        url = sqs.create_queue(
            QueueName="q.fifo", Attributes={"FifoQueue": "true", "RedrivePolicy": policy}
        )["QueueUrl"]
        own = Queue("q.fifo", clock(NOW), fifo=True, receives=2)
        own.dead_letters = Queue("dead.fifo", own.clock, fifo=True)
        yield sqs, url, SQS({own.url: own}), own


def test_a_fifo_queue_gives_what_motos_gives(queues: tuple[Any, str, SQS, Queue]) -> None:
    sqs, url, fake, own = queues
    for group, id_ in [*GROUPS, GROUPS[0]]:
        message: dict[str, Any] = {
            "MessageBody": id_,
            "MessageGroupId": group,
            "MessageDeduplicationId": id_,
        }
        sqs.send_message(QueueUrl=url, **message)
        fake.send_message(QueueUrl=own.url, **message)
    assert [m.body for m in own.receive(1)] == _received(sqs, url, 1) == ["1"]
    # The group of what is out waits, another does not.
    assert [m.body for m in own.receive(10)] == _received(sqs, url, 10) == ["3"]


def test_what_is_received_too_often_is_dead(queues: tuple[Any, str, SQS, Queue]) -> None:
    sqs, url, _, own = queues
    own.visibility *= 0
    sqs.send_message(QueueUrl=url, MessageBody="x", MessageGroupId="a", MessageDeduplicationId="1")
    own.send("x", group="a", id_="1")
    ours = [[m.body for m in own.receive(10)] for _ in range(3)]
    assert ours == [_received(sqs, url, 10, hidden=0) for _ in range(3)] == [["x"], ["x"], []]
    assert own.dead_letters
    assert len(own.dead_letters.messages) == 1


@pytest.mark.parametrize("message", REFUSED)
def test_a_fifo_queue_refuses_what_motos_refuses(
    queues: tuple[Any, str, SQS, Queue], message: dict[str, Any]
) -> None:
    sqs, url, fake, own = queues
    with pytest.raises(ClientError) as theirs:
        sqs.send_message(QueueUrl=url, **message)
    with pytest.raises(ClientError) as ours:
        fake.send_message(QueueUrl=own.url, **message)
    assert ours.value.response["Error"] == {
        key: theirs.value.response["Error"][key] for key in ("Code", "Message")
    }


def _received(sqs: Any, url: str, most: int, *, hidden: int = 60) -> list[str]:
    answer = sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=most, VisibilityTimeout=hidden, WaitTimeSeconds=0
    )
    return [message["Body"] for message in answer.get("Messages", [])]
