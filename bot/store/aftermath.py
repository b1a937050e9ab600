"""What the sender reads before a call and writes after it, each in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.store import chats, ledger
from bot.store.codec import Codec
from bot.store.ledger import Claimed, Settled, State
from bot.store.planning import Planning
from conversations.facts import CouncilFacts
from conversations.planning import held
from conversations.rules.reminding import ReminderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a claimed row rests on now."""

    facts: CouncilFacts
    told: tuple[tuple[ReminderKind, datetime], ...]
    """What a notice of missed reminders tells of."""
    wait: datetime | None
    """Until when it has to wait, for the morning or somebody's quiet hours."""


class Aftermath:
    """Jobs for the store."""

    def __init__(self, codec: Codec, planning: Planning) -> None:
        self._codec = codec
        self._planning = planning

    def look(self, connection: Connection, row: Claimed, now: datetime) -> Looked | None:
        """The facts as they are at this moment; None when the council is gone."""
        if row.council is None:
            return None
        facts = self._planning.facts(connection, row.council, now)
        if facts is None:
            return None
        return Looked(
            facts=facts,
            told=tuple(ledger.told(connection, row.council, row.version)),
            wait=held(facts, row.person, now, row.expires),
        )

    def slower(self, connection: Connection, row: Claimed, until: datetime) -> bool:
        """Nothing goes to its chat for a while."""
        ledger.delay(connection, row.chat, until)
        return ledger.settle(connection, row, Settled(state=State.PENDING, not_before=until))

    def gone(self, connection: Connection, row: Claimed, reason: str, now: datetime) -> bool:
        """Whoever can't be reached is not tried again; the council's admins hear of it once."""
        if not ledger.settle(connection, row, Settled(state=State.FAILED, reason=reason)):
            return False
        if row.person is None:
            chats.out_of_reach(connection, self._planning, row.chat, reason, now)
        elif chats.person_out_of_reach(connection, self._codec, row.person, now) and row.council:
            facts = self._planning.facts(connection, row.council, now)
            if facts is not None:
                chats.tell(connection, facts, f"council:{row.council}", reason, now)
        return True

    def moved(self, connection: Connection, row: Claimed, chat: int) -> bool:
        """The group has another number: whether the row is still ours there."""
        chats.upgraded(connection, row.chat, chat)
        return ledger.is_at(connection, row, chat)

    def topic_gone(self, connection: Connection, row: Claimed, now: datetime) -> bool:
        """The topic is gone: whether the row is still ours in the group itself."""
        chats.topic_gone(connection, self._planning, row.chat, row.thread or 0, now)
        return ledger.is_at(connection, row, row.chat, 0)
