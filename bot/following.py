"""Calendars as the running bot uses them: a council's own written, other people's read and
followed, feeds answered."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Final

from aiohttp import web

from bot.calendars import writing
from bot.calendars.feed import PATH, Feed
from bot.calendars.following import Following
from bot.listening import Listener, health
from bot.plan import Calendars, Plan
from bot.store.codec import Codec
from bot.store.following import FollowedCalendars
from bot.store.letters import StoredFile
from bot.store.planning import Planning
from bot.store.sealing import Pseudonyms
from bot.store.worker import Store
from conversations.agenda import CouncilMeeting
from conversations.facts import CouncilFacts
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.texts import REFERENCE
from conversations.standing import StoredCouncil
from conversations.timetable import timetable

_NAME: Final = "sitzungen.ics"


def calendars_of(know: Knowledge) -> Calendars:
    """How calendars are written and read."""
    return Calendars(write=partial(timetable_file, know))


def timetable_file(
    know: Knowledge, council: StoredCouncil, meetings: tuple[CouncilMeeting, ...], now: datetime
) -> StoredFile:
    """A council's meetings and filing deadlines as a file; in German, as the council works."""
    content = _written(know, council, meetings, now)
    return StoredFile(
        format="ics",
        name=_NAME,
        mime=writing.MIME,
        sha256=sha256(content).hexdigest(),
        content=content,
    )


def following_of(plan: Plan, store: Store, pseudonyms: Pseudonyms) -> Following | None:
    """What looks at the councils' calendars; nothing where nothing is sent unasked."""
    if plan.know is None:
        return None
    planning = Planning(Codec(plan.seal), pseudonyms)
    return Following(
        store=store,
        followed=FollowedCalendars(planning),
        calendars=plan.calendars.reading,
        now=plan.now,
    )


def routes_of(
    plan: Plan, store: Store, pseudonyms: Pseudonyms, trouble: Callable[[], str]
) -> Sequence[web.RouteDef]:
    """What is answered on the web: health, and feeds where they are offered. `trouble`: why nothing
    can be sent at present."""
    routes = [web.get("/healthz", health(trouble))]
    know = plan.know
    if know is not None and know.house.feeds:
        feed = Feed(
            store=store,
            planning=Planning(Codec(plan.seal), pseudonyms),
            write=partial(_fed, know),
            now=plan.now,
        )
        routes.append(web.get(PATH, feed.answer))
    return routes


async def listening(plan: Plan, routes: Sequence[web.RouteDef]) -> Listener:
    """The bot's own listener, listening where the plan says so. Raises OSError."""
    listener = Listener(routes)
    if plan.listen is not None:
        await listener.start(plan.listen.host, plan.listen.port)
    return listener


def _fed(know: Knowledge, facts: CouncilFacts, now: datetime) -> bytes:
    return _written(know, facts.council, facts.meetings, now)


def _written(
    know: Knowledge, council: StoredCouncil, meetings: tuple[CouncilMeeting, ...], now: datetime
) -> bytes:
    today = now.astimezone(BERLIN).date()
    return writing.write(timetable(know, council, meetings, today, REFERENCE), now)
