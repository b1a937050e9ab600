"""Calendars as the running bot uses them: a council's own written, other people's read."""

from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Final

from bot.calendars import writing
from bot.plan import Calendars
from bot.store.letters import StoredFile
from conversations.agenda import CouncilMeeting
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.texts import REFERENCE
from conversations.standing import StoredCouncil
from conversations.timetable import timetable

_NAME: Final = "sitzungen.ics"


def calendars_of(know: Knowledge) -> Calendars:
    """Everything about calendars that a plan needs."""
    return Calendars(write=partial(timetable_file, know))


def timetable_file(
    know: Knowledge, council: StoredCouncil, meetings: tuple[CouncilMeeting, ...], now: datetime
) -> StoredFile:
    """A council's meetings and filing deadlines as a file; in German, as the council works."""
    today = now.astimezone(BERLIN).date()
    content = writing.write(timetable(know, council, meetings, today, REFERENCE), now)
    return StoredFile(
        format="ics",
        name=_NAME,
        mime=writing.MIME,
        sha256=sha256(content).hexdigest(),
        content=content,
    )
