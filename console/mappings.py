"""What the engine needs to be told anew at each start about functions and their event sources."""

import os
from typing import Any

from console.aws import Stack

_KEPT = (
    "EventSourceArn",
    "BatchSize",
    "MaximumBatchingWindowInSeconds",
    "FunctionResponseTypes",
    "FilterCriteria",
    "DestinationConfig",
    "ParallelizationFactor",
    "MaximumRecordAgeInSeconds",
    "BisectBatchOnFunctionError",
    "MaximumRetryAttempts",
)
_FEWEST_AT_ONCE = 2  # AWS allows no fewer
_MOST_AT_ONCE = 5


def prepare(stack: Stack) -> None:
    """Make the streams readable, and fit the functions' concurrency to this machine."""
    mappings = _mappings(stack)
    _read_streams_anew(stack, [each for each in mappings if ":dynamodb:" in each["EventSourceArn"]])
    _fit_concurrency(stack, [each for each in mappings if ":sqs:" in each["EventSourceArn"]])


def _read_streams_anew(stack: Stack, mappings: list[dict[str, Any]]) -> None:
    """Delete and create the mapping of each table's stream to each function.

    MiniStack keeps a mapping's position over a restart, but not the stream: the position lies
    beyond all that the stream will hold for a long time, and the mapping would read nothing.
    Of two to the same function the newer one counts: a deployment that changes a mapping does not
    know the one made anew here, and makes another.
    """
    newest = {(each["EventSourceArn"], each["FunctionArn"]): each for each in mappings}
    for mapping in mappings:
        stack.functions.delete_event_source_mapping(UUID=mapping["UUID"])
    for mapping in newest.values():
        stack.functions.create_event_source_mapping(
            FunctionName=mapping["FunctionArn"],
            StartingPosition="TRIM_HORIZON",
            **{name: mapping[name] for name in _KEPT if name in mapping},
        )


def _fit_concurrency(stack: Stack, mappings: list[dict[str, Any]]) -> None:
    """Let a queue have as many readers as the machine can bear.

    Each reader is a process that takes seconds to start, so on a small machine a burst is done
    sooner by two that are there than by five that are not. The mapping is told, not the function:
    a batch that a function's own limit turns away stays unseen for minutes.
    """
    readers = max(_FEWEST_AT_ONCE, min(_MOST_AT_ONCE, (os.cpu_count() or 1) // 2))
    for mapping in mappings:
        stack.functions.update_event_source_mapping(
            UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": readers}
        )


def _mappings(stack: Stack) -> list[dict[str, Any]]:
    """All event source mappings, in the order in which they were made."""
    pages = stack.functions.get_paginator("list_event_source_mappings").paginate()
    return [mapping for page in pages for mapping in page["EventSourceMappings"]]
