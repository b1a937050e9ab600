"""Broadcasts (/rundruf): which there are, how far each is, and what can be done about it."""

from conversations.flows.broadcasts import answers, asking, correcting, listing, one
from conversations.flows.broadcasts.shown import open_to
from conversations.flows.flow import Flow

FLOW = Flow(
    name="broadcasts",
    steps={
        **listing.STEPS,
        **one.STEPS,
        **asking.STEPS,
        **correcting.STEPS,
        **answers.STEPS,
    },
    first="list",
    open_to=open_to,
)
