"""Links that connect a chat: used once, by whoever has them; a council's admin confirms after."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete

from bot.store.codec import stamp
from bot.store.schema import link_offer
from conversations.standing import CouncilId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Whose link it was: this admin confirms in private (and may have lost the role since)."""

    council: CouncilId
    person: PersonId


def take_offer(connection: Connection, token_hash: str, now: datetime) -> Offer | None:
    """Use a link; None for wrong, used and expired alike."""
    row = connection.execute(
        delete(link_offer)
        .where(link_offer.c.token_hash == token_hash, link_offer.c.expires > stamp(now))
        .returning(link_offer.c.council, link_offer.c.person)
    ).one_or_none()
    if row is None:
        return None
    return Offer(council=CouncilId(row.council), person=PersonId(row.person))
