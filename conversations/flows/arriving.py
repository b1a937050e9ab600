"""What comes from elsewhere than words and buttons: documents, calendars read, chats named."""

from conversations.events import Event, Looked, Media, Offered, Received, Resumed, Uploaded
from conversations.flows.flow import Move, Scene, Step


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
