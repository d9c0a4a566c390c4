"""Items of the table: their keys, and their way to and from the domain."""

from datetime import datetime, timedelta
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

from textback import stored
from textback.domain.conversation import Conversation
from textback.domain.due import instant, place
from textback.domain.ledger import EntryKey, JournalEntry, TextRecord
from textback.ports import Pointer, Turn

type Item = dict[str, Any]  # DynamoDB's own JSON: {"S": ...}, {"N": ...}
type Plain = dict[str, Any]

SHARD = "0"  # one shard a line is enough for any carrier's rate; the key leaves room for more
TO_DO = "yes"  # the flag that the stream's filter looks for

_serialize = TypeSerializer().serialize
_deserialize = TypeDeserializer().deserialize


def item(plain: Plain) -> Item:
    return {name: _serialize(value) for name, value in plain.items() if value is not None}


def plain(item: Item) -> Plain:
    return {name: _deserialize(value) for name, value in item.items()}


def conversation_key(id_: str) -> Plain:
    return {"pk": f"c#{id_}", "sk": "conversation"}


def entry_key(key: EntryKey) -> Plain:
    return {"pk": f"c#{key.conversation}", "sk": f"turn#{key.event}"}


def pointer_key(line: str, appointment: str) -> Plain:
    return {"pk": f"a#{line}#{appointment}", "sk": "pointer"}


def line_key(number: str) -> Plain:
    return {"pk": "lines", "sk": number}


def pauses_key(number: str) -> Plain:
    """What stands still on a line: apart from its settings, which no function writes."""
    return {"pk": "pauses", "sk": number}


def pacing_key(line: str) -> Plain:
    return {"pk": f"pacing#{line}", "sk": "pacing"}


def paced_shard(line: str) -> str:
    return f"{line}#{SHARD}"


def conversation_item(conversation: Conversation) -> Item:
    paced = min((t for t in conversation.timers if t.paced), key=place, default=None)
    at_once = min((t for t in conversation.timers if not t.paced), key=place, default=None)
    case = conversation.case
    return item(
        conversation_key(conversation.id)
        | {
            "line": conversation.line,
            "phone": conversation.phone,
            "version": conversation.version,
            "form": stored.FORM,
            "state": stored.conversation_out(conversation),
            "paced_key": paced_shard(conversation.line) if paced else None,
            "paced_at": place(paced) if paced else None,
            "paced_parts": paced.parts if paced else None,
            "now_key": conversation.line if at_once else None,
            "now_at": place(at_once) if at_once else None,
            "cases_key": conversation.line if case else None,
            "cases_at": instant(case.opened_at) if case else None,
        }
    )


def conversation_of(item: Item) -> Conversation:
    return stored.conversation_in(item["state"]["S"], int(item["form"]["N"]))


def entry_item(turn: Turn) -> Item:
    entry = turn.entry
    expires = entry.at + timedelta(days=turn.keep_days)
    return item(
        entry_key(entry.key)
        | {
            "line": entry.line,
            "phone": entry.phone,
            "seq": entry.seq,
            "at": instant(entry.at),
            "event": stored.event_out(entry.event),
            "reason": str(entry.reason),
            "effects": stored.effects_out(entry.effects) if entry.effects else None,
            "todo": TO_DO if entry.effects else None,
            "expires": int(expires.timestamp()),
        }
    )


def text_attribute(position: int) -> str:
    return f"text_{position}"


def text_item(position: int, record: TextRecord) -> Item:
    return item({text_attribute(position): stored.record_out(record)})


def entry_of(item: Item) -> JournalEntry:
    values = plain(item)
    texts = {
        int(name.removeprefix("text_")): stored.record_in(value)
        for name, value in values.items()
        if name.startswith("text_")
    }
    return JournalEntry(
        conversation=values["pk"].removeprefix("c#"),
        line=values["line"],
        phone=values["phone"],
        seq=int(values["seq"]),
        at=datetime.fromisoformat(values["at"]),
        event=stored.event_in(values["event"]),
        reason=values["reason"],
        effects=stored.effects_in(values["effects"]) if "effects" in values else (),
        texts=tuple(sorted(texts.items())),
        done=bool(values.get("done")) or "effects" not in values,
    )


def pointer_item(pointer: Pointer) -> Item:
    return item(
        pointer_key(pointer.line, pointer.appointment)
        | {
            "line": pointer.line,
            "appointment": pointer.appointment,
            "conversation": pointer.conversation,
            "version": pointer.version,
            "visits_key": pointer.line if pointer.start else None,
            "visits_at": instant(pointer.start) if pointer.start else None,
        }
    )
