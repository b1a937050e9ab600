"""Which dialogues there are, where each command leads, and what leads on wherever one stands."""

from collections.abc import Callable, Mapping
from typing import Final

from conversations.core import Decision
from conversations.events import Event
from conversations.flows import (
    badge,
    broadcasts,
    chats,
    composing,
    council,
    drafts,
    entrance,
    erase,
    filed,
    home,
    inquiry,
    instance,
    invitations,
    meetings,
    offered,
    operating,
    papers,
    people,
    privacy,
    records,
    reminded,
    reminding,
    replied,
    reports,
    seats,
    settings,
    status,
)
from conversations.flows.broadcasts import steered
from conversations.flows.flow import Flow, Move, Scene

FLOWS: Final[Mapping[str, Flow]] = {
    module.FLOW.name: module.FLOW
    for module in (
        home,
        papers,
        inquiry,
        drafts,
        settings,
        erase,
        council,
        seats,
        people,
        invitations,
        records,
        chats,
        instance,
        badge,
        privacy,
        reports,
        filed,
        status,
        reminding,
        operating,
        meetings,
        broadcasts,
        composing,
    )
}
"""All dialogues by name."""

ENTRY: Final[Mapping[str, tuple[str, str]]] = {
    "anfrage": ("papers", "paper"),
    "weiter": ("drafts", "list"),
    "entwuerfe": ("drafts", "list"),
    "einstellungen": ("settings", "settings"),
    "rat": ("council", "profile"),
    "sitzungen": ("meetings", "list"),
    "wechseln": ("seats", "switch"),
    "personen": ("people", "list"),
    "einladen": ("invitations", "list"),
    "gruppe": ("chats", "list"),
    "protokoll": ("records", "list"),
    "loeschen": ("erase", "ask"),
    "bericht": ("reports", "list"),
    "status": ("status", "status"),
    "eingereicht": ("filed", "list"),
    "betrieb": ("operating", "board"),
    "rundruf": ("broadcasts", "list"),
    "start": ("home", "home"),
    "abbrechen": ("home", "home"),
}
"""Flow and step by command. A command of a flow that is not open to the person does not exist."""

WAYS: Final[tuple[Callable[[Scene, Event], Move | Decision | None], ...]] = (
    entrance.met,
    replied.met,
    reminded.met,
    steered.met,
    offered.met,
)
"""What is looked at before the current step: links and buttons that belong to no card. None: not
meant."""
