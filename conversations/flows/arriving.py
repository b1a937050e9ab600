"""What comes from elsewhere than words and buttons: documents, calendars read, chats named, and
the buttons under a reminder."""

import re
from typing import Final

from conversations.events import (
    Called,
    Event,
    Looked,
    Media,
    Offered,
    Pressed,
    Received,
    Resumed,
    Uploaded,
)
from conversations.flows.flow import Move, Scene, Step

_PRESSED: Final = re.compile(r"r:[a-z]+:([A-Za-z0-9_-]{16})")
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


def arrival(step: Step, scene: Scene, event: Uploaded | Looked | Offered) -> Move | None:
    """What the step makes of something that comes from elsewhere; None: not waited for here."""
    match event:
        case Uploaded():
            return step.uploaded(scene, event)
        case Looked():
            return step.looked(scene)
        case Offered():
            return step.offered(scene, event)


def unasked(event: Uploaded | Looked | Offered) -> Event:
    """What it counts as where nobody waits for it: a document gets the hint for media."""
    return Received(media=Media.DOCUMENT) if isinstance(event, Uploaded) else Resumed()
