"""What deeds make of the state, so that the next card shows what was just done."""

from dataclasses import replace

from conversations.agenda import Agenda
from conversations.core import Filing, State
from conversations.deeds import Deed, File, Known, applied
from conversations.standing import Desk


def following(state: State, deeds: tuple[Deed, ...]) -> State:
    """The state after the deeds."""
    known = Known(
        standing=state.standing,
        council=state.council,
        desk=state.desk,
        agenda=state.agenda,
        broadcasts=state.broadcasts,
    )
    for deed in deeds:
        known = applied(known, deed, state.person, state.now)
        state = _filed(state, deed) if isinstance(deed, File) else state
    return replace(
        state,
        standing=known.standing,
        council=known.council,
        desk=known.desk,
        agenda=known.agenda,
        broadcasts=known.broadcasts,
    )


def in_hand(before: State, after: State) -> State:
    """With another council in hand, what was loaded of the one before is nobody's business."""
    if (before.seat and before.seat.council) == (after.seat and after.seat.council):
        return after
    shared = after.desk
    desk = Desk(councils=shared.councils, operators=shared.operators, board=shared.board)
    return replace(after, council=None, desk=desk, agenda=Agenda(), reminder=None)


def _filed(state: State, deed: File) -> State:
    """The letter's own note of the day."""
    filing = Filing(day=deed.filed.day) if deed.filed else None
    letters = (replace(o, filed=filing) if o.id == deed.letter else o for o in state.letters)
    return replace(state, letters=tuple(letters))
