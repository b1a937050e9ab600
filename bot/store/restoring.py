"""A database that was just put back: of this version, in quarantine, without those who were
erased since.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine

from bot.store import quarantine
from bot.store.persons import Persons
from bot.store.sealing import Pseudonyms, Seal
from bot.store.secrets import unlocked


def make_safe(
    engine: Engine,
    seal: Seal,
    persons: Callable[[Pseudonyms], Persons],
    *,
    made: datetime,
    now: datetime,
) -> int:
    """Do it; how many were erased again. `made`: when the backup was. Raises StoreError."""
    pseudonyms, _ = unlocked(engine, seal)
    with engine.begin() as connection:
        quarantine.begin(connection, made, now)
        return persons(pseudonyms).erase_again(connection, now)
