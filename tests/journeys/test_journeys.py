"""Whole conversations, each told in a file of its own; played once as it should be, and once with
everything delivered twice. The outcome is the same."""

import copy
from pathlib import Path

import pytest
import yaml
from textback.adapters.memory import MemoryLines
from textback.domain.playbook import Line
from textback.playbooks import reading as playbooks

from tests.journeys.playing import Player, read
from tests.support.playbooks import SHIPPED
from tests.support.samples import LINE
from tests.support.world import World

JOURNEYS = sorted(Path(__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize("twice", [False, True], ids=["once", "twice"])
@pytest.mark.parametrize("path", JOURNEYS, ids=[path.stem for path in JOURNEYS])
def test_journey(path: Path, twice: bool) -> None:  # noqa: FBT001 - a parameter of the test
    journey = read(path)
    settings = copy.deepcopy(SHIPPED) | journey.playbook
    for wording in settings["wordings"].values():
        wording["texts"] |= journey.texts
    playbook = playbooks.read(yaml.safe_dump(settings), path.name)
    world = World(journey.now, MemoryLines({LINE: Line(LINE, playbook)}), twice=twice)
    player = Player(world)
    for n, (word, of, how) in enumerate(journey.steps, 1):
        try:
            player.play(word, of, how)
        except AssertionError as broken:
            broken.add_note(f"in step {n} of {path.name}, {word}: {of} {how or ''}")
            raise
    player.end()
    assert journey.steps, "a journey goes somewhere"
