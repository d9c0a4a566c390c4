"""The console's own API: phones, texts, the clock, faults, and the health of it all."""

from dataclasses import dataclass, field
from threading import Event
from typing import Any

from starlette.routing import Route

from console import state
from console.asked import Asked, answering, number
from console.aws import Stack
from console.booking import Booking, book
from console.clock import Clock, duration
from console.errors import NotReadyError, WrongRequestError
from console.faults import Faults
from console.inbound import Inbound, shown
from console.phones import Phones
from console.settings import DEMO_LINE

_LONGEST_TEXT = 1600


@dataclass(frozen=True)
class Api:
    """The endpoints, and what they work on."""

    stack: Stack
    phones: Phones
    clock: Clock
    faults: Faults
    salt: str
    ready: Event = field(default_factory=Event)

    def routes(self) -> list[Route]:
        return [
            Route("/health", answering(self.health)),
            Route("/api/phones", answering(self.list_phones), methods=["GET"]),
            Route("/api/phones", answering(self.add_phone), methods=["POST"]),
            Route("/api/phones/{phone}/texts", answering(self.thread), methods=["GET"]),
            Route("/api/phones/{phone}/texts", answering(self.text), methods=["POST"]),
            Route("/api/phones/{phone}/conversation", answering(self.conversation)),
            Route("/api/clock", answering(self.see_clock), methods=["GET"]),
            Route("/api/clock", answering(self.move_clock), methods=["POST"]),
            Route("/api/faults", answering(self.see_faults), methods=["GET"]),
            Route("/api/faults", answering(self.ask_faults), methods=["POST"]),
            Route("/api/appointments", answering(self.book), methods=["POST"]),
        ]

    def health(self, _: Asked) -> Any:
        if not self.ready.is_set():
            raise NotReadyError("the demo practice is being loaded")
        return {"status": "ok", "line": DEMO_LINE}

    def list_phones(self, _: Asked) -> Any:
        return self.phones.known()

    def add_phone(self, asked: Asked) -> Any:
        phone = number(asked.text("phone"))
        self.phones.know(phone, asked.text("name", ""))
        return {"phone": phone}

    def thread(self, asked: Asked) -> Any:
        return [shown(text) for text in self.phones.thread(asked.phone)]

    def text(self, asked: Asked) -> Any:
        body = asked.text("text")
        if not 1 <= len(body) <= _LONGEST_TEXT:
            raise WrongRequestError(f"text wants 1 to {_LONGEST_TEXT} characters")
        line = number(asked.text("line", DEMO_LINE))
        inbound = Inbound(self.stack, self.phones, self.clock)
        return shown(inbound.take(asked.phone, line, body, asked.text("id", "") or None))

    def conversation(self, asked: Asked) -> Any:
        line = number(asked.query.get("line", DEMO_LINE))
        return state.conversation(self.stack, self.salt, line, asked.phone)

    def see_clock(self, _: Asked) -> Any:
        return self._time()

    def move_clock(self, asked: Asked) -> Any:
        self.clock.forward(duration(asked.body.get("forward")))
        self.stack.fan_out()  # else what came due waits for the fan-out's next minute
        return self._time()

    def see_faults(self, _: Asked) -> Any:
        return {"left": self.faults.left(), "meanings": self.faults.meanings()}

    def ask_faults(self, asked: Asked) -> Any:
        self.faults.ask(asked.body)
        return {"left": self.faults.left()}

    def book(self, asked: Asked) -> Any:
        booking = Booking.read(asked.body)
        self.phones.know(booking.phone, booking.first_name)
        book(self.stack, booking, self.clock.now())
        return {"id": booking.id, "phone": booking.phone, "start": booking.start.isoformat()}

    def _time(self) -> dict[str, Any]:
        return {
            "now": self.clock.now().isoformat(timespec="seconds"),
            "offset_seconds": int(self.clock.offset().total_seconds()),
        }
