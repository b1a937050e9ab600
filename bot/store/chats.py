"""What becomes of chats: upgraded, a topic gone, out of reach. Every table that names one follows,
and the admins of the councils concerned are told once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, select, update

from bot.store import ledger, members
from bot.store.codec import Codec, stamp
from bot.store.ledger.rows import KEY, WAITING, State
from bot.store.planning import Planning
from bot.store.schema import chat_link, delivery, member
from conversations.agenda import ChatKind
from conversations.facts import CouncilFacts
from conversations.standing import PersonId, Role

NOTICE: Final = "notice"
"""Kind of a row that tells admins something; its slot says what."""
_USEFUL: Final = timedelta(days=14)


def upgraded(connection: Connection, old: int, new: int) -> None:
    """A group became a supergroup: it has another number from now on, in all tables. Messages are
    counted anew there: what was sent before can be neither edited nor deleted by its old id."""
    connection.execute(update(chat_link).where(chat_link.c.chat == old).values(chat=new))
    _carry(connection, delivery.c.chat == old, {"chat": new, "message": None})


def topic_gone(
    connection: Connection, planning: Planning, chat: int, thread: int, now: datetime
) -> None:
    """A topic was closed or deleted: what was for it goes to the group itself."""
    there = and_(chat_link.c.chat == chat, chat_link.c.thread == thread)
    links = connection.execute(select(chat_link.c.id, chat_link.c.council).where(there)).all()
    for link, council in links:
        whole = and_(chat_link.c.council == council, chat_link.c.chat == chat)
        twin = select(chat_link.c.id).where(whole, chat_link.c.thread == 0)
        values: Mapping[str, object] = {"thread": 0, "kind": ChatKind.SUPERGROUP}
        if connection.execute(twin).first() is not None:
            values = {"disabled": "topic"}
        connection.execute(update(chat_link).where(chat_link.c.id == link).values(**values))
        if (facts := planning.facts(connection, council, now)) is not None:
            tell(connection, facts, f"chat:{link}", "topic", now)
    _carry(connection, and_(delivery.c.chat == chat, delivery.c.thread == thread), {"thread": 0})


def out_of_reach(
    connection: Connection, planning: Planning, chat: int, reason: str, now: datetime
) -> None:
    """Nothing can be sent to a linked chat any more: its links are disabled."""
    gone = connection.execute(
        update(chat_link)
        .where(chat_link.c.chat == chat, chat_link.c.disabled == "")
        .values(disabled=reason)
        .returning(chat_link.c.id, chat_link.c.council)
    ).all()
    for link, council in gone:
        if (facts := planning.facts(connection, council, now)) is not None:
            tell(connection, facts, f"chat:{link}", reason, now)


def person_out_of_reach(
    connection: Connection, codec: Codec, person: PersonId, now: datetime
) -> bool:
    """Somebody blocked the bot, or is no longer with Telegram; False when that was known."""
    row = connection.execute(
        select(member.c.format, member.c.body).where(
            member.c.person == person, member.c.blocked.is_(None)
        )
    ).one_or_none()
    if row is None:
        return False
    known = codec.member.read(row.body, row.format, person)
    members.keep(connection, codec, replace(known, blocked=now))
    return True


def tell(
    connection: Connection, facts: CouncilFacts, subject: str, what: str, now: datetime
) -> None:
    """A notice to each of the council's admins who can be reached; `what` is the key of its
    text."""
    ledger.insert(
        connection,
        [
            ledger.Wish(
                kind=NOTICE,
                subject=subject,
                version=stamp(now),
                slot=what,
                chat=one.person,
                council=facts.council.id,
                person=one.person,
                due=now,
                expires=now + _USEFUL,
            )
            for one in facts.people
            if one.role is Role.ADMIN and not one.stopped
        ],
    )


def _carry(connection: Connection, which: ColumnElement[bool], to: Mapping[str, object]) -> None:
    """Rows follow, also those that are done, so that nothing is planned twice. What stands at the
    new place already stays there alone."""
    twin = delivery.alias()
    same = [twin.c[name] == (to[name] if name in to else delivery.c[name]) for name in KEY]
    alone = ~select(twin.c.id).where(*same).exists()
    connection.execute(update(delivery).where(which, alone).values(**to))
    left = and_(which, delivery.c.state.in_((*WAITING, State.HELD)))
    connection.execute(update(delivery).where(left).values(state=State.CANCELLED, reason="twin"))
