"""What members answer to broadcasts, and what the author writes back: kept, and sent as rows of the
ledger. Only who got a broadcast answers to it; only its author reads that."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, insert, select

from bot.store import ledger
from bot.store.broadcasts import exchange
from bot.store.codec import Words, stamp
from bot.store.ledger import ANSWERED, BROADCAST, WROTE_BACK, State, Wish
from bot.store.ledger.campaigns import subject
from bot.store.schema import FORMAT, answer, delivery
from bot.store.schema import council as councils
from bot.store.scope.known import composes
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.broadcasts.exchange import A_DAY
from conversations.deeds import Reply, WriteBack
from conversations.standing import CouncilId, PersonId

_USEFUL: Final = timedelta(days=14)
_DAY: Final = timedelta(days=1)


def reply(principal: Principal, deed: Reply, now: datetime) -> None:
    """A member answers. The audit log has no line of it. Raises ForbiddenError when they never got
    that broadcast, left its council, nobody reads it any more, or it is too much for a day."""
    connection, codec, person = principal.connection, principal.codec, principal.person
    sent = exchange.broadcast_of(connection, deed.broadcast)
    here = sent is not None and belongs(principal, sent.council)
    got = here and _got(principal, deed.broadcast)
    reader = exchange.author(connection, codec, sent) if sent is not None and got else None
    if sent is None or reader is None or reader.member.id == person:
        raise ForbiddenError("nothing to answer to, or nobody reads it")
    if not left(principal, deed.broadcast, person, now):
        raise ForbiddenError("too many answers")
    ags = _ags(principal, deed.broadcast)
    words = Words(text=deed.text, ags=ags)
    _keep(principal, deed.id, words, now, broadcast=sent.id, person=person)
    _send(principal, ANSWERED, deed.id, now, to=reader.member.id, council=sent.council)


def write_back(principal: Principal, deed: WriteBack, now: datetime) -> str:
    """Its author answers a member. Raises ForbiddenError when the answer is not to a broadcast of
    theirs, they lost the right, or the member is out of reach."""
    connection, codec = principal.connection, principal.codec
    asked = exchange.answer_of(connection, deed.to)
    sent = exchange.broadcast_of(connection, asked.broadcast) if asked is not None else None
    if asked is None or asked.back or sent is None or sent.author != principal.person:
        raise ForbiddenError("no such answer")
    if sent.council != deed.council or not composes(principal, sent.council):
        raise ForbiddenError("no right any more")
    person = PersonId(asked.person)
    if exchange.asker(connection, codec, person, sent.council) is None:
        raise ForbiddenError("out of reach")
    if not left(principal, sent.id, person, now, back=True):
        raise ForbiddenError("too many words back")
    before = codec.answer.read(asked.body, asked.format, asked.id)
    words = Words(text=deed.text, ags=before.ags, to=asked.id)
    _keep(principal, deed.id, words, now, broadcast=sent.id, person=person, back=True)
    _send(principal, WROTE_BACK, deed.id, now, to=person, council=sent.council)
    return f"broadcast:{sent.id}"


def left(
    principal: Principal, broadcast: str, person: PersonId, now: datetime, *, back: bool = False
) -> int:
    """How many more go today, from the member or back to them."""
    found = select(func.count()).where(
        answer.c.broadcast == broadcast,
        answer.c.person == person,
        answer.c.back == int(back),
        answer.c.at > stamp(now - _DAY),
    )
    return max(A_DAY - principal.connection.execute(found).scalar_one(), 0)


def belongs(principal: Principal, council: CouncilId | None) -> bool:
    """Whether the person is (still) one of those to whom broadcasts of that council go; with None
    those to all councils."""
    standing = principal.standing
    if council is None:
        return bool(standing.seats) or standing.operator
    return standing.seat(council) is not None


def _got(principal: Principal, broadcast: str) -> bool:
    """Whether the broadcast arrived in the person's own chat."""
    arrived = select(delivery.c.id).where(
        delivery.c.kind == BROADCAST,
        delivery.c.subject == subject(broadcast),
        delivery.c.chat == principal.person,
        delivery.c.person == principal.person,
        delivery.c.state == State.SENT,
    )
    return principal.connection.execute(arrived.limit(1)).first() is not None


def _ags(principal: Principal, broadcast: str) -> str:
    """The municipality through whose council it arrived; empty when that is gone."""
    through = (
        select(councils.c.ags)
        .join(delivery, delivery.c.council == councils.c.id)
        .where(
            delivery.c.kind == BROADCAST,
            delivery.c.subject == subject(broadcast),
            delivery.c.chat == principal.person,
        )
    )
    return principal.connection.execute(through.limit(1)).scalar() or ""


def _keep(
    principal: Principal,
    id_: str,
    words: Words,
    now: datetime,
    *,
    broadcast: str,
    person: PersonId,
    back: bool = False,
) -> None:
    values = {
        "id": id_,
        "broadcast": broadcast,
        "person": person,
        "back": int(back),
        "at": stamp(now),
        "format": FORMAT,
        "body": principal.codec.answer.write(words, id_),
    }
    principal.connection.execute(insert(answer), values)


def _send(
    principal: Principal,
    kind: str,
    id_: str,
    now: datetime,
    *,
    to: PersonId,
    council: CouncilId | None,
) -> None:
    wish = Wish(
        kind=kind,
        subject=f"answer:{id_}",
        version=1,
        slot="",
        chat=to,
        council=council,
        person=to,
        due=now,
        expires=now + _USEFUL,
    )
    ledger.insert(principal.connection, [wish])
