"""The main dialogue: from a new draft to the letter (design: one card, edited in place)."""

from conversations.flows.flow import Flow
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

FLOW = Flow(
    name="inquiry",
    steps={
        **recipient.STEPS,
        **meeting.STEPS,
        **detail.STEPS,
        **fields.STEPS,
        **points.STEPS,
        **point.STEPS,
        **reasons.STEPS,
        **sender.STEPS,
        **review.STEPS,
    },
    first="recipient",
)
