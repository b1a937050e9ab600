"""A replica of the bot: it plans and sends with the real store and the real rules; only Telegram is
a recorder. It may be killed anywhere between claim and settle."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection

from bench.simulation.books import Books
from bench.simulation.truth import Sent
from bot.store import leases, ledger, plans
from bot.store.aftermath import Aftermath
from bot.store.ledger import Claimed, Settled, State
from bot.telegram.unasked import Unasked
from conversations.core import Screen
from conversations.standing import CouncilId

_MARK = "Vielleicht haben Sie diese Nachricht schon bekommen."


class KilledError(Exception):
    """The process is gone, in the middle of something."""


@dataclass(slots=True, kw_only=True)
class Telegram:
    """Everything that arrived, and how often nobody knew."""

    sent: list[Sent] = field(default_factory=list)
    unclear: dict[tuple[object, ...], int] = field(default_factory=dict)
    kills: int = 0
    late: int = 0
    """Answers that came after the claim's lease had run out; written down by nobody."""


class Replica:
    """One process."""

    def __init__(
        self, books: Books, unasked: Unasked, telegram: Telegram, dice: Random, trouble: float
    ) -> None:
        self._books, self._unasked, self._telegram = books, unasked, telegram
        self._dice, self._trouble = dice, trouble
        self._aftermath = Aftermath(books.codec, books.planning)
        self._connection: Connection = books.connect()
        self._holder = leases.new_holder()
        self._slow: list[tuple[Claimed, datetime]] = []
        self.down_until: datetime | None = None

    @property
    def is_up(self) -> bool:
        """Whether the process runs; one that was killed comes back as a new one."""
        if self.down_until is not None and self._now >= self.down_until:
            self.down_until = None
            self._holder = leases.new_holder()
        return self.down_until is None

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def plan(self, council: CouncilId) -> bool:
        """Plan one council: look, and write what changed. False when the process is gone."""
        if not self.is_up:
            return False
        planning, now = self._books.planning, self._now
        try:
            with self._connection.begin():
                if not plans.reconcile(self._connection, planning, council, now, write=False):
                    return True
            with self._connection.begin():
                plans.reconcile(self._connection, planning, council, now)
                self._may_die()
        except KilledError:
            self._killed()
        return self.down_until is None

    def send(self) -> None:
        """Send all that is due, if no other replica does."""
        if not self.is_up:
            return
        try:
            self._answered()
            if self._leads():
                while (row := self._claim()) is not None:
                    self._deliver(row)
        except KilledError:
            self._killed()

    @property
    def _now(self) -> datetime:
        return self._books.clock.now

    def _killed(self) -> None:
        self._telegram.kills += 1
        self._slow.clear()
        self.down_until = self._now + timedelta(minutes=self._dice.randint(1, 40))

    def _may_die(self) -> None:
        if self._dice.random() < self._trouble:
            raise KilledError

    def _leads(self) -> bool:
        with self._connection.begin():
            if not ledger.is_up(self._connection, self._now):
                return False
            got = leases.acquire(self._connection, leases.SENDER, self._holder)
            if got:
                ledger.wake(self._connection, self._now)
            return got

    def _claim(self) -> Claimed | None:
        with self._connection.begin():
            return ledger.claim(self._connection, self._holder, self._now)

    def _deliver(self, row: Claimed) -> None:
        unclear, key = self._telegram.unclear, _key(row)
        unclear[key] = unclear.get(key, 0) + 1
        self._may_die()
        found = self._look(row)
        if isinstance(found, Settled):
            self._settle(row, found)
        elif not self._called(row, found):
            return
        unclear[key] -= 1

    def _called(self, row: Claimed, screen: Screen) -> bool:
        """Whether it is known that it arrived."""
        luck = self._dice.random()
        if luck < self._trouble:  # a time-out: it arrived, or it did not
            if luck < self._trouble / 2:
                self._arrive(row, screen)
            again = self._now + timedelta(seconds=30)
            self._settle(row, Settled(state=State.UNCERTAIN, not_before=again))
            return False
        self._arrive(row, screen)
        self._may_die()
        if luck > 1 - self._trouble:  # the answer takes longer than the claim holds
            self._slow.append((row, self._now + timedelta(minutes=3)))
            return False
        return self._settle(row, Settled(state=State.SENT, message=1))

    def _look(self, row: Claimed) -> Screen | Settled:
        with self._connection.begin():
            looked = self._aftermath.look(self._connection, row, self._now)
        if looked is None:
            return Settled(state=State.CANCELLED, reason="moot")
        screen = self._unasked.screen(looked.facts, row, looked.told, self._now)
        if screen is None:
            return Settled(state=State.CANCELLED, reason="moot")
        if looked.wait is not None:
            return Settled(state=State.PENDING, not_before=looked.wait)
        return screen

    def _arrive(self, row: Claimed, screen: Screen) -> None:
        assert screen.html
        self._telegram.sent.append(
            Sent(
                at=self._now,
                council=row.council or "",
                kind=row.kind,
                subject=row.subject,
                version=row.version,
                slot=row.slot,
                chat=row.chat,
                thread=row.thread or 0,
                expires=row.expires,
                repeat=row.again and _MARK in screen.html,
            )
        )

    def _answered(self) -> None:
        """Answers that were long on their way are here: they must not overwrite anything."""
        here = [row for row, until in self._slow if until <= self._now]
        self._slow = [one for one in self._slow if one[1] > self._now]
        for row in here:
            self._telegram.late += 1
            self._settle(row, Settled(state=State.SENT, message=1))

    def _settle(self, row: Claimed, settled: Settled) -> bool:
        with self._connection.begin():
            return ledger.settle(self._connection, row, settled)


def _key(row: Claimed) -> tuple[object, ...]:
    return (row.kind, row.subject, row.version, row.slot, row.chat, row.thread or 0)
