"""What the bot says of itself: getMe, command menus, names, descriptions, menu buttons."""

import re

from bot.demo.engine.menus import Commands, Scope
from bot.demo.engine.world import Event
from bot.demo.methods.call import Call, Method
from bot.demo.refusals import bad_request

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_CHAT_SCOPES = frozenset(("chat", "chat_administrators", "chat_member"))
_SCOPES = _CHAT_SCOPES | {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
}


def get_me(call: Call) -> object:
    """Bot API getMe."""
    return {
        **call.engine.bot.fields(),
        "can_join_groups": True,
        "can_read_all_group_messages": not call.engine.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(call: Call) -> object:
    """Bot API setMyCommands: at most 100, lower-case names of 32 letters, descriptions of 256."""
    given = call.items("commands") or []
    if len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands: Commands = tuple(_command(item) for item in given)
    call.engine.menus.set(_scope(call), call.text("language_code"), commands)
    call.engine.emit(Event(kind="commands"))
    return True


def get_my_commands(call: Call) -> object:
    """Bot API getMyCommands: exactly this scope and language."""
    found = call.engine.menus.get(_scope(call), call.text("language_code"))
    return [{"command": name, "description": words} for name, words in found]


def delete_my_commands(call: Call) -> object:
    """Bot API deleteMyCommands."""
    call.engine.menus.set(_scope(call), call.text("language_code"), ())
    call.engine.emit(Event(kind="commands"))
    return True


def _command(item: object) -> tuple[str, str]:
    if not isinstance(item, dict):
        raise bad_request("expected an Object")
    name = str(item.get("command", "")).removeprefix("/")
    words = str(item.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(words) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return name, words


def _scope(call: Call) -> Scope:
    given = call.fields("scope")
    kind = str(given.get("type", "default"))
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat, user = given.get("chat_id"), given.get("user_id")
    known = isinstance(chat, int | str) and int(chat) in call.engine.chats
    if kind in _CHAT_SCOPES and not known:
        raise bad_request("chat not found")
    return Scope(
        type=kind,
        chat=int(chat) if isinstance(chat, int | str) else None,
        user=int(user) if isinstance(user, int | str) else None,
    )


def set_text(kind: str, limit: int) -> Method:
    """SetMyName, setMyDescription, setMyShortDescription: `limit` characters, per language."""

    def act(call: Call) -> object:
        given = call.text(kind)
        if len(given) > limit:
            raise bad_request(f"BOT_{kind.upper()}_INVALID")
        call.engine.menus.texts[kind, call.text("language_code")] = given
        return True

    return act


def get_text(kind: str) -> Method:
    """GetMyName, getMyDescription, getMyShortDescription."""

    def act(call: Call) -> object:
        found = call.engine.menus.text(kind, call.text("language_code"))
        return {kind: found or (call.engine.bot.name if kind == "name" else "")}

    return act


def set_chat_menu_button(call: Call) -> object:
    """Bot API setChatMenuButton."""
    chat = call.chat().id if "chat_id" in call.params else 0
    call.engine.menus.buttons[chat] = call.fields("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(call: Call) -> object:
    """Bot API getChatMenuButton."""
    buttons = call.engine.menus.buttons
    chat = call.chat().id if "chat_id" in call.params else 0
    return buttons.get(chat) or buttons.get(0) or {"type": "commands"}


def log_out(call: Call) -> object:
    """Bot API logOut: nothing is answered any more."""
    call.engine.logged_out = True
    return True


def close(call: Call) -> object:
    """Bot API close: nothing to close here."""
    call.engine.updates.wake()
    return True
