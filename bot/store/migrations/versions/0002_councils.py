"""Councils, memberships, operators, invitations, audit; what people wrote is sealed."""

import sqlalchemy as sa
from alembic import context, op

from bot.store.sealing import Seal

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _widen()
    _create()
    _seal(op.get_bind(), context.config.attributes["seal"])


def _widen() -> None:
    for name in ("stopped", "withdrawn", "blocked"):
        op.add_column("member", sa.Column(name, sa.BigInteger))
    op.add_column("draft", sa.Column("council", sa.Text))
    op.add_column("letter", sa.Column("council", sa.Text))
    op.create_index("ix_letter_council", "letter", ["council"])
    with op.batch_alter_table("letter") as letter:
        letter.alter_column("person", existing_type=sa.BigInteger, nullable=True)


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
    ("inbox", ("update_id",), "content"),
)


def _seal(connection: sa.Connection, seal: Seal) -> None:
    """What version 1 kept open: every body and title, waiting updates, the letters' files."""
    for table, key, column in _TEXTS:
        _texts(connection, seal, table, key, column)
    _files(connection, seal)


def _texts(
    connection: sa.Connection, seal: Seal, table: str, key: tuple[str, ...], column: str
) -> None:
    bodies = column in ("body", "content")
    place = table if bodies else f"{table}.{column}"
    names = (*key, column, *(("format",) if column == "body" else ()))
    target = sa.table(table, *(sa.column(name) for name in names))
    keyed = [target.c[name] for name in key]
    found = sa.select(*keyed, target.c[column]).where(target.c[column].is_not(None))
    for row in connection.execute(found).fetchall():
        where = f"{place}:{'/'.join(str(part) for part in row[:-1])}"
        values: dict[str, object] = {column: seal.close_text(row[-1], where)}
        if column == "body":
            values["format"] = 2
        same = [one == part for one, part in zip(keyed, row[:-1], strict=True)]
        connection.execute(sa.update(target).where(*same).values(values))


def _files(connection: sa.Connection, seal: Seal) -> None:
    file = sa.table("letter_file", sa.column("letter"), sa.column("format"), sa.column("content"))
    keys = connection.execute(sa.select(file.c.letter, file.c.format)).fetchall()
    for letter, form in keys:  # one by one: the files of many letters are large
        same = (file.c.letter == letter, file.c.format == form)
        content = connection.execute(sa.select(file.c.content).where(*same)).scalar_one()
        sealed = seal.close(bytes(content), f"letter_file:{letter}/{form}")
        connection.execute(sa.update(file).where(*same).values(content=sealed))
