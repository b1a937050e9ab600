"""What a turn has to load beside member, position and draft: little while a paper is written."""

from typing import Final

from conversations.core import Need
from conversations.events import Called, Event, Pressed, Typed
from conversations.flows import inquiry, papers
from conversations.flows.arriving import reminder_of
from conversations.rules.texts import REFERENCE, Texts

_OUT: Final = frozenset({"back", "cancel", "home"})


def needs(texts: Texts, event: Event, flow: str | None) -> frozenset[Need]:
    """What the answer to an event may rest on, in a flow."""
    if isinstance(event, Called) or flow not in {inquiry.FLOW.name, papers.FLOW.name}:
        return frozenset(Need)
    goes = isinstance(event, Pressed) and event.data.partition(".")[2].startswith("go:")
    if goes or reminder_of(event):
        return frozenset(Need)
    leaving = flow != inquiry.FLOW.name or _leaves(texts, event)
    return frozenset({Need.AGENDA, Need.DRAFTS} if leaving else {Need.AGENDA})


def _leaves(texts: Texts, event: Event) -> bool:
    """Whether an event may lead out of a draft, to a card that lists the others."""
    match event:
        case Pressed(data=data):
            return data.partition(".")[2] in _OUT
        case Typed(text=text):
            return texts.reserved(text, REFERENCE) in _OUT
    return False
