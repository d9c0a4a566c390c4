"""What must hold whatever fails, held against the run in which nothing did."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from textback.adapters.dynamodb import items
from textback.domain.conversation import Conversation
from textback.domain.effects import Purpose, SendText
from textback.domain.ledger import JournalEntry

from tests.faults.queues import Message, Queue
from tests.faults.system import System

# News of a text names the text, and a text that is decided again has a new name: it is counted.
ABOUT_TEXTS = {"text.delivered", "text.failed"}
WHEN = {"at", "opened_at", "answer_by", "seq"}  # a fault may make things later
MAY_BE_LOST = {Purpose.REMINDER, Purpose.CLOSING, Purpose.OPT_OUT}
MAY_DOUBLE = {Purpose.REPLY, Purpose.AGENT}
# Not a loss: the number of minutes that did not start, for an alarm.
COUNTS_ONLY = "FanOutDeadLetters"


type Text = tuple[str, str, str]  # line, phone, body


@dataclass(frozen=True)
class Outcome:
    """All of a run that somebody could see, without when it was."""

    states: dict[str, Any]
    events: Counter[str]  # what each of them says, once for each id
    cases: Counter[str]
    texts: Counter[Text]
    purposes: dict[str, Purpose]  # by the text's body
    delivered: int
    failed: Counter[str]
    opted_out: frozenset[str]
    buried: frozenset[str]  # requests that were refused, as they came
    silenced: frozenset[str]  # the phones that the record holds as opted out
    broken: tuple[str, ...]  # promises that need no comparison


def outcome(system: System) -> Outcome:
    names = _names_of_cases(system)
    entries = [items.entry_of(item) for item in system.table.of_kind("turn#")]
    return Outcome(
        states=dict(_states(system, names)),
        events=_by_id(
            (detail["id"], f"{name} {_told(detail, names)}")
            for name, detail in system.bus.heard
            if name not in ABOUT_TEXTS
        ),
        cases=_by_id((case["id"], str(_case(case, names))) for case in system.cases),
        texts=Counter((text.line, text.phone, text.body) for text in system.carrier.texts),
        purposes={
            effect.body: effect.purpose
            for entry in entries
            for effect in entry.effects
            if isinstance(effect, SendText)
        },
        delivered=len(_ids(system, "text.delivered")),
        failed=Counter(_ids(system, "text.failed").values()),
        opted_out=frozenset(system.carrier.opted_out),
        buried=frozenset(m.body for queue in system.queues.values() for m in _buried(queue)),
        silenced=frozenset(c.phone for c in _conversations(system) if not c.may_text),
        broken=tuple(_broken(system, entries)),
    )


def disagreement(faulty: Outcome) -> list[str]:
    """The carrier's list is a second lock on what the record holds."""
    if faulty.silenced == faulty.opted_out:
        return []
    return [f"the carrier's list says {faulty.opted_out}, the record {faulty.silenced}"]


def _by_id(told: Iterator[tuple[str, str]]) -> Counter[str]:
    return Counter(dict(told).values())


def differences(clean: Outcome, faulty: Outcome, *, in_window: bool) -> list[str]:
    """Where `faulty` is not as good as `clean`. `in_window`: nobody could know whether one text
    went out, so one that may be lost may be missing, and one that may double may have."""
    found: list[str] = []
    for what in ("states", "events", "cases", "failed", "opted_out", "buried"):
        is_, was = getattr(faulty, what), getattr(clean, what)
        if is_ != was:
            found.append(f"{what}: {_difference(was, is_)}")
    missing, extra = clean.texts - faulty.texts, faulty.texts - clean.texts
    if in_window and missing.total() + extra.total() == 1:
        missing = Counter(
            {t: n for t, n in missing.items() if _purpose(clean, t) not in MAY_BE_LOST}
        )
        extra = Counter({t: n for t, n in extra.items() if _purpose(clean, t) not in MAY_DOUBLE})
    found += [f"text lost: {text}" for text in missing]
    found += [f"text not meant to be, or twice: {text}" for text in extra]
    lost = (clean.texts - faulty.texts).total() if clean.delivered else 0
    expected = clean.delivered - lost
    if faulty.delivered != expected:
        found.append(f"text.delivered: {faulty.delivered} instead of {expected}")
    return found


def doubled(faulty: Outcome, *, in_window: bool) -> list[str]:
    """Texts that came twice, where it depends on the order of things which texts there are."""
    return [
        f"text twice: {text}"
        for text, times in faulty.texts.items()
        if times > 1 and not (in_window and _purpose(faulty, text) in MAY_DOUBLE)
    ]


def _purpose(clean: Outcome, text: Text) -> Purpose | None:
    _, _, body = text
    return clean.purposes.get(body)


def _difference(was: Any, is_: Any) -> str:
    if isinstance(was, Counter):
        return f"missing {list(was - is_)}, not meant to be {list(is_ - was)}"
    if not isinstance(was, dict):
        return f"{is_} instead of {was}"
    changed = {k for k in was.keys() | is_.keys() if was.get(k) != is_.get(k)}
    return "; ".join(f"{k}: {is_.get(k)} instead of {was.get(k)}" for k in sorted(changed))


def _names_of_cases(system: System) -> dict[str, str]:
    """A case by whose and the how many-th it is: its id comes from the text that opened it."""
    names: dict[str, str] = {}
    for case in system.cases:
        phone = case["contact"]["phone"]
        earlier = sum(1 for name in names.values() if name.startswith(phone))
        names.setdefault(case["case"], f"{phone}, case {earlier + 1}")
    return names


def _buried(queue: Queue) -> list[Message]:
    """Messages that were set aside with what is wrong with them."""
    return [message for message in queue.messages if "error" in message.attributes]


def _conversations(system: System) -> Iterator[Conversation]:
    return map(items.conversation_of, system.table.of_kind("conversation"))


def _states(system: System, names: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for conversation in _conversations(system):
        yield f"{conversation.line} {conversation.phone}", _matters(conversation, names)


def _matters(conversation: Conversation, names: dict[str, str]) -> dict[str, Any]:
    case, awaiting = conversation.case, conversation.awaiting
    return {
        "visits": {a.id: (a.version, a.start, a.status) for a in conversation.appointments},
        "consent": (conversation.consent.standing, conversation.consent.how),
        "timers": sorted((t.id, t.about, t.due if t.paced else None) for t in conversation.timers),
        "case": (names.get(case.id), case.why, case.urgency, case.claimed_by) if case else None,
        "awaiting": (awaiting.what, awaiting.about),
        "language": conversation.language,
    }


def _case(case: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    transcript = {(said["from"], said["text"]) for said in case["transcript"]}
    return _told(case, names) | {"transcript": sorted(transcript)}


def _told(message: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """What a message says, with the case's name for its id."""
    told = {name: value for name, value in message.items() if name not in {"id", *WHEN}}
    return told | ({"case": names.get(told["case"])} if "case" in told else {})


def _ids(system: System, name: str) -> dict[str, str]:
    """The distinct events of this name, each with why."""
    return {d["id"]: str(d.get("why", "")) for n, d in system.bus.heard if n == name}


def _broken(system: System, entries: list[JournalEntry]) -> Iterator[str]:
    for name, queue in system.queues.items():
        left = [message.body for message in queue.messages if message not in _buried(queue)]
        if left and name != COUNTS_ONLY:
            yield f"left in {name}: {left}"
    for entry in entries:
        if not entry.done:
            yield f"not done: {entry.key} {entry.texts}"
    yield from _changed_words("event", [d for _, d in system.bus.heard])
    yield from _changed_words("case message", system.cases)
    last: dict[str, int] = {}
    told: set[str] = set()
    for case in system.cases:
        if case["id"] in told:
            continue
        told.add(case["id"])
        if case["seq"] < last.get(case["conversation"], 0):
            yield f"a case message out of its order: {case}"
        last[case["conversation"]] = case["seq"]


def _changed_words(kind: str, told: list[dict[str, Any]]) -> Iterator[str]:
    """What is repeated says the same."""
    first: dict[str, dict[str, Any]] = {}
    for one in told:
        if first.setdefault(one["id"], one) != one:
            yield f"an {kind} repeated in other words: {first[one['id']]} and {one}"
