"""Presses on a broadcast's own messages to its author ("b:<action>:<id>"), which are no cards."""

from typing import Final

from conversations.broadcasts import OPEN, Broadcast
from conversations.core import Decision, Toast
from conversations.deeds import Refused
from conversations.events import Event, Pressed
from conversations.flows.arriving import broadcast_of
from conversations.flows.broadcasts.one import deed_of
from conversations.flows.broadcasts.shown import opened
from conversations.flows.flow import Move, Scene, line
from conversations.replies import Unreached

_AT_ONCE: Final = frozenset({"pause", "resume", "again", "let"})


def met(scene: Scene, event: Event) -> Move | Decision | None:
    """What a press leads to; None for every other event. The message itself is changed by the
    shell. Who may not see the broadcast hears what everybody hears of an old button."""
    id_ = broadcast_of(event)
    if not id_ or not isinstance(event, Pressed):
        return None
    action = event.data.split(":")[1]
    if action == "reply":
        return None  # about an answer, not a broadcast
    one = scene.state.broadcasts.one(id_)
    if one is None:
        council = scene.seat.council if scene.seat else None
        told = _told(scene, "trouble/stale_toast")
        return Decision(replies=told.replies, deeds=(Refused(what="button", council=council),))
    if action in _AT_ONCE:
        return _at_once(scene, one, action)
    match action:
        case "unreached":
            return Decision(replies=(Unreached(broadcast=one.id),))
        case "cancel" if one.stage in OPEN:
            args = {"id": one.id}
            return Move(flow="broadcasts", step="stop", args=args, drop_draft=True)
        case "open":
            return opened(scene, one)
    return _told(scene, "trouble/stale_toast")


def _at_once(scene: Scene, one: Broadcast, action: str) -> Decision:
    deed = deed_of(one, action)
    if deed is None:
        return _told(scene, "broadcasts/moved_on")
    told = _told(scene, "broadcasts/done", what=action)
    return Decision(deeds=(deed,), replies=told.replies)


def _told(scene: Scene, key: str, **values: object) -> Decision:
    said = line(key, **values)
    text = scene.know.texts.plain(said.key, scene.language, **said.values)
    return Decision(replies=(Toast(text=text),))
