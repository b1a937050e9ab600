"""A council in the chat: what is known of it, and its admins' way to change every part."""

from conversations.core import State
from conversations.flows.council import profile
from conversations.flows.flow import Flow


def _open(state: State) -> bool:
    return state.council is not None or state.standing.operator


FLOW = Flow(name="council", steps={**profile.STEPS}, first="profile", open_to=_open)
