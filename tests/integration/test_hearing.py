"""Visits that anybody puts on the bus: whose phones the console shows."""

from collections.abc import Callable
from typing import Any

import pytest

from console.hearing import Hearing
from console.phones import MOST_MET
from tests.support.console import LINE, Setting

type Hear = Callable[[], None]


def booked(setting: Setting, phone: str, name: str = "", **more: Any) -> None:
    detail = {
        "line": LINE,
        "id": f"apt-{phone}",
        "version": 1,
        "contact": {"phone": phone},
        "patient": {"first_name": name},
        "start": "2026-12-08T09:00:00-08:00",
    }
    setting.stack.put_event("appointment.booked", detail | more, "a scheduling system")


def shown(setting: Setting) -> list[tuple[str, str]]:
    return [(known["phone"], known["name"]) for known in setting.get("/api/phones")[1]]


@pytest.fixture
def hear(setting: Setting) -> Hear:
    hearing = Hearing(setting.stack, setting.api.phones)
    queue = hearing.subscribe()
    assert hearing.subscribe() == queue, "a second start hears by the same queue"

    def all_of_it() -> None:
        while hearing.hear(queue):
            pass

    return all_of_it


def test_whoever_has_a_visit_has_a_phone_the_newest_first(setting: Setting, hear: Hear) -> None:
    setting.post("/api/phones", {"phone": "12065550199", "name": "Sam"})
    booked(setting, "+12065550111", "Ana")
    booked(setting, "(206) 555-0112", "Luis")
    booked(setting, "+12065550199", "Samuel")
    hear()
    assert shown(setting) == [
        ("+12065550199", "Sam"),
        ("+12065550112", "Luis"),
        ("+12065550111", "Ana"),
    ]


def test_what_is_no_visit_of_this_line_shows_no_phone(setting: Setting, hear: Hear) -> None:
    booked(setting, "+12065550111", line="+12065550188")
    booked(setting, "nobody")
    booked(setting, "+12065550112", start="soon")
    booked(setting, "+12065550113", version=None)
    hear()
    assert shown(setting) == []


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "{}", '{"detail": 7}', '{"detail": null}'])
def test_garbage_is_heard_once_and_holds_up_nothing(
    setting: Setting, hear: Hear, body: str
) -> None:
    queue = setting.stack.queues.get_queue_url(QueueName="textback-console")["QueueUrl"]
    setting.stack.queues.send_message(QueueUrl=queue, MessageBody=body or " ")
    booked(setting, "+12065550111", "Ana")
    hear()
    assert shown(setting) == [("+12065550111", "Ana")]


def test_an_import_of_hundreds_shows_no_more_than_one_can_look_through(setting: Setting) -> None:
    phones = setting.api.phones
    for number in range(300):
        phones.meet(f"+1206555{number:04}", "Ana")
    phones.know("+12065550001", "Kim")
    assert [one["phone"] for one in phones.known()] == [
        "+12065550001",
        *(f"+1206555{number:04}" for number in range(299, 299 - MOST_MET, -1)),
    ]
