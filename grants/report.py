"""Calls against grants: who did what by which statement, what was denied, what was never used."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from grants.behalf import in_their_names, of_the_key
from grants.policy import Call, Grant, allowing
from grants.template import Deployed


@dataclass(frozen=True)
class Report:
    """`recorded` are the functions' own calls, `derived` those that AWS makes in their names."""

    recorded: frozenset[Call]
    derived: frozenset[Call]
    given: tuple[Grant, ...]

    @classmethod
    def of(cls, recorded: Iterable[Call], deployed: Deployed) -> "Report":
        own = frozenset(recorded)
        others = frozenset(in_their_names(deployed))
        keys = frozenset(of_the_key(own | others, deployed))
        return cls(own, others | keys, tuple(sorted(deployed.roles())))

    @property
    def calls(self) -> list[Call]:
        return sorted(self.recorded | self.derived, key=_order)

    @property
    def denied(self) -> list[Call]:
        return [call for call in self.calls if not allowing(call, self.given)]

    @property
    def unused(self) -> list[Grant]:
        used = {grant for call in self.calls for grant in allowing(call, self.given)}
        return [grant for grant in self.given if grant not in used]

    def lines(self) -> Iterator[str]:
        for role, calls in groupby(self.calls, key=lambda call: call.principal):
            yield f"\n{role}"
            for call in calls:
                by = sorted({grant.source for grant in allowing(call, self.given)})
                mark = " " if call in self.recorded else "+"
                yield f" {mark} {told(call):70} {', '.join(by) or 'DENIED'}"
        yield "\n  + is what AWS does in the role's name, drawn from the template"
        yield f"\nNever used: {len(self.unused)}"
        yield from (f"    {grant.principal}: {told(grant)}" for grant in self.unused)
        yield f"\nDenied: {len(self.denied)}"
        yield from (f"    {call.principal}: {told(call)}" for call in self.denied)
        statements = {(grant.principal, grant.source) for grant in self.given}
        yield (
            f"\n{len(self.recorded)} kinds of calls recorded, {len(self.derived)} drawn from the "
            f"template; {len(statements)} statements, {len(self.given)} grants; "
            f"{len(self.denied)} denied, {len(self.unused)} never used"
        )


def told(what: Call | Grant) -> str:
    """An action, its resource and its one condition in short."""
    if isinstance(what, Grant):
        values = [condition.value for condition in what.conditions]
    else:
        values = [value for _, value in what.context]
    return " ".join([what.action, what.resource.split(":", 5)[-1], *values])


def _order(call: Call) -> tuple[str, str]:
    return (call.principal, told(call))
