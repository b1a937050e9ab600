"""The "/" menu: for everybody in private and in groups at each start, and one of their own for
admins and operators. It only shows; what a person may do is judged when they do it."""

from collections.abc import Sequence
from typing import Final

from bot.logs import Log
from bot.telegram.outbox import Outbox
from bot.telegram.transport import Json, RefusedError, UnreachableError
from bot.telegram.words import Words
from conversations.commands import Audience
from conversations.standing import PersonId, Role, Standing

_LOG: Final = Log(__name__)
Roles = frozenset[Audience]


async def set_menu(outbox: Outbox, words: Words) -> None:
    """Commands of private chats and of groups: the reference language for everybody, the others
    by theirs."""
    for index, language in enumerate(words.languages):
        of_language: Json = {"language_code": language} if index else {}
        for scope, commands in (
            ("all_private_chats", words.menu(language)),
            ("all_group_chats", words.group_menu(language)),
        ):
            await _set(outbox, commands, {"scope": {"type": scope}, **of_language})


def roles_of(standing: Standing) -> Roles:
    """Whose commands a person has beside everybody's."""
    admin = any(seat.role is Role.ADMIN for seat in standing.seats)
    found = {Audience.ADMIN: admin, Audience.OPERATOR: standing.operator}
    return frozenset(one for one, holds in found.items() if holds)


class Menus:
    """Menus of people with a role, in the language they chose; without a role they go."""

    def __init__(self, outbox: Outbox, words: Words) -> None:
        self._outbox = outbox
        self._words = words
        self._shown: dict[PersonId, tuple[Roles, str]] = {}
        """What this process has set."""

    async def suit(self, person: PersonId, roles: Roles, language: str) -> None:
        """See to it that a person's menu is that of their roles."""
        if (roles and self._shown.get(person) == (roles, language)) or (
            not roles and person not in self._shown
        ):
            return
        params: Json = {"scope": {"type": "chat", "chat_id": person}}
        if roles:
            self._shown[person] = (roles, language)
            await _set(self._outbox, self._words.menu(language, roles), params)
        else:
            del self._shown[person]
            await _call(self._outbox, "deleteMyCommands", params)


async def _set(outbox: Outbox, commands: Sequence[tuple[str, str]], params: Json) -> None:
    shown = [{"command": name, "description": words[:256]} for name, words in commands]
    await _call(outbox, "setMyCommands", {"commands": shown, **params})


async def _call(outbox: Outbox, method: str, params: Json) -> None:
    try:
        await outbox.call(method, params)
    except (RefusedError, UnreachableError) as error:
        _LOG.info("menu not set", cause=str(error))
