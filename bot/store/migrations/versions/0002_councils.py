"""Councils, memberships, operators, invitations, audit; what people wrote is sealed."""

import sqlalchemy as sa
from alembic import context, op

from bot.store.sealing import Seal, new_key

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _widen()
    _create()
    seal = context.config.attributes["seal"]
    _seal(op.get_bind(), seal)
    _begin_secrets(op.get_bind(), seal)
    _rewrite(op.get_bind())


def _widen() -> None:
    for name in ("stopped", "withdrawn", "blocked"):
        op.add_column("member", sa.Column(name, sa.BigInteger))
    op.add_column("draft", sa.Column("council", sa.Text))
    op.add_column("letter", sa.Column("council", sa.Text))
    op.create_index("ix_letter_council", "letter", ["council"])
    _hand_over()
    with op.batch_alter_table("letter") as letter:
        letter.alter_column("person", existing_type=sa.BigInteger, nullable=True)
        for name in ("wanted", "chat", "failures"):
            letter.drop_column(name)


def _hand_over() -> None:
    """Several colleagues may wait for one letter: who does has a row of their own."""
    op.create_table(
        "errand",
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("formats", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("failures", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("letter", "chat", name="pk_errand"),
        sa.ForeignKeyConstraint(
            ["letter"], ["letter.id"], name="fk_errand_letter_letter", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_errand_chat", "errand", ["chat"])
    op.execute(
        "INSERT INTO errand (letter, chat, formats, since, failures) "
        "SELECT id, chat, wanted, ordered, failures FROM letter "
        "WHERE wanted IS NOT NULL AND chat IS NOT NULL"
    )


def _create() -> None:
    op.create_table(
        "council",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("ags", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_council"),
    )
    op.create_index("ix_council_ags", "council", ["ags"])
    op.create_table(
        "membership",
        sa.Column("council", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.BigInteger),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("council", "person", name="pk_membership"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_membership_council_council", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_membership_person", "membership", ["person"])
    op.create_table(
        "operator",
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_operator"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("council", sa.Text),
        sa.Column("left", sa.BigInteger, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_invitation_council_council", ondelete="CASCADE"
        ),
    )
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "audit",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("council", sa.Text),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_council", "audit", ["council"])
    op.create_index("ix_audit_actor", "audit", ["actor"])
    op.create_table(
        "secret",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secret"),
    )


_TEXTS = (
    ("member", ("person",), "body"),
    ("dialogue", ("person", "chat"), "body"),
    ("draft", ("id",), "body"),
    ("letter", ("id",), "body"),
    ("letter", ("id",), "title"),
    ("letter_file", ("letter", "format"), "name"),
    ("letter_file", ("letter", "format"), "content"),
    ("inbox", ("update_id",), "content"),
)


def _seal(connection: sa.Connection, seal: Seal) -> None:
    """What version 1 kept open: every body and title, waiting updates, the letters' files."""
    for table, key, column in _TEXTS:
        _column(connection, seal, table, key, column)


def _column(
    connection: sa.Connection, seal: Seal, table: str, key: tuple[str, ...], column: str
) -> None:
    """One column, row by row: the files of many letters are large."""
    place = table if column in ("body", "content") else f"{table}.{column}"
    target = sa.table(table, *(sa.column(name) for name in (*key, column, "format")))
    keyed, sealed = [target.c[name] for name in key], target.c[column]
    for row in connection.execute(sa.select(*keyed).where(sealed.is_not(None))).fetchall():
        same = [one == part for one, part in zip(keyed, row, strict=True)]
        plain = connection.execute(sa.select(sealed).where(*same)).scalar_one()
        where = f"{place}:{'/'.join(str(part) for part in row)}"
        values: dict[str, object] = {column: _closed(seal, plain, where)}
        if column == "body":
            values["format"] = 2
        connection.execute(sa.update(target).where(*same).values(values))


def _closed(seal: Seal, plain: object, where: str) -> object:
    return (
        seal.close_text(plain, where) if isinstance(plain, str) else seal.close(bytes(plain), where)  # type: ignore[call-overload]
    )


def _begin_secrets(connection: sa.Connection, seal: Seal) -> None:
    """In the same transaction: what is sealed has its proof of the key beside it."""
    secret = sa.table("secret", sa.column("name"), sa.column("body"))
    body = seal.close_text(new_key().hex(), "secret:pseudonym")
    connection.execute(sa.insert(secret).values(name="pseudonym", body=body))


def _rewrite(connection: sa.Connection) -> None:
    """PostgreSQL keeps the plain rows in the table's file until it is written anew; a changed type
    does so within the transaction. SQLite's file is cleaned after it (bot.store.opening)."""
    if connection.dialect.name != "postgresql":
        return
    for table, column, kind, same in (
        ("member", "body", "text", "body || ''"),
        ("dialogue", "body", "text", "body || ''"),
        ("draft", "body", "text", "body || ''"),
        ("letter", "body", "text", "body || ''"),
        ("letter_file", "content", "bytea", "content || ''::bytea"),
        ("inbox", "content", "text", "content || ''"),
    ):
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind} USING {same}")
