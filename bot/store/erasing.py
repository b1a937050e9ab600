"""How each table loses a person: rows go, but what a council filed stays, without the name."""

import json
from collections.abc import Callable
from typing import Final

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select, update

from bot.store import inbox as inboxes
from bot.store.broadcasts import holding
from bot.store.codec import Codec, stamp
from bot.store.schema import (
    FORMAT,
    delivery,
    draft,
    errand,
    filing,
    inbox,
    letter,
    letter_file,
    link_offer,
)
from bot.store.whom import Whom
from conversations.core import LetterId
from conversations.rules.unnamed import function_in, unnamed, without
from conversations.standing import CouncilId, PersonId

_UNKNOWN: Final[dict[str, object]] = {
    "person": None,
    "draft": None,
    "written": None,  # its files are made again when somebody asks for them
    "format": FORMAT,
}


def rows_of(table: Table) -> Callable[[Connection, Codec, Whom], int]:
    """An eraser: the person's rows of this table go."""

    def erase(connection: Connection, _codec: Codec, whom: Whom) -> int:
        return connection.execute(delete(table).where(table.c.person == whom.person)).rowcount

    return erase


def letters(connection: Connection, codec: Codec, whom: Whom) -> int:
    """Letters filed in a council lose the person, all others go."""
    return _letters(connection, codec, whom, letter.c.person == whom.person)


def of_council(connection: Connection, codec: Codec, whom: Whom, council: CouncilId) -> int:
    """What a former member still has in a council: drafts, messages, answers to its broadcasts and
    letters not filed go; filed ones, and broadcasts that were sent, lose the person."""
    gone = sum(
        connection.execute(
            delete(table).where(table.c.person == whom.person, table.c.council == council)
        ).rowcount
        for table in (draft, delivery, link_offer)
    )
    its = select(letter.c.id).where(letter.c.council == council)
    connection.execute(delete(errand).where(errand.c.chat == whom.person, errand.c.letter.in_(its)))
    mine = (letter.c.person == whom.person) & (letter.c.council == council)
    gone += holding.leave(connection, whom, council)
    return gone + _letters(connection, codec, whom, mine)


def errands(connection: Connection, _codec: Codec, whom: Whom) -> int:
    """Letters on their way to the person, whosever they are."""
    mine = errand.c.chat == whom.person
    return connection.execute(delete(errand).where(mine)).rowcount


def deliveries(connection: Connection, _codec: Codec, whom: Whom) -> int:
    """What was sent, or is to be sent, to the person."""
    mine = or_(delivery.c.person == whom.person, delivery.c.chat == whom.person)
    return connection.execute(delete(delivery).where(mine)).rowcount


def waiting(connection: Connection, codec: Codec, whom: Whom) -> int:
    """Updates of the person that wait are done; their contents go."""
    if not whom.waiting:
        return 0
    keys = [key for key, raw in inboxes.pending(connection, codec.seal) if is_of(raw, whom.person)]
    for key in keys:
        connection.execute(
            update(inbox).where(inbox.c.update_id == key).values(content=None, done=stamp(whom.now))
        )
    return len(keys)


def is_of(raw: str, person: PersonId) -> bool:
    """Whether a raw update comes from the person."""
    tree = json.loads(raw)
    events = tree.values() if isinstance(tree, dict) else ()
    senders = (
        event.get("from") or event.get("user") for event in events if isinstance(event, dict)
    )
    return any(isinstance(one, dict) and one.get("id") == person for one in senders)


def _letters(connection: Connection, codec: Codec, whom: Whom, mine: ColumnElement[bool]) -> int:
    kept = mine & letter.c.filed.is_not(None) & letter.c.council.is_not(None)
    rows = connection.execute(
        select(letter.c.id, letter.c.title, letter.c.format, letter.c.body).where(kept)
    ).all()
    for row in rows:
        _take_name(connection, codec, whom, row.id, (row.title, row.format, row.body))
    return len(rows) + connection.execute(delete(letter).where(mine)).rowcount


def _take_name(
    connection: Connection, codec: Codec, whom: Whom, key: LetterId, stored: tuple[str, int, str]
) -> None:
    title, form, body = stored
    place = f"letter.title:{key}"
    known = codec.read_letter(body, form, key)
    instead = function_in(known, whom.functions, whom.unnamed)
    names = (*whom.names, known.author)
    kept = unnamed(known, names=names, functions=whom.functions, otherwise=whom.unnamed)
    plain = without(codec.seal.open_text(title, place), names=names, instead=instead)
    connection.execute(delete(letter_file).where(letter_file.c.letter == key))
    connection.execute(
        update(letter)
        .where(letter.c.id == key)
        .values(
            **_UNKNOWN,
            title=codec.seal.close_text(plain, place),
            body=codec.write_letter(kept, key),
        )
    )
    _unname_filing(connection, codec, key, lambda text: without(text, names=names, instead=instead))


def _unname_filing(
    connection: Connection, codec: Codec, key: LetterId, change: Callable[[str], str]
) -> None:
    """What is noted about the filing: the name goes, and the file that proves it, since nobody
    knows whom that names."""
    row = connection.execute(select(filing.c.body).where(filing.c.letter == key)).one_or_none()
    if row is None:
        return
    place = f"filing:{key}"
    tree = json.loads(codec.seal.open_text(row.body, place))
    said = {name: change(one) if isinstance(one, str) else one for name, one in tree.items()}
    body = json.dumps({**said, "proof_file": ""}, ensure_ascii=False)
    connection.execute(
        update(filing)
        .where(filing.c.letter == key)
        .values(body=codec.seal.close_text(body, place), content=None, file_id=None)
    )
