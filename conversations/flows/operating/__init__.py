"""The running instance, for operators: queues, unclear messages, chats, backups, quarantine."""

from conversations.flows.flow import Flow
from conversations.flows.operating import board, unclear

FLOW = Flow(
    name="operating",
    steps={**board.STEPS, **unclear.STEPS},
    first="board",
    open_to=lambda state: state.standing.operator,
)
