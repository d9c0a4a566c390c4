"""The local run is stopped and started again in the middle of a load."""

import time
from threading import Thread
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from tests.stack.line import Outside, eventually, side_by_side
from tests.stack.test_spine import CONFIRMED, FAR, a_phone, settled
from tests.support.local_run import LocalRun

CONTACTS = 60
PATIENCE = 420.0  # a text cut off while it was sent waits two minutes for its receipt


def test_a_restart_in_the_middle_of_a_load_loses_and_doubles_nothing(
    local_run: LocalRun, outside: Outside
) -> None:
    phones = list({a_phone() for _ in range(CONTACTS)})
    side_by_side(lambda phone: outside.book(phone, FAR), phones)
    assert eventually(lambda: all(outside.visit(phone) for phone in phones), PATIENCE)

    load = Thread(target=side_by_side, args=(lambda phone: insist(outside, phone), phones))
    load.start()
    assert eventually(lambda: any(outside.got(phone) for phone in phones))
    assert local_run.stop() == 0, local_run.output
    local_run.start()
    load.join()

    assert eventually(lambda: all(outside.got(phone) for phone in phones), PATIENCE)
    settled(outside, phones[0])
    answers = [outside.got(phone) for phone in phones]
    assert [len(answer) for answer in answers] == [1] * len(phones)
    assert all(CONFIRMED in answer[0] for answer in answers)


def insist(outside: Outside, phone: str) -> None:
    """Deliver a text as the carrier does: until the topic took it, by the one id it has."""
    id_ = str(uuid4())
    while True:
        try:
            return outside.text(phone, "Yes I'll be there!", id_)
        except (BotoCoreError, ClientError):
            time.sleep(0.2)
