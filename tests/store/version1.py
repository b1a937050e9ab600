"""A database as version 1 left it: everything in plain, every table filled, rows written over."""

import json
import random
from datetime import UTC, datetime, timedelta

from alembic import command
from alembic.config import Config
from pydantic import TypeAdapter
from sqlalchemy import text

from bot.store.codec import stamp
from bot.store.lettercode import write_letter
from bot.store.opening import engine_for
from conversations.core import Consent, Draft, DraftId, Member, Position
from conversations.rules.answers import Answers
from conversations.standing import PersonId
from tests.shell import letter_of

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
MARK = "Geheimwort"
"""Stands in everything that has to be sealed, and nowhere else."""
FORMATS = ("docx", "pdf", "txt", "eml", "ics")


def people(count):
    """Members, with values of every type."""
    return [
        Member(
            id=PersonId(5000 + n),
            language="de",
            consent=Consent(version=1, at=NOW + timedelta(seconds=n), text_hash="ab" * 32),
            called=f"{MARK} {n} ß \u200c",
            routes={"kim-anfrage": "own"},
        )
        for n in range(count)
    ]


def position(n):
    """Where somebody stands."""
    return Position(flow="inquiry", step="fields", args={"x": f"{MARK}{n}"}, draft=DraftId(f"d{n}"))


def draft(n):
    """A draft of some length."""
    return Draft(
        id=DraftId(f"d{n}"),
        definition="kim",
        definition_version=1,
        title=f"{MARK} {n}",
        answers=Answers(own=tuple(f"{MARK} {n} {part}" * 20 for part in range(n % 5))),
        touched=NOW,
    )


def letter(n):
    """A letter as a value."""
    return letter_of([f"{MARK} {n} «{{}}» {chr(0x1F600)}"])


def content(n, form):
    """A file's bytes: of any value and size, the secret word in the midst."""
    chance = random.Random(f"{n}{form}")
    half = chance.randbytes(chance.randrange(30_000))
    return half + MARK.encode() + half


def build(url, count=60):
    """The database: `count` people, each with a dialogue, a draft, a letter and five files."""
    engine = engine_for(url)
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with engine.begin() as connection:
        for n, one in enumerate(people(count)):
            _fill(connection, n, one)
    with engine.begin() as connection:  # written over again and again: old copies in free space
        for n in range(count):
            for body in ("x" * 3000 + MARK, _plain(Draft, draft(n), "council")):
                values = {"body": body, "id": f"d{n}"}
                connection.execute(text("UPDATE draft SET body = :body WHERE id = :id"), values)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM inbox WHERE update_id >= 1000"))
    engine.dispose()


def _fill(connection, n, one):
    gone = ("active", "stopped", "withdrawn", "blocked")
    _add(connection, "member", person=one.id, format=1, body=_plain(Member, one, *gone))
    _add(
        connection, "dialogue", person=one.id, chat=one.id, revision=3, format=1,
        body=_plain(Position, position(n)), draft=f"d{n}", version=7, shown=7, card=40 + n,
    )  # fmt: skip
    body = _plain(Draft, draft(n), "council")
    _add(connection, "draft", id=f"d{n}", person=one.id, touched=stamp(NOW), format=1, body=body)
    _add(
        connection, "letter", id=f"l{n}", person=one.id, draft=f"d{n}", title=f"{MARK} {n}",
        version=1, ordered=stamp(NOW), written=stamp(NOW), failures=n, format=1,
        body=write_letter(letter(n)), wanted="pdf,txt", chat=one.id,
    )  # fmt: skip
    for place, form in enumerate(FORMATS):
        _add(
            connection, "letter_file", letter=f"l{n}", format=form, place=place,
            name=f"{MARK}-{n}.{form}", mime="x/y", sha256="00", content=content(n, form),
            file_id=f"copy{n}",
        )  # fmt: skip
    for key in (n, 1000 + n):
        _add(connection, "inbox", update_id=key, content=f'{{"text":"{MARK} {n}"}}', received=1)
    _add(connection, "inbox", update_id=500 + n, content=None, received=1, done=2)


def _add(connection, table, **values):
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def _plain(kind, value, *missing):
    """The JSON of version 1: without the fields that came later."""
    body = TypeAdapter(kind).dump_python(value, mode="json")
    return json.dumps({key: part for key, part in body.items() if key not in missing})
