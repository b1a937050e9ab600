"""One chat: the question before it is linked, what it receives, and its end."""

from dataclasses import replace

from conversations.agenda import LinkedChat
from conversations.deeds import Link, Unlink
from conversations.flows.chats.shown import KINDS, chat_of, council_of, title_of
from conversations.flows.flow import Button, Card, Move, Scene, Step, button, line
from conversations.flows.placed import place_in_hand
from conversations.rules.reminding import ReminderKind


class Confirm(Step):
    """The yes of a Ratsadmin, without which nothing is sent anywhere."""

    def card(self, scene: Scene) -> Card:
        """Which chat, which council, what will come; or what is missing."""
        one = chat_of(scene)
        if one is None:
            return _gone()
        ready = _is_ready(scene, one)
        said = line(
            "chats/confirm",
            one=one,
            title=title_of(one),
            place=place_in_hand(scene),
            ready=ready,
        )
        yes = (button("chat_yes"),) if ready else (button("chat_add"),)
        return Card(line=said, rows=(yes, (button("chat_no"), button("chat_list"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Linked, not linked, or left for later."""
        one = chat_of(scene)
        if one is None or name == "chat_list":
            return Move(step="list")
        if name == "chat_add":
            return Move(step="add")
        if name == "chat_yes" and _is_ready(scene, one):
            return _kept(scene, replace(one, confirmed=True, disabled=""), "chats/linked")
        return _dropped(scene, one, "chats/declined")


class Chat(Step):
    """What a linked chat receives, and whether it works."""

    def card(self, scene: Scene) -> Card:
        """One button for each kind of reminder and one for broadcasts, marked when they come."""
        one = chat_of(scene)
        if one is None:
            return _gone()
        count = len(one.receives & set(KINDS)) + one.broadcasts
        said = line("chats/one", one=one, title=title_of(one), count=count)
        kinds = [*(_toggle(scene, one, kind) for kind in KINDS), _casts(scene, one)]
        pairs = tuple(tuple(kinds[n : n + 2]) for n in range(0, len(kinds), 2))
        rows = pairs if not one.disabled else ((button("chat_add"),),)
        return Card(line=said, rows=(*rows, (button("chat_remove"),), (button("chat_list"),)))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """A kind more or less, or the end."""
        one = chat_of(scene)
        match name:
            case "kind" if one is not None and value in KINDS:
                receives = one.receives ^ {ReminderKind(value)}
                return _kept(scene, replace(one, receives=receives), "")
            case "chat_casts" if one is not None:
                return _kept(scene, replace(one, broadcasts=not one.broadcasts), "")
            case "chat_remove" if one is not None:
                return Move(step="remove", args=scene.args)
            case "chat_add":
                return Move(step="add")
        return Move(step="list")


class Remove(Step):
    """The question before a chat is linked no longer."""

    def card(self, scene: Scene) -> Card:
        """What ends by it."""
        one = chat_of(scene)
        if one is None:
            return _gone()
        said = line("chats/remove", title=title_of(one))
        return Card(line=said, rows=((button("chat_remove_yes"), button("chat_remove_no")),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Removed, or as it was."""
        one = chat_of(scene)
        if one is None:
            return Move(step="list")
        if name != "chat_remove_yes":
            return Move(step="chat", args=scene.args)
        return _dropped(scene, one, "chats/removed")


def _is_ready(scene: Scene, one: LinkedChat) -> bool:
    """Whether the bot can write there: it was just seen there, or nothing else is known."""
    return not one.disabled or bool(scene.args.get("seen"))


def _toggle(scene: Scene, one: LinkedChat, kind: ReminderKind) -> Button:
    words = scene.know.texts.label(f"chat_kind_{kind}", scene.language)
    return button(f"kind:{kind}", text=f"✓ {words}" if kind in one.receives else words)


def _casts(scene: Scene, one: LinkedChat) -> Button:
    words = scene.know.texts.label("chat_casts", scene.language)
    return button("chat_casts", text=f"✓ {words}" if one.broadcasts else words)


def _kept(scene: Scene, one: LinkedChat, said: str) -> Move:
    hint = line(said, title=title_of(one)) if said else None
    deed = Link(council=council_of(scene), chat=one)
    return Move(step="chat", args={"chat": one.id}, deeds=(deed,), hint=hint)


def _dropped(scene: Scene, one: LinkedChat, said: str) -> Move:
    """Not (any more) the council's; one that had been linked before keeps its place when only
    linking it again was declined."""
    again = said == "chats/declined" and one.confirmed
    deeds = () if again else (Unlink(council=council_of(scene), chat=one.id),)
    return Move(step="list", deeds=deeds, hint=line(said, title=title_of(one)))


def _gone() -> Card:
    return Card(line=line("chats/gone"), rows=((button("chat_list"),),))


STEPS = {"confirm": Confirm(), "chat": Chat(), "remove": Remove()}
