"""The JSON Schemas of the contracts: `python -m textback.contracts.schemas docs/contracts` writes
them. Messages between the functions themselves are no contract, and may change."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from textback.contracts import incoming, outgoing
from textback.contracts.published import PUBLISHED

IN: dict[str, type[BaseModel]] = {
    "appointment.booked": incoming.AppointmentIn,
    "appointment.changed": incoming.AppointmentIn,
    "appointment.cancelled": incoming.CancellationIn,
    "consent.changed": incoming.ConsentChangedIn,
    "practice.closed": incoming.PracticeClosedIn,
    "texting.paused": incoming.TextingPausedIn,
    "action": incoming.ActionIn,
    "text": incoming.InboundTextIn,
    "receipt": incoming.ReceiptIn,
}
OUT: dict[str, type[BaseModel]] = {
    "case": outgoing.CaseMessage,
    **{news.value: model for news, model in PUBLISHED.items()},
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """Each schema by its file's name."""
    heard = {f"in/{name}.json": (name, _schema(model, "validation")) for name, model in IN.items()}
    told = {
        f"out/{name}.json": (name, _schema(model, "serialization")) for name, model in OUT.items()
    }
    return {
        path: {"$schema": DIALECT, **schema, "title": name}
        for path, (name, schema) in (heard | told).items()
    }


def _schema(model: type[BaseModel], mode: Any) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True, mode=mode)


def written(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> None:
    """Write all of them, and take away what is none of them."""
    for old in folder.glob("*/*.json"):
        old.unlink()
    for path, schema in schemas().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(written(schema), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
