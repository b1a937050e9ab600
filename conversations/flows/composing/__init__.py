"""A broadcast is written: text, buttons, second language, audience, preview, time, confirmation.

Every change is stored at once, so that nothing is lost wherever somebody stops.
"""

from conversations.flows.broadcasts.shown import open_to
from conversations.flows.composing import (
    audience,
    checking,
    confirming,
    councils,
    draft,
    links,
    text,
    timing,
)
from conversations.flows.flow import Flow

FLOW = Flow(
    name="composing",
    steps={
        **draft.STEPS,
        **text.STEPS,
        **links.STEPS,
        **audience.STEPS,
        **councils.STEPS,
        **confirming.STEPS,
        **timing.STEPS,
        **checking.STEPS,
    },
    first="draft",
    open_to=open_to,
)
