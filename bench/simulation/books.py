"""The bot's database by the fake clock: its own clock is the fake one, too, so that leases run out
when they should."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, event, insert

from bot.store import members, schema
from bot.store.codec import Codec, stamp
from bot.store.opening import engine_for, migrate
from bot.store.planning import Planning
from bot.store.scope import Scope, queue_up
from bot.store.sealing import Pseudonyms, Seal
from conversations.core import Consent, Member
from conversations.deeds import Deed
from conversations.flows.consent import VERSION
from conversations.standing import CouncilId, PersonId

_JULIAN_1970 = 2440587.5
_MS_A_DAY = 86_400_000


class FakeClock:
    """The time, moved by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def pass_by(self, **time: float) -> None:
        """So much time goes by."""
        self.now += timedelta(**time)

    def julian(self, *_: object) -> float:
        """As SQLite's julianday('now') says it."""
        return stamp(self.now) / _MS_A_DAY + _JULIAN_1970


class Books:
    """One database file, and the one way to it for each replica and for the people."""

    def __init__(self, folder: str, clock: FakeClock) -> None:
        self.clock = clock
        seal = Seal([b"a key for benches, 32 bytes long"])
        self.codec = Codec(seal)
        self.pseudonyms = Pseudonyms(b"for benches")
        self.planning = Planning(self.codec, self.pseudonyms)
        self._engine: Engine = engine_for(f"sqlite:///{Path(folder) / 'kimbot.sqlite3'}")
        migrate(self._engine, seal)
        event.listen(self._engine, "connect", self._fake)
        self._open = self._engine.connect()

    def close(self) -> None:
        """Close all connections."""
        self._open.close()
        self._engine.dispose()

    def connect(self) -> Connection:
        """A connection of its own."""
        return self._engine.connect()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction of the people's."""
        with self._open.begin():
            yield self._open

    def do(self, person: int, *deeds: Deed) -> None:
        """One person's deeds."""
        with self.writing() as connection:
            queue_up(connection)
            scope = Scope.enter(connection, self.codec, self.pseudonyms, PersonId(person))
            scope.perform(deeds, self.clock.now)

    def keep(self, person: int, **changes: object) -> None:
        """A person who agreed, with their wishes."""
        consent = Consent(version=VERSION, at=self.clock.now, text_hash="ab")
        one = Member(id=PersonId(person), language="de", consent=consent, **changes)  # type: ignore[arg-type]
        with self.writing() as connection:
            members.keep(connection, self.codec, one)

    def letter(self, id_: str, person: int, council: CouncilId) -> None:
        """A letter that was written and not filed yet."""
        title = self.codec.seal.close_text("Anfrage", f"letter.title:{id_}")
        row = {"id": id_, "person": person, "title": title, "version": 1, "council": council}
        row |= {"ordered": stamp(self.clock.now), "format": schema.FORMAT, "body": ""}
        with self.writing() as connection:
            connection.execute(insert(schema.letter), row)

    def link(self, council: CouncilId, person: int, chat: object) -> None:
        """A chat that an admin named and confirmed."""
        with self.writing() as connection:
            scope = Scope.enter(connection, self.codec, self.pseudonyms, PersonId(person))
            scope.named_chat(council, chat, self.clock.now)  # type: ignore[arg-type]

    def _fake(self, connection: sqlite3.Connection, _: object) -> None:
        connection.create_function("julianday", 1, self.clock.julian)
        connection.execute("PRAGMA synchronous = OFF").close()
