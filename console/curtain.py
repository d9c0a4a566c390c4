"""What happens right after the start: what the last stop cut off is carried out, functions are
warmed up, and the first reminders go out."""

import json
import logging
import time
from datetime import datetime
from threading import Event

from botocore.exceptions import BotoCoreError, ClientError
from textback.errors import TextbackError
from textback.repairing import Repair

from console import demo
from console.api import Api
from console.aws import NotPublishedError, Stack

_log = logging.getLogger(__name__)

_FIRST = ("Requests",)
_NEXT = ("Inbound", "Perform", "FanOut", "Wake", "Receipts")  # in the order they are met
_NO_RECORDS = json.dumps({"Records": []})


class Curtain:
    """Rises while the console is in use already, unless all is over."""

    def __init__(self, api: Api, over: Event) -> None:
        self._api = api
        self._over = over

    def run(self) -> None:
        try:
            stopped = self._api.clock.now()
            self._mend(stopped)
            self._warm(_FIRST)
            demo.book_visits(self._api)
            due = time.monotonic() + demo.DUE_AFTER.total_seconds()
            self._warm(_NEXT)
            self._mend(stopped)  # what a cold function was too slow for the first time
            self._over.wait(max(0.0, due - time.monotonic()) + 1)
            if not self._over.is_set():
                self._api.stack.fan_out()  # sooner than its own next minute
        except (BotoCoreError, ClientError, NotPublishedError) as trouble:
            if not self._over.is_set():
                _log.warning("the demo practice is not complete: %s", trouble)

    def _mend(self, before: datetime) -> None:
        """The engine keeps the table, but not the table's stream: nobody else would perform what
        was written just before the stop."""
        stack = self._api.stack
        perform = stack.outputs["PerformFunctionName"]
        try:
            Repair(stack.dynamodb, stack.functions, stack.table, perform).run(before)
        except (BotoCoreError, ClientError, TextbackError) as trouble:
            if not self._over.is_set():
                _log.warning("what the last stop cut off is not carried out yet: %s", trouble)

    def _warm(self, names: tuple[str, ...]) -> None:
        """Start each function's process now, so that no text has to wait for it."""
        for name in names:
            if not self._over.is_set():
                _warm(self._api.stack, name)


def _warm(stack: Stack, name: str) -> None:
    """Invoke a function with nothing to do, and say so if it does not even start."""
    answer = stack.functions.invoke(
        FunctionName=stack.outputs[f"{name}FunctionName"], Payload=_NO_RECORDS
    )
    if "FunctionError" in answer:
        why = json.load(answer["Payload"]).get("errorMessage")
        _log.error("the function %s fails, see engine.log: %s", name, why)
