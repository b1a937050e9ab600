"""Which dialogues there are, and where each command leads."""

from collections.abc import Mapping
from typing import Final

from conversations.flows import (
    badge,
    broadcasts,
    chats,
    composing,
    council,
    drafts,
    erase,
    filed,
    home,
    inquiry,
    instance,
    invitations,
    meetings,
    operating,
    papers,
    people,
    privacy,
    records,
    reminding,
    reports,
    seats,
    settings,
    status,
)
from conversations.flows.flow import Flow

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
