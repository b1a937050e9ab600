"""What all tables stand on: their metadata, and the versions of migrations and bodies."""

from typing import Final

from sqlalchemy import MetaData

HEAD: Final = "0004"
"""Newest migration; a test compares it with the folder of migrations."""

FORMAT: Final = 2
"""Version of the JSON in the bodies; from 2 on they are sealed (bot.store.sealing)."""

SEALED: Final = {"sealed": True}
"""Marks a column that holds sealed values only: `kimbot rekey` goes by these marks. A value's place
is table and row for the body (the content where there is no body), e.g. "draft:aB3" or
"membership:<council>/<person>", and names the column otherwise, e.g. "letter.title:aB3" or
"report.content:aB3"."""

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    }
)
