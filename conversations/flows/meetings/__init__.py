"""The council's meetings (/sitzungen): everybody of the council looks, its Ratsadmins change."""

from conversations.flows.flow import Flow
from conversations.flows.meetings import adding, changing, importing, listing, one, sharing
from conversations.flows.meetings.guard import Guarded

_FOR_ALL = {**listing.STEPS, **one.STEPS}
_FOR_ADMINS = {**adding.STEPS, **changing.STEPS, **importing.STEPS, **sharing.STEPS}

FLOW = Flow(
    name="meetings",
    steps={
        **{name: Guarded(step, listing.LIST, admins=False) for name, step in _FOR_ALL.items()},
        **{name: Guarded(step, listing.LIST, admins=True) for name, step in _FOR_ADMINS.items()},
    },
    first="list",
    open_to=lambda state: state.seat is not None,
)
