"""The people of the demo's council take their seats, before anybody has said a word."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Engine, insert, select

from bot.store.codec import Codec, stamp
from bot.store.schema import FORMAT, council, membership
from conversations.standing import Badge, PersonId, Role


def seat(
    engine: Engine,
    codec: Codec,
    ags: str,
    people: Mapping[PersonId, tuple[Role, Badge]],
    now: datetime,
) -> None:
    """Give each of them a seat in the council of this municipality."""
    with engine.begin() as connection:
        id_ = connection.execute(select(council.c.id).where(council.c.ags == ags)).scalar_one()
        rows = [
            {
                "council": id_,
                "person": person,
                "role": role,
                "since": stamp(now),
                "format": FORMAT,
                "body": codec.badge.write(badge, f"{id_}/{person}"),
            }
            for person, (role, badge) in people.items()
        ]
        connection.execute(insert(membership), rows)
