"""Chats of a council. A row begins where a chat was named (bot.store.linking), waiting for an
admin's yes: a deed changes rows that are there, and never which chat they are about."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.codec import stamp
from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, chat_link, link_offer
from bot.store.scope import lapsing
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.agenda import ChatKind, LinkedChat
from conversations.deeds import Link, OfferLink, Unlink
from conversations.standing import CouncilId

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
    return tuple(
        replace(
            principal.codec.chat.read(body, form, id_),
            chat=number,
            thread=thread or None,
            kind=ChatKind(kind),
            confirmed=bool(confirmed),
            disabled=disabled,
        )
        for id_, form, body, number, thread, kind, confirmed, disabled in rows
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
