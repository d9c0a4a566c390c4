"""Whether the ports that a run needs are free, and what to say if they are not."""

import socket
from contextlib import closing

from console.settings import Settings


class PortTakenError(Exception):
    """A port is in use; the message says which, and how to take another."""


def check(settings: Settings) -> None:
    """Raise PortTakenError unless both ports are free."""
    if settings.port == settings.aws_port:
        raise PortTakenError(f"PORT and AWS_PORT are both {settings.port}: choose two.")
    for name, port in (("PORT", settings.port), ("AWS_PORT", settings.aws_port)):
        if not _free(port):
            raise PortTakenError(
                f"Port {port} ({name}) is in use by another program."
                f"\nEnd that, or choose other ports: make run {others(settings)}"
            )


def others(settings: Settings) -> str:
    """Write a choice of ports for the command line."""
    return f"PORT={settings.port + 1} AWS_PORT={settings.aws_port + 1}"


def _free(port: int) -> bool:
    with closing(socket.socket()) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
