"""A reply (Telegram's own) to a broadcast, or to a word about one: it goes on to the other person,
and the card in hand stays as it is."""

from dataclasses import replace

from conversations.broadcasts import AnswerId, Replied
from conversations.broadcasts.exchange import MOST
from conversations.core import Decision, Say, Screen, Toast
from conversations.deeds import Refused, Reply, WriteBack
from conversations.events import Event, Pressed, Typed
from conversations.flows.arriving import broadcast_of, reply_of
from conversations.flows.broadcasts.answers import writing
from conversations.flows.broadcasts.shown import open_to
from conversations.flows.flow import Line, Move, Scene, line
from conversations.rules.cleaning import clean


def met(scene: Scene, event: Event) -> Move | Decision | None:
    """What a reply leads to, or the button under an answer; None for every other event."""
    if isinstance(event, Pressed) and event.data.startswith("b:reply:"):
        return _opened(scene, AnswerId(broadcast_of(event)))
    replied = scene.state.broadcasts.replied
    if replied is None or reply_of(event) is None:
        return None
    text = clean(event.text) if isinstance(event, Typed) else ""
    refused = _refused(replied, event, text)
    if refused is not None:
        return _said(scene, refused)
    if replied.answer is not None:
        new = AnswerId(scene.state.fresh)
        back = WriteBack(id=new, council=replied.council, to=replied.answer, text=text)
        return replace(_said(scene, line("answers/back_goes", name=replied.by)), deeds=(back,))
    deed = Reply(id=AnswerId(scene.state.fresh), broadcast=replied.broadcast, text=text)
    goes = line("answers/goes", name=replied.by, function=replied.function)
    return replace(_said(scene, goes), deeds=(deed,))


def _refused(replied: Replied, event: Event, text: str) -> Line | None:
    """Why it goes nowhere, in one sentence; None when it goes."""
    to_member = replied.answer is not None
    if replied.own and not to_member:
        return line("answers/own")
    if not replied.reachable:
        return line("answers/nobody", to_member=to_member)
    if not isinstance(event, Typed) or not text:
        return line("answers/text_only")
    if len(text) > MOST:
        return line("answers/long", count=len(text), most=MOST)
    return None if replied.left else line("answers/enough")


def _opened(scene: Scene, id_: AnswerId) -> Move | Decision:
    """The button under an answer leads to the card where a word back is written. Who sends no
    broadcasts was never given it: the audit log keeps that it was pressed."""
    found = next((one for one in scene.state.broadcasts.answers if one.id == id_), None)
    if found is None:
        words = scene.know.texts.plain("answers/gone", scene.language)
        council = scene.seat.council if scene.seat else None
        deeds = () if open_to(scene.state) else (Refused(what="button", council=council),)
        return Decision(replies=(Toast(text=words, alert=True),), deeds=deeds)
    return writing(scene, found)


def _said(scene: Scene, said: Line) -> Decision:
    return Decision(replies=(Say(screen=Screen(html=scene.say(said))),))
