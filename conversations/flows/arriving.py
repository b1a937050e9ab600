"""What comes from elsewhere than words and buttons: documents, calendars read, chats named, and
the buttons under a reminder."""

import re
from dataclasses import replace
from typing import Final

from conversations.broadcasts.posts import Post
from conversations.events import (
    Called,
    Event,
    Looked,
    Media,
    Offered,
    Pressed,
    Received,
    Rehearsed,
    Resumed,
    Typed,
    Uploaded,
)
from conversations.flows.flow import Move, Scene, Step, line

_PRESSED: Final = re.compile(r"r:[a-z]+:([A-Za-z0-9_-]{16})")
_BROADCAST: Final = re.compile(r"b:[a-z]+:([A-Za-z0-9_-]{1,16})")
_OPENED: Final = re.compile(r"i_([A-Za-z0-9_-]{16})")


def reminder_of(event: Event) -> str:
    """Id of the reminder that a button ("r:<action>:<id>") or link ("i_<id>") stands under; empty
    for everything else."""
    match event:
        case Pressed(data=data):
            found = _PRESSED.fullmatch(data)
        case Called(name="start", args=args):
            found = _OPENED.fullmatch(args)
        case _:
            found = None
    return found[1] if found else ""


def broadcast_of(event: Event) -> str:
    """Id of what a button ("b:<action>:<id>") under a broadcast's own messages to its author is
    about (the broadcast, or an answer to one); empty for everything else."""
    found = _BROADCAST.fullmatch(event.data) if isinstance(event, Pressed) else None
    return found[1] if found else ""


def post_of(event: Event) -> Post | None:
    """The message as it was written, if the event is one."""
    return event.post if isinstance(event, Typed | Received | Uploaded) else None


def alone(event: Event, move: Move) -> Move:
    """The move of a post; for the first of several pictures or files it says that it is alone."""
    several = isinstance(event, Received | Uploaded) and event.album
    return replace(move, hint=line("composing/album")) if several and not move.hint else move


def reply_of(event: Event) -> int | None:
    """Id of the message that the event's message replies to."""
    return event.reply_to if isinstance(event, Typed | Received | Uploaded) else None


def arrival(
    step: Step, scene: Scene, event: Uploaded | Looked | Offered | Rehearsed
) -> Move | None:
    """What the step makes of something that comes from elsewhere; None: not waited for here."""
    match event:
        case Uploaded():
            return step.uploaded(scene, event)
        case Looked():
            return step.looked(scene)
        case Offered():
            return step.offered(scene, event)
        case Rehearsed():
            return step.rehearsed(scene, event)


def unasked(event: Uploaded | Looked | Offered | Rehearsed) -> Event:
    """What it counts as where nobody waits for it: a document gets the hint for media."""
    return Received(media=Media.DOCUMENT) if isinstance(event, Uploaded) else Resumed()
