"""Calendars that councils follow, looked at every few hours, one at a time and by one process."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.calendars.looking import Calendars
from bot.logs import Log
from bot.store.following import FollowedCalendars, Seen
from bot.store.leases import new_holder
from bot.store.planning import Followed
from bot.store.worker import LostRaceError, Store, StoreBusyError, StoreFullError
from conversations.rules.deadlines import BERLIN

_LOG: Final = Log(__name__)
_AT_ONCE: Final = 10
"""Looked at in one beat; the others wait for the next."""


class Following:
    """The work of one beat."""

    def __init__(
        self,
        *,
        store: Store,
        followed: FollowedCalendars,
        calendars: Calendars,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._followed = followed
        self._calendars = calendars
        self._now = now
        self._holder = new_holder()

    async def beat(self) -> None:
        """Look at what is due."""
        now = self._now()
        due = await self._store.write(lambda c: self._followed.due(c, self._holder, now))
        for one in due[:_AT_ONCE]:
            try:
                await self._look(one)
            except (LostRaceError, StoreBusyError, StoreFullError) as error:
                _LOG.info("calendar not taken yet", cause=type(error).__name__)

    async def _look(self, one: Followed) -> None:
        today = self._now().astimezone(BERLIN).date()
        found = await self._calendars.again(one.source.url, one.source.etag, today)
        seen = Seen(calendar=found.calendar, etag=found.etag, seed=secrets.token_urlsafe(12))
        if found.calendar is not None and found.calendar.trouble:
            _LOG.info("calendar not read", council=one.council, cause=found.calendar.trouble)
        await self._store.write(lambda c: self._followed.settle(c, one, seen, self._now()))
