"""The carrier simulator answers boto3 as End User Messaging does."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ReadTimeoutError
from starlette.applications import Starlette

from console.carrier import Carrier
from console.dispatch import Dispatch
from console.errors import WrongRequestError
from console.faults import Faults
from console.phones import Phones
from console.receipts import UNREACHABLE
from tests.integration.serving import served

LINE = "+12065550100"
PHONE = "+12065550123"
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@dataclass
class Setting:
    """A carrier that is served, a client that speaks to it, and the receipts that came."""

    client: Any
    phones: Phones
    faults: Faults
    dispatch: Dispatch
    receipts: list[dict[str, Any]] = field(default_factory=list)

    def send(self, text: str = "See you Tuesday at 9", **more: Any) -> str:
        wish = {
            "DestinationPhoneNumber": PHONE,
            "OriginationIdentity": LINE,
            "MessageBody": text,
        } | more
        return str(self.client.send_text_message(**wish)["MessageId"])

    def receive(self) -> list[dict[str, Any]]:
        """Wait, so to speak, until all receipts are out."""
        self.dispatch.publish_due()
        return self.receipts


@pytest.fixture
def setting() -> Iterator[Setting]:
    receipts: list[dict[str, Any]] = []
    with Phones(":memory:") as phones:
        faults = Faults()
        carrier = Carrier(phones, faults, now=lambda: NOON, real_now=lambda: NOON)
        dispatch = Dispatch(
            phones,
            lambda events: receipts.extend(dict(event) for event in events),
            now=lambda: NOON + timedelta(seconds=1),
            real_now=lambda: NOON + timedelta(minutes=1),
        )
        app = Starlette(routes=carrier.routes())
        with served(app) as address:
            client = boto3.client(
                "pinpoint-sms-voice-v2",
                endpoint_url=f"{address}/carrier",
                region_name="us-east-1",
                aws_access_key_id="test",
                aws_secret_access_key="test",
                config=Config(retries={"total_max_attempts": 1}, read_timeout=1),
            )
            yield Setting(client, phones, faults, dispatch, receipts)
            client.close()


def test_an_accepted_text_is_on_the_phone(setting: Setting) -> None:
    message_id = setting.send("Nos vemos el martes, Ana ¿sí?")
    (text,) = setting.phones.thread(PHONE)
    assert (text.id, text.phone, text.line) == (message_id, PHONE, LINE)
    assert (text.direction, text.text) == ("to_phone", "Nos vemos el martes, Ana ¿sí?")
    assert (text.encoding, text.segments, text.state) == ("UCS-2", 1, "accepted")


def test_receipts_say_that_the_carrier_took_it_and_that_the_phone_got_it(setting: Setting) -> None:
    message_id = setting.send(Context={"entry": "c#1/turn#2"})
    events = setting.receive()
    assert [event["eventType"] for event in events] == ["TEXT_SUCCESSFUL", "TEXT_DELIVERED"]
    delivered = events[-1]
    assert delivered["context"] == {"entry": "c#1/turn#2"}
    assert delivered["messageId"] == message_id
    assert delivered["destinationPhoneNumber"] == PHONE
    assert delivered["originationPhoneNumber"] == LINE
    assert delivered["isFinal"] is True
    assert delivered["totalMessageParts"] == 1
    assert delivered["messageEncoding"] == "GSM"
    assert setting.phones.thread(PHONE)[0].state == "delivered"


def test_a_receipt_is_published_once(setting: Setting) -> None:
    setting.send()
    setting.receive()
    assert len(setting.receive()) == 2


def test_a_dry_run_reaches_no_phone(setting: Setting) -> None:
    assert setting.send(DryRun=True)
    assert setting.phones.thread(PHONE) == []


def test_the_simulated_destination_that_fails_does(setting: Setting) -> None:
    setting.send(DestinationPhoneNumber=UNREACHABLE)
    assert [event["messageStatus"] for event in setting.receive()] == ["UNREACHABLE"]
    assert setting.phones.thread(UNREACHABLE)[0].state == "failed"


@pytest.mark.parametrize(
    ("wish", "field_at_fault"),
    [
        pytest.param({"MessageBody": " \n"}, "MessageBody", id="a blank body"),
        pytest.param({"MessageBody": "a" * 1601}, "MessageBody", id="one character too many"),
        pytest.param({"MessageBody": "a" * 1531}, "MessageBody", id="eleven parts in GSM-7"),
        pytest.param(
            {"MessageBody": "字" * 631},
            "MessageBody",
            id="over the UCS-2 limit",
        ),
        pytest.param(
            {"DestinationPhoneNumber": "206-555-0123"}, "DestinationPhoneNumber", id="not E.164"
        ),
        pytest.param(
            {"DestinationPhoneNumber": "+0123456"}, "DestinationPhoneNumber", id="no country"
        ),
        pytest.param({"Context": {str(n): "v" for n in range(6)}}, "Context", id="six entries"),
        pytest.param({"Context": {"a key": "v"}}, "Context", id="a blank in a key"),
        pytest.param({"Context": {"k" * 101: "v"}}, "Context", id="a long key"),
        pytest.param({"Context": {"k": "v" * 801}}, "Context", id="a long value"),
        pytest.param({"TimeToLive": 259_201}, "TimeToLive", id="too long a life"),
    ],
)
def test_what_botocore_lets_pass_is_refused(
    setting: Setting, wish: dict[str, Any], field_at_fault: str
) -> None:
    with pytest.raises(ClientError) as refused:
        setting.send(**wish)
    answer = refused.value.response
    assert answer["Error"]["Code"] == "ValidationException"
    assert answer["Reason"] == "FIELD_VALIDATION_FAILED"
    assert answer["Fields"][0]["Name"] == field_at_fault
    assert setting.phones.thread(PHONE) == []


@pytest.mark.parametrize("body", ["a" * 1530, "字" * 630], ids=["GSM-7", "UCS-2"])
def test_ten_parts_are_sent(setting: Setting, body: str) -> None:
    setting.send(body)
    assert setting.phones.thread(PHONE)[0].segments == 10


def test_a_text_from_nobody_is_refused(setting: Setting) -> None:
    with pytest.raises(setting.client.exceptions.ConflictException) as refused:
        setting.client.send_text_message(DestinationPhoneNumber=PHONE, MessageBody="Hi")
    assert refused.value.response["Reason"] == "NO_ORIGINATION_IDENTITIES_FOUND"


def test_an_opted_out_phone_gets_nothing_until_it_is_back(setting: Setting) -> None:
    named = {"OptOutListName": "textback", "OptedOutNumber": PHONE}
    first = setting.client.put_opted_out_number(**named)
    again = setting.client.put_opted_out_number(**named)
    assert again["OptedOutTimestamp"] == first["OptedOutTimestamp"]
    listed = setting.client.describe_opted_out_numbers(OptOutListName="textback")
    assert [number["OptedOutNumber"] for number in listed["OptedOutNumbers"]] == [PHONE]
    with pytest.raises(setting.client.exceptions.ConflictException) as refused:
        setting.send()
    assert refused.value.response["Reason"] == "DESTINATION_PHONE_NUMBER_OPTED_OUT"
    assert refused.value.response["ResourceId"] == PHONE
    setting.client.delete_opted_out_number(**named)
    assert setting.send()


def test_a_phone_that_is_not_opted_out_cannot_be_taken_off_the_list(setting: Setting) -> None:
    with pytest.raises(setting.client.exceptions.ResourceNotFoundException):
        setting.client.delete_opted_out_number(OptOutListName="textback", OptedOutNumber=PHONE)


def test_an_operation_that_is_not_simulated_says_so(setting: Setting) -> None:
    with pytest.raises(ClientError, match="DescribePools is not simulated"):
        setting.client.describe_pools()


def test_a_throttled_text_is_surely_not_sent(setting: Setting) -> None:
    setting.faults.ask({"throttle": 1})
    with pytest.raises(setting.client.exceptions.ThrottlingException):
        setting.send()
    assert setting.phones.thread(PHONE) == []
    assert setting.send()


def test_an_error_is_an_internal_failure(setting: Setting) -> None:
    setting.faults.ask({"error": 1})
    with pytest.raises(setting.client.exceptions.InternalServerException) as refused:
        setting.send()
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert setting.send()


def test_after_a_time_out_the_text_was_sent_all_the_same(setting: Setting) -> None:
    setting.faults.ask({"time_out": 1})
    with pytest.raises(ReadTimeoutError):
        setting.send()
    assert len(setting.phones.thread(PHONE)) == 1
    assert [event["eventType"] for event in setting.receive()][-1] == "TEXT_DELIVERED"


def test_a_lost_receipt_never_comes(setting: Setting) -> None:
    setting.faults.ask({"lost_receipt": 1})
    setting.send()
    assert setting.receive() == []
    assert setting.phones.thread(PHONE)[0].state == "accepted"


def test_an_undelivered_text_has_a_last_receipt_that_says_so(setting: Setting) -> None:
    setting.faults.ask({"undelivered": 1})
    setting.send()
    assert [event["eventType"] for event in setting.receive()] == ["TEXT_UNREACHABLE"]


@pytest.mark.parametrize("wanted", [{"gremlins": 1}, {"throttle": -1}, {"throttle": "two"}])
def test_a_fault_that_makes_no_sense_is_refused_whole(wanted: dict[str, object]) -> None:
    faults = Faults()
    with pytest.raises(WrongRequestError):
        faults.ask({"error": 1} | wanted)
    assert not any(faults.left().values())
