"""What the template tells the code, read once."""

from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "TEXTBACK_"


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment's TEXTBACK_… variables. An empty name means that the stack has no such
    thing, or that this function does not speak to it."""

    table: str
    salt: str
    bus: str = ""
    handoff_queue: str = ""
    actions_queue: str = ""
    wake_queue: str = ""
    later_queue: str = ""
    dead_letters: str = ""
    configuration_set: str = ""
    opt_out_list: str = ""
    origination: str = ""
    region_of_phones: str = "US"
    local_clock: bool = False
    record_calls: bool = False

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "Settings":
        """Raises KeyError, naming the variable, when one is missing that every function needs."""

        def given(name: str) -> str:
            return environment.get(PREFIX + name, "")

        return cls(
            table=environment[PREFIX + "TABLE"],
            salt=environment[PREFIX + "SALT"],
            bus=given("BUS"),
            handoff_queue=given("HANDOFF_QUEUE"),
            actions_queue=given("ACTIONS_QUEUE"),
            wake_queue=given("WAKE_QUEUE"),
            later_queue=given("LATER_QUEUE"),
            dead_letters=given("DEAD_LETTERS"),
            configuration_set=given("CONFIGURATION_SET"),
            opt_out_list=given("OPT_OUT_LIST"),
            origination=given("ORIGINATION"),
            region_of_phones=given("REGION_OF_PHONES") or "US",
            local_clock=given("LOCAL_CLOCK") == "true",
            record_calls=given("RECORD_CALLS") == "true",
        )
