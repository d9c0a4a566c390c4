"""`make run`'s own program on free ports: started once for all tests that need the whole stack."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.stack.line import Outside, eventually

ROOT = Path(__file__).resolve().parents[2]
START = 300.0  # seconds
SHARING = ("tests/browser/", "tests/stack/")


@dataclass
class LocalRun:
    """A run of its own: its data in `folder`, its ports free ones, its process ours to end."""

    folder: Path
    ports: tuple[int, int]
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def stack_file(self) -> Path:
        return self.folder / "stack.json"

    @property
    def output(self) -> str:
        return (self.folder / "run.log").read_text(encoding="utf-8")

    def start(self) -> Outside:
        self.folder.mkdir(exist_ok=True)
        port, aws_port = self.ports
        environment = os.environ | {
            "LOCAL": str(self.folder),
            "PORT": str(port),
            "AWS_PORT": str(aws_port),
        }
        with (self.folder / "run.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "console.run"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        is_up = eventually(
            lambda: self.stack_file.exists() or self.process.poll() is not None, START
        )
        assert is_up, self.output
        assert self.process.poll() is None, self.output
        return Outside.of(self.stack_file)

    def stop(self) -> int:
        """Stop it as Ctrl-C does; the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@pytest.fixture(scope="session")
def local_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalRun]:
    run = LocalRun(tmp_path_factory.mktemp("local"), (free_port(), free_port()))
    try:
        run.start()
        yield run
    finally:
        status = run.stop()
    assert status == 0, run.output


@pytest.fixture
def outside(local_run: LocalRun) -> Outside:
    return Outside.of(local_run.stack_file)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of the stack in one worker, so that they share the one stack."""
    for item in items:
        if any(folder in str(item.path) for folder in SHARING):
            item.add_marker(pytest.mark.xdist_group("stack"))
