"""A function starts without looking for garbage, and looks for it again once it has."""

import os
import subprocess
import sys

import pytest

STARTS = """
import gc, textback
print(gc.isenabled())
from textback.wiring import wiring
wiring()
print(gc.isenabled(), gc.get_freeze_count() > 0)
"""
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "TEXTBACK_TABLE": "table",
    "TEXTBACK_SALT": "salt",
    "TEXTBACK_DEAD_LETTERS": "https://sqs.us-east-1.amazonaws.com/111122223333/letters",
}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ({"AWS_LAMBDA_FUNCTION_NAME": "inbound"}, ["False", "True", "True"]),
        ({}, ["True", "True", "False"]),
    ],
    ids=["on AWS", "elsewhere"],
)
def test_no_garbage_is_collected_while_a_function_starts(
    name: dict[str, str], told: list[str]
) -> None:
    kept = {k: v for k, v in os.environ.items() if k != "AWS_LAMBDA_FUNCTION_NAME"}
    command = [sys.executable, "-c", STARTS]
    done = subprocess.run(  # noqa: S603 - our own
        command, env=kept | ENVIRONMENT | name, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == told
