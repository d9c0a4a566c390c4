"""What can be counted is held exactly: one call more a text is noticed before it is paid for."""

from collections import Counter

import pytest

from bench.confirmation import counted
from bench.templates import rows as templates

CALLS = {
    "GetItem": 1,  # the conversation
    "TransactWriteItems": 1,  # the turn
    "PutEvents": 2,  # appointment.confirmed; text.delivered
    "UpdateItem": 3,  # claim, mark, receipt
    "SendTextMessage": 1,
}


@pytest.mark.parametrize("contacts", [1, 3])
def test_what_a_confirmation_asks_of_aws(contacts: int) -> None:
    assert counted(contacts) == Counter({name: n * contacts for name, n in CALLS.items()})


def test_no_shipped_template_costs_a_segment_that_it_need_not() -> None:
    (row,) = templates()
    assert row.value == 0
    assert row.naive  # the bench would see one
