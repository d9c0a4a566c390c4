"""Every call that a function makes of AWS, in order, and the one that a fault is put to."""

import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from botocore.exceptions import ClientError, ReadTimeoutError

from tests.faults import refusals
from tests.faults.refusals import NotFaked


class Died(BaseException):
    """The process is gone: nothing in it can catch that."""


class Fault(StrEnum):
    """What happens at a call, or to a record."""

    CRASH_BEFORE = "crash before"
    CRASH_AFTER = "crash after"
    THROTTLED = "throttled"
    SERVER_ERROR = "500"
    TIMEOUT_BEFORE = "time-out, nothing done"
    TIMEOUT_AFTER = "time-out, but done"
    RETRIED = "done, and done again by the client's own retry"
    CONFLICT = "transaction conflict"
    PARTLY = "partly refused"
    STALE = "an old read"
    RIVAL = "a second worker"
    MEANWHILE = "all else goes on meanwhile"
    AGAIN = "delivered again at once"
    AGAIN_LATE = "delivered again at the end"
    OVERTAKEN = "overtaken by the next"
    CLOCK_BEHIND = "a clock that is behind"

    @property
    def of_a_delivery(self) -> bool:
        return self in {Fault.AGAIN, Fault.AGAIN_LATE, Fault.CLOCK_BEHIND}


@dataclass(frozen=True)
class Call:
    number: int
    function: str
    service: str
    operation: str
    what: str  # which of several uses of this operation
    consistent: bool

    def __str__(self) -> str:
        return f"call {self.number}: {self.function} {self.operation} {self.what}".rstrip()

    @property
    def kind(self) -> str:
        """What a call means to the ledger of a text, else its operation."""
        if self.operation == "update_item" and self.what.startswith("text_"):
            return "claim" if ":claim" in self.what else "mark"
        return self.operation

    def may(self, fault: Fault) -> bool:
        """Whether this fault can befall this call."""
        match fault:
            case Fault.CONFLICT:
                return self.operation == "transact_write_items"
            case Fault.PARTLY:
                return self.operation in {"put_events", "send_message_batch"}
            case Fault.STALE:
                return self.operation in _READS and not self.consistent
            case Fault.RETRIED:
                return self.service != "pinpoint-sms-voice-v2" and self.operation not in _READS
            case Fault.OVERTAKEN:
                return False
            case _:
                return not fault.of_a_delivery


@cache
def _signature(method: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(method)


_READS = {"get_item", "query", "batch_get_item"}


@dataclass
class Process:
    """One invocation of a function. Once dead it does nothing any more, in any thread."""

    function: str
    dead: bool = False


@dataclass
class Calls:
    """Stands between the functions and the fakes. At call number `at` the fault happens;
    `meanwhile` is what the two faults do that let something else run there; `first` is what happens
    right before the next call of an operation."""

    backends: dict[str, Any]
    fault: Fault | None = None
    at: int = 0
    meanwhile: Callable[[Fault], None] = lambda _: None
    first: dict[str, Callable[[], None]] = field(default_factory=dict)  # before the next of a kind
    made: list[Call] = field(default_factory=list)
    tape: list[tuple[Call, dict[str, Any], Any]] | None = None  # each call with what came of it
    running: list[Process] = field(default_factory=list)
    struck: bool = False

    def client(self, service: str) -> "Client":
        return Client(self, service)

    def make(self, service: str, operation: str, arguments: dict[str, Any]) -> Any:
        process = self.running[-1]
        method = self._effect(service, operation, arguments)
        if process.dead:
            raise Died
        if happens := self.first.pop(operation, None):
            happens()
        call = Call(
            len(self.made) + 1,
            process.function,
            service,
            operation,
            _what(operation, arguments),
            consistent=_is_consistent(operation, arguments),
        )
        self.made.append(call)
        if call.number != self.at or self.fault is None or not call.may(self.fault):
            return self._taped(call, arguments, method)
        self.struck = True
        return self._strike(call, process, lambda: self._taped(call, arguments, method), arguments)

    def _taped(self, call: Call, arguments: dict[str, Any], effect: Callable[[], Any]) -> Any:
        if self.tape is None:
            return effect()
        arguments = copy.deepcopy(arguments)
        try:
            answer = effect()
        except ClientError as error:
            self.tape.append((call, arguments, error))
            raise
        self.tape.append((call, arguments, copy.deepcopy(answer)))
        return answer

    def _effect(self, service: str, operation: str, arguments: dict[str, Any]) -> Callable[[], Any]:
        method = getattr(self.backends.get(service), operation, None)
        if method is None:
            raise NotFaked(f"{service} {operation}")
        try:
            _signature(getattr(type(self.backends[service]), operation)).bind(self, **arguments)
        except TypeError as error:
            raise NotFaked(f"{service} {operation}: {error}") from error
        return lambda: method(**arguments)

    def _strike(
        self, call: Call, process: Process, effect: Callable[[], Any], arguments: dict[str, Any]
    ) -> Any:
        match self.fault:
            case Fault.CRASH_BEFORE:
                process.dead = True
                raise Died
            case Fault.CRASH_AFTER:
                effect()
                process.dead = True
                raise Died
            case Fault.THROTTLED:
                raise refusals.throttled(call.operation)
            case Fault.SERVER_ERROR:
                raise refusals.server_error(call.operation)
            case Fault.TIMEOUT_BEFORE:
                raise ReadTimeoutError(endpoint_url=call.service)
            case Fault.TIMEOUT_AFTER:
                effect()
                raise ReadTimeoutError(endpoint_url=call.service)
            case Fault.CONFLICT:
                raise refusals.conflict(len(arguments["TransactItems"]))
            case Fault.PARTLY:
                return self._partly(call, arguments)
            case Fault.STALE:
                return self._stale(effect)
            case Fault.RETRIED:
                answer = effect()  # a transaction carries a token: the second answer is the first's
                return answer if call.operation == "transact_write_items" else effect()
            case Fault.RIVAL | Fault.MEANWHILE as fault:
                self.meanwhile(fault)
                return effect()
            case other:
                raise NotFaked(f"{other} at a call")

    def _partly(self, call: Call, arguments: dict[str, Any]) -> Any:
        """The first is refused, the others are taken."""
        entries = arguments["Entries"]
        backend = getattr(self.backends[call.service], call.operation)
        rest = entries[1:]
        answer = backend(**arguments | {"Entries": rest}) if rest else {"Entries": []}
        if call.operation == "put_events":
            refused = {"ErrorCode": "InternalFailure", "ErrorMessage": "We are sorry"}
            return {"FailedEntryCount": 1, "Entries": [refused, *answer["Entries"]]}
        failed = {"Id": entries[0]["Id"], "Code": "InternalError", "SenderFault": False}
        return answer | {"Failed": [failed]}

    def _stale(self, effect: Callable[[], Any]) -> Any:
        table = self.backends["dynamodb"]
        table.stale = True
        try:
            return effect()
        finally:
            table.stale = False


@dataclass(frozen=True)
class Client:
    calls: Calls
    service: str

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        return lambda **arguments: self.calls.make(self.service, operation, arguments)


def _is_consistent(operation: str, arguments: dict[str, Any]) -> bool:
    if operation == "batch_get_item":
        (wanted,) = arguments["RequestItems"].values()
        return bool(wanted.get("ConsistentRead", False))
    return bool(arguments.get("ConsistentRead", False))


def _what(operation: str, arguments: dict[str, Any]) -> str:
    """Tells apart what one operation is used for."""
    match operation:
        case "update_item":
            return str(arguments["UpdateExpression"]).removeprefix("SET ")
        case "query":
            return str(arguments.get("IndexName", "lines"))
        case "send_message" | "send_message_batch":
            return str(arguments["QueueUrl"]).rpartition("/")[2]
        case "get_item":
            return str(arguments["Key"]["sk"]["S"].partition("#")[0])
        case _:
            return ""
