"""The people of the council in hand, for its Ratsadmins: roles, removal, takeover, end of term."""

from conversations.core import State
from conversations.deeds import is_admin
from conversations.flows.flow import Flow
from conversations.flows.people import everybody, one, takeover, term

FLOW = Flow(
    name="people",
    steps={**everybody.STEPS, **one.STEPS, **takeover.STEPS, **term.STEPS},
    first="list",
    open_to=lambda state: administers(state),
)


def administers(state: State) -> bool:
    """Whether the person is Ratsadmin of the council in hand."""
    return state.seat is not None and is_admin(state.standing, state.seat.council)
