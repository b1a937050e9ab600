"""Statements that run in every turn: compiled once, and on SQLite handed straight to the driver.

SQLAlchemy's way from statement to cursor takes five times as long as SQLite itself; the
statements stay SQLAlchemy's, and so fit both databases.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import Connection, Insert, Select, TextClause, Update
from sqlalchemy.dialects import sqlite


class Answer(Protocol):
    """What both ways give back."""

    @property
    def rowcount(self) -> int:
        """Rows that were changed."""

    def fetchone(self) -> Any:
        """The next row."""

    def fetchall(self) -> Sequence[Any]:
        """All rows that are left."""


class Prepared:
    """One statement with named parameters. Columns without types of their own only."""

    def __init__(self, statement: Select[Any] | Insert | Update | TextClause) -> None:
        self._statement = statement

    def run(self, connection: Connection, values: Mapping[str, object]) -> Answer:
        """Execute it within the connection's transaction."""
        driver = connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            return connection.execute(self._statement, values)
        sql, order = self._compiled
        return driver.execute(sql, [values.get(name, default) for name, default in order])

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[tuple[str, object]]]:
        compiled = self._statement.compile(dialect=sqlite.dialect())
        order = compiled.positiontup or ()
        return str(compiled), [(name, compiled.params[name]) for name in order]
