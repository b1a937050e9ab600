"""What a turn has to load beside member, position and draft: little while a paper is written."""

from typing import Final

from conversations import commands
from conversations.core import Need
from conversations.events import Called, Event, Pressed, Typed
from conversations.flows import inquiry, papers
from conversations.flows.arriving import broadcast_of, reminder_of
from conversations.rules.texts import REFERENCE, Texts

BROADCASTS: Final = "broadcasts"
"""The dialogue about broadcasts that are sent or being sent."""
COMPOSING: Final = "composing"
"""The dialogue in which one is composed."""
_RUNDRUF: Final = "rundruf"
_USUAL: Final = frozenset(Need) - {Need.BROADCASTS, Need.PUBLIC}
_OPENING: Final = ("open:", "cast_decline")
_OUT: Final = frozenset({"back", "cancel", "home"})


def needs(texts: Texts, event: Event, flow: str | None) -> frozenset[Need]:
    """What the answer to an event may rest on, in a flow."""
    more = _of_broadcasts(event, flow)
    if isinstance(event, Called) or flow not in {inquiry.FLOW.name, papers.FLOW.name}:
        return _USUAL | more
    goes = isinstance(event, Pressed) and event.data.partition(".")[2].startswith("go:")
    if goes or reminder_of(event) or more:
        return _USUAL | more
    leaving = flow != inquiry.FLOW.name or _leaves(texts, event)
    return frozenset({Need.AGENDA, Need.DRAFTS} if leaving else {Need.AGENDA})


def _of_broadcasts(event: Event, flow: str | None) -> frozenset[Need]:
    """Broadcasts only for the few who are about them; the public while one is composed, and where
    that may begin."""
    command = commands.named(event.name) if isinstance(event, Called) else None
    goes = isinstance(event, Pressed) and event.data.partition(".")[2] == f"go:{_RUNDRUF}"
    if flow == COMPOSING or _opens(event, flow):
        return frozenset({Need.BROADCASTS, Need.PUBLIC})
    if flow == BROADCASTS or goes or broadcast_of(event) or (command and command.name == _RUNDRUF):
        return frozenset({Need.BROADCASTS})
    return frozenset()


def _opens(event: Event, flow: str | None) -> bool:
    """Whether a draft, or one to be checked, may be opened by it: its card counts recipients."""
    match event:
        case Pressed(data=data):
            opens = data.startswith("b:open:")
            return opens or (flow == BROADCASTS and data.partition(".")[2].startswith(_OPENING))
        case Typed():
            return flow == BROADCASTS
    return False


def _leaves(texts: Texts, event: Event) -> bool:
    """Whether an event may lead out of a draft, to a card that lists the others."""
    match event:
        case Pressed(data=data):
            return data.partition(".")[2] in _OUT
        case Typed(text=text):
            return texts.reserved(text, REFERENCE) in _OUT
    return False
