"""The "/" menu, in every shipped language; set at each start, in the background."""

from typing import Final

from bot.logs import Log
from bot.telegram.outbox import Outbox
from bot.telegram.transport import RefusedError, UnreachableError
from bot.telegram.words import Words

_LOG: Final = Log(__name__)


async def set_menu(outbox: Outbox, words: Words) -> None:
    """Commands of private chats: the reference language for everybody, the others by theirs."""
    for index, language in enumerate(words.languages):
        commands = [
            {"command": name, "description": description[:256]}
            for name, description in words.menu(language)
        ]
        params: dict[str, object] = {
            "commands": commands,
            "scope": {"type": "all_private_chats"},
        }
        if index:
            params["language_code"] = language
        try:
            await outbox.call("setMyCommands", params)
        except (RefusedError, UnreachableError) as error:
            _LOG.info("menu not set", language=language, cause=str(error))
