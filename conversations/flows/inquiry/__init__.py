"""The main dialogue: from a new draft to the letter (design: one card, edited in place)."""

from collections.abc import Mapping

from conversations.core import State
from conversations.flows.flow import Flow, Step
from conversations.flows.inquiry import (
    detail,
    fields,
    meeting,
    point,
    points,
    reasons,
    recipient,
    review,
    sender,
)
from conversations.flows.inquiry.placed import Placed

_STEPS: Mapping[str, Step] = {
    **recipient.STEPS,
    **meeting.STEPS,
    **detail.STEPS,
    **fields.STEPS,
    **points.STEPS,
    **point.STEPS,
    **reasons.STEPS,
    **sender.STEPS,
    **review.STEPS,
}


def _open(state: State) -> bool:
    """A draft of a council is open to its members only; without a draft there is nothing."""
    draft = state.draft
    return draft is None or not draft.council or state.standing.seat(draft.council) is not None


FLOW = Flow(
    name="inquiry",
    steps={name: Placed(step) for name, step in _STEPS.items()},
    first="recipient",
    open_to=_open,
)
