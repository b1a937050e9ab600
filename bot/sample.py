"""The demo's council: furnished once, from templates/demo, as an operator and its admins would."""

import tomllib
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.councils_file import Checks, read_councils
from bot.store.codec import Codec
from bot.store.council_files import CouncilFiles
from bot.store.opening import engine_for
from bot.store.sample import seat
from bot.store.sealing import Seal
from bot.store.secrets import unlocked
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.standing import Badge, PersonId, Role


class _Seat(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    person: int
    role: Role
    name: str
    function: str = ""
    group: str = ""


class _Seats(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    seats: tuple[_Seat, ...]


def furnish(database: str, seal: Seal, know: Knowledge, folder: Path, now: datetime) -> None:
    """Begin the council of `folder` in a new database, with its people.

    Raises ValueError for files that are none, StoreError and OSError.
    """
    engine = engine_for(database)
    codec = Codec(seal)
    unlocked(engine, seal)
    checks = Checks(
        register=know.register,
        coverage=know.coverage,
        stored=frozenset(),
        today=now.astimezone(BERLIN).date(),
    )
    found = read_councils((folder / "council.toml").read_text("utf-8"), checks)
    if found.faults:
        raise ValueError("; ".join(str(fault) for fault in found.faults))
    files = CouncilFiles(engine, codec)
    sitting = _Seats.model_validate(tomllib.loads((folder / "seats.toml").read_text("utf-8")))
    people = {
        PersonId(one.person): (
            one.role,
            Badge(name=one.name, function=one.function, group=one.group),
        )
        for one in sitting.seats
    }
    for entry in found.entries:
        files.put(entry.ags, entry.applied, now)
        seat(engine, codec, entry.ags, people, now)
    engine.dispose()
