"""What a member can see and end: own data, messages, the consent, everything."""

from dataclasses import replace

from conversations.flows.flow import Button, Card, Flow, Move, Scene, Step, button, line
from conversations.replies import OwnData
from conversations.rules.deadlines import BERLIN


class Privacy(Step):
    """The ways, at a glance."""

    def card(self, scene: Scene) -> Card:
        """Since when the person agreed, and what can be done."""
        member = scene.member
        since = member.consent.at.astimezone(BERLIN).date()
        rows = (
            (button("read", "read_closely"), button("own_data")),
            (messages(scene),),
            (button("withdraw"),),
            (button("erase"), button("home")),
        )
        said = line("privacy/privacy", since=since, stopped=member.stopped is not None)
        return Card(line=said, rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Go there, or do it at once."""
        match name:
            case "read" | "withdraw":
                return Move(step=name)
            case "own_data":
                hint = line("privacy/own_data")
                return Move(step="privacy", hint=hint, replies=(OwnData(),))
            case "messages_off" | "messages_on":
                return switched(scene, Move(step="privacy"))
            case "erase":
                return Move(flow="erase", step="ask")
            case "home":
                return Move(flow="home", step="home")
        return None


class Read(Step):
    """The whole text."""

    def card(self, scene: Scene) -> Card:
        """As it was agreed to."""
        said = line("privacy/datenschutz", house=scene.know.house)
        return Card(line=said, rows=((button("back"),),))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Back."""
        return Move(step="privacy")


class Withdraw(Step):
    """The question before the consent is taken back."""

    def card(self, scene: Scene) -> Card:
        """What follows, and the difference from erasing."""
        rows = (
            (button("withdraw_yes"), button("withdraw_no")),
            (button("erase"),),
        )
        return Card(line=line("privacy/withdraw"), rows=rows)

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """Everything of this person stops; or nothing happened."""
        match name:
            case "withdraw_yes":
                return Move(step="privacy", member=replace(scene.member, withdrawn=scene.state.now))
            case "erase":
                return Move(flow="erase", step="ask")
        return Move(step="privacy")


def messages(scene: Scene) -> Button:
    """The switch for messages that come unasked."""
    return button("messages_on" if scene.member.stopped else "messages_off")


def switched(scene: Scene, move: Move) -> Move:
    """Messages on or off."""
    stopped = None if scene.member.stopped else scene.state.now
    hint = line("privacy/stopped" if stopped else "privacy/started")
    return replace(move, member=replace(scene.member, stopped=stopped), hint=hint)


FLOW = Flow(
    name="privacy",
    steps={"privacy": Privacy(), "read": Read(), "withdraw": Withdraw()},
    first="privacy",
)
