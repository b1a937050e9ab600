"""What the bot says of itself."""

import pytest
import telegram
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
)
from telegram.error import BadRequest

from tests.demo.conftest import AYSE


async def test_get_me(bot: telegram.Bot) -> None:
    """Name, privacy mode and id, which the token begins with."""
    me = await bot.get_me()
    assert (me.is_bot, me.can_read_all_group_messages) == (True, False)
    assert bot.token.startswith(f"{me.id}:")


async def test_menus_by_scope_and_language(bot: telegram.Bot) -> None:
    """Each scope and language has its own list; deleting removes only that."""
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("anfrage", "Anfrage")], scope=private)
    await bot.set_my_commands([BotCommand("inquiry", "Inquiry")], private, language_code="en")
    assert [c.command for c in await bot.get_my_commands(private)] == ["anfrage"]
    assert [c.command for c in await bot.get_my_commands(private, "en")] == ["inquiry"]
    assert await bot.get_my_commands(BotCommandScopeAllGroupChats()) == ()
    await bot.delete_my_commands(private)
    assert await bot.get_my_commands(private) == ()
    assert len(await bot.get_my_commands(private, "en")) == 1


@pytest.mark.parametrize("name", ["Anfrage", "anfräge", "x" * 33])
async def test_command_names_are_checked(bot: telegram.Bot, name: str) -> None:
    """Lower-case letters, digits and underscores, 32 at most."""
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await bot.set_my_commands([(name, "x")])


async def test_a_scope_needs_a_known_chat(bot: telegram.Bot) -> None:
    """A menu for an unknown chat is refused."""
    await bot.set_my_commands([("x", "x")], BotCommandScopeChat(AYSE))
    with pytest.raises(BadRequest, match="hat not found"):
        await bot.set_my_commands([("x", "x")], BotCommandScopeChat(4711))


async def test_names_and_descriptions(bot: telegram.Bot) -> None:
    """Texts by language, the one without language standing in; too long is refused."""
    await bot.set_my_description("lang")
    await bot.set_my_short_description("kurz", language_code="de")
    assert (await bot.get_my_description("tr")).description == "lang"
    assert (await bot.get_my_short_description()).short_description == ""
    assert (await bot.get_my_name()).name == "KIM-Bot"
    with pytest.raises(BadRequest):
        await bot.set_my_short_description("x" * 121)


async def test_the_menu_button(bot: telegram.Bot) -> None:
    """It is kept, for one chat or for all."""
    await bot.set_chat_menu_button(AYSE, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(AYSE)).type == "commands"


async def test_after_log_out_nothing_works(bot: telegram.Bot) -> None:
    """After logOut every call is refused."""
    await bot.log_out()
    with pytest.raises(BadRequest, match="ogged out"):
        await bot.get_me()
