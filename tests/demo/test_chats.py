"""Chats that can't be written to, and what happens to them, as the bot hears of it."""

import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.demo.engine import Engine
from bot.demo.engine.chats import Status
from bot.demo.engine.people import ANONYMOUS_ADMIN
from tests.demo.conftest import AYSE, CHANNEL, FORUM, GROUP, OLEH


async def _refused(bot: telegram.Bot, chat: int) -> str:
    with pytest.raises((Forbidden, BadRequest)) as refused:
        await bot.send_message(chat, "x")
    return refused.value.message


async def test_unknown_chats(bot: telegram.Bot, engine: Engine) -> None:
    """A chat that nobody told the bot of isn't found."""
    engine.add_person(999, "Fremd")
    assert await _refused(bot, 12345) == "Chat not found"
    assert await _refused(bot, 999) == "Chat not found"


async def test_a_person_known_from_a_group(bot: telegram.Bot) -> None:
    """Whom the bot only met in a group it can't write to first."""
    assert await _refused(bot, OLEH) == "Forbidden: bot can't initiate conversation with a user"


async def test_blocking(bot: telegram.Bot, engine: Engine) -> None:
    """A block is told and refused; the next word of the person ends it."""
    engine.block(AYSE)
    assert await _refused(bot, AYSE) == "Forbidden: bot was blocked by the user"
    engine.start(AYSE)
    await bot.send_message(AYSE, "wieder da")
    updates = await bot.get_updates()
    told = [u.my_chat_member.new_chat_member.status for u in updates if u.my_chat_member]
    assert told == ["kicked", "member"]


async def test_deleted_accounts(bot: telegram.Bot, engine: Engine) -> None:
    """Nobody reads there any more."""
    engine.delete_account(AYSE)
    assert await _refused(bot, AYSE) == "Forbidden: user is deactivated"


@pytest.mark.parametrize(
    ("chat", "words"),
    [(GROUP, "group chat"), (FORUM, "supergroup chat"), (CHANNEL, "channel chat")],
)
async def test_being_thrown_out(bot: telegram.Bot, engine: Engine, chat: int, words: str) -> None:
    """Each kind of chat has its own sentence for a bot that was kicked, and for one not there."""
    engine.kick(chat, AYSE)
    assert await _refused(bot, chat) == f"Forbidden: bot was kicked from the {words}"
    engine.chats[chat].set_bot(Status.LEFT)
    assert await _refused(bot, chat) == f"Forbidden: bot is not a member of the {words}"


async def test_channels_need_an_admin(bot: telegram.Bot, engine: Engine) -> None:
    """A bot that is no admin can't post in a channel."""
    await bot.send_message(CHANNEL, "geht")
    engine.promote_bot(CHANNEL, AYSE, Status.MEMBER)
    assert await _refused(bot, CHANNEL) == "Need administrator rights in the channel chat"


async def test_muted_and_deleted(bot: telegram.Bot, engine: Engine) -> None:
    """No right to write, and a deleted group, are refused differently."""
    engine.mute_bot(FORUM)
    assert await _refused(bot, FORUM) == "Not enough rights to send text messages to the chat"
    engine.delete_chat(GROUP)
    assert await _refused(bot, GROUP) == "Forbidden: the group chat was deleted"


async def test_an_upgraded_group_names_its_new_id(bot: telegram.Bot, engine: Engine) -> None:
    """Two service messages tell of the upgrade, and the old id is refused with the new one."""
    new = engine.upgrade(GROUP, AYSE)
    to, origin = await bot.get_updates()
    assert to.message is not None
    assert origin.message is not None
    assert (to.message.chat.id, to.message.migrate_to_chat_id) == (GROUP, new.id)
    assert (origin.message.chat.id, origin.message.migrate_from_chat_id) == (new.id, GROUP)
    with pytest.raises(ChatMigrated) as refused:
        await bot.send_message(GROUP, "x")
    assert refused.value.new_chat_id == new.id
    await bot.send_message(new.id, "hier")


async def test_joining_by_a_link(bot: telegram.Bot, engine: Engine) -> None:
    """?startgroup= brings my_chat_member, the service message and the command with payload."""
    engine.chats[FORUM].set_bot(Status.LEFT)
    engine.add_bot(FORUM, AYSE, payload="abc")
    member, service, command = await bot.get_updates()
    assert member.my_chat_member is not None
    assert member.my_chat_member.new_chat_member.status == "member"
    assert service.message is not None
    assert [user.id for user in service.message.new_chat_members] == [bot.id]
    assert command.message is not None
    assert command.message.text == "/start@kim_local_bot abc"


async def test_leaving_by_itself(bot: telegram.Bot, engine: Engine) -> None:
    """After leaveChat the bot is told so and can't write."""
    await bot.leave_chat(GROUP)
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "left"
    assert await _refused(bot, GROUP) == "Forbidden: bot is not a member of the group chat"


async def test_members_can_be_asked_for(bot: telegram.Bot) -> None:
    """getChat, getChatMember, getChatAdministrators and the count parse and agree."""
    chat = await bot.get_chat(FORUM)
    assert (chat.title, chat.is_forum) == ("Forum", True)
    assert (await bot.get_chat_member(FORUM, AYSE)).status == "creator"
    assert (await bot.get_chat_member(CHANNEL, bot.id)).status == "administrator"
    found = await bot.get_chat_administrators(CHANNEL)
    assert [member.user.id for member in found] == [AYSE, bot.id]
    assert await bot.get_chat_member_count(FORUM) == 3


async def test_pins(bot: telegram.Bot) -> None:
    """An admin bot can pin; a plain member can't."""
    sent = await bot.send_message(CHANNEL, "oben")
    assert await bot.pin_chat_message(CHANNEL, sent.message_id)
    assert await bot.unpin_chat_message(CHANNEL)
    other = await bot.send_message(GROUP, "x")
    with pytest.raises(BadRequest, match="ot enough rights to manage pinned messages"):
        await bot.pin_chat_message(GROUP, other.message_id)


async def test_anonymous_admins_have_no_person(bot: telegram.Bot, engine: Engine) -> None:
    """They write as GroupAnonymousBot in the group's name."""
    engine.promote(AYSE, FORUM, anonymous=True)
    engine.say(AYSE, FORUM, "/status")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.from_user is not None
    assert update.message.sender_chat is not None
    assert (update.message.from_user.id, update.message.sender_chat.id) == (ANONYMOUS_ADMIN, FORUM)


async def test_privacy_mode(bot: telegram.Bot, engine: Engine) -> None:
    """In a group a plain member bot hears commands, replies to it and its name, nothing else."""
    sent = await bot.send_message(GROUP, "Hallo")
    engine.say(AYSE, GROUP, "nur unter uns")
    engine.say(AYSE, GROUP, "/start@other_bot")
    engine.say(AYSE, GROUP, "/hilfe")
    engine.say(AYSE, GROUP, "ja", reply_to=sent.message_id)
    engine.say(AYSE, GROUP, "hallo @kim_local_bot")
    heard = [update.message.text for update in await bot.get_updates() if update.message]
    assert heard == ["/hilfe", "ja", "hallo @kim_local_bot"]


async def test_channel_posts_carry_no_person(bot: telegram.Bot, engine: Engine) -> None:
    """A channel post names the channel only; its edit is an edited_channel_post."""
    post = engine.channel_post(CHANNEL, "Neues")
    (update,) = await bot.get_updates()
    assert update.channel_post is not None
    assert update.channel_post.from_user is None
    assert update.channel_post.message_id == post.id


async def test_a_chosen_chat_is_shared(bot: telegram.Bot, engine: Engine) -> None:
    """The chat picker sends chat_shared with the request's id."""
    engine.share_chat(AYSE, CHANNEL, 7)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.chat_shared is not None
    shared = update.message.chat_shared
    assert (shared.request_id, shared.chat_id) == (7, CHANNEL)
