"""What deeds make of the state, so that the next card shows what was just done."""

from dataclasses import replace

from conversations.core import State
from conversations.deeds import Deed, Known, applied


def following(state: State, deeds: tuple[Deed, ...]) -> State:
    """The state after the deeds."""
    known = Known(
        standing=state.standing, council=state.council, desk=state.desk, agenda=state.agenda
    )
    for deed in deeds:
        known = applied(known, deed, state.person, state.now)
    return replace(
        state,
        standing=known.standing,
        council=known.council,
        desk=known.desk,
        agenda=known.agenda,
    )
