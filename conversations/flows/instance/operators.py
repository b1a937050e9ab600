"""The operators among themselves: who they are, inviting one more, dismissing one."""

from conversations.deeds import Dismiss
from conversations.flows.flow import Card, Move, Scene, Step, button, line
from conversations.flows.inviting import Wish, made, open_for
from conversations.flows.pages import page
from conversations.rules.deadlines import BERLIN
from conversations.standing import Operator, Role

_PAGE = 10
_MOST = 60


class Operators(Step):
    """All operators."""

    def card(self, scene: Scene) -> Card:
        """One button each, oneself too."""
        now, turns = page(scene, scene.state.desk.operators, _PAGE)
        people = [(_name(scene, one), one.since.astimezone(BERLIN).date()) for one in now]
        said = line("instance/operators", people=people, open=len(open_for(scene, None)))
        rows = (
            *((button(f"operator:{one.person}", text=_name(scene, one)),) for one in now),
            turns,
            (button("invite_now", "invite_operator"),),
            (button("invitations"),),
        )
        return Card(line=said, rows=(*rows, (button("back"), button("home"))))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Invite one for a day, look at one, or back."""
        match name:
            case "operator":
                return Move(step="dismiss", args={"person": value})
            case "page":
                return Move(step="operators", args={"page": value})
            case "invite_now":
                wish = Wish(role=Role.OPERATOR, council=None, days=1)
                return made(scene, wish, step="operators", args={})
            case "invitations":
                return Move(flow="invitations", step="list", args={"of": "operators"})
            case "home":
                return Move(flow="home", step="home")
        return Move(step="councils")


class DismissOne(Step):
    """One operator, and the question before that one is dismissed; the last one stays."""

    def card(self, scene: Scene) -> Card:
        """Who it is, or that nobody else is left."""
        one = _operator(scene)
        if one is None or len(scene.state.desk.operators) < 2:
            key = "instance/last_operator" if one else "instance/operator_gone"
            return Card(line=line(key), rows=((button("operators"),),))
        said = line("instance/dismiss", name=_name(scene, one), you=_is_self(scene, one))
        return Card(line=said, rows=((button("dismiss_yes"), button("dismiss_no")),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Dismissed, or all as it was."""
        one = _operator(scene)
        if name != "dismiss_yes" or one is None or len(scene.state.desk.operators) < 2:
            return Move(step="operators")
        deeds = (Dismiss(person=one.person),)
        hint = line("instance/dismissed", name=_name(scene, one))
        if _is_self(scene, one):
            return Move(flow="home", step="home", deeds=deeds, hint=hint)
        return Move(step="operators", deeds=deeds, hint=hint)


def _operator(scene: Scene) -> Operator | None:
    wanted = scene.text("person")
    return next((one for one in scene.state.desk.operators if str(one.person) == wanted), None)


def _is_self(scene: Scene, one: Operator) -> bool:
    return one.person == scene.state.person


def _name(scene: Scene, one: Operator) -> str:
    """The name Telegram showed; before the consent the number of the chat, all there is."""
    unnamed = scene.know.texts.label("operator_unnamed", scene.language, number=one.person)
    return one.name[:_MOST] or unnamed


STEPS = {"operators": Operators(), "dismiss": DismissOne()}
