"""Those whom a broadcast did not reach, as its author or its council's admins may see them: names
only of councils whose admin the reader is."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import and_, select

from bot.store.codec import moment
from bot.store.ledger import BROADCAST, State, campaigns
from bot.store.ledger.rows import UNCLEAR
from bot.store.schema import chat_link, council, delivery, membership
from bot.store.scope import known
from bot.store.scope.principal import Principal
from conversations.agenda import ChatKind
from conversations.broadcasts.unreached import Missed
from conversations.standing import Role

_LOST: Final = (State.FAILED, State.EXPIRED, State.CLOSED)
_REASONS: Final[Mapping[str, str]] = {State.EXPIRED: "late", State.CLOSED: UNCLEAR}


def unreached(principal: Principal, broadcast: str) -> tuple[Missed, ...]:
    """Each recipient once; nobody of a broadcast that is not the person's to see."""
    if known.one(principal, broadcast) is None:
        return ()
    of_it = delivery.c.subject == campaigns.subject(broadcast)
    rows = principal.connection.execute(_MISSED.where(of_it)).all()
    return tuple(_read(principal, row) for row in rows)


def _read(principal: Principal, row: Any) -> Missed:
    shows = row.council is not None and known.composes(principal, row.council)
    return Missed(
        ags=row.ags or "",
        role=Role(row.role or Role.MEMBER) if row.person is not None else None,
        kind=ChatKind(row.kind or ChatKind.GROUP) if row.person is None else None,
        name=_name(principal, row) if shows else "",
        reason=_REASONS.get(row.state, row.reason),
        at=moment(row.not_before),
    )


def _name(principal: Principal, row: Any) -> str:
    """As the council knows them; empty when they are gone."""
    codec = principal.codec
    if row.badge is not None:
        return codec.badge.read(row.badge, row.form, f"{row.council}/{row.person}").name
    if row.link is not None:
        return codec.chat.read(row.chat_body, row.chat_form, row.link).title
    return ""


_seat: Final = and_(
    membership.c.council == delivery.c.council, membership.c.person == delivery.c.person
)
_chat: Final = and_(
    chat_link.c.council == delivery.c.council,
    chat_link.c.chat == delivery.c.chat,
    chat_link.c.thread == delivery.c.thread,
    delivery.c.person.is_(None),
)
_MISSED: Final = (
    select(
        *(delivery.c[name] for name in ("council", "person", "state", "reason", "not_before")),
        council.c.ags,
        membership.c.role,
        membership.c.format.label("form"),
        membership.c.body.label("badge"),
        chat_link.c.id.label("link"),
        chat_link.c.kind,
        chat_link.c.format.label("chat_form"),
        chat_link.c.body.label("chat_body"),
    )
    .select_from(delivery)
    .outerjoin(council, council.c.id == delivery.c.council)
    .outerjoin(membership, _seat)
    .outerjoin(chat_link, _chat)
    .where(
        delivery.c.kind == BROADCAST,
        delivery.c.state.in_(_LOST),
        delivery.c.nth == delivery.c.of,  # the last part stands for its message
    )
    .order_by(delivery.c.due, delivery.c.id)
)
