"""Serve an ASGI app on a free port of this machine, while a test runs."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import Any

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Give the address of the app, until the block ends."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1, ws="none")
    )
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
        assert thread.is_alive()
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def ask(url: str, body: object = None, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
    """GET, or POST a body as JSON: the status, and the answer, read if it is JSON."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            said = refused.read()
            is_json = "json" in refused.headers["content-type"]
            return refused.code, json.loads(said) if is_json else said.decode()


def fetch(url: str) -> str:
    """GET a page."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        page: bytes = answer.read()
        return page.decode()
