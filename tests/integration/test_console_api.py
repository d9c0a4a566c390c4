"""The console's API, served, on a stack that stands in moto."""

import json
import urllib.parse
import urllib.request

import pytest
from textback.contracts.incoming import PracticeClosedIn, TextingPausedIn, read

from tests.integration.serving import ask, fetch
from tests.support.console import LINE, Setting

PHONE = "+12065550123"
THREAD = f"/api/phones/{PHONE}/texts"
VISIT = {"phone": PHONE, "start": "2026-12-08T09:00"}


def test_health_waits_for_the_demo_practice(setting: Setting) -> None:
    assert setting.get("/health")[0] == 503
    setting.api.ready.set()
    assert setting.get("/health") == (200, {"status": "ok", "line": LINE})


def test_a_post_that_has_nothing_to_say_needs_no_body(setting: Setting) -> None:
    request = urllib.request.Request(f"{setting.address}/api/clock/next", method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert json.load(answer)["happened"] == []


def test_a_typed_text_reaches_the_line_as_the_carrier_delivers_it(setting: Setting) -> None:
    status, text = setting.post(THREAD, {"text": "Sí, ahí estaré 👍"})
    assert status == 200
    assert setting.heard() == [
        {
            "originationNumber": PHONE,
            "destinationNumber": LINE,
            "messageKeyword": "KEYWORD_1",
            "messageBody": "Sí, ahí estaré 👍",
            "inboundMessageId": text["id"],
        }
    ]
    assert setting.get(THREAD) == (200, [text])
    assert text["direction"] == "from_phone"
    assert {"id", "at", "direction", "text", "segments", "state"} <= text.keys()


def test_an_answer_names_the_text_that_it_follows(setting: Setting) -> None:
    status, sent = ask(
        f"{setting.address}/carrier/",
        {"DestinationPhoneNumber": PHONE, "OriginationIdentity": LINE, "MessageBody": "Hi"},
        {"x-amz-target": "PinpointSMSVoiceV2.SendTextMessage"},
    )
    assert status == 200
    setting.post(THREAD, {"text": "C"})
    assert setting.heard()[0]["previousPublishedMessageId"] == sent["MessageId"]
    _, thread = setting.get(THREAD)
    assert [text["direction"] for text in thread] == ["to_phone", "from_phone"]


def test_a_text_can_be_delivered_twice_and_to_another_line(setting: Setting) -> None:
    for _ in range(2):
        setting.post(THREAD, {"text": "Yes", "line": "12065550111", "id": "inbound-1"})
    heard = setting.heard()
    assert [each["inboundMessageId"] for each in heard] == ["inbound-1"] * 2
    assert {each["destinationNumber"] for each in heard} == {"+12065550111"}
    assert len(setting.get(THREAD)[1]) == 1


@pytest.mark.parametrize("spelling", [PHONE, PHONE.removeprefix("+"), urllib.parse.quote(PHONE)])
def test_a_phone_may_be_spelled_with_or_without_its_plus(setting: Setting, spelling: str) -> None:
    setting.post(THREAD, {"text": "Yes"})
    assert len(setting.get(f"/api/phones/{spelling}/texts")[1]) == 1


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        pytest.param("/api/phones/nobody/texts", {"text": "Yes"}, "E.164", id="no phone"),
        pytest.param("/api/phones/123/texts", {"text": "Yes"}, "'123' is no phone", id="too short"),
        pytest.param("/api/phones/12065550/texts", {"text": "Y"}, "is no phone", id="half a phone"),
        pytest.param(THREAD, {}, "text is missing", id="no text"),
        pytest.param(THREAD, {"text": ""}, "1 to 1600", id="an empty text"),
        pytest.param(THREAD, {"text": "a" * 1601}, "1 to 1600", id="a text too long"),
        pytest.param(THREAD, {"text": "Yes", "line": "clinic"}, "E.164", id="no line"),
        pytest.param(THREAD, ["Yes"], "JSON object", id="not an object"),
        pytest.param("/api/clock", {}, "P1D", id="no duration"),
        pytest.param("/api/clock", {"forward": "tomorrow"}, "P1D", id="not ISO 8601"),
        pytest.param("/api/clock", {"forward": "P1M"}, "P1D", id="a month has no one length"),
        pytest.param("/api/clock", {"forward": "PT0S"}, "not at all", id="no time at all"),
        pytest.param("/api/clock", {"forward": "P9999W"}, "ten years", id="a lifetime"),
        pytest.param("/api/clock/next", {"within": "soon"}, "P1D", id="no bound"),
        pytest.param("/api/closings", {"day": "tomorrow"}, "is no day", id="no day"),
        pytest.param("/api/closings", {}, "day is missing", id="which day"),
        pytest.param("/api/pauses", {"what": "time", "paused": True}, "reminders", id="no texts"),
        pytest.param("/api/pauses", {"paused": "yes"}, "true or false", id="paused or not"),
        pytest.param("/api/faults", {"gremlins": 1}, "throttle, time_out", id="no fault"),
        pytest.param("/api/phones", {"phone": "Sam"}, "E.164", id="a name for a phone"),
        pytest.param("/api/appointments", {"phone": PHONE}, "start is missing", id="no start"),
        pytest.param(
            "/api/appointments", {"phone": PHONE, "start": "soon"}, "is no time", id="no time"
        ),
        pytest.param(
            "/api/appointments", VISIT | {"time_zone": "Mars"}, "is no time zone", id="no zone"
        ),
        pytest.param("/api/appointments", VISIT | {"minutes": "0"}, "minutes has", id="no length"),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    setting: Setting, path: str, body: object, says: str
) -> None:
    status, answer = setting.post(path, body)
    assert status == 400
    assert says in answer["error"]
    assert setting.heard() == []


def test_the_clock_moves_forward_and_adds_up(setting: Setting) -> None:
    assert setting.get("/api/clock")[1]["offset_seconds"] == 0
    setting.post("/api/clock", {"forward": "P1D"})
    status, clock = setting.post("/api/clock", {"forward": "P1WT2H30M5S"})
    assert status == 200
    assert clock["offset_seconds"] == 8 * 86_400 + 2 * 3600 + 30 * 60 + 5
    assert setting.get("/api/clock")[1]["offset_seconds"] == clock["offset_seconds"]


def test_what_came_due_by_moving_the_clock_goes_out_at_once(setting: Setting) -> None:
    setting.post("/api/clock", {"forward": "PT1H"})
    assert setting.stack.fanned_out == ["once"]


def test_faults_are_set_and_seen(setting: Setting) -> None:
    setting.post("/api/faults", {"throttle": 2, "lost_receipt": 1})
    _, answer = setting.get("/api/faults")
    assert answer["left"]["throttle"] == 2
    assert answer["left"]["lost_receipt"] == 1
    assert answer["left"].keys() == answer["meanings"].keys()


def test_phones_are_known_once_added_or_used(setting: Setting) -> None:
    setting.post("/api/phones", {"phone": "12065550199", "name": "Sam"})
    setting.post(THREAD, {"text": "Hello"})
    _, phones = setting.get("/api/phones")
    assert [(known["phone"], known["name"], known["texts"]) for known in phones] == [
        ("+12065550199", "Sam", 0),
        (PHONE, "", 1),
    ]


def test_a_booking_is_an_event_on_the_bus(setting: Setting) -> None:
    status, booked = setting.post(
        "/api/appointments",
        {"phone": PHONE, "start": "2026-12-08T09:00", "first_name": "Ana", "language": "es"},
    )
    assert status == 200
    (event,) = setting.heard()
    assert event["detail-type"] == "appointment.booked"
    detail = event["detail"]
    assert detail["id"] == booked["id"]
    assert detail["start"] == "2026-12-08T09:00:00-08:00"
    assert detail["contact"] == {
        "phone": PHONE,
        "language": "es",
        "time_zone": "America/Los_Angeles",
    }


def test_a_start_is_on_the_practices_clock_whatever_the_patients(setting: Setting) -> None:
    setting.post("/api/appointments", VISIT | {"time_zone": "America/New_York", "minutes": 45})
    (event,) = setting.heard()
    assert event["detail"]["start"] == "2026-12-08T09:00:00-08:00"
    assert event["detail"]["contact"]["time_zone"] == "America/New_York"
    assert event["detail"]["minutes"] == 45


def test_a_closing_lasts_from_midnight_to_midnight(setting: Setting) -> None:
    setting.post("/api/closings", {"day": "2027-03-14", "why": "snow"})  # a day of 23 hours
    (event,) = setting.heard()
    assert event["detail-type"] == "practice.closed"
    assert event["detail"]["from"] == "2027-03-14T00:00:00-08:00"
    assert event["detail"]["to"] == "2027-03-15T00:00:00-07:00"
    assert (event["detail"]["line"], event["detail"]["why"]) == (LINE, "snow")
    read(PracticeClosedIn, event["detail"])


def test_a_pause_and_its_end_are_events_on_the_bus(setting: Setting) -> None:
    setting.post("/api/pauses", {"paused": True})
    setting.post("/api/pauses", {"what": "all", "paused": False})
    paused, resumed = setting.heard()
    assert {event["detail-type"] for event in (paused, resumed)} == {"texting.paused"}
    assert read(TextingPausedIn, paused["detail"]).until is None
    until = read(TextingPausedIn, resumed["detail"]).until
    assert until
    assert until <= setting.api.clock.now()
    assert (paused["detail"]["what"], resumed["detail"]["what"]) == ("reminders", "all")


def test_a_conversation_is_shown_as_the_table_has_it(setting: Setting) -> None:
    path = f"/api/phones/{PHONE}/conversation"
    _, nothing = setting.get(path)
    assert (nothing["state"], nothing["turns"]) == (None, [])
    dynamodb, table = setting.api.stack.dynamodb, setting.api.stack.table
    pk = {"S": f"c#{nothing['id']}"}
    for item in (
        {"pk": pk, "sk": {"S": "conversation"}, "state": {"S": '{"language": "es"}'}},
        {"pk": pk, "sk": {"S": "turn#1"}, "seq": {"N": "1"}, "reason": {"S": "booked"}},
        {"pk": pk, "sk": {"S": "turn#2"}, "seq": {"N": "2"}, "reason": {"S": "confirmed"}},
    ):
        dynamodb.put_item(TableName=table, Item=item)
    _, conversation = setting.get(path)
    assert conversation["state"]["state"] == {"language": "es"}
    assert [turn["reason"] for turn in conversation["turns"]] == ["confirmed", "booked"]


def test_the_page_needs_nothing_from_elsewhere(setting: Setting) -> None:
    for path in (
        "/",
        "/static/console.css",
        "/static/console.js",
        "/static/rendering.js",
        "/static/timeline.js",
        "/static/playing.js",
        "/static/pausing.js",
    ):
        page = fetch(setting.address + path)
        assert "http://" not in page
        assert "https://" not in page


def test_a_page_by_another_name_is_not_served(setting: Setting) -> None:
    status, _ = ask(f"{setting.address}/health", None, {"host": "evil.example"})
    assert status == 400
