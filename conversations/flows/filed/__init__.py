"""What was filed: when, which way, to whom, for which meeting, and what became of it since.

A person keeps this for the own letters, a Ratsadmin for all of the council; the others look.
"""

from conversations.flows.filed import details, filing, listing, meeting
from conversations.flows.flow import Flow

FLOW = Flow(
    name="filed",
    steps={**listing.STEPS, **filing.STEPS, **details.STEPS, **meeting.STEPS},
    first="list",
)
