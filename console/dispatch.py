"""What publishes receipts when they are due."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import Event
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from console.aws import NotPublishedError
from console.clock import real_now
from console.phones import Phones
from console.receipts import STATES, event_for

_log = logging.getLogger(__name__)

_LOOK_EVERY = 0.1
_WAIT_AFTER_TROUBLE = 2.0
_AT_ONCE = 50

type Publish = Callable[[Sequence[Mapping[str, Any]]], None]


class Dispatch:
    """Publishes each receipt once it is due, at least once, also those of an earlier start."""

    def __init__(
        self,
        phones: Phones,
        publish: Publish,
        now: Callable[[], datetime],
        real_now: Callable[[], datetime] = real_now,
    ) -> None:
        self._phones = phones
        self._publish = publish
        self._now = now
        self._real_now = real_now

    def publish_due(self) -> int:
        """Publish what is due now, mark the texts, and say how many receipts there were."""
        due = self._phones.due_receipts(self._real_now().timestamp(), _AT_ONCE)
        known = [(receipt, self._phones.text(receipt.text_id)) for receipt in due]
        now = self._now()
        self._publish([event_for(receipt, text, now) for receipt, text in known if text])
        for receipt in due:
            self._phones.mark(receipt.text_id, STATES[receipt.event])
        self._phones.forget_receipts(due)
        return len(due)

    def run(self, over: Event) -> None:
        while not over.wait(_LOOK_EVERY):
            try:
                while self.publish_due() == _AT_ONCE:
                    pass
            except (BotoCoreError, ClientError, NotPublishedError) as trouble:
                _log.warning("receipts wait, the stack does not take them: %s", trouble)
                over.wait(_WAIT_AFTER_TROUBLE)
