"""The thread that hears of visits on the bus, whoever puts them there: whoever has one gets a phone
on the page."""

import json
import logging
from threading import Event, Thread
from typing import Any, Self

from botocore.exceptions import BotoCoreError, ClientError
from textback.contracts.incoming import AppointmentIn, phone, read
from textback.domain.phones import region_of
from textback.errors import BadInput

from console.aws import Stack
from console.phones import Phones
from console.settings import DEMO_LINE

_log = logging.getLogger(__name__)

_NAME = "textback-console"
_VISITS = {"detail-type": ["appointment.booked", "appointment.changed"]}
_WAIT = 2  # seconds; the end of a run waits as long
_WAIT_AFTER_TROUBLE = 2.0
_AT_ONCE = 10  # ReceiveMessage gives no more


class Hearing:
    """A queue of its own, beside the line's: what is heard here changes nothing there."""

    def __init__(self, stack: Stack, phones: Phones) -> None:
        self._stack = stack
        self._phones = phones
        self._stop = Event()
        self._thread = Thread(target=self._run, name="bookings", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def subscribe(self) -> str:
        """Let a queue of the console's own hear of visits; its URL. Twice is as good as once."""
        bus = self._stack.outputs["EventBusName"]
        queue = self._stack.queues.create_queue(QueueName=_NAME)["QueueUrl"]
        told = self._stack.queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        self._stack.events.put_rule(Name=_NAME, EventBusName=bus, EventPattern=json.dumps(_VISITS))
        self._stack.events.put_targets(
            Rule=_NAME,
            EventBusName=bus,
            Targets=[{"Id": _NAME, "Arn": told["Attributes"]["QueueArn"]}],
        )
        return str(queue)

    def hear(self, queue: str) -> int:
        """Show the phones of what came meanwhile, and say how many messages there were."""
        answer = self._stack.queues.receive_message(
            QueueUrl=queue, MaxNumberOfMessages=_AT_ONCE, WaitTimeSeconds=_WAIT
        )
        messages = answer.get("Messages", [])
        for message in messages:
            self._meet(json.loads(message["Body"]).get("detail"))
        if messages:
            entries = [
                {"Id": str(position), "ReceiptHandle": message["ReceiptHandle"]}
                for position, message in enumerate(messages)
            ]
            self._stack.queues.delete_message_batch(QueueUrl=queue, Entries=entries)
        return len(messages)

    def _meet(self, detail: Any) -> None:
        try:
            visit = read(AppointmentIn, detail)
            line = phone(visit.line, "US", "line")
            number = phone(visit.contact.phone, region_of(line), "contact.phone")
        except BadInput:
            return  # the line refuses it, and says so
        if line == DEMO_LINE:
            self._phones.meet(number, visit.patient.first_name)

    def _run(self) -> None:
        queue = ""
        while not self._stop.is_set():
            try:
                queue = queue or self.subscribe()
                self.hear(queue)
            except (BotoCoreError, ClientError) as trouble:
                if not self._stop.wait(_WAIT_AFTER_TROUBLE):
                    _log.warning("phones of new visits are not shown: %s", trouble)
