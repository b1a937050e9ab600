"""A broadcast from its row, with how far it is from its rows in the ledger."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row

from bot.store.codec import Codec, moment
from bot.store.ledger import CORRECTION, RETRACTION, State, campaigns
from bot.store.ledger.campaigns import Count
from bot.store.ledger.rows import UNCLEAR, WAITING
from conversations.broadcasts import Broadcast, BroadcastId, Stage, Tally
from conversations.standing import CouncilId, PersonId

_WAITING: Final = frozenset({*WAITING, State.HELD})
_LOST: Final = frozenset({State.FAILED, State.CLOSED})
"""Not delivered for good; closed ones were unclear, and let be."""


def read(connection: Connection, codec: Codec, row: Row[Any], by: str = "") -> Broadcast:
    """The broadcast. `by`: its author's name, where the reader may see it."""
    id_ = BroadcastId(row.id)
    content = codec.broadcast.read(row.body, row.format, row.id)
    return Broadcast(
        id=id_,
        council=CouncilId(row.council) if row.council else None,
        author=PersonId(row.author) if row.author is not None else None,
        by=by,
        content=replace(content, pinned=bool(row.pinned)),
        stage=Stage(row.stage),
        revision=row.revision,
        rehearsed=row.rehearsed,
        made=moment(row.made),
        due=_moment(row.due),
        confirmed=_moment(row.confirmed),
        begun=_moment(row.begun),
        ended=_moment(row.ended),
        why=row.why,
        tally=_tally_of(connection, row),
        edition=row.edition,
        correcting=_correcting(connection, row),
        retracting=_retracting(connection, row),
    )


def tally(counts: Mapping[Count, int]) -> Tally:
    """The ledger's counts in recipients. A message of several parts counts by its last one; while
    an earlier one is unclear or under way, the message as a whole is."""
    last = Counter[State]()
    lost = Counter[str]()
    before = Counter[State]()
    for count, rows in counts.items():
        if not count.last:
            before[count.state] += rows
            continue
        last[count.state] += rows
        if count.state in _LOST:
            lost[UNCLEAR if count.state is State.CLOSED else count.reason] += rows
    midway = before[State.UNCERTAIN] + before[State.SENDING]
    return Tally(
        total=last.total(),
        sent=last[State.SENT],
        waiting=max(sum(last[state] for state in _WAITING) - midway, 0),
        sending=last[State.SENDING] + before[State.SENDING],
        unclear=last[State.UNCERTAIN] + before[State.UNCERTAIN],
        unreachable=tuple(sorted(lost.items(), key=lambda one: (-one[1], one[0]))),
        dropped=last[State.CANCELLED],
        late=last[State.EXPIRED],
    )


def _tally_of(connection: Connection, row: Row[Any]) -> Tally:
    return tally(campaigns.counts(connection, row.id)) if row.confirmed else Tally()


def _correcting(connection: Connection, row: Row[Any]) -> Tally | None:
    if row.edition <= 1:
        return None
    return tally(campaigns.counts(connection, row.id, CORRECTION, row.edition))


def _retracting(connection: Connection, row: Row[Any]) -> Tally | None:
    if row.retracted is None:
        return None
    return tally(campaigns.counts(connection, row.id, RETRACTION))


def _moment(stamped: int | None) -> datetime | None:
    return None if stamped is None else moment(stamped)
