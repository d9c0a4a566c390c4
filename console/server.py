"""The console's server, in a thread of its own so that signals stay with the main one."""

from threading import Thread
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from console.ports import PortTakenError


class Server:
    """Serves while the block lasts, on this machine only."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._port = port
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                host="127.0.0.1",
                port=port,
                log_level="warning",
                timeout_graceful_shutdown=1,  # an open page listens for ever
                ws="none",
                lifespan="off",
            )
        )
        self._thread = Thread(target=self._server.run, name="console", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.02)
            if not self._thread.is_alive():
                raise PortTakenError(f"Port {self._port} was taken while the run started.")
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(5)
