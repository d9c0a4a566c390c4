"""A function starts without looking for garbage, and looks for it again once it has."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STARTS = """
import gc
from functions.inbound import app
print(gc.isenabled())
try:
    app.wiring()
except KeyError:
    print("KeyError")
print(gc.isenabled(), gc.get_freeze_count() > 0)
"""
ENVIRONMENT = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "TEXTBACK_TABLE": "table",
    "TEXTBACK_SALT": "salt",
    "TEXTBACK_DEAD_LETTERS": "https://sqs.us-east-1.amazonaws.com/111122223333/letters",
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"AWS_LAMBDA_FUNCTION_NAME": "inbound"}, "False True True"),
        (
            {"AWS_LAMBDA_FUNCTION_NAME": "inbound", "TEXTBACK_TABLE": None},
            "False KeyError True True",
        ),
        ({}, "True True False"),
    ],
    ids=["on AWS", "on AWS, without what every function needs", "elsewhere"],
)
def test_no_garbage_is_collected_while_a_function_starts(
    changed: dict[str, str | None], told: str
) -> None:
    kept = {k: v for k, v in os.environ.items() if k != "AWS_LAMBDA_FUNCTION_NAME"}
    command = [sys.executable, "-c", STARTS]
    done = subprocess.run(  # noqa: S603 - our own
        command,
        env={k: v for k, v in (kept | ENVIRONMENT | changed).items() if v is not None},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == told.split()


ENTRIES = sorted(ROOT.glob("functions/*/app.py"))


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.parent.name)
def test_every_function_says_that_it_starts_before_it_imports_anything(entry: Path) -> None:
    _, first, second, *_ = ast.parse(entry.read_text(encoding="utf-8")).body
    assert ast.unparse(first) == "from textback import starting"
    assert ast.unparse(second) == "starting.begin()"
