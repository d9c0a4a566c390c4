"""What agents do: agent tooling → SQS FIFO → a turn each."""

from textback import starting

starting.begin()

from typing import Any

from textback import edge
from textback.contracts.incoming import ActionIn, phone, read
from textback.domain.events import AgentActed
from textback.wiring import wiring


def handler(event: dict[str, Any], context: Any) -> edge.Response:
    """Take a batch of the actions queue."""
    return edge.each_message(event, context, act, wiring().dead_letters, fifo=True)


def act(message: edge.Message) -> str:
    """Take one action; the reason of what was decided."""
    action = read(ActionIn, message.body)
    region = wiring().settings.region_of_phones
    contact = wiring().contact(
        line=phone(action.line, region, "line"), phone=phone(action.phone, region, "phone")
    )
    acted = AgentActed(
        id=f"action:{action.id}",
        at=message.sent,
        case=action.case,
        agent=action.agent,
        act=action.type,
        text=action.text,
    )
    step = wiring().turns.take(contact, acted)
    return step.reason if step else "heard before"
