"""What several of these tests begin with."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from moto import mock_aws

from tests.support.aws import REGION, client, new_table
from tests.support.console import Setting, console
from tests.support.deployed import SERVICES, Deployed
from tests.support.samples import clock


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Setting]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    with console() as setting:
        yield setting


@pytest.fixture(scope="module")
def clients() -> Iterator[dict[str, Any]]:
    with mock_aws():
        yield {name: client(name) for name in SERVICES}


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch, clients: dict[str, Any]) -> Iterator[Deployed]:
    stack = Deployed(monkeypatch, clients, clock())
    yield stack
    stack.close()


@pytest.fixture(scope="module")
def dynamodb(clients: dict[str, Any]) -> Any:
    return clients["dynamodb"]


@pytest.fixture
def table(dynamodb: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A table, and the folder of a local stack that has it, in which we are."""
    name = new_table(dynamodb)
    (tmp_path / ".local").mkdir()
    stack = {
        "endpoint_url": f"https://dynamodb.{REGION}.amazonaws.com",
        "region": REGION,
        "outputs": {"TableName": name},
    }
    (tmp_path / ".local/stack.json").write_text(json.dumps(stack))
    monkeypatch.chdir(tmp_path)
    return name
