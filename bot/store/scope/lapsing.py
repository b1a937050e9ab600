"""What was planned and does not hold any more is taken back in the same transaction; the planner
would find it a minute later, too."""

from typing import Final

from sqlalchemy import ColumnElement, func, select, update

from bot.store.schema import delivery
from bot.store.scope.principal import Principal
from conversations.rules.reminding import ReminderKind

WAITING: Final = ("planned", "pending")
"""States of deliveries that nobody has begun to send."""
KINDS: Final = tuple(ReminderKind)
"""Named in every query, since the unique index begins with the kind."""


def subject(principal: Principal, name: str) -> None:
    """Nothing is sent about it as it was, e.g. "meeting:<id>"."""
    _lapse(principal, delivery.c.subject == name, "moved")


def chat(principal: Principal, council: str, number: int, thread: int) -> None:
    """Nothing of the council goes there any more."""
    there = (delivery.c.chat == number) & (delivery.c.thread == thread)
    _lapse(principal, (delivery.c.council == council) & there, "unlinked")


def _lapse(principal: Principal, which: ColumnElement[bool], reason: str) -> None:
    principal.connection.execute(
        update(delivery)
        .where(delivery.c.kind.in_(KINDS), which, delivery.c.state.in_(WAITING))
        .values(state="cancelled", reason=reason)
    )


def next_version(principal: Principal, name: str) -> int:
    """A version of the subject that nothing was planned for yet: 1, unless it had been there
    before and was taken back."""
    latest = select(func.max(delivery.c.version)).where(
        delivery.c.kind.in_(KINDS), delivery.c.subject == name
    )
    return (principal.connection.execute(latest).scalar() or 0) + 1
