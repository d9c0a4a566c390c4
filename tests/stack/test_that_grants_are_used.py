"""What the deployed functions did, against what template.yaml lets them do on AWS. This is last in
its folder, so that what the other scenarios did counts too; its own tour needs none of them."""

import json
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import boto3
import pytest

from grants.policy import Call
from grants.recorded import calls
from grants.report import Report, told
from grants.template import Deployed
from tests.stack.line import LINE, Outside, eventually

STACK = "textback"
DAYS, HOUR = timedelta(days=9), timedelta(hours=1)
FAILING = "+14254147167"  # the carrier's simulated phone that no text reaches

# What no run on one machine does, and why it may stay.
REVIEWED = {
    # A number's ARN is asked for when a text is sent from it; from a pool only where
    # OriginationIdentity names one, and this run has none.
    "PerformRole: sms-voice:SendTextMessage pool/*",
}


@pytest.fixture(scope="module")
def deployed() -> Deployed:
    return Deployed.on_aws()


def test_every_call_is_allowed_and_every_grant_is_used(
    outside: Outside, deployed: Deployed
) -> None:
    tour(outside)

    def report() -> Report:
        return Report.of(calls(outside.told, STACK, deployed), deployed)

    def missing() -> set[str]:
        return {f"{grant.principal}: {told(grant)}" for grant in report().unused} - REVIEWED

    eventually(lambda: not missing())
    assert [(call.principal, told(call)) for call in report().denied] == []
    assert missing() == set()
    assert {f"{grant.principal}: {told(grant)}" for grant in report().unused} == REVIEWED


def test_without_any_one_statement_something_is_denied(
    outside: Outside, deployed: Deployed
) -> None:
    report = Report.of(calls(outside.told, STACK, deployed), deployed)
    for source in {grant.source for grant in report.given}:
        others = tuple(grant for grant in report.given if grant.source != source)
        assert replace(report, given=others).denied, source


def test_no_recorded_call_tells_a_phone(outside: Outside, deployed: Deployed) -> None:
    asked = calls(outside.told, STACK, deployed)
    assert asked
    assert [call for call in asked if _names_a_phone(call)] == []


def tour(outside: Outside) -> None:
    """Let every function do everything that it can do."""
    asks_and_is_answered(outside, a_phone())
    stops_and_starts_again(outside, a_phone())
    meets_trouble(outside, a_phone())
    is_reminded(outside, a_phone())
    hears_that_the_practice_closes(outside, a_phone())
    over = {"line": LINE, "what": "surveys", "until": "2020-01-01T00:00:00Z", "how": "a test"}
    outside.put("texting.paused", over)  # noted, and holds nothing: others share this stack
    nobody_understands(outside)


def asks_and_is_answered(outside: Outside, phone: str) -> None:
    outside.book(phone, DAYS)
    assert eventually(lambda: outside.visit(phone))
    outside.text(phone, "does my insurance cover this?")
    case = eventually(lambda: case_of(outside, phone))
    outside.act(case, "reply", text="Yes, it does.")
    assert eventually(lambda: "Yes, it does." in outside.got(phone))
    outside.act(case, "close")
    assert eventually(lambda: not outside.state(phone).get("case"))
    outside.text(phone, "C")
    assert eventually(lambda: outside.visit(phone) == "confirmed")


def stops_and_starts_again(outside: Outside, phone: str) -> None:
    outside.text(phone, "STOP")
    assert eventually(lambda: len(outside.got(phone)) == 1)
    outside.text(phone, "START")
    assert eventually(lambda: len(outside.got(phone)) == 2)


def meets_trouble(outside: Outside, phone: str) -> None:
    """A text that is refused for ever, one that fails, and one that has to wait."""
    carrier = boto3.client(
        "pinpoint-sms-voice-v2",
        endpoint_url=f"{outside.told['console_url']}/carrier",
        region_name=outside.told["region"],
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    carrier.put_opted_out_number(OptOutListName="OptOutList", OptedOutNumber=phone)
    outside.text(phone, "HELP")
    outside.text(FAILING, "HELP")
    assert eventually(lambda: outside.got(FAILING))
    other = a_phone()
    outside.api("/api/faults", {"throttle": 1})
    outside.text(other, "HELP")
    assert eventually(lambda: outside.got(other), 120)


def is_reminded(outside: Outside, phone: str) -> None:
    outside.book(phone, timedelta(days=2, seconds=5))
    assert eventually(lambda: outside.visit(phone))
    assert eventually(lambda: (outside.fan_out(), outside.got(phone))[1], 90)


def hears_that_the_practice_closes(outside: Outside, phone: str) -> None:
    outside.book(phone, DAYS * 2)
    assert eventually(lambda: outside.visit(phone))
    day = outside.now() + DAYS * 2
    span = {"from": (day - HOUR).isoformat(), "to": (day + HOUR).isoformat()}
    outside.put("practice.closed", {"line": LINE, "id": uuid.uuid4().hex, "why": "snow"} | span)
    assert eventually(lambda: outside.visit(phone) == "closed")
    assert eventually(lambda: (outside.fan_out(), outside.got(phone))[1], 90)


def nobody_understands(outside: Outside) -> None:
    outside.put("appointment.booked", {"line": LINE})
    outside.publish("not JSON")
    outside.publish("not JSON", "ReceiptsTopicArn")
    sqs = outside.client("sqs")
    for name in ("WakeQueueUrl", "LaterQueueUrl", "ActionsQueueUrl"):
        group = {"MessageGroupId": "none"} if name.startswith("Actions") else {}
        sqs.send_message(QueueUrl=outside.output(name), MessageBody="not JSON", **group)


def case_of(outside: Outside, phone: str) -> dict[str, Any]:
    found = [json.loads(m["Body"]) for m in outside.drain(outside.output("HandoffQueueUrl"))]
    return next((case for case in found if case["contact"]["phone"] == phone), {})


def a_phone() -> str:
    return f"+1425{uuid.uuid4().int % 8_000_000 + 2_000_000}"


def _names_a_phone(call: Call) -> bool:
    return "+1" in told(call) or "425" in told(call)
