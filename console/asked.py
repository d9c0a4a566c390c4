"""A request to the console's API, read, with clear words for what is wrong with it."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Self

from botocore.exceptions import BotoCoreError, ClientError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from textback.domain.phones import NotAPhone, e164

from console.aws import NotPublishedError
from console.errors import NotReadyError, WrongRequestError

_NUMBER = re.compile(r"\+?([1-9]\d{1,14})")


@dataclass(frozen=True)
class Asked:
    """A request's body, query and path."""

    body: Mapping[str, Any]
    query: Mapping[str, str]
    path: Mapping[str, str]

    @classmethod
    async def read(cls, request: Request) -> Self:
        body: object = {}
        if request.method == "POST":
            try:
                body = json.loads(await request.body() or b"{}")
            except ValueError:
                body = None
        if not isinstance(body, dict):
            raise WrongRequestError("the body has to be a JSON object")
        return cls(body, request.query_params, request.path_params)

    @property
    def phone(self) -> str:
        """The phone in the path, as E.164."""
        return number(self.path["phone"])

    def text(self, name: str, otherwise: str | None = None) -> str:
        """Give a field of the body that has to be text."""
        value = self.body.get(name, otherwise)
        if not isinstance(value, str):
            raise WrongRequestError(f"{name} is missing, or is no text")
        return value


def text_of(wish: Mapping[str, Any], name: str, otherwise: str | None = None) -> str:
    """Give a field that has to be text; an empty one counts as left out."""
    value = wish.get(name) or otherwise
    if not isinstance(value, str):
        raise WrongRequestError(f"{name} is missing, or is no text")
    return value


def number(written: str) -> str:
    """Read a phone number in E.164, with or without its +; it has to be one that a country has."""
    found = _NUMBER.fullmatch(written.strip())
    try:
        if found:
            return e164(f"+{found[1]}", region="")
    except NotAPhone:
        pass
    raise WrongRequestError(f"{written!r} is no phone number in E.164 such as +12065550123")


def answering(serve: Callable[[Asked], Any]) -> Callable[[Request], Awaitable[Response]]:
    """Serve in a thread, and answer a wrong request with a 400 that says what is wrong."""

    @wraps(serve)
    async def endpoint(request: Request) -> Response:
        try:
            asked = await Asked.read(request)
            return JSONResponse(await run_in_threadpool(serve, asked))
        except WrongRequestError as wrong:
            return JSONResponse({"error": str(wrong)}, 400)
        except NotReadyError as early:
            return JSONResponse({"error": str(early)}, 503)
        except (BotoCoreError, ClientError, NotPublishedError) as trouble:
            return JSONResponse({"error": f"the stack did not take it: {trouble}"}, 502)

    return endpoint
