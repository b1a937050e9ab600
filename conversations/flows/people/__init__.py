"""The people of the council in hand, for its Ratsadmins: roles, removal, takeover, end of term."""

from conversations.flows.flow import Flow
from conversations.flows.people import everybody, one, takeover, term

FLOW = Flow(
    name="people",
    steps={**everybody.STEPS, **one.STEPS, **takeover.STEPS, **term.STEPS},
    first="list",
    open_to=lambda state: state.administers,
)
