"""Who files and signs: the member, the list or Fraktion, the chair, or a fifth of the members."""

from dataclasses import replace

from conversations.flows.drafting import Shown, change, definition_of
from conversations.flows.entry import LINE, Entry, with_foot
from conversations.flows.flow import Card, Line, Move, Row, Scene, Step, button, foot, line
from conversations.flows.inquiry import stages
from conversations.flows.signing import own_sender, signer
from conversations.rules.answers import Filer, Route
from conversations.rules.answers import Sender as Signer
from conversations.rules.cleaning import clean
from conversations.rules.definition import Kind

_FILERS = {
    Filer.MEMBER: "as_member",
    Filer.GROUP: "as_group",
    Filer.CHAIR: "as_chair",
    Filer.FIFTH: "as_fifth",
}


class Sender(Step):
    """How the letter is signed."""

    def card(self, scene: Scene) -> Card:
        """The sender as it will stand, and the other ways to file."""
        sender = scene.answers.sender
        said = line(
            "sender/sender",
            **stages.progress(scene, "sender"),
            sender=sender,
            own=scene.answers.route is Route.OWN,
            head=Shown(scene=scene).head_title,
        )
        others = [f for f in _FILERS if f is not sender.filer and self._offered(scene, f)]
        ways = tuple(button(f"filer:{f.value}", _FILERS[f]) for f in others)
        rows: tuple[Row, ...] = ((button("sign"),), ways[:2], ways[2:], (button("sender_details"),))
        return Card(line=said, rows=(*rows, *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """On to the review, once a name is known."""
        match name:
            case "sign":
                return self._sign(scene)
            case "filer":
                sender = _signing(scene, Filer(value))
                move = change(
                    scene, replace(scene.answers, sender=sender), "sender", stages.then(scene)
                )
                return self._with_names(scene, move)
            case "sender_details":
                return Move(step="sender_details", args=stages.then(scene))
            case "back":
                return Move(step=scene.text("then") or stages.preceding(scene, "sender"))
        return None

    def _sign(self, scene: Scene) -> Move:
        sender = scene.answers.sender
        if not sender.name:
            return Move(step="name", args=stages.then(scene))
        return self._with_names(scene, Move(step="review"))

    def _with_names(self, scene: Scene, move: Move) -> Move:
        """A list needs its name and a fifth its members: asked at once, else the move itself."""
        sender = scene.at(move).answers.sender
        wanting = ""
        if sender.filer is Filer.GROUP and not sender.group:
            wanting = "sender_group"
        elif sender.filer is Filer.FIFTH and not sender.cosigners:
            wanting = "cosigners"
        if not wanting:
            return move
        then = f"sender {scene.text('then')}".strip()
        return replace(move, step="detail", args={"what": wanting, "then": then})

    def _offered(self, scene: Scene, filer: Filer) -> bool:
        """The chair puts a motion on the agenda without asking the head of administration."""
        return filer is not Filer.CHAIR or definition_of(scene).kind is Kind.INQUIRY


class Name(Entry):
    """The name under the letter."""

    most = LINE

    def ask(self, scene: Scene) -> Card:
        """With Telegram's name as a suggestion."""
        suggestion = self._suggestion(scene)
        rows: tuple[Row, ...] = ((button("telegram_name", text=suggestion),),) if suggestion else ()
        return with_foot("sender/name", *rows)

    def take(self, scene: Scene, text: str) -> Move:
        """Kept for the next letters, too."""
        sender = replace(scene.answers.sender, name=text)
        return change(scene, replace(scene.answers, sender=sender), "sender", stages.then(scene))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """The suggestion, or back."""
        match name:
            case "telegram_name":
                return self.typed(scene, self._suggestion(scene))
            case "back":
                known = bool(scene.answers.sender.name)
                step = "sender" if known else stages.preceding(scene, "sender")
                return Move(step=step, args=stages.then(scene))
        return super().pressed(scene, name, value)

    def expects(self, scene: Scene) -> Line:
        """A name."""
        return line("sender/expects_name")

    def _suggestion(self, scene: Scene) -> str:
        now = f"{scene.state.first_name} {scene.state.last_name}".strip()
        return clean(" ".join((now or scene.member.called).split()))


class SenderDetails(Step):
    """What stands under and above the letter about the sender."""

    def card(self, scene: Scene) -> Card:
        """One button per detail."""
        pairs = (
            ("sender_name", "sender_function"),
            ("sender_group", "sender_email"),
            ("sender_address", "cosigners"),
            ("letter_place",),
        )
        rows = tuple(tuple(button(id_) for id_ in pair) for pair in pairs)
        said = line("sender/details", sender=scene.answers.sender, place=scene.answers.place)
        return Card(line=said, rows=(*rows, (button("done"),), *foot()))

    def pressed(self, scene: Scene, name: str, value: str) -> Move | None:
        """To the detail."""
        if name in {"done", "back"}:
            return Move(step="sender", args=stages.then(scene))
        then = f"sender_details {scene.text('then')}".strip()
        return Move(step="detail", args={"what": name, "then": then})


def _signing(scene: Scene, filer: Filer) -> Signer:
    """Who signs when this one files; a name typed for this letter stays."""
    now, council = scene.answers.sender, scene.answers.council
    own = own_sender(scene, scene.draft.council) if now.filer is Filer.CHAIR else now
    return signer(scene, own, council, filer)


STEPS = {"sender": Sender(), "name": Name(), "sender_details": SenderDetails()}
