"""Which function answers which method; names are compared in lower case, as Telegram does."""

from collections.abc import Mapping

from bot.demo.methods import answering, chats, editing, files, hooks, profile, sending
from bot.demo.methods.call import Method

METHODS: Mapping[str, Method] = {
    "answercallbackquery": answering.answer_callback_query,
    "close": profile.close,
    "copymessage": files.copy_message,
    "deletemessage": editing.delete_message,
    "deletemessages": editing.delete_messages,
    "deletemycommands": profile.delete_my_commands,
    "deletewebhook": hooks.delete_webhook,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagemedia": editing.edit_message_media,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "editmessagetext": editing.edit_message_text,
    "forwardmessage": files.forward_message,
    "getchat": chats.get_chat,
    "getchatadministrators": chats.get_chat_administrators,
    "getchatmember": chats.get_chat_member,
    "getchatmembercount": chats.get_chat_member_count,
    "getchatmenubutton": profile.get_chat_menu_button,
    "getfile": files.get_file,
    "getme": profile.get_me,
    "getmycommands": profile.get_my_commands,
    "getmydescription": profile.get_text("description"),
    "getmyname": profile.get_text("name"),
    "getmyshortdescription": profile.get_text("short_description"),
    "getwebhookinfo": hooks.get_webhook_info,
    "leavechat": chats.leave_chat,
    "logout": profile.log_out,
    "pinchatmessage": chats.pin_chat_message,
    "sendchataction": sending.send_chat_action,
    "senddocument": files.send_document,
    "sendmediagroup": files.send_media_group,
    "sendmessage": sending.send_message,
    "sendphoto": files.send_photo,
    "setchatmenubutton": profile.set_chat_menu_button,
    "setmessagereaction": chats.set_message_reaction,
    "setmycommands": profile.set_my_commands,
    "setmydescription": profile.set_text("description", 512),
    "setmyname": profile.set_text("name", 64),
    "setmyshortdescription": profile.set_text("short_description", 120),
    "setwebhook": hooks.set_webhook,
    "unpinchatmessage": chats.unpin_chat_message,
}
