"""The three-step conversation on python-telegram-bot as it is installed: ConversationHandler in
memory, httpx, one update after the other."""

import os
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    ConversationHandler,
    MessageHandler,
    filters,
)

CHOOSING, WRITING = range(2)
Context = CallbackContext[Any, dict[str, Any], Any, Any]
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Inquiry", callback_data="go")]])


async def begin(update: Update, context: Context) -> int:
    """Show the card."""
    assert update.message is not None
    assert context.user_data is not None
    context.user_data["card"] = await update.message.reply_text("Which?", reply_markup=KEYBOARD)
    return CHOOSING


async def chosen(update: Update, _: Context) -> int:
    """Answer the press, ask for a text."""
    assert update.callback_query is not None
    await update.callback_query.answer()
    await update.callback_query.edit_message_text("Which city?", reply_markup=KEYBOARD)
    return WRITING


async def written(update: Update, context: Context) -> int:
    """Keep the text, show a new card below it, take the old card's buttons away."""
    assert update.message is not None
    assert context.user_data is not None
    context.user_data["city"] = update.message.text
    await update.message.reply_text("Who is in the chair?", reply_markup=KEYBOARD)
    await context.user_data["card"].edit_reply_markup()
    return ConversationHandler.END


def main() -> None:
    """Poll until stopped."""
    root = os.environ["KIMBOT_API_URL"]
    application = (
        Application.builder()
        .token(os.environ["KIMBOT_TOKEN"])
        .base_url(f"{root}/bot")
        .base_file_url(f"{root}/file/bot")
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("anfrage", begin)],
            states={
                CHOOSING: [CallbackQueryHandler(chosen)],
                WRITING: [MessageHandler(filters.TEXT & ~filters.COMMAND, written)],
            },
            fallbacks=[],
        )
    )
    application.run_polling(allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main()
