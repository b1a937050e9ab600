"""Methods about chats: who is there, what they are called, pins, leaving."""

from bot.demo.engine.chats import Chat, ChatKind, Membership, Status
from bot.demo.engine.talk import member_fields
from bot.demo.methods.call import Call
from bot.demo.refusals import bad_request


def get_chat(call: Call) -> object:
    """Bot API getChat (ChatFullInfo)."""
    chat = _present(call)
    return {
        **chat.fields(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }


def get_chat_member(call: Call) -> object:
    """Bot API getChatMember."""
    chat, user = _present(call), call.integer("user_id") or 0
    engine = call.engine
    if user == engine.bot.id:
        return member_fields(engine.bot, chat.bot)
    person = engine.people.get(user)
    if person is None or (chat.person is not None and chat.person.id != user):
        raise bad_request("user not found")
    absent = Membership(status=Status.MEMBER if chat.person else Status.LEFT)
    return member_fields(person, chat.members.get(user, absent))


def get_chat_administrators(call: Call) -> object:
    """Bot API getChatAdministrators: with this bot, without others."""
    chat, engine = _present(call), call.engine
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    found = [
        member_fields(engine.people[person], standing)
        for person, standing in chat.members.items()
        if standing.rules
    ]
    return [*found, member_fields(engine.bot, chat.bot)] if chat.bot.rules else found


def get_chat_member_count(call: Call) -> object:
    """Bot API getChatMemberCount."""
    chat = _present(call)
    if chat.kind is ChatKind.PRIVATE:
        return 2
    return 1 + sum(standing.present for standing in chat.members.values())


def leave_chat(call: Call) -> object:
    """Bot API leaveChat."""
    chat = _present(call)
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    call.engine.leave_as_bot(chat)
    return True


def pin_chat_message(call: Call) -> object:
    """Bot API pinChatMessage."""
    chat = _may_pin(call)
    message = call.message(chat, "message to pin not found")
    chat.pinned = (*(pin for pin in chat.pinned if pin != message.id), message.id)
    call.engine.post(
        chat, sender=call.engine.bot, service={"pinned_message": message.fields(nested=True)}
    )
    return True


def unpin_chat_message(call: Call) -> object:
    """Bot API unpinChatMessage: the one named, or the latest."""
    chat = _may_pin(call)
    wanted = call.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned = tuple(pin for pin in chat.pinned if pin != wanted)
    return True


def set_message_reaction(call: Call) -> object:
    """Bot API setMessageReaction; nobody but the log sees it."""
    call.message(_present(call), "message to react not found")
    return True


def _present(call: Call) -> Chat:
    chat = call.chat()
    chat.check_present()
    return chat


def _may_pin(call: Call) -> Chat:
    chat = _present(call)
    if chat.kind is not ChatKind.PRIVATE and not chat.bot.rules:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat
