"""Where AWS's batches meet ours: each record alone, bad ones set aside with what is wrong with
them, failed ones reported. Nothing of a record is logged but what we named ourselves."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    SqsFifoPartialProcessor,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from textback.adapters.dynamodb import items
from textback.domain.ledger import JournalEntry
from textback.errors import BadInput, TextbackError
from textback.ports import DeadLetters

SIDE_BY_SIDE = 8  # conversations performed at once: enough for any carrier's rate

logger = Logger()

type Response = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """An SQS record as Textback sees it. `sent` is when the queue got it."""

    body: str
    sent: datetime
    group: str = ""


def finer(at: datetime, sent: datetime) -> datetime:
    """The moment of a notification. Where its time is given to the second only, the queue's, to
    the millisecond within that second, tells apart a STOP and the START right after it."""
    return sent if sent.replace(microsecond=0) == at else at


def each_message(
    event: dict[str, Any],
    context: Any,
    take: Callable[[Message], str],
    dead_letters: DeadLetters,
    *,
    fifo: bool = False,
) -> Response:
    """Give every message of the batch to `take`, which answers with a word for the log. BadInput
    goes to the dead-letter queue at once, whatever else fails is reported for redelivery."""

    def handle(record: SQSRecord) -> None:
        message = _message(record)
        try:
            logger.info("done", outcome=take(message))
        except BadInput as bad:
            logger.warning("refused", why=str(bad))
            dead_letters.bury(message.body, str(bad), message.group)
        except Exception as error:
            logger.error("failed", extra=_told(error))
            raise

    if not event.get("Records"):  # a warm-up; Powertools takes it for another kind of batch
        return {"batchItemFailures": []}
    # A processor holds the state of its batch, so each batch has its own. In a FIFO queue a failure
    # holds up its own conversation, not the others': their receives count towards dead letters.
    processor = (
        SqsFifoPartialProcessor(skip_group_on_error=True) if fifo else BatchProcessor(EventType.SQS)
    )
    # A batch of which nothing succeeded is reported like any other: an error would tell the log
    # what stood in its records.
    processor.raise_on_entire_batch_failure = False
    return process_partial_response(  # type: ignore[return-value]
        event=event,
        record_handler=handle,
        processor=processor,
        context=context,
    )


def each_entry(event: dict[str, Any], perform: Callable[[JournalEntry], None]) -> Response:
    """Give every journal entry of a stream batch to `perform`: conversations side by side, the
    entries of each in their sequence. A conversation stops at its first failure; what others did
    meanwhile may come again, and is safe to."""
    records: Sequence[dict[str, Any]] = event["Records"]
    by_conversation = sorted(records, key=_conversation)  # stable: sequence is kept within each
    groups = [list(group) for _, group in groupby(by_conversation, key=_conversation)]

    def perform_all(group: list[dict[str, Any]]) -> str | None:
        for record in group:
            try:
                perform(items.entry_of(record["dynamodb"]["NewImage"]))
            except Exception as error:  # noqa: BLE001 - reported, and tried again by the stream
                logger.error("failed", extra=_told(error))
                return str(record["dynamodb"]["SequenceNumber"])
        return None

    with ThreadPoolExecutor(min(SIDE_BY_SIDE, max(1, len(groups)))) as side_by_side:
        failed = [number for number in side_by_side.map(perform_all, groups) if number]
    logger.info("performed", entries=len(records), failed=len(failed))
    return {"batchItemFailures": [{"itemIdentifier": number} for number in failed]}


def _conversation(record: dict[str, Any]) -> str:
    key: str = record["dynamodb"]["Keys"]["pk"]["S"]
    return key


def _message(record: SQSRecord) -> Message:
    attributes = record.raw_event.get("attributes", {})
    sent = int(attributes.get("SentTimestamp", 0)) / 1000
    return Message(
        body=record.body,
        sent=datetime.fromtimestamp(sent, UTC),
        group=attributes.get("MessageGroupId", ""),
    )


def _told(error: Exception) -> dict[str, str]:
    """What may be logged of an error: its kind, and its words only if they are ours."""
    chain = [type(e).__name__ for e in _causes(error)]
    told = {"error": " from ".join(chain)}
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        told["code"] = str(response.get("Error", {}).get("Code", ""))
    return told | ({"why": str(error)} if isinstance(error, TextbackError) else {})


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
