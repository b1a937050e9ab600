"""Chats of a council. A row begins where an admin named a chat (`name`), and waits for
their yes: a deed changes rows that are there, and never which chat they are about."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.codec import stamp
from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, chat_link, link_offer
from bot.store.scope import lapsing
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.agenda import ChatKind, LinkedChat
from conversations.deeds import Link, OfferLink, Unlink
from conversations.standing import CouncilId, Role

GOOD_FOR: Final = timedelta(minutes=10)
"""How long a link that connects a chat may be used."""
_chats = Prepared(
    select(
        chat_link.c.id,
        chat_link.c.format,
        chat_link.c.body,
        chat_link.c.chat,
        chat_link.c.thread,
        chat_link.c.kind,
        chat_link.c.confirmed,
        chat_link.c.disabled,
    )
    .where(chat_link.c.council == bindparam("c"))
    .order_by(chat_link.c.since, chat_link.c.id)
)


def of(principal: Principal, council: CouncilId) -> tuple[LinkedChat, ...]:
    """The oldest first; what the columns say counts, since Telegram's numbers may change."""
    rows = _chats.run(principal.connection, {"c": council}).fetchall()
    return tuple(_read(principal, row) for row in rows)


def name(principal: Principal, council: CouncilId, chat: LinkedChat, now: datetime) -> LinkedChat:
    """A chat was named by an admin of the council: it waits for their yes. One that is there
    already is given back as it is."""
    seat = principal.standing.seat(council)
    if seat is None or seat.role is not Role.ADMIN:
        raise ForbiddenError("no admin of the council")
    place = (chat.chat, chat.thread)
    there = [one for one in of(principal, council) if (one.chat, one.thread) == place]
    if there:
        return there[0]
    waiting = replace(chat, confirmed=False, disabled="")
    values = {
        "id": waiting.id,
        "council": council,
        "chat": waiting.chat,
        "thread": waiting.thread or 0,
        "kind": waiting.kind,
        "confirmed": 0,
        "disabled": "",
        "since": stamp(now),
        "by": principal.pseudonym,
        "format": FORMAT,
        "body": principal.codec.chat.write(waiting, waiting.id),
    }
    principal.connection.execute(insert(chat_link), values)
    return waiting


def _read(principal: Principal, row: Sequence[Any]) -> LinkedChat:
    id_, form, body, number, thread, kind, confirmed, disabled = row
    return replace(
        principal.codec.chat.read(body, form, id_),
        chat=number,
        thread=thread or None,
        kind=ChatKind(kind),
        confirmed=bool(confirmed),
        disabled=disabled,
    )


def offer(principal: Principal, deed: OfferLink, now: datetime) -> str:
    """A link that connects a chat."""
    values = {
        "token_hash": deed.token_hash,
        "council": deed.council,
        "person": principal.person,
        "expires": stamp(now + GOOD_FOR),
    }
    try:
        principal.connection.execute(insert(link_offer), values)
    except IntegrityError as error:
        raise ForbiddenError("the token is there") from error
    return "chat"


def link(principal: Principal, deed: Link) -> str:
    """Confirm it, or change what it receives."""
    one = deed.chat
    same = (
        (chat_link.c.id == one.id)
        & (chat_link.c.council == deed.council)
        & (chat_link.c.chat == one.chat)
        & (chat_link.c.thread == (one.thread or 0))
    )
    changed = principal.connection.execute(
        update(chat_link)
        .where(same)
        .values(
            kind=one.kind,
            confirmed=int(one.confirmed),
            disabled=one.disabled,
            format=FORMAT,
            body=principal.codec.chat.write(one, one.id),
        )
    )
    if not changed.rowcount:
        raise ForbiddenError("no such chat")
    return f"chat:{one.id}"


def unlink(principal: Principal, deed: Unlink) -> str:
    """It is the council's no longer; nothing goes there any more."""
    gone = principal.connection.execute(
        delete(chat_link)
        .where(chat_link.c.id == deed.chat, chat_link.c.council == deed.council)
        .returning(chat_link.c.chat, chat_link.c.thread)
    ).one_or_none()
    if gone is None:
        raise ForbiddenError("no such chat")
    lapsing.chat(principal, deed.council, gone.chat, gone.thread)
    return f"chat:{deed.chat}"
