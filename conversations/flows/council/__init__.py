"""A council in the chat: what is known of it, and its admins' way to change every part.

Members look at the profile and its rules, admins change them, operators found new councils.
"""

from conversations.core import State
from conversations.flows.council import (
    contacts,
    found,
    groups,
    name_days,
    names,
    office,
    profile,
    rule_answers,
    rules,
)
from conversations.flows.council.guard import CONFLICT, Conflict, Guarded, Kept
from conversations.flows.flow import Flow, Step

_PROFILE = profile.STEPS["profile"]
_FOR_ALL: dict[str, Step] = {**profile.STEPS, **rules.STEPS}
_FOR_ADMINS: dict[str, Step] = {
    **names.STEPS,
    **name_days.STEPS,
    **contacts.STEPS,
    **office.STEPS,
    **groups.STEPS,
    **rule_answers.STEPS,
    **found.MOVING,
}
_CONFLICT: dict[str, Step] = {CONFLICT: Conflict({**_FOR_ALL, **_FOR_ADMINS})}


def _open(state: State) -> bool:
    return state.council is not None or state.standing.operator


FLOW = Flow(
    name="council",
    steps={
        **{name: Guarded(step, _PROFILE, Kept.SEATED) for name, step in _FOR_ALL.items()},
        **{
            name: Guarded(step, _PROFILE, Kept.ADMINS)
            for name, step in (_FOR_ADMINS | _CONFLICT).items()
        },
        **{name: Guarded(step, _PROFILE, Kept.OPERATORS) for name, step in found.FOUNDING.items()},
    },
    first="profile",
    open_to=_open,
)
