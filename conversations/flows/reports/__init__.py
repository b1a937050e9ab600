"""KIM reports: recorded by admins, read by everybody there; and how often one is due."""

from conversations.core import State
from conversations.flows.council.guard import CONFLICT, Conflict, Guarded, Kept
from conversations.flows.flow import Flow, Step
from conversations.flows.reports import details, listing, recording, rhythm, steering

_LIST = listing.STEPS["list"]
_FOR_ADMINS: dict[str, Step] = {
    **recording.STEPS,
    **details.STEPS,
    **rhythm.STEPS,
    **steering.STEPS,
}
_CONFLICT: dict[str, Step] = {CONFLICT: Conflict(_FOR_ADMINS, first="list")}


def _seated(state: State) -> bool:
    return state.council is not None


FLOW = Flow(
    name="reports",
    steps={
        **{
            name: Guarded(step, _LIST, Kept.SEATED, name="list")
            for name, step in listing.STEPS.items()
        },
        **{
            name: Guarded(step, _LIST, Kept.ADMINS, name="list")
            for name, step in (_FOR_ADMINS | _CONFLICT).items()
        },
    },
    first="list",
    open_to=_seated,
)
