"""The agenda of a council: read for everybody with a seat there, changed by its admins."""

from datetime import datetime

from bot.store.scope.principal import ForbiddenError, Principal
from conversations.agenda import Agenda
from conversations.deeds import AgendaDeed
from conversations.standing import CouncilId


def read(principal: Principal, council: CouncilId | None) -> Agenda:
    """The agenda of the council in hand; empty for those without a seat there."""
    return Agenda()


def do(principal: Principal, deed: AgendaDeed, now: datetime) -> str:
    """Write it. Raises ForbiddenError."""
    raise ForbiddenError(type(deed).__name__)
