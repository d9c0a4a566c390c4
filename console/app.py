"""The console's web application: the page, its API, and the carrier under `/carrier`."""

from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from console.api import Api
from console.carrier import Carrier
from console.stream import Stream

_PAGE = Path(__file__).parent / "static"
_HOSTS = ["localhost", "127.0.0.1"]


@dataclass(frozen=True)
class Console:
    """The parts of the console, put together in `run`, and in the tests."""

    api: Api
    carrier: Carrier

    def app(self) -> Starlette:
        stream = Stream(self.api)
        return Starlette(
            routes=[
                Route("/", lambda _: FileResponse(_PAGE / "index.html")),
                *self.api.routes(),
                Route("/api/stream", stream.endpoint),
                *self.carrier.routes("/carrier"),
                Mount("/static", StaticFiles(directory=_PAGE)),
            ],
            # A page somewhere else must not reach this one by a name that it made up.
            middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)],
        )
