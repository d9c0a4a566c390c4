"""Server-sent events: which phones have news, so that the page need not ask all the time."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from console.clock import Clock
from console.phones import Phones
from console.settings import ZONE

_LOOK_EVERY = 0.5
_SAY_SOMETHING_EVERY = 10.0  # the clock, and a sign of life


class Stream:
    """Tells each listener what changed since it was told last."""

    def __init__(self, phones: Phones, clock: Clock) -> None:
        self._phones = phones
        self._clock = clock

    async def endpoint(self, request: Request) -> StreamingResponse:
        return StreamingResponse(
            self._events(request),
            media_type="text/event-stream",
            headers={"cache-control": "no-store"},
        )

    async def _events(self, request: Request) -> AsyncIterator[str]:
        told = -1
        silent = 0.0
        while not await request.is_disconnected():
            revision = self._phones.revision
            if revision != told or silent >= _SAY_SOMETHING_EVERY:
                told, silent = revision, 0.0
                yield f"data: {json.dumps(await run_in_threadpool(self._news))}\n\n"
            await asyncio.sleep(_LOOK_EVERY)
            silent += _LOOK_EVERY

    def _news(self) -> dict[str, Any]:
        return {
            "now": self._clock.now().isoformat(timespec="seconds"),
            "zone": ZONE,
            "offset_seconds": int(self._clock.offset().total_seconds()),
            "phones": self._phones.known(),
        }
