"""Answers to presses."""

from bot.demo.engine.world import Event
from bot.demo.entities import units
from bot.demo.methods.call import Call
from bot.demo.refusals import bad_request


def answer_callback_query(call: Call) -> object:
    """Bot API answerCallbackQuery: once, in time, at most 200 characters."""
    engine = call.engine
    text = call.text("text")
    if units(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = engine.queries.answer(
        call.text("callback_query_id"),
        text=text,
        alert=call.flag("show_alert"),
        url=call.text("url"),
        now=engine.clock.stamp(),
    )
    query = answer.query
    engine.emit(
        Event(
            kind="answer",
            chat=engine.chats.get(query.chat),
            person=query.person,
            data={"query": query.id, "text": text, "alert": answer.alert},
        )
    )
    return True
