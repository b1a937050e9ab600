"""What an event tells beside its answer: the bot was blocked, heard from again, or cheated."""

from collections.abc import Callable
from dataclasses import replace

from conversations.core import Decision, Member, Position, State
from conversations.deeds import Deed, Refused
from conversations.events import Barred, Event, Resumed


def minded(decide: Callable[[State, Event], Decision], state: State, event: Event) -> Decision:
    """The decision, with what the event says about whether the person can be reached."""
    if isinstance(event, Barred):
        return _barred(state, event)
    if state.member is None or state.member.blocked is None or isinstance(event, Resumed):
        return decide(state, event)
    return _heard(decide, replace(state.member, blocked=None), state, event)


def _barred(state: State, event: Barred) -> Decision:
    """That a member blocked the bot is kept, so that others can see they are out of reach."""
    if state.member is None:
        return Decision()
    return Decision(member=replace(state.member, blocked=state.now if event.now else None))


def _heard(
    decide: Callable[[State, Event], Decision], member: Member, state: State, event: Event
) -> Decision:
    decision = decide(replace(state, member=member), event)
    return decision if decision.erase else replace(decision, member=decision.member or member)


def forged(state: State, position: Position, version: str) -> tuple[Deed, ...]:
    """A press on a card of the current version, which never had that button: the audit log keeps
    that it came, without its data."""
    if version != str(position.version) or not position.buttons:
        return ()
    return (Refused(what="button", council=state.seat.council if state.seat else None),)
