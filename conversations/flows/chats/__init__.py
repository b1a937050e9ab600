"""Chats that are linked with the council in hand, for its Ratsadmins: which, and what they get."""

from conversations.flows.chats import adding, everything, one
from conversations.flows.flow import Flow

FLOW = Flow(
    name="chats",
    steps={**everything.STEPS, **adding.STEPS, **one.STEPS},
    first="list",
    open_to=lambda state: state.administers,
)
