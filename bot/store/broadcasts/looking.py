"""What a claimed row of a broadcast rests on at the moment of sending: looked up anew for each."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from bot.store.broadcasts import asking, states
from bot.store.broadcasts.reaching import Reaching, Reader
from bot.store.codec import Codec, stamp
from bot.store.ledger import BROADCAST, Claimed, Settled, State, campaigns
from bot.store.planning import Planning
from bot.store.schema import audit, broadcast, delivery
from conversations.broadcasts import BroadcastId, Link, Stage
from conversations.broadcasts.posts import Post
from conversations.facts import CouncilFacts
from conversations.planning import rested
from conversations.rules.reminding import OwnReminding
from conversations.rules.sending_hours import opening
from conversations.rules.texts import REFERENCE
from conversations.standing import CouncilId

_SOON: Final = timedelta(seconds=2)
"""When a part is looked at again whose predecessor is on its way."""
_DECIDED: Final = timedelta(seconds=30)
"""The same while a person has to decide about the predecessor."""
_OVER: Final = frozenset({Stage.CANCELLED, Stage.DRAFT})
_HELD: Final = frozenset({Stage.PAUSED, Stage.CHECK})
_SHARED: Final = frozenset({State.FAILED, State.CANCELLED, State.EXPIRED})
_ON_ITS_WAY: Final = frozenset({State.PLANNED, State.PENDING, State.SENDING, State.HELD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is to be sent, or put in a message's place."""

    post: Post
    """The whole one, its placeholders not filled; the row says which part is meant."""
    post_language: str
    links: tuple[Link, ...]
    language: str
    """Of who reads it."""
    facts: CouncilFacts | None
    """Of the reader's council; None where the post has no placeholders."""
    message: int | None = None
    """Of the message that is to be changed."""


class Looking:
    """Jobs for the store."""

    def __init__(self, codec: Codec, planning: Planning) -> None:
        self._codec = codec
        self._planning = planning
        self._reaching = Reaching(codec)

    def post(self, connection: Connection, row: Claimed, now: datetime) -> Errand | Settled:
        """A message that is to be sent."""
        found = self._row(connection, row)
        if found is not None and found.stage in _HELD:  # unless it goes on just now
            found = self._row(connection, row, lock=True)
        if found is None or found.stage in _OVER or found.retracted is not None:
            return _dropped("broadcast")
        if found.stage in _HELD:
            return Settled(state=State.HELD)
        if not self._reaching.entitled(connection, found.author, found.council):
            if not states.pause(connection, found.id, "role"):
                return _dropped("role")  # it is over; this is for somebody who came later
            _note_pause(connection, found, now)
            asking.ask(connection, found, now, but=found.author, slot=asking.WITHOUT_AUTHOR)
            return Settled(state=State.HELD)
        return self._post_to(connection, row, found, now)

    def correction(self, connection: Connection, row: Claimed, now: datetime) -> Errand | Settled:
        """A message that is to be changed: the latest edition, while it was not taken back."""
        found = self._row(connection, row)
        if found is None or found.edition != row.version or found.retracted is not None:
            return _dropped("broadcast")
        message = _message(connection, row)
        if message is None:
            return _dropped("message")
        only = (CouncilId(found.council),) if found.council else ()
        reader = self._reaching.reader(connection, row, only)
        if isinstance(reader, str):
            return _dropped(reader)
        errand = self._errand(connection, row, found, reader, now)
        return errand if isinstance(errand, Settled) else replace(errand, message=message)

    def retraction(self, connection: Connection, row: Claimed, _now: datetime) -> int | Settled:
        """A message that is to be deleted, whoever reads it and whatever they wish: its id."""
        message = _message(connection, row)
        return _dropped("message") if message is None else message

    def _row(self, connection: Connection, row: Claimed, *, lock: bool = False) -> Row[Any] | None:
        query = _BROADCAST.where(broadcast.c.id == _id(row))
        return connection.execute(query.with_for_update() if lock else query).one_or_none()

    def _post_to(
        self, connection: Connection, row: Claimed, found: Row[Any], now: datetime
    ) -> Errand | Settled:
        reader = self._reaching.reader(connection, row, self._meant(row, found))
        if isinstance(reader, str):
            return _dropped(reader)
        if reader.silent:
            return _dropped(reader.silent)
        if (morning := opening(now)) > now:
            campaigns.put_off(connection, found.id, morning)
            return Settled(state=State.PENDING, not_before=morning)
        if (until := _rested(reader.reminding, now, row.expires)) is not None:
            return Settled(state=State.PENDING, not_before=until)
        waits = _after_the_part_before(connection, row, now)
        if waits is not None:
            return waits
        return self._errand(connection, row, found, reader, now)

    def _meant(self, row: Claimed, found: Row[Any]) -> Collection[CouncilId]:
        """The councils it is for, one of which has to be the reader's still; none: any will do."""
        if found.council is not None:
            return (CouncilId(found.council),)
        audience = self._codec.broadcast.read(found.body, found.format, found.id).audience
        if audience.councils or not (audience.kinds or audience.variants or audience.clocks):
            return audience.councils
        return (row.council,) if row.council is not None else ()

    def _errand(
        self,
        connection: Connection,
        row: Claimed,
        found: Row[Any],
        reader: Reader,
        now: datetime,
    ) -> Errand | Settled:
        content = self._codec.broadcast.read(found.body, found.format, found.id)
        written = language_of(row)
        post = content.posts.get(written)
        if post is None:
            return _dropped("broadcast")
        return Errand(
            post=post,
            post_language=written,
            links=content.links,
            language=reader.language,
            facts=self._planning.agenda(connection, reader.council, now)
            if "{" in post.text
            else None,
        )


def _note_pause(connection: Connection, found: Row[Any], now: datetime) -> None:
    """The audit log says that nobody but the bot itself did it."""
    line = {"at": stamp(now), "actor": "", "council": found.council, "action": "pause"}
    connection.execute(insert(audit), {**line, "object": campaigns.subject(found.id)})


def language_of(row: Claimed) -> str:
    """The language of the post, from a slot such as "de1"."""
    return row.slot.rstrip("0123456789") or REFERENCE


def _id(row: Claimed) -> BroadcastId:
    return BroadcastId(row.subject.partition(":")[2])


def _dropped(reason: str) -> Settled:
    return Settled(state=State.CANCELLED, reason=reason)


def _rested(own: OwnReminding, now: datetime, expires: datetime) -> datetime | None:
    """The end of the reader's own quiet hours. A pause of reminders does not hold a broadcast."""
    return rested(replace(own, paused=None), now, expires)


def _after_the_part_before(connection: Connection, row: Claimed, now: datetime) -> Settled | None:
    """A part waits for the one before it, and shares its fate when that never came."""
    if row.nth == 1:
        return None
    before = connection.execute(
        select(delivery.c.state, delivery.c.reason).where(
            *_same(row, row.version),
            delivery.c.slot == f"{language_of(row)}{row.nth - 1}",
        )
    ).one_or_none()
    state = State(before.state) if before is not None else State.SENT
    if state in _SHARED and before is not None:
        return Settled(state=state, reason=before.reason)
    if state in _ON_ITS_WAY:
        return Settled(state=State.PENDING, not_before=now + _SOON)
    if state is State.UNCERTAIN:
        return Settled(state=State.PENDING, not_before=now + _DECIDED)
    return None


def _message(connection: Connection, row: Claimed) -> int | None:
    """The message that this row changes or deletes, by its first row."""
    sent = select(delivery.c.message).where(
        *_same(row, 1),
        delivery.c.slot == row.slot,
        delivery.c.state == State.SENT,
    )
    return connection.execute(sent).scalar()


def _same(row: Claimed, version: int) -> tuple[Any, ...]:
    return (
        delivery.c.kind == BROADCAST,
        delivery.c.subject == row.subject,
        delivery.c.version == version,
        delivery.c.chat == row.chat,
        delivery.c.thread == (row.thread or 0),
    )


_BROADCAST: Final = select(
    *(broadcast.c[name] for name in ("id", "council", "author", "stage", "revision", "edition")),
    *(broadcast.c[name] for name in ("retracted", "format", "body")),
)
