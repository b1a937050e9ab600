"""Alembic's entry: one transaction per migration, on the connection that the store hands over."""

from alembic import context
from sqlalchemy import Connection

from bot.store.schema import metadata


def _whole(*_: object, **__: object) -> None:
    """Refuse a migration that leaves a reference without its row (SQLite checks none while the
    tables are rebuilt)."""
    connection: Connection = context.config.attributes["connection"]
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"{len(broken)} broken references after the migration")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=True,
    on_version_apply=_whole,
)
with context.begin_transaction():
    context.run_migrations()
