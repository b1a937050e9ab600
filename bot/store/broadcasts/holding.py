"""What is stored about a person as author of broadcasts, or in answer to them: exported, erased."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, or_, select, update

from bot.store.codec import Codec, moment
from bot.store.schema import answer, broadcast
from bot.store.whom import Entry, Whom
from conversations.standing import CouncilId


def export_broadcasts(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """What the person sent to many, or is writing."""
    mine = select(broadcast).where(broadcast.c.author == whom.person).order_by(broadcast.c.made)
    return [
        {
            "id": row.id,
            "council": row.council,
            "made": _time(row.made),
            "due": _time(row.due),
            "stage": row.stage,
            "content": codec.broadcast.tree(row.body, row.format, row.id),
        }
        for row in connection.execute(mine)
    ]


def export_answers(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """What the person answered to broadcasts, what was answered to them, and what they wrote back
    to others; to whom is not said."""
    theirs = select(broadcast.c.id).where(broadcast.c.author == whom.person)
    wrote_back = (answer.c.back == 1) & answer.c.broadcast.in_(theirs)
    found = select(answer).where(or_(answer.c.person == whom.person, wrote_back))
    return [_exchanged(codec, row, whom) for row in connection.execute(found.order_by(answer.c.at))]


def _exchanged(codec: Codec, row: Row[Any], whom: Whom) -> Entry:
    words = codec.answer.read(row.body, row.format, row.id)
    mine = row.person == whom.person
    return {
        "broadcast": row.broadcast,
        "at": _time(row.at),
        "from_sender": bool(row.back),
        "to_you": bool(row.back) and mine,
        "ags": words.ags if mine else "",
        "text": words.text,
    }


def erase_broadcasts(connection: Connection, _codec: Codec, whom: Whom) -> int:
    """Drafts of the person go; what was sent stays, and nobody knows by whom."""
    return _without(connection, broadcast.c.author == whom.person)


def leave(connection: Connection, whom: Whom, council: CouncilId) -> int:
    """The same in a council that the person left; what they answered to its broadcasts goes."""
    its = select(broadcast.c.id).where(broadcast.c.council == council)
    mine = (answer.c.person == whom.person) & answer.c.broadcast.in_(its)
    gone = connection.execute(delete(answer).where(mine)).rowcount
    theirs = (broadcast.c.author == whom.person) & (broadcast.c.council == council)
    return gone + _without(connection, theirs)


def _without(connection: Connection, mine: ColumnElement[bool]) -> int:
    gone = connection.execute(delete(broadcast).where(mine, broadcast.c.confirmed.is_(None)))
    kept = update(broadcast).where(mine).values(author=None, progress=None, shown="")
    return gone.rowcount + connection.execute(kept).rowcount


def _time(stamped: int | None) -> str | None:
    return None if stamped is None else moment(stamped).isoformat().replace("+00:00", "Z")
