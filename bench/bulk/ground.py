"""A database with everybody who is to get a broadcast, and the broadcast's rows in the ledger."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select

from bench import people
from bot.store import idle, ledger
from bot.store.broadcasts.freezing import freeze
from bot.store.codec import Codec, stamp
from bot.store.ledger import Wish
from bot.store.opening import engine_for
from bot.store.schema import FORMAT, broadcast, council, delivery, draft, membership, operator
from bot.store.sealing import Seal
from conversations.broadcasts import Addressee, BroadcastId, Content, Link, Stage
from conversations.broadcasts.posts import Mark, Post
from conversations.rules.deadlines import BERLIN
from conversations.rules.profile import Profile
from conversations.standing import Badge, CouncilId, PersonId, Role

_COUNCILS = 114
_ID = BroadcastId("bench-broadcast")
_TEXT = (
    "To the members in {kommune}:\n\nplease put the inquiry on integration management on the "
    "agenda of your next meeting. The bot writes the letter with you, in about ten minutes.\n\n"
    "Reply to this message if anything is unclear. Kind regards"
)
_MORNING = time(9)


def ahead() -> float:
    """Seconds from now to the next weekday's morning: so far ahead the bot's clock is set."""
    now = datetime.now(BERLIN)
    day = now.date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return (datetime.combine(day, _MORNING, BERLIN) - now).total_seconds()


def now_with(seconds: float) -> datetime:
    """The time of a clock that is so far ahead."""
    return datetime.now(UTC) + timedelta(seconds=seconds)


class Ground:
    """The database of a bot in `folder`. Recipients are numbered from `people.FIRST`; behind them
    come those who get a reminder in the middle, at last the operator who sends."""

    def __init__(self, folder: Path, many: int, reminders: int) -> None:
        self.folder = folder
        self.chats = range(people.FIRST, people.FIRST + many)
        self.reminded = range(self.chats.stop, self.chats.stop + reminders)
        self._author = self.reminded.stop
        self._codec = Codec(Seal([people.KEY]))

    def stock(self) -> None:
        """Store everybody, with a seat in one of the councils."""
        people.stock(self.folder, len(self.chats), settled=False)
        if self.reminded:
            people.stock(self.folder, len(self.reminded), first=self.reminded.start, drafts=True)
        people.stock(self.folder, 1, first=self._author)
        engine, now = self._engine(), stamp(datetime.now(UTC))
        with engine.begin() as connection:
            connection.execute(insert(operator).values(person=self._author, since=now))
            connection.execute(insert(council), [self._council(n, now) for n in range(_COUNCILS)])
            connection.execute(insert(membership), [self._seat(one, now) for one in self.chats])
        engine.dispose()

    def confirm(self, start: datetime, reminders: Sequence[datetime]) -> None:
        """Everything that is to be sent: the broadcast from `start` on, the reminders when due."""
        engine = self._engine()
        content = Content(
            posts={"de": Post(text=_TEXT, marks=(Mark(type="bold", offset=0, length=14),))},
            links=(Link(),),
        )
        with engine.begin() as connection:
            self._write(connection, content, start)
            freeze(connection, _ID, content, self._addressees(), start)
            touched = connection.execute(select(draft.c.touched).limit(1)).scalar()
            notes = zip(self.reminded, reminders, strict=True)
            ledger.insert(connection, [_note(chat, touched or 0, due) for chat, due in notes])
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

    def _council(self, n: int, now: int) -> dict[str, object]:
        profile = Profile(ags=people.COUNCIL.ags)
        body = self._codec.council.write(profile, f"c{n}")
        return {"id": f"c{n}", "ags": profile.ags, "revision": 1, "created": now} | _body(body)

    def _seat(self, person: int, now: int) -> dict[str, object]:
        at = f"c{person % _COUNCILS}"
        body = self._codec.badge.write(Badge(name="Mehmet Kaya"), f"{at}/{person}")
        return {"council": at, "person": person, "role": Role.MEMBER, "since": now} | _body(body)

    def _addressees(self) -> Iterator[Addressee]:
        for chat in self.chats:
            at = CouncilId(f"c{chat % _COUNCILS}")
            yield Addressee(
                chat=chat, council=at, person=PersonId(chat), role=Role.MEMBER, language="de"
            )

    def _write(self, connection: Connection, content: Content, start: datetime) -> None:
        now = stamp(start)
        values = {
            "id": _ID,
            "author": self._author,
            "stage": Stage.WAITING,
            "due": now,
            **dict.fromkeys(("revision", "rehearsed", "edition"), 1),
            **dict.fromkeys(("made", "touched", "confirmed"), now),
            "why": "",
            "shown": "",
            "pinned": 0,
            **_body(self._codec.broadcast.write(content, _ID)),
        }
        connection.execute(insert(broadcast).values(values))


def _body(sealed: str) -> dict[str, object]:
    return {"format": FORMAT, "body": sealed}


def _note(chat: int, touched: int, due: datetime) -> Wish:
    """A note that a draft will go: the simplest of what goes before broadcasts."""
    return Wish(
        kind=idle.KIND,
        subject=f"{idle.KIND}:draft-{chat}",
        version=touched,
        slot="",
        chat=chat,
        council=None,
        person=PersonId(chat),
        due=due,
        expires=due + timedelta(days=3),
    )
