"""What every phone sent and got, kept in a file so that it survives a restart."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from typing import Any, Literal, Self

type Direction = Literal["to_phone", "from_phone"]

_SCHEMA = """
create table if not exists texts (
    seq integer primary key autoincrement,
    id text not null unique,
    phone text not null,
    line text not null,
    direction text not null,
    text text not null,
    at text not null,
    encoding text not null,
    segments integer not null,
    state text not null
);
create index if not exists texts_by_phone on texts (phone, seq);
create table if not exists receipts (
    seq integer primary key autoincrement,
    due real not null,
    text_id text not null,
    event text not null,
    context text not null
);
create table if not exists opted_out (
    list text not null,
    phone text not null,
    at real not null,
    primary key (list, phone)
);
create table if not exists starts (at text not null default current_timestamp);
create table if not exists known (phone text primary key, name text not null);
create table if not exists met (phone text primary key, name text not null);
"""


@dataclass(frozen=True)
class Text:
    """One text on its way to or from a phone; `at` is ISO 8601 on the local stack's clock."""

    id: str
    phone: str
    line: str
    direction: Direction
    text: str
    at: str
    encoding: str
    segments: int
    state: str


@dataclass(frozen=True)
class Receipt:
    """A receipt still to be published: `due` is in seconds of the real clock."""

    due: float
    text_id: str
    event: str
    context: dict[str, str] = field(default_factory=dict)
    seq: int = 0


_COLUMNS = "id, phone, line, direction, text, at, encoding, segments, state"

MOST_MET = 24  # as many as one can look through; an import may bring thousands
_SHOWN = """
with shown as (
    select phone, name, 0 as is_met, rowid as came from known
    union all
    select * from (
        select phone, name, 1, -rowid from met where phone not in (select phone from known)
        order by rowid desc limit ?
    )
)
select shown.phone, coalesce(nullif(shown.name, ''), met.name, '') as name,
    (select count(*) from texts where texts.phone = shown.phone) as texts
from shown left join met on met.phone = shown.phone
order by is_met, came
"""


class Phones:
    """The texts, the receipts that are still to go out, the opt-out lists, and the known phones."""

    def __init__(self, path: Path | str) -> None:
        """Open the file, or make it; `:memory:` keeps nothing."""
        self._lock = RLock()
        self._base = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._base.row_factory = sqlite3.Row
        self._base.executescript("pragma journal_mode = wal; pragma synchronous = normal;")
        self._base.executescript(_SCHEMA)
        self._revisions: dict[str, int] = {}
        self.revision = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._base.close()

    def add(self, text: Text, receipts: Sequence[Receipt] = ()) -> bool:
        """Keep a text with the receipts that it will get; False when its id is known already."""
        with self._lock, self._base:
            self._base.execute("begin immediate")
            added = self._base.execute(
                f"insert or ignore into texts ({_COLUMNS})"  # noqa: S608 - a constant
                " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (text.id, text.phone, text.line, text.direction, text.text, text.at,
                 text.encoding, text.segments, text.state),
            ).rowcount  # fmt: skip
            if added:
                self._base.executemany(
                    "insert into receipts (due, text_id, event, context) values (?, ?, ?, ?)",
                    [(r.due, r.text_id, r.event, json.dumps(r.context)) for r in receipts],
                )
                self._base.execute("insert or ignore into met values (?, '')", (text.phone,))
            self._changed(text.phone)
        return bool(added)

    def thread(self, phone: str) -> list[Text]:
        """All texts of a phone, oldest first."""
        return self._texts("where phone = ? order by seq", phone)

    def text(self, text_id: str) -> Text | None:
        return next(iter(self._texts("where id = ?", text_id)), None)

    def last_to(self, phone: str, line: str) -> Text | None:
        """Give the newest text that a line sent to a phone."""
        found = self._texts(
            "where phone = ? and line = ? and direction = 'to_phone' order by seq desc limit 1",
            phone,
            line,
        )
        return next(iter(found), None)

    def mark(self, text_id: str, state: str) -> None:
        with self._lock:
            self._base.execute("update texts set state = ? where id = ?", (state, text_id))
            if text := self.text(text_id):
                self._changed(text.phone)

    def due_receipts(self, now: float, limit: int) -> list[Receipt]:
        """Give the receipts due by `now`, oldest first; each stays until `forget_receipts`."""
        rows = self._rows("select * from receipts where due <= ? order by seq limit ?", now, limit)
        return [
            Receipt(row["due"], row["text_id"], row["event"], json.loads(row["context"]),
                    row["seq"])
            for row in rows
        ]  # fmt: skip

    def forget_receipts(self, receipts: Sequence[Receipt]) -> None:
        with self._lock, self._base:
            self._base.executemany(
                "delete from receipts where seq = ?", [(receipt.seq,) for receipt in receipts]
            )

    def opt_out(self, opt_out_list: str, phone: str, at: float) -> float:
        """Put a phone on a list; gives the time of its opt-out, the first one's if it was there."""
        with self._lock:
            self._base.execute(
                "insert or ignore into opted_out values (?, ?, ?)", (opt_out_list, phone, at)
            )
        return dict(self.opted_out(opt_out_list))[phone]

    def opt_in(self, phone: str, opt_out_list: str | None = None) -> bool:
        """Take a phone off one list, or off all; False when it was on none."""
        with self._lock:
            taken = self._base.execute(
                "delete from opted_out where phone = ? and list = coalesce(?, list)",
                (phone, opt_out_list),
            )
        return taken.rowcount > 0

    def opted_out(self, opt_out_list: str) -> list[tuple[str, float]]:
        rows = self._rows(
            "select phone, at from opted_out where list = ? order by at, phone", opt_out_list
        )
        return [(row["phone"], row["at"]) for row in rows]

    def is_opted_out(self, phone: str) -> bool:
        """Say whether a phone is on any list: the local carrier has one line, and one list."""
        return bool(self._rows("select 1 from opted_out where phone = ?", phone))

    def know(self, phone: str, name: str = "") -> None:
        """Show a phone from now on, with a name if one is given."""
        self._name("known", phone, name)

    def meet(self, phone: str, name: str = "") -> None:
        """Show a phone that somebody else spoke of, as long as it is among the newest."""
        self._name("met", phone, name)

    def known(self) -> list[dict[str, Any]]:
        """The phones to be shown, each with its name, texts and count of changes: those that were
        added here, in the order they came, then the newest that were met."""
        rows = self._rows(_SHOWN, MOST_MET)
        return [dict(row) | {"revision": self._revisions.get(row["phone"], 0)} for row in rows]

    def starts(self) -> int:
        """How many runs have loaded their demo practice into this data."""
        return int(self._rows("select count(*) from starts")[0][0])

    def started(self) -> None:
        with self._lock:
            self._base.execute("insert into starts default values")

    def _name(self, table: str, phone: str, name: str) -> None:
        with self._lock:
            self._base.execute(
                f"insert into {table} values (?, ?) on conflict (phone) do update"  # noqa: S608 - one of two constants
                " set name = case when excluded.name = '' then name else excluded.name end",
                (phone, name),
            )
            self._changed(phone)

    def _changed(self, phone: str) -> None:
        self.revision += 1
        self._revisions[phone] = self.revision

    def _texts(self, rest: str, *values: object) -> list[Text]:
        rows = self._rows(
            f"select {_COLUMNS} from texts {rest}",  # noqa: S608 - both are written in this file
            *values,
        )
        return [Text(**dict(row)) for row in rows]

    def _rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._base.execute(statement, values).fetchall()
