"""A broadcast that was sent: its text corrected, deleted everywhere, kept for who joins later."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from string import digits
from typing import Any, Final

from sqlalchemy import Row, and_, select, update

from bot.store import ledger
from bot.store.broadcasts import states
from bot.store.codec import moment, stamp
from bot.store.ledger import State, Wish, campaigns
from bot.store.ledger.rows import WAITING
from bot.store.ledger.sending import TERM
from bot.store.schema import FORMAT, broadcast, delivery
from bot.store.scope.known import composes, stored
from bot.store.scope.principal import ForbiddenError, Principal
from bot.store.worker import LostRaceError
from conversations.broadcasts import OPEN, Stage
from conversations.broadcasts.posts import Post
from conversations.deeds import Correct, Pin, Retract
from conversations.rules.posting import parts
from conversations.standing import CouncilId, PersonId

_DELETABLE: Final = timedelta(hours=48)
"""So long Telegram deletes a message for its readers, too."""
_BEGUN: Final = (Stage.RUNNING, Stage.PAUSED, Stage.DONE, Stage.CANCELLED)
_CHUNK: Final = 500


def correct(principal: Principal, deed: Correct, now: datetime) -> str:
    """Another text, wherever it was sent; what still waits goes out with it."""
    row = stored(principal, deed.id, deed.council)
    if not composes(principal, row.council) or row.retracted is not None:
        raise ForbiddenError("not theirs to correct, or taken back")
    if principal.broadcasting.four_eyes and row.council is None:
        raise ForbiddenError("two looked at the text that was sent")
    if row.revision != deed.revision or row.stage not in _BEGUN:
        raise LostRaceError("it was changed meanwhile")
    before = principal.codec.broadcast.read(row.body, row.format, row.id)
    if not _fits(before.posts, deed.posts):
        raise ForbiddenError("not the messages that were sent")
    edition = row.edition + 1
    content = replace(before, posts=deed.posts)
    _change(
        principal,
        row,
        revision=row.revision + 1,
        edition=edition,
        format=FORMAT,
        body=principal.codec.broadcast.write(content, row.id),
    )
    changed = {one for one, post in deed.posts.items() if post != before.posts[one]}
    changed |= _superseded(principal, row.id)
    _mend(principal, row, now, changed, kind=ledger.CORRECTION, version=edition)
    return f"broadcast:{deed.id}"


def retract(principal: Principal, deed: Retract, now: datetime) -> str:
    """Deleted wherever it was sent less than 48 hours ago; what still waits never goes."""
    row = stored(principal, deed.id, deed.council)
    if row.retracted is not None or row.stage not in _BEGUN:
        raise LostRaceError("it was taken back meanwhile, or not sent")
    _change(principal, row, retracted=stamp(now), pinned=0)
    if row.stage in OPEN:
        states.cancel(principal.connection, row.id, now)
    _superseded(principal, row.id)
    languages = set(principal.codec.broadcast.read(row.body, row.format, row.id).posts)
    _mend(principal, row, now, languages, kind=ledger.RETRACTION, version=1)
    return f"broadcast:{deed.id}"


def pin(principal: Principal, deed: Pin) -> str | None:
    """Whether who joins later gets it, too."""
    row = stored(principal, deed.id, deed.council)
    if not composes(principal, row.council) or row.retracted is not None:
        raise ForbiddenError("not theirs to keep, or taken back")
    if bool(row.pinned) == deed.pinned:
        return None
    _change(principal, row, pinned=int(deed.pinned))
    return f"broadcast:{deed.id}"


def _fits(before: Mapping[str, Post], after: Mapping[str, Post]) -> bool:
    """Whether each message that was sent has another text now, and nothing but the text changed:
    Telegram changes neither number nor kind of messages."""
    return before.keys() == after.keys() and all(
        _kind(before[one]) == _kind(after[one])
        and len(parts(before[one])) == len(parts(after[one]))
        for one in before
    )


def _kind(post: Post) -> tuple[object, ...]:
    return (post.attached, post.file)


def _change(principal: Principal, row: Row[Any], **values: object) -> None:
    same = and_(
        broadcast.c.id == row.id,
        broadcast.c.revision == row.revision,
        broadcast.c.edition == row.edition,
    )
    changed = principal.connection.execute(update(broadcast).where(same).values(**values))
    if not changed.rowcount:
        raise LostRaceError("it was changed meanwhile")


def _superseded(principal: Principal, id_: str) -> set[str]:
    """Corrections that wait are of no use any more; the languages they were for. So are those on
    their way that Telegram sends back: their languages count, too."""
    before = (
        delivery.c.subject == campaigns.subject(id_),
        delivery.c.kind == ledger.CORRECTION,
    )
    under_way = select(delivery.c.slot).where(*before, delivery.c.state == State.SENDING)
    gone = (
        update(delivery)
        .where(*before, delivery.c.state.in_(WAITING))
        .values(state=State.CANCELLED, reason="superseded")
        .returning(delivery.c.slot)
    )
    found = (principal.connection.execute(one).scalars() for one in (under_way, gone))
    return {_language(slot) for slots in found for slot in slots}


def _mend(
    principal: Principal,
    row: Row[Any],
    now: datetime,
    languages: set[str],
    **key: Any,
) -> None:
    """One row for each message that arrived or is on its way."""
    sent = campaigns.sent(principal.connection, row.id)
    rows = (_wish(one, row, now, **key) for one in sent if _language(one.slot) in languages)
    wishes = (one for one in rows if one.expires > (one.start or one.due))
    while chunk := tuple(islice(wishes, _CHUNK)):
        ledger.insert(principal.connection, chunk)


def _wish(sent: Row[Any], row: Row[Any], now: datetime, *, kind: str, version: int) -> Wish:
    """In the order in which they were sent; for what is on its way when it is settled whether it
    arrived."""
    start = now + TERM if sent.state == State.SENDING else now
    expires = now + campaigns.USEFUL
    if kind == ledger.RETRACTION:
        expires = min(expires, moment(sent.sent) + _DELETABLE)
    return Wish(
        kind=kind,
        subject=campaigns.subject(row.id),
        version=version,
        slot=sent.slot,
        chat=sent.chat,
        thread=sent.thread or None,
        council=CouncilId(sent.council) if sent.council else None,
        person=PersonId(sent.person) if sent.person is not None else None,
        due=start + (moment(sent.due) - moment(row.due)),
        expires=expires,
        start=start,
        nth=sent.nth,
        of=sent.of,
        rank=ledger.BROADCASTS,
    )


def _language(slot: str) -> str:
    """Of a row's slot, which is language and part."""
    return slot.rstrip(digits)
