"""The words of what is sent unasked, as they have to be at the moment of sending."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.store.chats import NOTICE
from bot.store.idle import Idle
from bot.store.ledger import Claimed
from conversations.agenda import Reminded
from conversations.core import Screen
from conversations.facts import CouncilFacts
from conversations.notices import of_calendar
from conversations.reminders import compose, disabled, missed, place_of
from conversations.rules.deadlines import BERLIN
from conversations.rules.knowledge import Knowledge
from conversations.rules.reminding import ReminderKind
from conversations.rules.texts import REFERENCE
from conversations.standing import Role

Missed = Sequence[tuple[ReminderKind, datetime]]


class Unasked:
    """`bot` says the bot's user name, which is known once Telegram was asked."""

    def __init__(self, know: Knowledge, bot: Callable[[], str]) -> None:
        self._know = know
        self._bot = bot

    def screen(
        self, facts: CouncilFacts, row: Claimed, told: Missed, now: datetime
    ) -> Screen | None:
        """The message; None when it must not be sent (any more). `told`: what a notice of missed
        reminders tells of."""
        reader = facts.reader(row.person) if row.person is not None else None
        language = reader.language if reader else REFERENCE
        if row.kind == NOTICE:
            entitled = reader and reader.role is Role.ADMIN and not reader.stopped
            return self._notice(facts, row, told, language, now) if entitled else None
        if row.person is not None and reader is None:
            return None
        return compose(self._know, facts, _reminded(facts, row), language, now, bot=self._bot())

    def idle(self, idle: Idle) -> Screen:
        """The note that a draft will go."""
        values = {"title": idle.title, "gone": idle.gone}
        return Screen(html=self._know.texts.html("notices/idle", idle.language, **values))

    def _notice(
        self, facts: CouncilFacts, row: Claimed, told: Missed, language: str, now: datetime
    ) -> Screen | None:
        place = place_of(self._know, facts, now.astimezone(BERLIN).date())
        about, _, id_ = row.subject.partition(":")
        if about == "chat":
            link = next((one for one in facts.chats if one.id == id_), None)
            return disabled(self._know, link.title, row.slot, place, language) if link else None
        if about == "calendar":
            return of_calendar(self._know, row.slot, place, language)
        if row.slot == "missed":
            return missed(self._know, told, place, language) if told else None
        texts = self._know.texts
        return Screen(
            html=texts.html("notices/unreachable", language, reason=row.slot, place=place)
        )


def _reminded(facts: CouncilFacts, row: Claimed) -> Reminded:
    return Reminded(
        id=row.id,
        council=facts.council.id,
        kind=ReminderKind(row.kind),
        subject=row.subject,
        chat=row.chat,
        thread=row.thread,
        version=row.version,
        slot=row.slot,
        nth=row.nth,
        of=row.of,
        again=row.again,
    )
