"""The demo's council as its people and its admin would have made it, before anybody says a word."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from bot.store import members
from bot.store.codec import Codec, stamp
from bot.store.schema import FORMAT, council, membership
from bot.store.scope import Scope
from bot.store.sealing import Pseudonyms
from conversations.agenda import LinkedChat
from conversations.core import Member
from conversations.deeds import Deed, Link
from conversations.standing import Badge, CouncilId, PersonId, Role


def seat(
    engine: Engine,
    codec: Codec,
    ags: str,
    people: Mapping[PersonId, tuple[Role, Badge]],
    now: datetime,
) -> None:
    """Give each of them a seat in the council of this municipality."""
    with engine.begin() as connection:
        id_ = council_of(connection, ags)
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


def agree(engine: Engine, codec: Codec, people: Sequence[Member]) -> None:
    """Keep them as people who have agreed that the bot remembers."""
    with engine.begin() as connection:
        for one in people:
            members.keep(connection, codec, one)


def act(
    engine: Engine,
    codec: Codec,
    pseudonyms: Pseudonyms,
    *,
    admin: PersonId,
    deeds: Sequence[Deed],
    chats: Sequence[tuple[CouncilId, LinkedChat]],
    now: datetime,
) -> None:
    """Do what the council's admin would do in the chat; link these chats."""
    with engine.begin() as connection:
        scope = Scope.enter(connection, codec, pseudonyms, admin)
        scope.perform(deeds, now)
        for id_, chat in chats:
            scope.named_chat(id_, chat, now)
            scope.perform([Link(council=id_, chat=chat)], now)


def council_of(connection: Connection, ags: str) -> CouncilId:
    """The council of this municipality."""
    query = select(council.c.id).where(council.c.ags == ags)
    return CouncilId(connection.execute(query).scalar_one())
