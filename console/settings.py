"""Where the local run keeps things, and the two ports that it serves on."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

REGION = "us-east-1"
STACK = "textback"
DEMO_LINE = "+12065550100"
ZONE = "America/Los_Angeles"  # the demo practice's
SALT = "the-salt-of-a-local-stack"  # a deployed stack gets one of its own: nothing here is secret
ROOT = Path(__file__).resolve().parent.parent
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@dataclass(frozen=True)
class Settings:
    """One local run. `local` holds its data and build output; the tools stay under `tools`."""

    port: int = 8300
    aws_port: int = 4566
    local: Path = ROOT / ".local"
    tools: Path = ROOT / ".local"

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Take PORT, AWS_PORT and LOCAL from the environment; a wrong one is a ValueError."""
        return cls(
            port=_port(environment, "PORT", cls.port),
            aws_port=_port(environment, "AWS_PORT", cls.aws_port),
            local=ROOT / environment.get("LOCAL", ".local"),
        )

    @property
    def data(self) -> Path:
        """What a second start keeps, and `make clean` forgets."""
        return self.local / "data"

    @property
    def endpoint_url(self) -> str:
        return f"http://127.0.0.1:{self.aws_port}"

    @property
    def console_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def carrier_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/carrier"

    @property
    def marker(self) -> Path:
        """The file that is there while a run lasts."""
        return self.local / "running"

    @property
    def stack_file(self) -> Path:
        return self.local / "stack.json"


_MAXIMUM_PORT = 65_535


def _port(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    text = environment.get(name) or str(otherwise)
    if not text.isdecimal() or not 0 < int(text) <= _MAXIMUM_PORT:
        raise ValueError(f"{name}={text} is not a port: a number from 1 to {_MAXIMUM_PORT}")
    return int(text)
