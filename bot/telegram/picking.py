"""Telegram's picker of chats: the keyboard that opens it, and what was picked (Bot API,
KeyboardButtonRequestChat and ChatShared)."""

from typing import Final

from telegram import ChatShared

from bot.telegram.transport import Json
from conversations.agenda import ChatKind
from conversations.events import Offered
from conversations.replies import Pick

_GROUP: Final = 1
_CHANNEL: Final = 2
_SUPERGROUPS: Final = -1_000_000_000_000
"""Supergroups have numbers below this one (Bot API dialog ids)."""
_RIGHTS: Final = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
"""ChatAdministratorRights that must be named; the bot wants none of them."""


def markup(pick: Pick) -> Json:
    """The keyboard, or that it goes."""
    if not pick.group:
        return {"remove_keyboard": True}
    group = {
        "request_id": _GROUP,
        "chat_is_channel": False,
        "bot_is_member": True,
        "request_title": True,
    }
    channel = {
        "request_id": _CHANNEL,
        "chat_is_channel": True,
        "user_administrator_rights": _rights(can_promote_members=True),
        "bot_administrator_rights": _rights(),
        "request_title": True,
    }
    rows = [
        [{"text": pick.group, "request_chat": group}],
        [{"text": pick.channel, "request_chat": channel}],
    ]
    return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}


def picked(shared: ChatShared) -> Offered:
    """The chat that a person picked."""
    number = shared.chat_id
    kind = ChatKind.SUPERGROUP if number < _SUPERGROUPS else ChatKind.GROUP
    if shared.request_id == _CHANNEL:
        kind = ChatKind.CHANNEL
    return Offered(chat=number, title=shared.title or str(number), kind=kind)


def _rights(**more: bool) -> Json:
    """Rights in a channel: to post, and what is named."""
    return {**dict.fromkeys(_RIGHTS, False), "can_post_messages": True, **more}
