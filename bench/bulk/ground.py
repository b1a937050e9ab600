"""A database with everybody who is to get a broadcast, and the broadcast's rows in the ledger."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select

from bench import people
from bot.store import idle, ledger
from bot.store.ledger import BROADCASTS, REMINDERS, Wish
from bot.store.opening import engine_for
from bot.store.schema import delivery, draft
from conversations.rules.deadlines import BERLIN
from conversations.standing import PersonId

_CHUNK = 1000
_MORNING = time(9)


def ahead() -> float:
    """Seconds from now to the next weekday's morning: so far ahead the bot's clock is set."""
    now = datetime.now(BERLIN)
    day = now.date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return (datetime.combine(day, _MORNING, BERLIN) - now).total_seconds()


class Ground:
    """The database of a bot in `folder`. Recipients are numbered from `people.FIRST`; behind them
    come those who get a reminder in the middle."""

    def __init__(self, folder: Path, many: int, reminders: int) -> None:
        self.folder = folder
        self.chats = range(people.FIRST, people.FIRST + many)
        self.reminded = range(self.chats.stop, self.chats.stop + reminders)

    def stock(self) -> None:
        """Store everybody."""
        people.stock(self.folder, len(self.chats) + len(self.reminded), drafts=True)

    def confirm(self, start: datetime, reminders: Sequence[datetime]) -> None:
        """Everything that is to be sent: the broadcast from `start` on, the reminders when due."""
        engine = self._engine()
        touched = self._touched(engine)
        wishes = [_row(chat, touched, start, n) for n, chat in enumerate(self.chats)]
        wishes += [
            _row(chat, touched, due, 0, rank=REMINDERS)
            for chat, due in zip(self.reminded, reminders, strict=True)
        ]
        for chunk in _chunks(wishes):
            with engine.begin() as connection:
                ledger.insert(connection, chunk)
        engine.dispose()

    def states(self) -> dict[str, int]:
        """How many rows of the ledger stand where."""
        engine = self._engine()
        found = select(delivery.c.state, func.count()).group_by(delivery.c.state)
        with engine.connect() as connection:
            states = dict(connection.execute(found).tuples().all())
        engine.dispose()
        return states

    def _engine(self) -> Engine:
        return engine_for(f"sqlite:///{self.folder / 'kimbot.sqlite3'}", busy_seconds=60)

    def _touched(self, engine: Engine) -> int:
        with engine.connect() as connection:
            return int(connection.execute(select(draft.c.touched).limit(1)).scalar_one())


def _row(chat: int, touched: int, start: datetime, n: int, rank: int = BROADCASTS) -> Wish:
    return Wish(
        kind=idle.KIND,
        subject=f"{idle.KIND}:draft-{chat}",
        version=touched,
        slot="",
        chat=chat,
        council=None,
        person=PersonId(chat),
        due=start + n * timedelta(milliseconds=1),
        start=start,
        expires=start + timedelta(days=3),
        rank=rank,
    )


def _chunks(wishes: Sequence[Wish]) -> Iterable[Sequence[Wish]]:
    for at in range(0, len(wishes), _CHUNK):
        yield wishes[at : at + _CHUNK]


def now_with(seconds: float) -> datetime:
    """The time of a clock that is so far ahead."""
    return datetime.now(UTC) + timedelta(seconds=seconds)
