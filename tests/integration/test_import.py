"""A file imported into a stack: over the bus, through the function, into conversations."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textback.adapters.clock import SystemClock
from textback.adapters.dynamodb import items
from textback.cli import import_
from textback.cli.main import main
from textback.cli.stacks import Stack
from textback.domain.conversation import Conversation, Visit

from tests.support.aws import Answer, on_the_wire
from tests.support.deployed import Deployed, batch
from tests.support.importing import written
from tests.support.samples import LINE, clock
from tests.template.cloudformation import ROOT

ANA = {"id": "apt-1", "phone": "206-555-0123", "start": "", "provider": "Dr. Lee", "status": ""}
BO = ANA | {"id": "apt-2", "phone": "206-555-0188"}

type Imported = Callable[..., None]


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch, clients: dict[str, Any]) -> Iterator[Deployed]:
    stack = Deployed(monkeypatch, clients, clock(SystemClock().now()))
    outputs = {"TableName": stack.table, "EventBusName": stack.bus}
    found = Stack(outputs, clients.__getitem__)
    monkeypatch.setattr(import_, "find_stack", lambda _: found)
    yield stack
    stack.close()


@pytest.fixture
def imported(deployed: Deployed, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Imported:
    """Import rows of a file that was written so many minutes ago, to the very end."""
    file = tmp_path / "appointments.csv"

    def run(*rows: dict[str, str], ago: int, code: int = 0) -> None:
        start = (deployed.clock.now() + timedelta(days=5)).isoformat()
        file.write_text(written([{**row, "start": row["start"] or start} for row in rows]))
        at = deployed.clock.now().timestamp() - 60 * ago
        os.utime(file, (at, at))
        assert main(["import", str(file), "--line", LINE]) == code, capsys.readouterr().err
        events = deployed.messages(deployed.heard)
        deployed.handle("requests", batch(*(event["Body"] for event in events)))

    return run


def conversations(deployed: Deployed) -> dict[str, Conversation]:
    there = [item for item in deployed.stored() if item["sk"]["S"] == "conversation"]
    return {c.phone: c for c in map(items.conversation_of, there)}


def test_a_file_comes_to_visits_with_their_reminders(
    deployed: Deployed, imported: Imported
) -> None:
    imported(ANA, BO, ago=60)
    there = conversations(deployed)
    assert there.keys() == {"+12065550123", "+12065550188"}
    for conversation in there.values():
        assert [visit.provider for visit in conversation.appointments] == ["Dr. Lee"]
        assert [timer.step for timer in conversation.timers] == ["two_days", "three_hours"]


def test_the_same_file_twice_leaves_everything_as_it_was(
    deployed: Deployed, imported: Imported
) -> None:
    imported(ANA, BO, ago=60)
    before = deployed.stored()
    imported(ANA, BO, ago=60)
    assert deployed.stored() == before


def test_a_file_written_again_changes_nothing_but_versions(
    deployed: Deployed, imported: Imported
) -> None:
    start = (deployed.clock.now() + timedelta(days=5)).isoformat()
    rows = (ANA | {"start": start}, BO | {"start": start})
    imported(*rows, ago=60)
    before = conversations(deployed)
    imported(*rows, ago=30)
    after = conversations(deployed)
    for phone, conversation in after.items():
        assert conversation.timers == before[phone].timers
        (now,), (then,) = conversation.appointments, before[phone].appointments
        assert now.version > then.version
        assert (now.start, now.status, now.provider) == (then.start, then.status, then.provider)
    assert not deployed.stream()["Records"], "nothing is sent, and nobody is told"


def test_a_changed_row_is_taken_and_an_older_file_is_not(
    deployed: Deployed, imported: Imported
) -> None:
    imported(ANA, BO, ago=60)
    imported(ANA | {"provider": "Dr. Kim"}, BO | {"status": "Cancelled"}, ago=30)
    imported(ANA, BO, ago=60)
    there = conversations(deployed)
    assert [visit.provider for visit in there["+12065550123"].appointments] == ["Dr. Kim"]
    assert there["+12065550188"].appointments == ()
    assert there["+12065550188"].timers == ()


def test_a_visit_said_twice_in_a_file_is_what_it_says_last(
    deployed: Deployed, imported: Imported
) -> None:
    imported(ANA, ANA | {"provider": "Dr. Kim"}, ANA | {"phone": BO["phone"]}, ago=60)
    there = conversations(deployed)
    assert there["+12065550123"].appointments == ()
    (visit,) = there["+12065550188"].appointments
    assert (visit.provider, visit.status) == ("Dr. Lee", Visit.BOOKED)


def test_a_line_that_is_not_there_is_told_before_anything_is_sent(
    deployed: Deployed, capsys: pytest.CaptureFixture[str]
) -> None:
    example = str(ROOT / "docs/examples/bundle.json")
    assert main(["import", example, "--line", "+12065550999"]) == 2
    assert "no settings are stored" in capsys.readouterr().err
    assert deployed.messages(deployed.heard) == []


def test_an_interruption_tells_how_far_it_came(
    deployed: Deployed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.csv"
    start = (deployed.clock.now() + timedelta(days=5)).isoformat()
    file.write_text(written([ANA | {"id": f"apt-{n}", "start": start} for n in range(100)]))

    def interrupt(request: dict[str, Any]) -> Answer | None:
        if json.loads(request["Entries"][0]["Detail"])["id"] == "apt-30":
            raise KeyboardInterrupt
        return None

    with on_the_wire(deployed.clients["events"], "PutEvents", interrupt):
        assert main(["import", str(file), "--line", LINE]) == 130
    told = capsys.readouterr().err
    assert "interrupted up to line 31: sent 30 as booked. To import the file again is safe" in told


def test_what_aws_says_is_told_when_the_bus_refuses(
    deployed: Deployed, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: dict[str, Any]) -> Answer:
        return 400, {"__type": "AccessDeniedException", "message": "you may not events:PutEvents"}

    with on_the_wire(deployed.clients["events"], "PutEvents", refuse):
        assert main(["import", str(ROOT / "docs/examples/bundle.json"), "--line", LINE]) == 2
    told = capsys.readouterr().err
    assert "broken off before the first row: sent none" in told
    assert "textback: the bus: you may not events:PutEvents" in told


def test_a_bundle_comes_to_a_visit(deployed: Deployed, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(ROOT / "docs/examples/bundle.json"), "--line", LINE]) == 0
    assert (
        capsys.readouterr().out
        == "2 rows: sent 1 as booked, 1 as cancelled\nwhat the line knows already changes nothing\n"
    )
    events = deployed.messages(deployed.heard)
    deployed.handle("requests", batch(*(event["Body"] for event in events)))
    (conversation,) = conversations(deployed).values()
    (visit,) = conversation.appointments
    assert (visit.id, visit.minutes, visit.provider) == ("apt-3001", 30, "Dr. Lee")
    assert (visit.patient.first_name, visit.place.name) == ("Ana", "Elm Street Clinic")
    assert (conversation.language, conversation.phone) == ("es-us", "+12065550123")
