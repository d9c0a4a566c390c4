"""The local AWS engine: MiniStack as a child process that keeps its data between two starts."""

import os
import shutil
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from threading import Thread
from typing import Self

from console.kept import show_again
from console.settings import CREDENTIALS, REGION, Settings
from console.stopping import Stop
from console.tools import Tool, ToolError

_START_SECONDS = 60


class Engine:
    """MiniStack. Ended politely when the block ends: only then does it save its data."""

    def __init__(self, settings: Settings, stop: Stop) -> None:
        self._settings = settings
        self._stop = stop
        self._workers = settings.local / "tmp" / "engine"  # where functions are unpacked
        self._address = settings.data / "engine.url"

    def __enter__(self) -> Self:
        self._make_folders()
        self._follow_the_port()
        show_again(self._settings.data / "engine")
        python = self._settings.tools / "engine" / "bin" / "python"
        self._tool = Tool(
            [str(python), "-m", "ministack"],
            self._environment(),
            self._settings.local / "logs" / "engine.log",
        )
        try:
            self._wait_until_ready()
        except BaseException:
            self._tool.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._tool.stop()

    def running(self) -> bool:
        return self._tool.running()

    def failure(self) -> ToolError:
        return self._tool.failure()

    def _make_folders(self) -> None:
        if self._workers.exists():
            self._workers.rename(self._workers.with_name(f"done-{os.getpid()}"))
        for done in self._workers.parent.glob("done-*"):  # many files, nobody waits for that
            Thread(target=shutil.rmtree, args=(done,), daemon=True).start()
        for folder in (self._workers, self._settings.data / "engine"):
            folder.mkdir(parents=True, exist_ok=True)

    def _environment(self) -> dict[str, str]:
        """Only this machine may reach it, and only what the stack uses is listening."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | CREDENTIALS | {
            "AWS_DEFAULT_REGION": REGION,
            "BIND_HOST": "127.0.0.1",
            "MINISTACK_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self._settings.aws_port),
            "MINISTACK_REGION": REGION,
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self._settings.data / "engine"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self._settings.data / "s3"),
            "TMPDIR": str(self._workers),
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
            "DOCKER_HOST": "unix:///nowhere",  # functions run as processes, never in containers
            "PYTHONDONTWRITEBYTECODE": "1",
        }  # fmt: skip

    def _follow_the_port(self) -> None:
        """Rewrite the engine's address in the data of an earlier start on another port.

        MiniStack finds a queue by its whole URL, so queues of another port would be lost to it.
        """
        new = self._settings.endpoint_url
        old = self._address.read_text() if self._address.exists() else new
        if old != new:
            for file in (self._settings.data / "engine").glob("*.json"):
                text = file.read_text()
                if f"{old}/" in text:
                    file.write_text(text.replace(f"{old}/", f"{new}/"))
        self._address.write_text(new)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if not self._tool.running():
                raise self._tool.failure()
            if _answers(f"{self._settings.endpoint_url}/_ministack/ready"):
                return
            self._stop.pause()
        raise self._tool.failure()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - this machine
            return bool(answer.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False
