"""How a linked chat is shown, and found again: another admin may have been faster."""

from conversations.agenda import LinkedChat
from conversations.flows.flow import Scene
from conversations.rules.reminding import ReminderKind
from conversations.standing import CouncilId

KINDS = tuple(kind for kind in ReminderKind if kind is not ReminderKind.DATES)
"""What a chat may receive: admins alone are asked for dates, in private."""
_MOST = 60


def title_of(one: LinkedChat) -> str:
    """The chat's title, cut to what a list holds."""
    return one.title if len(one.title) <= _MOST else one.title[: _MOST - 1] + "…"


def chat_of(scene: Scene) -> LinkedChat | None:
    """The chat that the step is about; None when it was removed meanwhile."""
    wanted = scene.text("chat")
    return next((one for one in scene.state.agenda.chats if one.id == wanted), None)


def council_of(scene: Scene) -> CouncilId:
    """The council in hand; the flow is open to nobody without."""
    assert scene.seat is not None
    return scene.seat.council
