"""A chat was named for linking: its Ratsadmin is asked in private, wherever they stand."""

from dataclasses import replace

from conversations.agenda import LinkedChat
from conversations.core import Reply
from conversations.deeds import Deed, Link
from conversations.events import Event, Offered
from conversations.flows.chats.adding import unpick
from conversations.flows.flow import Move, Scene


def met(scene: Scene, event: Event) -> Move | None:
    """The question for an admin of the council; None for everything and everybody else."""
    if not isinstance(event, Offered) or not scene.state.administers or scene.seat is None:
        return None
    place = (event.chat, event.thread)
    chats = scene.state.agenda.chats
    one = next((chat for chat in chats if (chat.chat, chat.thread) == place), None)
    if one is None:
        return None
    picked = (scene.position.flow, scene.position.step) == ("chats", "pick")
    replies: tuple[Reply, ...] = (unpick(scene),) if picked else ()
    works = one.confirmed and not one.disabled
    return Move(
        flow="chats",
        step="chat" if works and event.writes else "confirm",
        args={"chat": one.id, "seen": int(event.writes)},
        drop_draft=True,
        member=replace(scene.member, active=scene.seat.council),
        deeds=_noted(scene, one, event),
        replies=replies,
    )


def _noted(scene: Scene, one: LinkedChat, event: Offered) -> tuple[Deed, ...]:
    """That the bot may not write there; it is asked for before the yes."""
    if event.writes or one.disabled:
        return ()
    assert scene.seat is not None
    return (Link(council=scene.seat.council, chat=replace(one, disabled="rights")),)
