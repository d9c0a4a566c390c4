"""The console's own API: phones, texts, the clock, faults, what scheduling systems say, and the
health of it all."""

from dataclasses import asdict, dataclass, field
from threading import Event
from typing import Any

from starlette.routing import Route
from textback.adapters.dynamodb.lines import DynamoDBLines
from textback.domain.conversation import Conversation
from textback.domain.identity import conversation_id
from textback.domain.playbook import Line
from textback.errors import UnknownLine

from console import practice, state
from console.asked import Asked, answering, number
from console.aws import Stack
from console.booking import Booking, book
from console.clock import Clock, duration
from console.errors import NotReadyError, WrongRequestError
from console.faults import Faults
from console.inbound import Inbound, shown
from console.phones import Phones
from console.playing import Playing
from console.records import Records
from console.settings import DEMO_LINE
from console.timeline import pauses, timeline

_LONGEST_TEXT = 1600
_LATEST = 20  # journal entries that the timeline shows


@dataclass(frozen=True)
class Api:
    """The endpoints, and what they work on."""

    stack: Stack
    phones: Phones
    clock: Clock
    faults: Faults
    playing: Playing
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
            Route("/api/phones/{phone}/timeline", answering(self.timeline)),
            Route("/api/clock", answering(self.see_clock), methods=["GET"]),
            Route("/api/clock", answering(self.move_clock), methods=["POST"]),
            Route("/api/clock/next", answering(self.move_clock_to_next), methods=["POST"]),
            Route("/api/faults", answering(self.see_faults), methods=["GET"]),
            Route("/api/faults", answering(self.ask_faults), methods=["POST"]),
            Route("/api/appointments", answering(self.book), methods=["POST"]),
            Route("/api/closings", answering(self.close), methods=["POST"]),
            Route("/api/pauses", answering(self.pause), methods=["POST"]),
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

    def timeline(self, asked: Asked) -> Any:
        line = self._line(number(asked.query.get("line", DEMO_LINE)))
        id_ = conversation_id(self.salt, line.number, asked.phone)
        found, entries = Records.of(self.stack).latest(id_, _LATEST)
        blank = Conversation(id_, line.number, asked.phone)
        return timeline(line, found or blank, entries, self.clock.now())

    def see_clock(self, _: Asked) -> Any:
        return self.time()

    def move_clock(self, asked: Asked) -> Any:
        """Jump: what is leapt over comes late, as after an outage."""
        self.clock.forward(duration(asked.body.get("forward")))
        self.stack.fan_out()  # else what came due waits for the fan-out's next minute
        return self.time()

    def move_clock_to_next(self, asked: Asked) -> Any:
        """Move to the next thing that happens, or by `within` when nothing does before."""
        within = asked.body.get("within")
        happened = self.playing.move(None if within is None else duration(within))
        return self.time() | {"happened": [asdict(each) for each in happened]}

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

    def close(self, asked: Asked) -> Any:
        return practice.close(self.stack, practice.Closing.read(asked.body))

    def pause(self, asked: Asked) -> Any:
        standstill = practice.Standstill.read(asked.body)
        return practice.pause(self.stack, standstill, self.clock.now())

    def time(self) -> dict[str, Any]:
        """What the clock shows, and when the next thing happens."""
        coming = self.playing.next()
        return {
            "now": self.clock.now().isoformat(timespec="seconds"),
            "offset_seconds": int(self.clock.offset().total_seconds()),
            "next": coming.isoformat(timespec="seconds") if coming else None,
        }

    def standing_still(self) -> list[dict[str, Any]]:
        """What stands still on the demo line; nothing before it has its settings."""
        try:
            return pauses(self._line(DEMO_LINE), self.clock.now())
        except WrongRequestError:
            return []

    def _line(self, of_number: str) -> Line:
        """The line as it is now: a pause shows at once."""
        try:
            return DynamoDBLines(self.stack.dynamodb, self.stack.table, self.clock).get(of_number)
        except UnknownLine as unknown:
            raise WrongRequestError(str(unknown)) from None
