"""A ConversationHandler whose state is the turn's: nothing is remembered in the process.

Only the documented `check_update` and `handle_update` are overridden.
"""

import warnings
from enum import Enum, auto
from typing import Any

from telegram import Update
from telegram.ext import Application, BaseHandler, CallbackContext, ConversationHandler
from telegram.warnings import PTBUserWarning

from bot.telegram.turns import Turns

AnyHandler = BaseHandler[Update, CallbackContext[Any, Any, Any, Any], object]


class Stage(Enum):
    """All that the Application has to know of a dialogue: whether there is one."""

    OPEN = auto()


class StoredConversation(ConversationHandler[CallbackContext[Any, Any, Any, Any]]):
    """Refuses every option that would keep something in the process, or act outside the turn."""

    def __init__(self, *, turns: Turns, **options: Any) -> None:
        refused = {"persistent", "conversation_timeout", "per_message", "map_to_parent"}
        if given := sorted(refused & {key for key, value in options.items() if value}):
            raise ValueError(f"a stored conversation can't honour {', '.join(given)}")
        handlers: list[AnyHandler] = [
            *options["entry_points"],
            *options["fallbacks"],
            *(handler for some in options["states"].values() for handler in some),
        ]
        if options.get("block") is False or any(not handler.block for handler in handlers):
            raise ValueError("a stored conversation can't honour block=False")
        with warnings.catch_warnings():
            # buttons of older cards are told apart by the version in them, not per message
            warnings.simplefilter("ignore", PTBUserWarning)
            super().__init__(**options)
        self._turns = turns

    def check_update(self, update: object) -> Any:
        """The handler for this update in the state that the turn has loaded."""
        turn = self._turns.current.get(None)
        if turn is None or turn.event is None or not isinstance(update, Update):
            return None
        stage = Stage.OPEN if turn.loaded.position is not None else None
        first = self.states[Stage.OPEN] if stage else self.entry_points
        for handler in (*first, *self.fallbacks):
            check = handler.check_update(update)
            if check is not None and check is not False:
                return stage, (turn.chat, turn.person), handler, check
        return None

    async def handle_update(
        self,
        update: Update,
        application: Application[Any, Any, Any, Any, Any, Any],
        check_result: Any,
        context: CallbackContext[Any, Any, Any, Any],
    ) -> object | None:
        """Run the handler; what it raises also stands in the turn, which is then rolled back."""
        _, _, handler, check = check_result
        turn = self._turns.current.get()
        try:
            await handler.handle_update(update, application, check, context)
        except Exception as error:
            turn.error = error
            raise
        return None
