"""A second person looks at a broadcast to all and lets it go, or gives it back."""

from conversations.broadcasts import Broadcast, Stage
from conversations.broadcasts.telling import local
from conversations.deeds import Decline, Second
from conversations.events import Rehearsed
from conversations.flows.broadcasts.shown import chosen, excerpt, is_mine
from conversations.flows.composing.kept import away, count, gone, here, main_post
from conversations.flows.flow import Args, Card, Line, Move, Scene, Step, button, line
from conversations.rules.sending_hours import opening

_EXCERPT = 600


class Check(Step):
    """Text, audience, count; shown as it will be sent on demand."""

    def card(self, scene: Scene) -> Card:
        """All one needs to judge it."""
        one = _to_check(scene)
        if one is None:
            return gone()
        post = main_post(one.content)
        due = one.due if one.due and one.due > scene.state.now else None
        said = line(
            "composing/check",
            text=excerpt(post.text, _EXCERPT) if post else "",
            attached=post.attached if post else None,
            links=one.content.links,
            reach=count(scene, one.content.audience),
            due=local(due),
        )
        rows = (
            (button("comp_look"),),
            (button("comp_second"), button("comp_return")),
            (button("casts"), button("help")),
        )
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Seen, let go, given back, or left for later."""
        one = _to_check(scene)
        if one is None or name == "casts":
            return away(name)
        match name:
            case "comp_look":
                return Move(step="check", args=_seen(scene, one), rehearse=one.id)
            case "comp_second":
                return _let_go(scene, one)
            case "comp_return":
                deeds = (Decline(id=one.id, council=one.council),)
                hint = line("composing/returned")
                return Move(flow="broadcasts", step="list", deeds=deeds, hint=hint)
        return None

    def rehearsed(self, scene: Scene, event: Rehearsed) -> Move | None:
        """It was shown; a refusal is told."""
        hint = line("composing/refused", why=event.refused) if event.refused else None
        return Move(step="check", args=scene.args, hint=hint)

    def expects(self, scene: Scene) -> Line:
        """A press: nothing goes to many by a typed word that is no button's."""
        return line("composing/expects_button")

    def help(self, scene: Scene) -> Line:
        """Why two people."""
        return line("composing/check_help")


def _let_go(scene: Scene, one: Broadcast) -> Move:
    """Sent, if it is still what was looked at, and reaches somebody."""
    if scene.text("revision") != str(one.revision):
        return Move(step="check", args=_seen(scene, one), hint=line("composing/changed"))
    if not count(scene, one.content.audience).all:
        return Move(step="check", args=_seen(scene, one), hint=line("composing/reaches_nobody"))
    deeds = (Second(id=one.id, council=one.council, revision=one.revision),)
    now = scene.state.now
    later = opening(max(one.due or now, now)) > now
    hint = line("composing/let_go", later=later)
    return Move(flow="broadcasts", step="one", args=here(scene, one), deeds=deeds, hint=hint)


def _seen(scene: Scene, one: Broadcast) -> Args:
    """The arguments of its card, which say what was looked at."""
    return {**here(scene, one), "revision": one.revision}


def _to_check(scene: Scene) -> Broadcast | None:
    """The one in hand, if it waits for somebody else's yes."""
    one = chosen(scene)
    waits = one is not None and one.stage is Stage.CHECK and not is_mine(scene, one)
    return one if waits else None


STEPS: dict[str, Step] = {"check": Check()}
