"""Invitations: only a token's hash is stored; each use is taken by compare-and-set."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.store.codec import moment, stamp
from bot.store.prepared import Prepared
from bot.store.schema import council, invitation, membership
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.deeds import Invite, Join, Revoke
from conversations.standing import CouncilId, Invitation, InvitationId, Invited, Role

_by_token = Prepared(
    select(
        invitation.c.id,
        invitation.c.role,
        invitation.c.council,
        council.c.ags,
        invitation.c.expires,
        invitation.c.made,
        membership.c.ended,
    )
    .select_from(
        invitation.outerjoin(council, council.c.id == invitation.c.council).outerjoin(
            membership,
            (membership.c.council == invitation.c.council)
            & (membership.c.person == bindparam("p")),
        )
    )
    .where(
        invitation.c.token_hash == bindparam("token"),
        invitation.c.left > 0,
        invitation.c.expires > bindparam("now"),
    )
)


def good(principal: Principal, token_hash: str, now: datetime) -> Invited | None:
    """What a token invites this person to. None for wrong, used, expired and revoked alike, and
    for one that was made before the person's seat ended: nobody comes back by an old link."""
    values = {"token": token_hash, "now": stamp(now), "p": principal.person}
    row = _by_token.run(principal.connection, values).fetchone()
    if row is None:
        return None
    id_, role, council_id, ags, expires, made, ended = row
    if ended is not None and ended > made:
        return None
    return Invited(
        id=InvitationId(id_),
        role=Role(role),
        council=CouncilId(council_id) if council_id else None,
        ags=ags or "",
        expires=moment(expires),
    )


def use(principal: Principal, deed: Join, now: datetime) -> datetime:
    """Take one use; returns when the invitation was made."""
    taken = principal.connection.execute(
        update(invitation)
        .where(
            invitation.c.id == deed.invitation,
            invitation.c.role == deed.role,
            _of(deed.council),
            invitation.c.left > 0,
            invitation.c.expires > stamp(now),
        )
        .values(left=invitation.c.left - 1)
        .returning(invitation.c.made)
    ).scalar()
    if taken is None:
        raise ForbiddenError("the invitation is good no longer")
    return moment(taken)


def make(principal: Principal, deed: Invite, now: datetime) -> str:
    """Store an invitation."""
    values = {
        "id": deed.id,
        "token_hash": deed.token_hash,
        "role": deed.role,
        "council": deed.council,
        "left": deed.uses,
        "made": stamp(now),
        "expires": stamp(deed.expires),
        "by": principal.pseudonym,
    }
    try:
        principal.connection.execute(insert(invitation), values)
    except IntegrityError as error:
        raise ForbiddenError("no such council, or the invitation is there") from error
    return named(deed.id, deed.role)


def revoke(principal: Principal, deed: Revoke) -> str | None:
    """End an invitation; None when it had ended before."""
    role = principal.connection.execute(
        update(invitation)
        .where(invitation.c.id == deed.id, _of(deed.council), invitation.c.left > 0)
        .values(left=0)
        .returning(invitation.c.role)
    ).scalar()
    return named(deed.id, role) if role else None


def revoke_all(principal: Principal, council_id: CouncilId) -> None:
    """End all of a council's invitations."""
    principal.connection.execute(
        update(invitation).where(_of(council_id), invitation.c.left > 0).values(left=0)
    )


def open_of(principal: Principal, council_id: CouncilId, now: datetime) -> tuple[Invitation, ...]:
    """A council's open invitations, newest first."""
    return _read(principal.connection.execute(_open(now).where(_of(council_id))))


def open_of_instance(principal: Principal, now: datetime) -> tuple[Invitation, ...]:
    """All open invitations of operators and councils' admins, newest first."""
    named_by_operators = invitation.c.role.in_((Role.OPERATOR, Role.ADMIN))
    return _read(principal.connection.execute(_open(now).where(named_by_operators)))


def named(id_: InvitationId, role: str) -> str:
    """The invitation, as the audit log names it."""
    return f"invitation:{id_}:{role}"


def _of(council_id: CouncilId | None) -> ColumnElement[bool]:
    return invitation.c.council == council_id  # SQLAlchemy says IS NULL for None


def _open(now: datetime) -> Select[Any]:
    return (
        select(
            invitation.c.id,
            invitation.c.role,
            invitation.c.council,
            invitation.c.left,
            invitation.c.made,
            invitation.c.expires,
        )
        .where(invitation.c.left > 0, invitation.c.expires > stamp(now))
        .order_by(invitation.c.made.desc(), invitation.c.id)
    )


def _read(rows: Iterable[Sequence[Any]]) -> tuple[Invitation, ...]:
    return tuple(
        Invitation(
            id=InvitationId(id_),
            role=Role(role),
            council=CouncilId(council_id) if council_id else None,
            left=left,
            made=moment(made),
            expires=moment(expires),
        )
        for id_, role, council_id, left, made, expires in rows
    )
