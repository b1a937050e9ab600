"""The instance, for operators: councils by place with counts and states, and the operators.

Never names, letters or answers of a council's people.
"""

from conversations.flows.flow import Flow
from conversations.flows.instance import councils, operators

FLOW = Flow(
    name="instance",
    steps={**councils.STEPS, **operators.STEPS},
    first="councils",
    open_to=lambda state: state.standing.operator,
)
