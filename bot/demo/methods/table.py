"""Which function answers which method; names are compared in lower case, as Telegram does."""

from collections.abc import Callable, Mapping

from bot.demo.methods import answering, editing, profile, sending
from bot.demo.methods.call import Call

Method = Callable[[Call], object]

METHODS: Mapping[str, Method] = {
    "answercallbackquery": answering.answer_callback_query,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "deletemycommands": profile.delete_my_commands,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "editmessagetext": editing.edit_message_text,
    "getme": profile.get_me,
    "getmycommands": profile.get_my_commands,
    "sendchataction": sending.send_chat_action,
    "sendmessage": sending.send_message,
    "setmycommands": profile.set_my_commands,
}
