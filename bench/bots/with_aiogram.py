"""The three-step conversation on aiogram 3: its FSM in memory, updates side by side, on uvloop
where it is installed (aiogram takes it by itself)."""

import os

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Inquiry", callback_data="go")]]
)
router = Router()


class Inquiry(StatesGroup):
    """Where a person stands."""

    choosing = State()
    writing = State()


@router.message(Command("anfrage"))
async def begin(message: Message, state: FSMContext) -> None:
    """Show the card."""
    await state.set_state(Inquiry.choosing)
    card = await message.answer("Which?", reply_markup=KEYBOARD)
    await state.update_data(card=card.message_id)


@router.callback_query(Inquiry.choosing, F.data == "go")
async def chosen(query: CallbackQuery, state: FSMContext) -> None:
    """Answer the press, ask for a text."""
    await state.set_state(Inquiry.writing)
    await query.answer()
    assert isinstance(query.message, Message)
    await query.message.edit_text("Which city?", reply_markup=KEYBOARD)


@router.message(Inquiry.writing, F.text)
async def written(message: Message, state: FSMContext, bot: Bot) -> None:
    """Keep the text, show a new card below it, take the old card's buttons away."""
    data = await state.update_data(city=message.text)
    await state.set_state(None)
    await message.answer("Who is in the chair?", reply_markup=KEYBOARD)
    await bot.edit_message_reply_markup(chat_id=message.chat.id, message_id=data["card"])


def main() -> None:
    """Poll until stopped."""
    server = TelegramAPIServer.from_base(os.environ["KIMBOT_API_URL"])
    bot = Bot(os.environ["KIMBOT_TOKEN"], session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    dispatcher.run_polling(bot)


if __name__ == "__main__":
    main()
