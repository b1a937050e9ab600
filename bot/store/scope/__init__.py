"""The one door to councils, seats, operators, invitations, broadcasts and the audit log.

Outside of this package only `Scope` is used: it belongs to one person and one transaction, and
what it does not hand out does not exist for that person.
"""

from bot.store.scope.door import Scope, queue_up
from bot.store.scope.principal import PLAIN, Broadcasting, ForbiddenError
from bot.store.scope.standings import holds

__all__ = ["PLAIN", "Broadcasting", "ForbiddenError", "Scope", "holds", "queue_up"]
