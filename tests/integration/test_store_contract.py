"""The promises of ports.py about what is stored, held by DynamoDB and by memory alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws
from textback import stored
from textback.adapters.dynamodb import items
from textback.adapters.dynamodb.conversations import DynamoDBConversations
from textback.adapters.dynamodb.due import DynamoDBDueIndex
from textback.adapters.dynamodb.journal import DynamoDBJournal
from textback.adapters.memory import MemoryTable
from textback.adapters.reader import LexiconReader
from textback.domain.conversation import Conversation, Timer, TimerKind
from textback.domain.due import end_of, instant, place
from textback.domain.effects import News, Publish, Purpose, SendText
from textback.domain.events import Parked, TextReceived
from textback.domain.ledger import EntryKey, JournalEntry, TextRecord, TextState
from textback.errors import AlreadyTaken, Contended, LostRace, NewerForm, PointerMoved
from textback.ports import (
    Conversations,
    Due,
    DueIndex,
    Journal,
    Pacing,
    Pointer,
    PointerMove,
    Turn,
)
from textback.turn import TRIES, Turns

from tests.support.aws import client, new_table, on_the_wire
from tests.support.samples import LINE, NOW, PACIFIC, blank, clock, lines, rich

OTHER_LINE = "+12065550111"
KEEP_DAYS = 90


@dataclass(frozen=True)
class Store:
    """One table, by its three ports. `overwrite` puts a conversation's form in by hand."""

    conversations: Conversations
    journal: Journal
    due: DueIndex
    set_form: Callable[[str, int], None]


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        yield client("dynamodb")


def _in_dynamodb(dynamodb: Any) -> Store:
    table = new_table(dynamodb)

    def set_form(conversation: str, form: int) -> None:
        dynamodb.update_item(
            TableName=table,
            Key=items.item(items.conversation_key(conversation)),
            UpdateExpression="SET form = :form",
            ExpressionAttributeValues=items.item({":form": form}),
        )

    return Store(
        DynamoDBConversations(dynamodb, table),
        DynamoDBJournal(dynamodb, table),
        DynamoDBDueIndex(dynamodb, table),
        set_form,
    )


def _in_memory(_: Any) -> Store:
    table = MemoryTable()

    def set_form(conversation: str, form: int) -> None:
        table.conversations[conversation] |= items.item({"form": form})

    return Store(table, table, table, set_form)


@pytest.fixture(params=[_in_dynamodb, _in_memory], ids=["dynamodb", "memory"])
def store(request: pytest.FixtureRequest, dynamodb: Any) -> Store:
    made: Store = request.param(dynamodb)
    return made


def a_turn(
    before: Conversation,
    event: str = "text:1",
    *,
    after: Conversation | None = None,
    at: datetime = NOW,
    move: PointerMove | None = None,
) -> Turn:
    """A turn that makes `after` of `before`, with a text and an event to perform."""
    made = replace(after or before, version=before.version + 1)
    heard = TextReceived(event, at, "¿Sí? 👍 \x00 שלום")
    entry = JournalEntry(
        conversation=made.id,
        line=made.line,
        phone=made.phone,
        seq=made.version,
        at=at,
        event=heard,
        reason="the contact confirmed the visit",
        effects=(
            Publish(News.TEXT_FAILED, (("why", "spam"), ("permanent", True))),
            SendText("See you then!", Purpose.REPLY, at, "apt-1001", at, None, 2),
        ),
    )
    return Turn(before, made, entry, KEEP_DAYS, move)


def saved(store: Store, turn: Turn) -> Turn:
    store.conversations.save(turn)
    return turn


# ------------------------------------------------------------------ conversations


def test_nobody_s_conversation_is_none(store: Store) -> None:
    assert store.conversations.load(blank().id) is None
    assert store.conversations.load(blank().id, fresh=True) is None


def test_what_is_saved_is_loaded(store: Store) -> None:
    turn = saved(store, a_turn(blank(), after=rich()))
    assert turn.after == replace(rich(), version=1)
    assert store.conversations.load(blank().id) == turn.after
    assert store.conversations.load(blank().id, fresh=True) == turn.after
    assert store.journal.entry(turn.entry.key) == turn.entry


def test_an_entry_without_effects_is_done(store: Store) -> None:
    quiet = a_turn(blank())
    quiet = saved(store, replace(quiet, entry=replace(quiet.entry, effects=())))
    assert store.journal.entry(quiet.entry.key) == replace(quiet.entry, done=True)


def test_turn_follows_turn(store: Store) -> None:
    first = saved(store, a_turn(blank(), "text:1"))
    second = saved(store, a_turn(first.after, "text:2"))
    assert store.conversations.load(blank().id) == second.after
    assert second.after.version == 2


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(0, id="thought to be new"),
        pytest.param(1, id="one turn behind"),
        pytest.param(3, id="ahead of what is stored"),
    ],
)
def test_a_turn_on_another_version_is_a_lost_race_and_writes_nothing(
    store: Store, seen: int
) -> None:
    first = saved(store, a_turn(blank(), "text:1"))
    second = saved(store, a_turn(first.after, "text:2", after=rich()))
    late = a_turn(replace(blank(), version=seen), "text:3")
    with pytest.raises(LostRace):
        store.conversations.save(late)
    assert store.conversations.load(blank().id) == second.after
    assert store.journal.entry(late.entry.key) is None


def test_a_first_turn_needs_no_conversation_but_a_later_one_does(store: Store) -> None:
    with pytest.raises(LostRace):
        store.conversations.save(a_turn(replace(blank(), version=1)))
    assert store.conversations.load(blank().id) is None


def test_the_same_event_twice_is_a_duplicate_and_writes_nothing(store: Store) -> None:
    first = saved(store, a_turn(blank(), "text:1"))
    with pytest.raises(AlreadyTaken):
        store.conversations.save(a_turn(first.after, "text:1", after=rich()))
    assert store.conversations.load(blank().id) == first.after


def test_a_duplicate_wins_over_a_lost_race_and_a_moved_pointer(store: Store) -> None:
    move = PointerMove(None, Pointer(LINE, "apt-1001", blank().id, 1))
    first = saved(store, a_turn(blank(), "bus:1", move=move))
    saved(store, a_turn(first.after, "text:2"))
    with pytest.raises(AlreadyTaken):  # all three conditions fail: the event's id is known,
        store.conversations.save(a_turn(blank(), "bus:1", move=move))  # the rest moved on


def test_one_event_may_happen_to_two_conversations(store: Store) -> None:
    saved(store, a_turn(blank(), "bus:1"))
    other = blank("+12065550188")
    saved(store, a_turn(other, "bus:1"))
    assert store.conversations.load(other.id) is not None


def test_a_newer_form_is_refused(store: Store) -> None:
    turn = saved(store, a_turn(blank()))
    store.set_form(turn.after.id, stored.FORM + 1)
    with pytest.raises(NewerForm):
        store.conversations.load(turn.after.id)
    store.set_form(turn.after.id, stored.FORM)
    assert store.conversations.load(turn.after.id) == turn.after


# ------------------------------------------------------------------ pointers


def test_an_unknown_appointment_has_no_pointer(store: Store) -> None:
    assert store.conversations.pointer(LINE, "apt-1001") is None


def test_a_pointer_is_written_with_the_turn_and_moved_with_the_next(store: Store) -> None:
    there, then = Pointer(LINE, "apt-1001", blank().id, 1), Pointer(LINE, "apt-1001", "other", 2)
    first = saved(store, a_turn(blank(), "bus:1", move=PointerMove(None, there)))
    assert store.conversations.pointer(LINE, "apt-1001") == there
    saved(store, a_turn(first.after, "bus:2", move=PointerMove(there, then)))
    assert store.conversations.pointer(LINE, "apt-1001") == then
    assert store.conversations.pointer(OTHER_LINE, "apt-1001") is None


@pytest.mark.parametrize(
    "read",
    [
        pytest.param(None, id="read as absent"),
        pytest.param(Pointer(LINE, "apt-1001", blank().id, 4), id="another version"),
        pytest.param(Pointer(LINE, "apt-1001", "other", 5), id="another conversation"),
    ],
)
def test_a_pointer_that_is_not_as_it_was_read_stops_the_turn(
    store: Store, read: Pointer | None
) -> None:
    there = Pointer(LINE, "apt-1001", blank().id, 5)
    first = saved(store, a_turn(blank(), "bus:1", move=PointerMove(None, there)))
    move = PointerMove(read, Pointer(LINE, "apt-1001", blank().id, 6))
    with pytest.raises(PointerMoved):
        store.conversations.save(a_turn(first.after, "bus:2", after=rich(), move=move))
    assert store.conversations.pointer(LINE, "apt-1001") == there
    assert store.conversations.load(blank().id) == first.after


def test_a_pointer_that_vanished_stops_the_turn(store: Store) -> None:
    read = Pointer(LINE, "apt-1001", blank().id, 5)
    move = PointerMove(read, replace(read, version=6))
    with pytest.raises(PointerMoved):
        store.conversations.save(a_turn(blank(), "bus:2", move=move))
    assert store.conversations.load(blank().id) is None


# ------------------------------------------------------------------ the journal


def test_recent_entries_come_oldest_first_up_to_one_s_own(store: Store) -> None:
    conversation = blank()
    for n in range(1, 6):  # event ids that sort against the order in which they happened
        conversation = saved(store, a_turn(conversation, f"text:{9 - n}")).after
    saved(store, a_turn(blank("+12065550188"), "text:other"))

    def seqs(limit: int, before: int) -> list[int]:
        return [e.seq for e in store.journal.recent(blank().id, limit, before)]

    assert seqs(10, 5) == [1, 2, 3, 4, 5]
    assert seqs(2, 5) == [4, 5]
    assert seqs(2, 3) == [2, 3]
    assert seqs(10, 99) == [1, 2, 3, 4, 5]
    assert seqs(10, 0) == []
    assert store.journal.recent("nobody", 10, 99) in ([], ())


def test_a_recent_entry_is_whole(store: Store) -> None:
    turn = saved(store, a_turn(blank()))
    assert list(store.journal.recent(blank().id, 1, 1)) == [turn.entry]


TEXT = 1  # where the text stands among the effects of a_turn


@pytest.fixture
def key(store: Store) -> EntryKey:
    return saved(store, a_turn(blank())).entry.key


def entry_of(store: Store, key: EntryKey) -> JournalEntry:
    entry = store.journal.entry(key)
    assert entry
    return entry


def record_of(store: Store, key: EntryKey) -> TextRecord | None:
    return entry_of(store, key).text(TEXT)


def test_a_text_is_claimed_by_one_attempt_which_may_repeat_itself(
    store: Store, key: EntryKey
) -> None:
    claimed = TextRecord(TextState.CLAIMED, "mine", NOW)
    assert store.journal.claim(key, TEXT, "mine", NOW) is None
    assert store.journal.claim(key, TEXT, "mine", NOW) is None
    assert store.journal.claim(key, TEXT, "yours", NOW) == claimed
    assert record_of(store, key) == claimed


@pytest.mark.parametrize("state", [s for s in TextState if s is not TextState.CLAIMED])
def test_a_text_that_went_on_cannot_be_claimed_not_even_by_its_attempt(
    store: Store, key: EntryKey, state: TextState
) -> None:
    there = TextRecord(state, "mine", NOW, "message-1", Parked.THROTTLED)
    store.journal.mark(key, TEXT, there)
    assert store.journal.claim(key, TEXT, "mine", NOW) == there
    assert store.journal.claim(key, TEXT, "yours", NOW) == there
    assert record_of(store, key) == there


def test_each_text_of_an_entry_is_claimed_by_itself(store: Store, key: EntryKey) -> None:
    assert store.journal.claim(key, 0, "mine", NOW) is None
    assert store.journal.claim(key, TEXT, "yours", NOW) is None


def test_nothing_may_be_sent_for_an_entry_that_vanished(store: Store) -> None:
    there = store.journal.claim(EntryKey(blank().id, "text:gone"), TEXT, "mine", NOW)
    assert there
    assert there.state.settled
    assert store.journal.entry(EntryKey(blank().id, "text:gone")) is None


@pytest.mark.parametrize(("there", "news"), list(product(TextState, TextState)), ids=str)
def test_news_overwrites_what_it_does_not_rank_below(
    store: Store, key: EntryKey, there: TextState, news: TextState
) -> None:
    old = TextRecord(there, "old", NOW, "message-old")
    new = TextRecord(news, "new", NOW + timedelta(minutes=1), "message-new", Parked.LATE)
    store.journal.mark(key, TEXT, old)
    stands = store.journal.mark(key, TEXT, new)
    if news.rank >= there.rank:
        assert stands == entry_of(store, key)
        assert record_of(store, key) == new
    else:
        assert stands is None
        assert record_of(store, key) == old


def test_the_ranks_are_the_way_of_a_text() -> None:
    way = ["claimed", "parked", "unknown", "decided_again", "accepted", "sent", "failed"]
    assert sorted(TextState, key=lambda state: state.rank) == [*way, "delivered"]


def test_a_mark_can_close_the_entry_in_the_same_write(store: Store, key: EntryKey) -> None:
    accepted = TextRecord(TextState.ACCEPTED, "mine", NOW, "message-1")
    for closing, closed in ((False, False), (True, True), (False, True)):
        marked = store.journal.mark(key, TEXT, accepted, done=closing)
        assert marked == entry_of(store, key)
        assert entry_of(store, key).done is closed


def test_news_that_is_refused_closes_nothing(store: Store, key: EntryKey) -> None:
    store.journal.mark(key, TEXT, TextRecord(TextState.DELIVERED))
    assert store.journal.mark(key, TEXT, TextRecord(TextState.ACCEPTED), done=True) is None
    assert not entry_of(store, key).done


def test_news_of_an_entry_that_vanished_makes_none(store: Store) -> None:
    gone = EntryKey(blank().id, "text:gone")
    assert store.journal.mark(gone, TEXT, TextRecord(TextState.DELIVERED), done=True) is None
    store.journal.done(gone)
    assert store.journal.entry(gone) is None


def test_done_is_done_and_changes_nothing_else(store: Store, key: EntryKey) -> None:
    before = entry_of(store, key)
    assert not before.done
    store.journal.done(key)
    store.journal.done(key)
    assert entry_of(store, key) == replace(before, done=True)


# ------------------------------------------------------------------ the due indexes


def reminder(minutes: int, name: str = "step", parts: int = 1) -> Timer:
    due = NOW + timedelta(minutes=minutes)
    return Timer(f"apt:{name}", TimerKind.REMINDER, due, "apt", name, parts)


def silence(minutes: int) -> Timer:
    return Timer("silence", TimerKind.SILENCE, NOW + timedelta(minutes=minutes))


def waiting(store: Store, n: int, *timers: Timer, line: str = LINE) -> Conversation:
    """A conversation, the n-th, that waits for these timers."""
    phone = f"+1206555{n:04}"
    before = Conversation(f"{n:032x}", line, phone)
    return saved(store, a_turn(before, after=replace(before, timers=timers))).after


def test_the_soonest_reminder_of_each_conversation_is_due_oldest_first(store: Store) -> None:
    late = waiting(store, 1, reminder(5), reminder(3, "soon", parts=2))
    early = waiting(store, 2, silence(1), reminder(2))
    waiting(store, 3, silence(1))
    waiting(store, 4, reminder(2), line=OTHER_LINE)
    waiting(store, 5)
    assert list(store.due.paced(LINE, "", end_of(NOW + timedelta(hours=1)), 9)) == [
        Due(early.id, place(reminder(2)), 1),
        Due(late.id, place(reminder(3, "soon")), 2),
    ]


def test_what_cannot_wait_is_due_by_line_oldest_first(store: Store) -> None:
    late = waiting(store, 1, silence(3), reminder(1))
    early = waiting(store, 2, silence(2))
    waiting(store, 3, silence(1), line=OTHER_LINE)
    waiting(store, 4, reminder(1))
    until = end_of(NOW + timedelta(hours=1))
    both = [Due(early.id, place(silence(2))), Due(late.id, place(silence(3)))]
    assert list(store.due.now(LINE, until, 9)) == both
    assert list(store.due.now(LINE, until, 1)) == both[:1]
    assert list(store.due.now(LINE, end_of(NOW + timedelta(minutes=2)), 9)) == both[:1]


def test_the_stretch_of_an_index_is_open_below_and_closed_above(store: Store) -> None:
    found = [waiting(store, n, reminder(n)) for n in range(1, 5)]
    places = [place(c.timers[0]) for c in found]

    def due(after: str, until: str, limit: int = 9) -> list[str]:
        return [d.conversation for d in store.due.paced(LINE, after, until, limit)]

    ids = [c.id for c in found]
    assert due("", places[3]) == ids
    assert due(places[0], places[2]) == ids[1:3]
    assert due(places[0], end_of(NOW + timedelta(minutes=3))) == ids[1:3]
    assert due("", instant(NOW + timedelta(minutes=1))) == []  # the instant, not what is at it
    assert due(places[3], end_of(NOW + timedelta(days=1))) == []
    assert due("", places[3], limit=2) == ids[:2]
    assert due("", places[3], limit=0) == []


def test_reminders_of_one_instant_are_told_apart(store: Store) -> None:
    first = waiting(store, 1, reminder(1, "a"))
    second = waiting(store, 2, reminder(1, "b"))
    (head,) = store.due.paced(LINE, "", end_of(NOW + timedelta(minutes=1)), 1)
    (tail,) = store.due.paced(LINE, head.at, end_of(NOW + timedelta(minutes=1)), 9)
    assert [head.conversation, tail.conversation] == [first.id, second.id]


def test_a_conversation_leaves_the_indexes_with_its_timers(store: Store) -> None:
    until = end_of(NOW + timedelta(hours=1))
    there = waiting(store, 1, reminder(1), silence(1))
    there = saved(store, a_turn(there, "text:2", after=replace(there, timers=(silence(1),)))).after
    assert not store.due.paced(LINE, "", until, 9)
    assert store.due.now(LINE, until, 9)
    saved(store, a_turn(there, "text:3", after=replace(there, timers=())))
    assert not store.due.now(LINE, until, 9)


def test_a_line_is_paced_from_nothing_on(store: Store) -> None:
    assert store.due.pacing(LINE) == Pacing(LINE)


def test_a_stretch_is_taken_by_one(store: Store) -> None:
    read = store.due.pacing(LINE)
    mine = replace(
        read,
        cursor="2026-12-01T17:00:00.000Z#a",
        paced_until=NOW,
        stretches=((NOW - timedelta(minutes=1), ""), (NOW, "2026-12-01T17:00:00.000Z#a")),
        sweeps_since=NOW,
    )
    store.due.take(mine)
    with pytest.raises(LostRace):
        store.due.take(replace(read, cursor="yours"))
    assert store.due.pacing(LINE) == replace(mine, version=1)
    store.due.take(replace(mine, version=1, swept=mine.cursor))
    assert store.due.pacing(LINE) == replace(mine, version=2, swept=mine.cursor)
    with pytest.raises(LostRace):
        store.due.take(replace(mine, version=1))
    assert store.due.pacing(OTHER_LINE) == Pacing(OTHER_LINE)


@given(moment=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - the zone is added
@settings(max_examples=50, deadline=None)
def test_places_sort_as_time_does(moment: datetime) -> None:
    """An index sorts text; so the text must sort as the instants do, at any offset."""
    there = moment.replace(tzinfo=NOW.tzinfo)
    here = there.astimezone(PACIFIC)
    timer = Timer("apt-1:step", TimerKind.REMINDER, here)
    assert place(timer) == place(replace(timer, due=there))
    assert instant(here) < place(timer) < end_of(there) < instant(there + timedelta(milliseconds=1))


# ------------------------------------------------------------------ DynamoDB's own troubles

SPELLING = "com.amazonaws.dynamodb.v20120810#"


def cancelled(*codes: str) -> tuple[int, dict[str, Any]]:
    return 400, {
        "__type": f"{SPELLING}TransactionCanceledException",
        "Message": f"Transaction cancelled, please refer cancellation reasons: {list(codes)}",
        "CancellationReasons": [{"Code": code} for code in codes],
    }


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (cancelled("None", "TransactionConflict"), Contended),
        (cancelled("TransactionConflict", "None"), Contended),
        (cancelled("None", "ThrottlingError"), Contended),
        (cancelled("ProvisionedThroughputExceeded", "None"), Contended),
        (cancelled("TransactionConflict", "ConditionalCheckFailed"), LostRace),
        (cancelled("ConditionalCheckFailed", "TransactionConflict"), AlreadyTaken),
        (cancelled("ConditionalCheckFailed", "ConditionalCheckFailed"), AlreadyTaken),
        ((400, {"__type": f"{SPELLING}TransactionConflictException"}), Contended),
        ((400, {"__type": f"{SPELLING}TransactionInProgressException"}), Contended),
    ],
)
def test_dynamodb_s_refusals_are_told_apart(
    dynamodb: Any, answer: tuple[int, dict[str, Any]], meaning: type[Exception]
) -> None:
    store = _in_dynamodb(dynamodb)
    with (
        on_the_wire(dynamodb, "TransactWriteItems", lambda _: answer),
        pytest.raises(meaning) as raised,
    ):
        store.conversations.save(a_turn(blank()))
    assert raised.type is meaning
    assert blank().phone not in str(raised.value)
    assert store.conversations.load(blank().id) is None


@pytest.mark.parametrize("code", ["ThrottlingException", "ProvisionedThroughputExceededException"])
def test_a_throttled_turn_is_left_to_its_queue(dynamodb: Any, code: str) -> None:
    """The client was patient already: to repeat that at once is what a throttled table needs
    least, and would outlast the function."""
    asked: list[Any] = []

    def throttle(request: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        asked.append(request)
        return 400, {"__type": f"{SPELLING}{code}"}

    turns = taking(_in_dynamodb(dynamodb).conversations)
    with (
        on_the_wire(dynamodb, "TransactWriteItems", throttle),
        pytest.raises(ClientError, match=code),
    ):
        turns.take(blank(), hello())
    assert len(asked) == 1


def test_a_turn_is_one_read_and_one_write(dynamodb: Any) -> None:
    """Two requests a turn are the design's cost, and its promise: one transaction, or nothing."""
    store = _in_dynamodb(dynamodb)
    asked: list[tuple[str, dict[str, Any]]] = []

    def watch(params: dict[str, Any], model: Any, **_: Any) -> None:
        asked.append((model.name, params))

    dynamodb.meta.events.register("provide-client-params.dynamodb.*", watch)
    try:
        taking(store.conversations).take(blank(), TextReceived("text:1", NOW, "hello"))
    finally:
        dynamodb.meta.events.unregister("provide-client-params.dynamodb.*", watch)
    assert [name for name, _ in asked] == ["GetItem", "TransactWriteItems"]
    assert len(asked[1][1]["TransactItems"]) == 2


def test_a_key_never_holds_a_phone(dynamodb: Any) -> None:
    store = _in_dynamodb(dynamodb)
    turn = saved(store, a_turn(blank()))
    for plain in (items.conversation_key(turn.after.id), items.entry_key(turn.entry.key)):
        assert blank().phone[1:] not in "".join(plain.values())


# ------------------------------------------------------------------ Turns.take


@dataclass
class Failing:
    """A store whose next saves fail, one error each, before anything is written."""

    store: Conversations
    errors: list[Exception]
    loads: int = 0
    fresh: int = 0

    def load(self, id: str, *, fresh: bool = False) -> Conversation | None:  # noqa: A002
        self.loads += 1
        self.fresh += fresh
        return self.store.load(id, fresh=fresh)

    def save(self, turn: Turn) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.store.save(turn)

    def pointer(self, line: str, appointment: str) -> Pointer | None:
        return self.store.pointer(line, appointment)


def taking(conversations: Conversations, pauses: list[float] | None = None) -> Turns:
    waited = [] if pauses is None else pauses
    return Turns(conversations, lines(), LexiconReader(), clock(), pause=waited.append)


def turns_taken(store: Store) -> int:
    there = store.conversations.load(blank().id)
    return there.version if there else 0


def hello(id: str = "text:1") -> TextReceived:  # noqa: A002
    return TextReceived(id, NOW, "hello")


def test_an_event_happens_once(store: Store) -> None:
    turns = taking(store.conversations)
    assert turns.take(blank(), hello())
    assert turns.take(blank(), hello()) is None
    assert turns_taken(store) == 1


@pytest.mark.parametrize("error", [LostRace("lost"), Contended("contended")], ids=repr)
def test_a_lost_race_is_run_again_on_fresh_reads(store: Store, error: Exception) -> None:
    failing = Failing(store.conversations, [error] * (TRIES - 1))
    pauses: list[float] = []
    assert taking(failing, pauses).take(blank(), hello())
    assert (failing.loads, failing.fresh) == (TRIES, TRIES - 1)
    assert len(pauses) == TRIES - 1
    assert 0 < sum(pauses) < 10  # seconds: well within any function's time
    assert turns_taken(store) == 1


@pytest.mark.parametrize("error", [LostRace("lost"), Contended("contended")], ids=repr)
def test_a_race_lost_too_often_goes_back_to_the_queue(store: Store, error: Exception) -> None:
    failing = Failing(store.conversations, [error] * TRIES)
    with pytest.raises(LostRace):
        taking(failing).take(blank(), hello())
    assert store.conversations.load(blank().id) is None
    assert taking(failing).take(blank(), hello()), "redelivery finds nothing done, and does it"


@pytest.mark.parametrize("error", [PointerMoved("moved"), NewerForm("newer")], ids=repr)
def test_what_another_try_cannot_mend_is_raised_at_once(store: Store, error: Exception) -> None:
    failing = Failing(store.conversations, [error] * TRIES)
    with pytest.raises(type(error)):
        taking(failing).take(blank(), hello())
    assert failing.loads == 1


def test_a_conversation_known_by_its_id_alone_is_read_again(store: Store) -> None:
    saved(store, a_turn(blank(), "text:0"))
    by_id = Conversation(blank().id, line="", phone="")
    assert taking(store.conversations).take(by_id, hello())
    nobody = Conversation("f" * 32, line="", phone="")
    with pytest.raises(LostRace):
        taking(store.conversations).take(nobody, hello())
