"""The parts of `make run` that need no engine: ports, leashes, and how it is stopped."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from console import leash, ports
from console.alone import BusyError, alone
from console.engine import Engine
from console.settings import Settings
from console.stopping import Stop, Stopped
from console.tools import Tool, ToolError

WRITES_AND_WAITS = "import sys, time; print('here', flush=True); time.sleep(600)"


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def eventually(holds: Callable[[], bool], stop: Stop) -> bool:
    for _ in range(100):
        if holds():
            return True
        stop.pause()
    return False


@pytest.fixture
def stop(tmp_path: Path) -> Stop:
    (tmp_path / "running").touch()
    return Stop(tmp_path / "running")


def test_a_taken_port_is_named_with_the_way_to_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ports.PortTakenError, match=rf"Port {port} \(PORT\)") as said:
            ports.check(Settings(port=port, aws_port=1024))
    assert f"make run PORT={port + 1} AWS_PORT=1025" in str(said.value)


def test_one_port_cannot_serve_both() -> None:
    with pytest.raises(ports.PortTakenError, match="choose two"):
        ports.check(Settings(port=8300, aws_port=8300))


@pytest.mark.parametrize("text", ["", "8300"])
def test_ports_come_from_the_environment(text: str) -> None:
    assert Settings.read({"PORT": text}).port == 8300


@pytest.mark.parametrize("text", ["abc", "0", "70000", "-1"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="AWS_PORT"):
        Settings.read({"AWS_PORT": text})


def test_two_runs_cannot_share_their_data(tmp_path: Path) -> None:
    settings = Settings(local=tmp_path)
    with alone(settings):
        settings.marker.touch()
        with pytest.raises(BusyError, match="LOCAL="), alone(settings):
            pass


def test_a_failing_tool_says_what_it_said_last(tmp_path: Path, stop: Stop) -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such template')"]
    with (
        pytest.raises(ToolError, match="no such template"),
        Tool(command, os.environ, tmp_path / "log") as tool,
    ):
        tool.finish(stop)


def test_a_tool_ends_with_its_block(tmp_path: Path, stop: Stop) -> None:
    log = tmp_path / "log"
    tells = f"import os; print(os.getpid(), flush=True); {WRITES_AND_WAITS}"
    with Tool([sys.executable, "-c", tells], os.environ, log) as tool:
        assert eventually(lambda: "here" in log.read_text(), stop)
        pid = int(log.read_text().split()[0])
        assert tool.running()
    assert gone(pid)


def test_a_command_and_its_children_do_not_outlive_a_killed_parent(stop: Stop) -> None:
    """The parent is this test's end of the pipe: to close it is what a SIGKILL would do."""
    grandchild = "import time; time.sleep(600)"
    child = (
        "import subprocess, sys, os, time;"
        f"print(os.getpid(), subprocess.Popen([sys.executable, '-c', {grandchild!r}]).pid,"
        " flush=True); time.sleep(600)"
    )
    with subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, leash.__file__, sys.executable, "-c", child],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as held:
        assert held.stdout is not None
        pids = [int(pid) for pid in held.stdout.readline().split()]
        assert held.stdin is not None
        held.stdin.close()
        held.wait(30)
    assert eventually(lambda: all(gone(pid) for pid in pids), stop)


def test_a_run_stops_when_its_marker_is_taken_away(stop: Stop, tmp_path: Path) -> None:
    stop.check()
    (tmp_path / "running").unlink()
    with pytest.raises(Stopped):
        stop.check()


def test_kept_queues_follow_the_engine_to_another_port(tmp_path: Path, stop: Stop) -> None:
    kept = tmp_path / "data" / "engine" / "sqs.json"
    for port in (4566, 4567):
        settings = Settings(local=tmp_path, aws_port=port, tools=tmp_path / "nowhere")
        with pytest.raises(ToolError), Engine(settings, stop):
            pass  # there is no engine to start, but its data has moved
        kept.write_text(kept.read_text() if kept.exists() else '"http://127.0.0.1:4566/0/queue"')
    assert kept.read_text() == '"http://127.0.0.1:4567/0/queue"'
