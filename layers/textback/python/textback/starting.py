"""How a function starts: without looking for garbage. Nearly all that it makes while it starts
stays as long as it does; to look through that, ever again as it grows, is a sixth of a cold start.

A function's entry says `begin` before it imports anything else, and `wiring` says `done`.
"""

import gc
import os


def begin() -> None:
    """Nothing happens elsewhere than on AWS."""
    if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
        gc.disable()


def done() -> None:
    """What is there by now is looked through no more."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
