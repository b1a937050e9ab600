"""python-telegram-bot's Application, without its updater, persistence and job queue."""

import asyncio
from typing import Any, Final, Self

from telegram import ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.logs import Log
from bot.telegram.conversation import AnyHandler, Stage, StoredConversation
from bot.telegram.introduction import TokenRefusedError
from bot.telegram.request import Request
from bot.telegram.transport import Transport
from bot.telegram.turns import Turns
from conversations.core import Decision

_LOG: Final = Log(__name__)
_PAUSE: Final = 1.0
"""Seconds before Telegram is asked again who we are."""
AnyApplication = Application[Any, Any, Any, Any, Any, Any]
Context = CallbackContext[Any, Any, Any, Any]


_AWAY: Final = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


def _may_speak(change: ChatMemberUpdated) -> bool:
    now = change.new_chat_member
    if isinstance(now, ChatMemberRestricted):
        return now.is_member and now.can_send_messages
    return now.status in (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR)


class Handlers:
    """What the Application calls: each says what the turn comes to."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns

    async def decide(self, _update: Update, _context: Context) -> None:
        """A person's event in their private chat, or one in a group that is for us."""
        self._turns.decide(self._turns.current.get())

    async def added(self, update: Update, _context: Context) -> None:
        """Somebody took the bot into a group: one neutral sentence, whoever it was."""
        turn, change = self._turns.current.get(), update.my_chat_member
        assert change is not None, "the handler sees nothing else"
        in_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
        turn.added = in_group and change.old_chat_member.status in _AWAY and _may_speak(change)
        turn.decision = Decision()

    async def nothing(self, _update: Update, _context: Context) -> None:
        """Everything else is taken note of, and that's all."""
        self._turns.current.get().decision = Decision()

    async def failed(self, _update: object, context: Context) -> None:
        """An exception anywhere: the turn is rolled back, not half committed."""
        if isinstance(context.error, Exception):
            self._turns.current.get().error = context.error


def build(*, root: str, token: str, transport: Transport, turns: Turns) -> AnyApplication:
    """The Application over our transport, with all handlers."""
    bot = ExtBot(
        token,
        base_url=f"{root.rstrip('/')}/bot",
        base_file_url=f"{root.rstrip('/')}/file/bot",
        request=Request(transport),
        get_updates_request=Request(transport),
    )
    application: AnyApplication = (
        ApplicationBuilder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .concurrent_updates(turns)
        .context_types(ContextTypes(context=_context_of(turns)))
        .build()
    )
    handlers = Handlers(turns)
    application.add_handler(_conversation(handlers, turns))
    application.add_handler(
        ChatMemberHandler(handlers.added, ChatMemberHandler.MY_CHAT_MEMBER, block=True)
    )
    application.add_handler(TypeHandler(Update, handlers.nothing))
    application.add_error_handler(handlers.failed)
    return application


async def make_ready(application: AnyApplication) -> None:
    """Initialise it: it asks Telegram who we are, as often as it takes. Raises
    TokenRefusedError."""
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            _LOG.warning("Telegram not reached yet, trying again", cause=type(error).__name__)
            await asyncio.sleep(_PAUSE)
        else:
            return


def _conversation(handlers: Handlers, turns: Turns) -> StoredConversation:
    """Commands begin and interrupt; presses and texts go on; the rest gets a hint."""
    commands: list[AnyHandler] = [
        MessageHandler(filters.COMMAND & filters.UpdateType.MESSAGE, handlers.decide)
    ]
    answers: list[AnyHandler] = [
        CallbackQueryHandler(handlers.decide),
        MessageHandler(
            filters.TEXT & ~filters.COMMAND & filters.UpdateType.MESSAGE, handlers.decide
        ),
    ]
    rest: list[AnyHandler] = [TypeHandler(Update, handlers.decide)]
    return StoredConversation(
        turns=turns,
        entry_points=[*commands, *answers],
        states={Stage.OPEN: [*answers, *commands]},
        fallbacks=rest,
    )


def _context_of(turns: Turns) -> type[Context]:
    class TurnContext(Context):
        """The library logs the whole update and goes on when no context can be built: here the
        turn learns of it."""

        @classmethod
        def from_update(cls, update: object, application: AnyApplication) -> Self:
            try:
                return super().from_update(update, application)
            except Exception as error:
                turns.current.get().error = error
                raise

    return TurnContext
