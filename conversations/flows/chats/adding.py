"""Naming a chat: a group by a link or Telegram's picker, a channel by the picker, a topic by
/gruppe written in it."""

import hashlib

from conversations.core import Say, Screen
from conversations.deeds import OfferLink
from conversations.flows.chats.shown import council_of
from conversations.flows.flow import Card, Line, Move, Scene, Step, button, line
from conversations.flows.placed import place_in_hand
from conversations.replies import Pick


class Adding(Step):
    """The three ways."""

    def card(self, scene: Scene) -> Card:
        """Each in one sentence."""
        rows = ((button("chat_link"),), (button("chat_pick"),), (button("back"), button("home")))
        return Card(
            line=line("chats/add", place=place_in_hand(scene), bot=scene.state.bot), rows=rows
        )

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A new link at once, the picker, or back."""
        match name:
            case "chat_link":
                return _linked(scene)
            case "chat_pick":
                return Move(step="pick", replies=(_picker(scene),))
            case "home":
                return Move(flow="home", step="home")
        return Move(step="list")


class Picking(Step):
    """Telegram's picker is open."""

    def card(self, scene: Scene) -> Card:
        """What to do with it."""
        return Card(line=line("chats/pick"), rows=((button("back"), button("home")),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Nothing was picked: the keyboard goes."""
        flow, step = ("home", "home") if name == "home" else ("chats", "add")
        return Move(flow=flow, step=step, replies=(unpick(scene),))

    def expects(self, scene: Scene) -> Line:
        """The picker's buttons."""
        return line("chats/expects_pick")


def unpick(scene: Scene) -> Pick:
    """The picker's keyboard goes."""
    return Pick(html=scene.say(line("chats/picked")))


def _picker(scene: Scene) -> Pick:
    html = scene.say(line("chats/picker"))
    group, channel = (scene.label(button(id_)) for id_ in ("pick_group", "pick_channel"))
    return Pick(html=html, group=group, channel=channel)


def _linked(scene: Scene) -> Move:
    """The link in a message of its own, so that it can be passed on."""
    secret = scene.state.secret
    offer = OfferLink(
        council=council_of(scene), token_hash=hashlib.sha256(secret.encode()).hexdigest()
    )
    address = f"https://t.me/{scene.state.bot}?startgroup={secret}"
    html = scene.say(line("chats/link", place=place_in_hand(scene), link=address))
    rows = (((scene.label(button("chat_choose_group")), address),),)
    said = Say(screen=Screen(html=html, rows=rows))
    return Move(step="add", deeds=(offer,), replies=(said,), hint=line("chats/link_made"))


STEPS = {"add": Adding(), "pick": Picking()}
