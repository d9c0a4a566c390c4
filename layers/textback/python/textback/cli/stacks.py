"""Which stack a command speaks to: a deployed one by its name, or the one of `make run`."""

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from textback.errors import BadInput

LOCAL = Path(".local/stack.json")


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack's outputs, and clients that reach it."""

    outputs: Mapping[str, str]
    client: Callable[[str], Any]

    @property
    def table(self) -> str:
        """Raises BadInput."""
        if "TableName" not in self.outputs:
            raise BadInput("the stack has no output TableName: is it one of Textback?")
        return self.outputs["TableName"]


def add_stack_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--stack", default="textback", help="the stack's name (default: textback)")
    which.add_argument("--local", action="store_true", help="the stack of `make run`")


def find_stack(arguments: argparse.Namespace) -> Stack:
    """Raises BadInput when there is no such stack."""
    return _local() if arguments.local else _deployed(arguments.stack)


@contextmanager
def reaching(what: str) -> Iterator[None]:
    """Tell what AWS says when `what` cannot be reached. Raises BadInput."""
    try:
        yield
    except ClientError as error:
        raise BadInput(f"{what}: {error.response['Error']['Message']}") from None
    except BotoCoreError as error:  # no credentials, no region, no network
        raise BadInput(f"{what}: {error}") from None


def _local() -> Stack:
    try:
        told = json.loads(LOCAL.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(f"{LOCAL} is not there: start the local stack with `make run`") from None
    session = boto3.Session(
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the local engine takes any
        region_name=told["region"],
    )
    return Stack(
        told["outputs"], lambda service: session.client(service, endpoint_url=told["endpoint_url"])
    )


def _deployed(name: str) -> Stack:
    session = boto3.Session()
    with reaching(f"stack {name}"):
        found = session.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    outputs = {o["OutputKey"]: o["OutputValue"] for o in found.get("Outputs", [])}
    return Stack(outputs, session.client)
