"""Server-sent events: what has news, so that the page need not ask all the time."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from console import state
from console.api import Api
from console.settings import DEMO_LINE, ZONE
from console.state import Signs

_LOOK_EVERY = 0.5
_SAY_SOMETHING_EVERY = 10.0  # the clock, and a sign of life


@dataclass(frozen=True)
class Seen:
    """What is looked at again and again: texts, conversations, pauses and the clock's offset."""

    texts: int
    signs: Signs
    offset: timedelta


class Stream:
    """Tells each listener what changed since it was told last."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def endpoint(self, request: Request) -> StreamingResponse:
        return StreamingResponse(
            self._events(request),
            media_type="text/event-stream",
            headers={"cache-control": "no-store"},
        )

    async def _events(self, request: Request) -> AsyncIterator[str]:
        told: Seen | None = None
        silent = _SAY_SOMETHING_EVERY
        while not await request.is_disconnected():
            try:
                seen = await run_in_threadpool(self._look)
                if seen != told or silent >= _SAY_SOMETHING_EVERY:
                    yield f"data: {json.dumps(await run_in_threadpool(self._news, seen))}\n\n"
                    told, silent = seen, 0.0
            except (BotoCoreError, ClientError):
                pass  # the engine is busy, or ends: the next look tells
            await asyncio.sleep(_LOOK_EVERY)
            silent += _LOOK_EVERY

    def _look(self) -> Seen:
        api = self._api
        texts = api.phones.revision  # read first: what comes meanwhile is seen the next time
        phones = [known["phone"] for known in api.phones.known()]
        signs = state.signs(api.stack, api.salt, DEMO_LINE, phones)
        return Seen(texts, signs, api.clock.offset())

    def _news(self, seen: Seen) -> dict[str, Any]:
        versions = seen.signs.versions
        return {
            **self._api.time(),
            "zone": ZONE,
            "standing_still": self._api.standing_still(),
            "pauses": seen.signs.pauses,
            "phones": [
                known | {"version": versions.get(known["phone"], 0)}
                for known in self._api.phones.known()
            ],
        }
