"""What each table holds about a person, opened: readable names, ISO times."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, or_, select

from bot.store import inbox as inboxes
from bot.store import schema
from bot.store.codec import Codec, moment
from bot.store.erasing import is_of
from bot.store.lettercode import write_letter
from bot.store.whom import Entry, Whom
from conversations.core import LetterId
from conversations.rules.letter import plain, texts


def members(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """Consent, language, what letters start from."""
    rows = connection.execute(_own(schema.member, whom))
    return [codec.member.tree(row.body, row.format, whom.person) for row in rows]


def dialogues(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """Where the person stands in which chat."""
    return [
        {
            "chat": row.chat,
            "draft": row.draft,
            "card": row.card,
            "position": codec.position.tree(row.body, row.format, f"{whom.person}/{row.chat}"),
        }
        for row in connection.execute(_own(schema.dialogue, whom))
    ]


def drafts(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """Every draft with all its answers, newest first."""
    query = _own(schema.draft, whom).order_by(schema.draft.c.touched.desc())
    return [codec.draft.tree(row.body, row.format, row.id) for row in connection.execute(query)]


def letters(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """Every letter with its text and the names of its files, newest first."""
    mine = _own(schema.letter, whom).order_by(schema.letter.c.ordered.desc())
    return [_letter(connection, codec, row) for row in connection.execute(mine).all()]


def _letter(connection: Connection, codec: Codec, row: Row[Any]) -> Entry:
    value = codec.read_letter(row.body, row.format, LetterId(row.id))
    return {
        **_head(codec, row),
        "text": [plain(text) for text in texts(value) if plain(text)],
        "letter": json.loads(write_letter(value)),
        "files": list(_files(connection, codec, row.id)),
    }


def _head(codec: Codec, row: Row[Any]) -> Entry:
    return {
        "id": row.id,
        "draft": row.draft,
        "title": codec.seal.open_text(row.title, f"letter.title:{row.id}"),
        "version": row.version,
        "amends": row.amends,
        "council": row.council,
        "made": _time(row.ordered),
        "written": _time(row.written),
        "filed": row.filed,
    }


def _files(connection: Connection, codec: Codec, key: str) -> Iterator[Entry]:
    file = schema.letter_file
    query = (
        select(
            file.c.format,
            file.c.name,
            file.c.mime,
            file.c.sha256,
            file.c.file_id,
        )
        .where(file.c.letter == key)
        .order_by(file.c.place)
    )
    for row in connection.execute(query):
        yield {
            "name": codec.seal.open_text(row.name, f"letter_file.name:{key}/{row.format}"),
            "type": row.mime,
            "sha256": row.sha256,
            "telegram_file": row.file_id,
        }


def mentions(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """Where the particulars of the person's councils name them, e.g. as the chair."""
    council, seat = schema.council, schema.membership
    mine = select(seat.c.council).where(seat.c.person == whom.person)
    names = {name.casefold() for name in whom.names}
    found: list[Entry] = []
    for row in connection.execute(select(council).where(council.c.id.in_(mine))):
        tree = codec.council.tree(row.body, row.format, row.id)
        places = [place for place, text in _strings(tree) if text.casefold() in names]
        if places:
            found.append({"council": row.id, "place": row.ags, "named_in": places})
    return found


def seats(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """Councils the person belongs or belonged to, and how they stand there."""
    table = schema.membership
    query = (
        select(table, schema.council.c.ags)
        .join(schema.council, schema.council.c.id == table.c.council)
        .where(table.c.person == whom.person)
        .order_by(table.c.since)
    )
    return [
        {
            "council": row.council,
            "place": row.ags,
            "role": row.role,
            "since": _time(row.since),
            "ended": _time(row.ended),
            "badge": codec.badge.tree(row.body, row.format, f"{row.council}/{whom.person}"),
        }
        for row in connection.execute(query)
    ]


def operators(connection: Connection, _codec: Codec, whom: Whom) -> list[Entry]:
    """Whether the person is an operator."""
    rows = connection.execute(_own(schema.operator, whom))
    return [{"since": _time(row.since)} for row in rows]


def invitations(connection: Connection, _codec: Codec, whom: Whom) -> list[Entry]:
    """Invitations the person made; their tokens are nowhere."""
    table = schema.invitation
    query = select(table).where(table.c.by == whom.pseudonym).order_by(table.c.made)
    return [
        {
            "id": row.id,
            "role": row.role,
            "council": row.council,
            "uses_left": row.left,
            "made": _time(row.made),
            "expires": _time(row.expires),
        }
        for row in connection.execute(query)
    ]


def records(connection: Connection, _codec: Codec, whom: Whom) -> list[Entry]:
    """The audit log by and about the person; nobody else can be told from it."""
    table, me = schema.audit, whom.pseudonym
    query = (
        select(table)
        .where(or_(table.c.actor == me, table.c.object.contains(me, autoescape=True)))
        .order_by(table.c.id)
    )
    return [
        {
            "at": _time(row.at),
            "by_you": row.actor == me,
            "council": row.council,
            "action": row.action,
            "object": _object(row.object, me),
        }
        for row in connection.execute(query)
    ]


def _object(text: str, me: str) -> str:
    """Which thing; a person is the one who asks, or just a person."""
    kind, _, rest = text.partition(":")
    return text if kind != "person" else "you" if rest == me else "somebody"


def filings(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """What is noted about the filing of the person's letters."""
    table = schema.filing
    mine = select(schema.letter.c.id).where(schema.letter.c.person == whom.person)
    return [
        {
            "letter": row.letter,
            "day": row.day,
            "receipt": row.receipt,
            "promised": row.promised,
            "answered": row.answered,
            "noted": json.loads(codec.seal.open_text(row.body, f"filing:{row.letter}")),
            "telegram_file": row.file_id,
        }
        for row in connection.execute(select(table).where(table.c.letter.in_(mine)))
    ]


def errands(connection: Connection, _codec: Codec, whom: Whom) -> list[Entry]:
    """Letters whose files are on their way to the person."""
    table = schema.errand
    rows = connection.execute(select(table).where(table.c.chat == whom.person))
    return [
        {
            "letter": row.letter,
            "chat": row.chat,
            "formats": row.formats,
            "since": _time(row.since),
        }
        for row in rows
    ]


def deliveries(connection: Connection, _codec: Codec, whom: Whom) -> list[Entry]:
    """What was sent unasked, or is to be sent, to the person."""
    table = schema.delivery
    mine = or_(table.c.person == whom.person, table.c.chat == whom.person)
    return [
        {
            "kind": row.kind,
            "subject": row.subject,
            "chat": row.chat,
            "council": row.council,
            "due": _time(row.due),
            "state": row.state,
            "message": row.message,
        }
        for row in connection.execute(select(table).where(mine).order_by(table.c.due))
    ]


def link_offers(connection: Connection, _codec: Codec, whom: Whom) -> list[Entry]:
    """Chats the person was about to link."""
    return [
        {"council": row.council, "expires": _time(row.expires)}
        for row in connection.execute(_own(schema.link_offer, whom))
    ]


def chat_links(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """Chats of councils that the person linked."""
    table = schema.chat_link
    return [
        {
            "council": row.council,
            "chat": row.chat,
            "since": _time(row.since),
            "noted": json.loads(codec.seal.open_text(row.body, f"chat_link:{row.id}")),
        }
        for row in connection.execute(select(table).where(table.c.by == whom.pseudonym))
    ]


def waiting(connection: Connection, codec: Codec, whom: Whom) -> list[Entry]:
    """Messages of the person that were taken and are not answered yet."""
    return [
        {"update": json.loads(raw)}
        for _, raw in inboxes.pending(connection, codec.seal)
        if is_of(raw, whom.person)
    ]


def _own(table: Table, whom: Whom) -> Select[Any]:
    return select(table).where(table.c.person == whom.person)


def _time(stamped: int | None) -> str | None:
    return None if stamped is None else moment(stamped).isoformat().replace("+00:00", "Z")


def _strings(tree: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a tree, with its place in it."""
    match tree:
        case str():
            yield place, tree
        case dict():
            for key, value in tree.items():
                yield from _strings(value, f"{place}.{key}".lstrip("."))
        case list():
            for number, value in enumerate(tree):
                yield from _strings(value, f"{place}.{number}".lstrip("."))
