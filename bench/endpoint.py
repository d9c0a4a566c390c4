"""An endpoint of AWS as cheap as one can be, in a process of its own: it reads a JSON request and
answers it with what it was started with. What a call costs against it is what the client costs."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import boto3
from botocore.config import Config

from bench.rounds import ROOT

LOOPBACK = "127.0.0.1"


@contextmanager
def answering(service: str, answer: Mapping[str, Any]) -> Iterator[Any]:
    """A client of `service` whose every call is given `answer` (as on the wire)."""
    command = [sys.executable, "-m", "bench.endpoint", json.dumps(answer)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert process.stdout  # noqa: S101 - a pipe was asked for
    try:
        yield boto3.Session("test", "test", region_name="us-east-1").client(
            service,
            endpoint_url=f"http://{LOOPBACK}:{process.stdout.readline().strip()}",
            config=Config(retries={"total_max_attempts": 1}),
        )
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as AWS keeps them
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave together
    answer: ClassVar[bytes] = b"{}"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.0")
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing: what is told would be measured."""


def main(answer: str) -> None:
    Endpoint.answer = answer.encode()
    with ThreadingHTTPServer((LOOPBACK, 0), Endpoint) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
