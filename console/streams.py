"""Stream mappings after a restart: MiniStack keeps a mapping's position, but not the stream.

The position lies beyond all that the stream will hold for a long time, so the mapping would read
nothing. A mapping made anew starts where the stream does.
"""

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


def make_anew(stack: Stack) -> None:
    """Delete and create the mapping of each table's stream to each function.

    Of two to the same function the newer one counts: a deployment that changes a mapping does not
    know the one made anew here, and makes another.
    """
    mappings = _stream_mappings(stack)
    newest = {(each["EventSourceArn"], each["FunctionArn"]): each for each in mappings}
    for mapping in mappings:
        stack.functions.delete_event_source_mapping(UUID=mapping["UUID"])
    for mapping in newest.values():
        stack.functions.create_event_source_mapping(
            FunctionName=mapping["FunctionArn"],
            StartingPosition="TRIM_HORIZON",
            **{name: mapping[name] for name in _KEPT if name in mapping},
        )


def _stream_mappings(stack: Stack) -> list[dict[str, Any]]:
    """All mappings of streams, in the order in which they were made."""
    pages = stack.functions.get_paginator("list_event_source_mappings").paginate()
    return [
        mapping
        for page in pages
        for mapping in page["EventSourceMappings"]
        if ":dynamodb:" in mapping["EventSourceArn"]
    ]
