"""Whether a member can be written to: the bot blocked, and heard from again."""

from collections.abc import Callable
from dataclasses import replace

from conversations.core import Decision, Member, State
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
