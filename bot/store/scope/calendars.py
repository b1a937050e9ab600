"""The calendar a council follows, and the feed of its own meetings."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from bot.store.codec import moment, stamp
from bot.store.prepared import Prepared
from bot.store.schema import FORMAT, calendar, feed
from bot.store.scope.principal import ForbiddenError, Principal
from conversations.agenda import CalendarSource
from conversations.deeds import Follow, OpenFeed
from conversations.standing import CouncilId

_source = Prepared(
    select(calendar.c.format, calendar.c.body, calendar.c.checked).where(
        calendar.c.council == bindparam("c")
    )
)
_feed = Prepared(select(feed.c.made).where(feed.c.council == bindparam("c")))


def of(principal: Principal, council: CouncilId) -> CalendarSource | None:
    """The calendar it follows."""
    row = _source.run(principal.connection, {"c": council}).fetchone()
    if row is None:
        return None
    found = principal.codec.calendar.read(row[1], row[0], council)
    return replace(found, checked=moment(row[2]) if row[2] is not None else None)


def has_feed(principal: Principal, council: CouncilId) -> bool:
    """Whether a feed is open."""
    return _feed.run(principal.connection, {"c": council}).fetchone() is not None


def follow(principal: Principal, deed: Follow) -> str:
    """This calendar from now on, or none."""
    connection, source = principal.connection, deed.source
    connection.execute(delete(calendar).where(calendar.c.council == deed.council))
    if source is not None:
        values = {
            "council": deed.council,
            "checked": stamp(source.checked) if source.checked else None,
            "format": FORMAT,
            "body": principal.codec.calendar.write(source, deed.council),
        }
        connection.execute(insert(calendar), values)
    return "calendar" if source else "calendar:none"


def open_feed(principal: Principal, deed: OpenFeed, now: datetime) -> str:
    """The older token ends; without a new one the feed is closed."""
    connection = principal.connection
    connection.execute(delete(feed).where(feed.c.council == deed.council))
    if deed.token_hash:
        values = {"council": deed.council, "token_hash": deed.token_hash, "made": stamp(now)}
        try:
            connection.execute(insert(feed), values)
        except IntegrityError as error:
            raise ForbiddenError("the token is another council's") from error
    return "feed" if deed.token_hash else "feed:none"
