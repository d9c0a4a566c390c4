"""A step in the making: what is decided so far, on the way to a reason."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from textback.domain.composing import compose
from textback.domain.conversation import REMINDERS, Appointment, Conversation, Standing
from textback.domain.decision import Reason, Step
from textback.domain.effects import Effect, News, Publish, Purpose
from textback.domain.playbook import ConsentRule, Line, Playbook
from textback.domain.texts import Name
from textback.domain.zones import zone_of


@dataclass(frozen=True, slots=True)
class Draft:
    """Plain data, like all the domain: every move makes a new one. `cause` is the event's id."""

    conversation: Conversation
    line: Line
    now: datetime
    cause: str
    effects: tuple[Effect, ...] = ()

    @property
    def playbook(self) -> Playbook:
        return self.line.playbook

    @property
    def language(self) -> str:
        """The language that the contact is texted in."""
        return self.playbook.language(self.conversation.language)

    @property
    def zone(self) -> ZoneInfo:
        """The zone that the contact lives by."""
        return zone_of(self.conversation, self.playbook)

    @property
    def may_remind(self) -> bool:
        """Whether the contact may be texted about visits without having asked."""
        standing = self.conversation.standing(REMINDERS)
        is_assumed = self.playbook.consent is ConsentRule.ASSUMED and (standing is Standing.ASSUMED)
        return standing is Standing.GRANTED or is_assumed

    @property
    def upcoming(self) -> tuple[Appointment, ...]:
        return self.conversation.upcoming(self.now)

    def having(self, **changes: Any) -> "Draft":
        """The conversation with these fields changed."""
        return replace(self, conversation=replace(self.conversation, **changes))

    def become(self, conversation: Conversation) -> "Draft":
        return replace(self, conversation=conversation)

    def do(self, *effects: Effect) -> "Draft":
        return replace(self, effects=self.effects + effects)

    def tell(self, news: News, *facts: tuple[str, str | bool]) -> "Draft":
        """Put an event on the bus."""
        return self.do(Publish(news, facts))

    def say(
        self,
        name: Name,
        visit: Appointment | None = None,
        purpose: Purpose = Purpose.REPLY,
        step: str = "",
        *,
        alone: bool = False,
    ) -> "Draft":
        """Text the contact what the playbook has under this name; `step`: the cadence's, if any."""
        text = compose(name, self.language, self.line, self.now, visit=visit, purpose=purpose)
        return self.do(replace(text, step=step, alone=alone))

    def because(self, reason: Reason) -> Step:
        """The step, decided."""
        return Step(self.conversation, reason, self.effects)
