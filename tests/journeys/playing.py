"""A language for journeys, and its player. README.md beside it says what the words mean."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter
from textback.contracts.incoming import AppointmentIn, ReceiptIn
from textback.domain.conversation import Conversation
from textback.domain.effects import CaseNews
from textback.domain.events import (
    Act,
    AgentActed,
    AppointmentCancelled,
    AppointmentScheduled,
    TextReceived,
)
from textback.errors import OutcomeUnknown, Refused, Suspended, Throttled

from tests.support.samples import LINE, PHONE, blank
from tests.support.world import AnswerLost, World

START = "2026-12-01T09:00:00-08:00"
CONTAINS = "~"

TROUBLE: dict[str, Callable[[], Exception]] = {
    "throttles": lambda: Throttled("ThrottlingException"),
    "times out": lambda: OutcomeUnknown("ReadTimeoutError"),
    "takes it and times out": lambda: AnswerLost("ReadTimeoutError"),
    "suspends the account": lambda: Suspended("MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"),
    "has the number opted out": lambda: Refused("OPTED_OUT", opted_out=True),
    "refuses the number": lambda: Refused("DESTINATION_COUNTRY_BLOCKED"),
}
RECEIPTS: dict[str, tuple[str, str, bool]] = {
    "pending": ("TEXT_PENDING", "PENDING", False),
    "sent": ("TEXT_SUCCESSFUL", "SUCCESSFUL", True),
    "delivered": ("TEXT_DELIVERED", "DELIVERED", True),
    "unreachable": ("TEXT_UNREACHABLE", "UNREACHABLE", True),
    "opted out": ("TEXT_BLOCKED", "OPTED_OUT", True),
    "unknown": ("TEXT_UNKNOWN", "UNKNOWN", True),
}

moment = TypeAdapter(datetime).validate_python
span = TypeAdapter(timedelta).validate_python


@dataclass(frozen=True, slots=True)
class Journey:
    promise: str
    now: datetime
    playbook: dict[str, Any]
    texts: dict[str, str]
    steps: list[tuple[str, Any, dict[str, Any]]]  # a word, what it is said of, and how


def read(path: Path) -> Journey:
    """A step is a word, or a word with what it is said of, and perhaps how."""
    body = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Journey(
        promise=body.pop("promise"),
        now=moment(body.pop("now", START)),
        playbook=body.pop("playbook", {}),
        texts=body.pop("texts", {}),
        steps=[_step(step) for step in body.pop("steps")] if not set(body) - {"steps"} else [],
    )


def _step(step: str | dict[str, Any]) -> tuple[str, Any, dict[str, Any]]:
    if isinstance(step, str):
        return step, None, {}
    (word, of), *how = step.items()
    return word, of, dict(how)


@dataclass
class Player:
    """Plays a journey's steps in a world, and holds the world to what they say."""

    world: World
    visits: dict[str, dict[str, Any]] = field(default_factory=dict)
    heard: int = 0  # texts that a step has accounted for
    told: int = 0  # events on the bus before the last thing that happened
    handed: int = 0  # messages to the desk before that
    ids: int = 0

    def play(self, word: str, of: Any, how: dict[str, Any]) -> None:
        happens: dict[str, Callable[..., None]] = {
            "booked": self.booked,
            "changed": self.changed,
            "cancelled": self.cancelled,
            "practice closed": self.practice_closed,
            "consent changed": self.consent_changed,
            "paused": self.paused,
            "contact": self.contact,
            "agent": self.agent,
            "carrier": self.carrier,
            "receipt": self.receipt,
            "forward": self.forward,
        }
        holds: dict[str, Callable[..., None]] = {
            "says": self.says,
            "nothing said": self.nothing_said,
            "bus": self.bus,
            "cases": self.cases,
            "transcript": self.transcript,
            "visit": self.visit,
            "consent": self.consent,
            "carrier blocks": self.carrier_blocks,
            "reminders": self.reminders,
            "case": self.case,
        }
        if word in happens:
            self.nothing_said(None)  # that no step has told of
            self.told, self.handed = len(self.world.outside.events), len(self.world.outside.cases)
            happens[word](of, **how)
        else:
            holds[word](of, **how)

    def end(self) -> None:
        """When everything comes once more, nobody hears any of it."""
        self.nothing_said(None)
        assert self.world.carrier.trouble == [], "a text was to meet this, and none did"
        if self.world.twice:
            told = [set(self.world.outside.events), set(self.world.outside.cases)]
            self.world.again()
            self.nothing_said(None)
            assert told == [set(self.world.outside.events), set(self.world.outside.cases)]

    # ---------------------------------------------------------- what happens

    def booked(self, of: Mapping[str, Any] | None, phone: str = PHONE) -> None:
        visit = {
            "line": LINE,
            "id": "apt-1",
            "version": 1,
            "start": "2026-12-08T09:00:00-08:00",
            "patient": {"id": "pat-77", "first_name": "Ana"},
            "provider": "Dr. Lee",
            "place": {"name": "Elm Street Clinic", "address": "12 Elm St"},
        } | dict(of or {})
        visit["contact"] = {"phone": phone, "language": visit.pop("language", "en")}
        self._scheduled(visit)

    def changed(self, of: Mapping[str, Any], phone: str = "") -> None:
        known = self.visits[of.get("id", "apt-1")]
        visit = known | {"version": known["version"] + 1} | dict(of)
        if phone:
            visit["contact"] = known["contact"] | {"phone": phone}
        self._scheduled(visit)

    def _scheduled(self, visit: dict[str, Any]) -> None:
        self.visits[visit["id"]] = visit
        heard = AppointmentIn.model_validate(visit)
        event = AppointmentScheduled(
            id=self._id("bus"),
            at=self.world.clock.at,
            appointment=heard.appointment(),
            language=heard.contact.language or "",
            consent=heard.consent_given(),
        )
        contact = blank(heard.contact.phone)
        self.world.deliver(lambda: self.world.scheduling.scheduled(contact, event))

    def cancelled(self, of: Mapping[str, Any] | None, phone: str = PHONE) -> None:
        said = dict(of or {})
        id_ = said.get("id", "apt-1")
        known = self.visits.get(id_, {"version": 0})
        version = said.get("version", known["version"] + 1)
        event = AppointmentCancelled(self._id("bus"), self.world.clock.at, id_, version)
        self.world.deliver(lambda: self.world.scheduling.cancelled(blank(phone), event))

    def practice_closed(self, of: Mapping[str, str], id: str = "snow-1") -> None:  # noqa: A002
        self._bus("practice.closed", {"id": id, **of})

    def consent_changed(self, of: Mapping[str, Any], phone: str = PHONE) -> None:
        self._bus("consent.changed", {"phone": phone, "topic": "all", "how": "phone call", **of})

    def paused(self, until: str | None) -> None:
        """Reminders stand still, until further notice or as it says; one that is past ends it."""
        self._bus("texting.paused", {"what": "reminders", "until": until, "how": "ops"})

    def _bus(self, name: str, detail: Mapping[str, Any]) -> None:
        """Whatever the scheduling system says, as the queue of requests has it."""
        event = {
            "id": self._id("event"),
            "detail-type": name,
            "time": self.world.clock.at.isoformat(),
            "detail": {"line": LINE, **detail},
        }
        self.world.deliver(lambda: self.world.requests.hear(json.dumps(event), self.world.clock.at))

    def contact(self, text: str, phone: str = PHONE, sent: str = "PT0S") -> None:
        """`sent` is when they sent it, before or after now, if it was under way for long."""
        event = TextReceived(self._id("text"), self.world.clock.at + span(sent), text)
        self.world.deliver(lambda: self.world.turns.take(blank(phone), event))

    def agent(self, does: Mapping[str, str] | str, phone: str = PHONE, case: str = "") -> None:
        act, text = (does, "") if isinstance(does, str) else next(iter(does.items()))
        event = AgentActed(
            id=self._id("action"),
            at=self.world.clock.at,
            case=case or self._last_case(phone),
            agent="sam",
            act=Act(act),
            text=text,
        )
        self.world.deliver(lambda: self.world.turns.take(blank(phone), event))

    def carrier(self, troubles: str | list[str]) -> None:
        """What the next texts meet at the carrier."""
        self.world.carrier.trouble += [TROUBLE[trouble]() for trouble in _listed(troubles)]

    def receipt(self, what: str, of: int = -1) -> None:
        """The carrier's report on a text that it took: the last one, or the n-th."""
        type_, status, final = RECEIPTS[what]
        text = self.world.carrier.sent[of]
        receipt = ReceiptIn.model_validate(
            {
                "eventType": type_,
                "eventTimestamp": int(self.world.clock.at.timestamp() * 1000),
                "isFinal": final,
                "messageStatus": status,
                "messageId": text.id,
                "context": dict(text.context),
            }
        )
        self.world.deliver(lambda: self.world.receipts.hear(receipt))

    def forward(self, by: str) -> None:
        self.world.forward(span(by))

    # ---------------------------------------------------------- what holds

    def says(self, expected: str | list[str], phone: str = PHONE) -> None:
        """The texts that the line said next, each exact, or `~` and what it has in it."""
        for text in _listed(expected):
            assert self.heard < len(self.world.carrier.sent), f"nothing was said, not {text!r}"
            sent = self.world.carrier.sent[self.heard]
            self.heard += 1
            assert sent.phone == phone
            if text.startswith(CONTAINS):
                assert text.removeprefix(CONTAINS) in sent.body
            else:
                assert sent.body == text

    def nothing_said(self, _: None) -> None:
        assert [sent.body for sent in self.world.carrier.sent[self.heard :]] == []

    def bus(self, expected: list[str | dict[str, dict[str, Any]]]) -> None:
        """The events of the last thing that happened, in order; some of their facts."""
        events = list(self.world.outside.events.values())[self.told :]
        wanted = [(e, {}) if isinstance(e, str) else next(iter(e.items())) for e in expected]
        assert [event.name for event in events] == [name for name, _ in wanted]
        for event, (_, facts) in zip(events, wanted, strict=True):
            assert facts.items() <= event.detail.items()

    def cases(self, expected: list[str | dict[str, Any]]) -> None:
        """The messages of the last thing that happened; what they have in them."""
        messages = [json.loads(m.body) for m in list(self.world.outside.cases.values())]
        messages = messages[self.handed :]
        wanted = [(m, {}) if isinstance(m, str) else next(iter(m.items())) for m in expected]
        assert [message["type"] for message in messages] == [type_ for type_, _ in wanted]
        for message, (_, facts) in zip(messages, wanted, strict=True):
            assert facts.items() <= message.items()

    def transcript(self, expected: list[dict[str, str]]) -> None:
        """Who said what, in the last message to the desk."""
        *_, last = self.world.outside.cases.values()
        said = [(line["from"], line["text"]) for line in json.loads(last.body)["transcript"]]
        assert len(said) == len(expected)
        for (speaker, text), line in zip(said, expected, strict=True):
            ((wanted_speaker, wanted),) = line.items()
            assert speaker == wanted_speaker
            assert text == wanted or (wanted.startswith(CONTAINS) and wanted[1:] in text)

    def visit(self, status: str, id: str = "apt-1", phone: str = PHONE) -> None:  # noqa: A002
        """How a visit stands: booked, confirmed, cancelled, closed; or that it is not there."""
        there = self._conversation(phone).appointment(id)
        assert (there.status if there else "not there") == status

    def consent(self, standing: str, phone: str = PHONE) -> None:
        assert self._conversation(phone).consent.standing == standing

    def carrier_blocks(self, blocks: bool, phone: str = PHONE) -> None:  # noqa: FBT001 - a step's word
        """Whether the number is on the carrier's own opt-out list."""
        assert (phone in self.world.carrier.opted_out) is blocks

    def reminders(self, ahead: int, phone: str = PHONE) -> None:
        """How many reminders are planned."""
        assert sum(timer.paced for timer in self._conversation(phone).timers) == ahead

    def case(self, state: str, phone: str = PHONE) -> None:
        assert ("open" if self._conversation(phone).case else "none") == state

    # ---------------------------------------------------------- helpers

    def _conversation(self, phone: str) -> Conversation:
        return self.world.table.load(blank(phone).id) or blank(phone)

    def _last_case(self, phone: str) -> str:
        there = self._conversation(phone).case
        opened = [json.loads(m.body) for m in self.world.outside.cases.values()]
        of_phone = [
            m["case"]
            for m in opened
            if m["type"] == CaseNews.OPENED and m["contact"]["phone"] == phone
        ]
        return there.id if there else of_phone[-1]

    def _id(self, source: str) -> str:
        self.ids += 1
        return f"{source}:{self.ids}"


def _listed(value: str | list[str]) -> Iterable[str]:
    return [value] if isinstance(value, str) else value
