"""What the functions do in the scenarios, against what template.yaml lets them do on AWS: nothing
is denied, and no grant is spare. `tests/stack` tries the same over the engine."""

from collections.abc import Iterator

import pytest
from textback.adapters.calls import asks

from grants.policy import Call as Asked
from grants.recorded import call
from grants.report import Report, told
from grants.template import Deployed
from tests.faults.points import quietly
from tests.faults.scenarios import SCENARIOS
from tests.faults.stack import TEMPLATE
from tests.faults.steps import Scenario, put_on
from tests.template.cloudformation import target

SIGNED_AS = {"pinpoint-sms-voice-v2": "sms-voice"}
NAMES = {
    "Table": "table/Table",
    "EventBus": "event-bus/EventBus",
    **{f"{queue}.fifo": queue for queue in TEMPLATE.queues},
}
NOBODY_UNDERSTANDS = Scenario(
    "what is no message",
    tuple(
        put_on(target(event.properties["Queue"]), "{")
        for event in TEMPLATE.events
        if event.type == "SQS"
    ),
)
# What no scenario does, and why it may stay.
REVIEWED = {
    # The clock is there for a simulation only.
    "FanOutRole: dynamodb:GetItem table/Table clock",
    *(
        f"{role}: dynamodb:GetItem table/Table clock"
        for role, properties in TEMPLATE.of("AWS::IAM::Role").items()
        if "TurnPolicy" in map(target, properties.get("ManagedPolicyArns", []))
    ),
    # A number's ARN is asked for when a text is sent from it; from a pool only where
    # OriginationIdentity names one.
    "PerformRole: sms-voice:SendTextMessage pool/*",
}


@pytest.fixture(scope="module")
def report() -> Report:
    deployed = Deployed.on_aws()
    return Report.of(set(_asked(deployed)), deployed)


def _asked(deployed: Deployed) -> Iterator[Asked]:
    roles = {
        str(properties["CodeUri"]).strip("/").rpartition("/")[2]: deployed.role_of(name)
        for name, properties in TEMPLATE.functions.items()
    }
    for scenario in (*SCENARIOS, NOBODY_UNDERSTANDS):
        with quietly():
            system = scenario.system()
            system.calls.tape = []
            scenario.play(system)
        for made, arguments, _ in system.calls.tape:
            operation = "".join(word.title() for word in made.operation.split("_"))
            service = SIGNED_AS.get(made.service, made.service)
            for action, resource, key in asks(service, operation, arguments):
                line = {"action": action, "resource": resource, "key": key}
                yield call(roles[made.function], line, NAMES)


def test_every_call_is_allowed(report: Report) -> None:
    assert report.recorded
    assert [(asked.principal, told(asked)) for asked in report.denied] == []


def test_every_grant_is_used(report: Report) -> None:
    assert {f"{grant.principal}: {told(grant)}" for grant in report.unused} == REVIEWED
