"""`make run`: the whole system on this machine, from one template, until Ctrl-C."""

import logging
import sys
import time
from contextlib import ExitStack
from functools import partial

from console import demo, mappings, ports
from console.alone import BusyError, alone
from console.api import Api
from console.app import Console
from console.aws import Stack
from console.beside import beside
from console.carrier import Carrier
from console.clock import Clock
from console.curtain import Curtain
from console.deploy import Deployment
from console.dispatch import Dispatch
from console.engine import Engine
from console.faults import Faults
from console.hearing import Hearing
from console.phones import Phones
from console.playing import Playing
from console.server import Server
from console.settings import DEMO_LINE, SALT, Settings
from console.stopping import Stop, Stopped
from console.tools import ToolError

_LOOK_EVERY = 0.5


def main() -> int:
    """Run until stopped; the exit status is 0 if that was wanted."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    try:
        settings = Settings.read()
        with alone(settings), Stop(settings.marker) as stop, ExitStack() as everything:
            ports.check(settings)
            everything.callback(settings.stack_file.unlink, missing_ok=True)
            _run(settings, stop, everything)
    except Stopped:
        _say("Stopped. `make run` starts again with the same data, `make clean` forgets it.")
    except KeyboardInterrupt:
        return 130
    except (ValueError, BusyError, ports.PortTakenError) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    except ToolError as error:
        print(f"\n{error}\n\nIf only the kept data is at fault: make clean", file=sys.stderr)
        return 1
    return 0


def _run(settings: Settings, stop: Stop, everything: ExitStack) -> None:
    started = time.monotonic()
    settings.stack_file.unlink(missing_ok=True)
    engine, stack = _deploy(settings, stop, everything)
    api = _serve(settings, stack, everything)
    stop.check()
    demo.load(api)
    Deployment(settings).write_stack_file(stack)
    api.ready.set()
    _say(_welcome(settings, time.monotonic() - started))
    everything.enter_context(beside(lambda over: Curtain(api, over).run(), "curtain", patience=0))
    everything.callback(_say, "\nStopping ...")
    while True:
        stop.pause(_LOOK_EVERY)
        if not engine.running():
            raise engine.failure()


def _deploy(settings: Settings, stop: Stop, everything: ExitStack) -> tuple[Engine, Stack]:
    """Start the engine and bring the stack into it, as far as it is not there from last time."""
    deployment = Deployment(settings)
    build = everything.enter_context(deployment.building()) if deployment.needs_build() else None
    _say("Starting the local AWS engine ...")
    engine = everything.enter_context(Engine(settings, stop))
    if build is not None:
        _say("Building the functions and their layers (sam build) ...")
        build.finish(stop)
        deployment.built()
    if deployment.needs_deploy():
        _say("Deploying template.yaml (sam deploy) ...")
        with deployment.deploying() as deploy:
            deploy.finish(stop)
        deployment.deployed()
    stack = deployment.stack()
    mappings.prepare(stack)
    return engine, stack


def _serve(settings: Settings, stack: Stack, everything: ExitStack) -> Api:
    """Start the carrier and the console, on the stack that stands."""
    phones = everything.enter_context(Phones(settings.data / "phones.sqlite"))
    clock = Clock(stack.dynamodb, stack.table)
    faults = Faults()
    api = Api(stack, phones, clock, faults, Playing(stack, clock), SALT)
    carrier = Carrier(phones, faults, clock.now)
    publish = partial(stack.publish, "ReceiptsTopicArn")
    everything.enter_context(beside(Dispatch(phones, publish, clock.now).run, "receipts"))
    everything.enter_context(beside(Hearing(stack, phones).run, "bookings"))
    everything.enter_context(Server(Console(api, carrier).app(), settings.port))
    return api


def _welcome(settings: Settings, seconds: float) -> str:
    return f"""
Ready after {seconds:.0f} s.

  Console       {settings.console_url}   (phones to text from, and a clock to move)
  AWS endpoint  {settings.endpoint_url}   (any AWS client; names in {settings.stack_file.name})
  The line      {DEMO_LINE}           (its first reminders go out within a minute)
  Logs          {settings.local / "logs"}

Ctrl-C stops it and keeps its data."""


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
