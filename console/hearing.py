"""What hears of visits on the bus, whoever puts them there: whoever has one gets a phone on the
page."""

import json
import logging
from threading import Event

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
            self._meet(message["Body"])
        if messages:
            entries = [
                {"Id": str(position), "ReceiptHandle": message["ReceiptHandle"]}
                for position, message in enumerate(messages)
            ]
            self._stack.queues.delete_message_batch(QueueUrl=queue, Entries=entries)
        return len(messages)

    def _meet(self, body: str) -> None:
        try:
            visit = read(AppointmentIn, json.loads(body)["detail"])
            line = phone(visit.line, "US", "line")
            number = phone(visit.contact.phone, region_of(line), "contact.phone")
        except (BadInput, ValueError, KeyError, TypeError):
            return  # no event, or one that the line refuses and says so
        if line == DEMO_LINE:
            self._phones.meet(number, visit.patient.first_name)

    def run(self, over: Event) -> None:
        queue = ""
        while not over.is_set():
            try:
                queue = queue or self.subscribe()
                self.hear(queue)
            except (BotoCoreError, ClientError) as trouble:
                if not over.wait(_WAIT_AFTER_TROUBLE):
                    _log.warning("phones of new visits are not shown: %s", trouble)
