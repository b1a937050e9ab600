"""Settings of reminders: what a council is reminded of and when, and what a person gets."""

from conversations.core import State
from conversations.flows.council.guard import CONFLICT, Conflict, Guarded, Kept
from conversations.flows.flow import Flow, Step
from conversations.flows.reminding import council, own

_CONFLICT: dict[str, Step] = {CONFLICT: Conflict(council.STEPS, first="council")}
_LOOK = council.STEPS["council"]


def _seated(state: State) -> bool:
    return state.council is not None


FLOW = Flow(
    name="reminding",
    steps={
        **{
            name: Guarded(step, _LOOK, Kept.SEATED, name="council")
            for name, step in (council.STEPS | _CONFLICT).items()
        },
        **own.STEPS,
    },
    first="own",
    open_to=_seated,
)
"""Everybody with a seat reads the council's settings; its admins change them."""
